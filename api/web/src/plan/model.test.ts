import { expect, test } from '@playwright/test'
import { planTexts } from '../i18n/plan'
import { FileFault, planOf } from './file'
import { rectangle } from './geometry'
import {
  duplicated, emptyPlan, freshId, resized, shifted, sized, stated, widened, without, withCornerMoved, withoutStorey, withStops, withStorey, withWallMoved, type Plan,
} from './model'

/** Two rooms side by side, a door between them, one to the street, a sink, a flow. */
const plan = (): Plan => ({
  ...emptyPlan(1),
  rooms: [
    { id: 'a', type: 'kitchen', storey: 'F1', polygon: rectangle([0, 0], [4, 3]) },
    { id: 'b', type: 'dining', storey: 'F1', polygon: rectangle([4.2, 0], [8, 3]) },
  ],
  openings: [
    { id: 'between', kind: 'door', storey: 'F1', at: [[4.1, 1], [4.1, 2]], connects: ['a', 'b'] },
    { id: 'street', kind: 'door', storey: 'F1', at: [[1, -0.1], [2, -0.1]], connects: ['a', 'outside'] },
  ],
  fixtures: [{ id: 'sink', type: 'handwash_sink', storey: 'F1', room: 'a', at: [1, 1] }],
  flows: [{ id: 'food', kind: 'food', stops: ['street', 'a', 'b'] }],
})

test('a room takes along what stands in it and its doors to the street, not the door of its neighbour', () => {
  const moved = shifted(plan(), new Set(['a']), [0, -1])

  expect(moved.rooms[0]!.polygon[0]).toEqual([0, -1])
  expect(moved.fixtures[0]!.at).toEqual([1, 0])
  expect(moved.openings[1]!.at[0]).toEqual([1, -1.1])
  expect(moved.openings[0]!.at).toEqual(plan().openings[0]!.at)
})

test('a fixture dragged elsewhere belongs to the room it lands in, or to none', () => {
  expect(shifted(plan(), new Set(['sink']), [5, 0]).fixtures[0]!.room).toBe('b')
  expect(shifted(plan(), new Set(['sink']), [0, 9]).fixtures[0]!.room).toBeNull()
})

test('a wall takes the doors in it along', () => {
  const wider = withWallMoved(plan(), 'a', 0, [0, -0.5])

  expect(wider.rooms[0]!.polygon[0]).toEqual([0, -0.5])
  expect(wider.openings[1]!.at[0]).toEqual([1, -0.6])
  expect(wider.openings[0]!.at).toEqual(plan().openings[0]!.at)
})

test('a rectangle whose corner is dragged stays one; any other room gives way at that corner only', () => {
  expect(withCornerMoved(plan(), 'b', 2, [9, 4]).rooms[1]!.polygon).toEqual(rectangle([4.2, 0], [9, 4]))
  const bent: Plan = { ...plan(), rooms: [{ id: 'a', type: 'hall', storey: 'F1', polygon: [[0, 0], [4, 0], [2, 3], [0, 0]] }], openings: [] }
  expect(withCornerMoved(bent, 'a', 2, [1, 5]).rooms[0]!.polygon).toEqual([[0, 0], [4, 0], [1, 5], [0, 0]])
})

test('a typed size is met exactly and nothing else is moved', () => {
  const sizedRoom = resized(plan(), 'b', 3.333, 2.5)

  expect(sizedRoom.rooms[1]!.polygon).toEqual(rectangle([4.2, 0], [7.533, 2.5]))
  expect(sizedRoom.rooms[0]).toEqual(plan().rooms[0])
  expect(resized(plan(), 'b', Number.NaN, 2)).toEqual(plan())
  expect(widened(plan(), 'street', 1.2).openings[1]!.at).toEqual([[0.9, -0.1], [2.1, -0.1]])
  expect(sized(sized(plan(), 'sink', 0.6, 0.4), 'sink', 0, 0).fixtures[0]).toMatchObject({ at: [1, 1], polygon: null })
})

test('what is left without its room is left as far as it can be', () => {
  const left = without(plan(), new Set(['a']))

  expect(left.openings).toEqual([{ ...plan().openings[0]!, connects: ['b', 'outside'] }])
  expect(left.fixtures[0]!.room).toBeNull()
  expect(left.flows).toEqual([])
})

test('a copy has ids of its own, and its doors and fixtures are of the copy', () => {
  const { plan: twice, ids } = duplicated(plan(), new Set(['a']), [0, 10])

  expect(twice.rooms).toHaveLength(3)
  const copy = twice.rooms[2]!
  expect(ids).toEqual(new Set([copy.id]))
  expect(copy.polygon).toEqual(rectangle([0, 10], [4, 13]))
  expect(twice.fixtures[1]).toMatchObject({ room: copy.id, at: [1, 11] })
  expect(twice.openings[2]!.connects).toEqual([copy.id, 'outside'])
  expect(twice.openings[2]!.at[0]).toEqual([1, 9.9])
  const all = [...twice.rooms, ...twice.openings, ...twice.fixtures].map((e) => e.id)
  expect(new Set(all).size).toBe(all.length)
})

test('a storey goes with all that is drawn on it; ids are never used twice', () => {
  const two: Plan = { ...plan(), storeys: [...plan().storeys, { id: 'F2', floor: 2 }], rooms: [...plan().rooms, { id: 'room-1', type: 'office', storey: 'F2', polygon: rectangle([0, 0], [2, 2]) }] }

  expect(freshId(two, 'room')).toBe('room-2')
  expect(withoutStorey(two, 'F1')).toMatchObject({ rooms: [{ id: 'room-1' }], openings: [], fixtures: [], flows: [], storeys: [{ id: 'F2' }] })
})

test('a room may be called as its storey and a flow are: each is changed by itself', () => {
  const same: Plan = { ...plan(), rooms: [{ ...plan().rooms[0]!, id: 'F1' }, { ...plan().rooms[1]!, id: 'food' }], openings: [], flows: [{ id: 'food', kind: 'food', stops: ['F1', 'food'] }] }

  expect(planOf(same, planTexts.zh).rooms).toHaveLength(2)
  expect(withStorey(same, 'F1', { floor: 3 }).rooms).toEqual(same.rooms)
  expect(withStops(same, 'food', ['F1']).rooms).toHaveLength(2)
  expect(withStops(same, 'food', ['F1']).flows).toEqual([])
})

test('an attribute no longer stated is gone, not null', () => {
  const said = stated(stated(plan(), 'a', 'open_plan', true), null, 'persons', 12)

  expect(said.rooms[0]!.attributes).toEqual({ open_plan: true })
  expect(said.attributes).toEqual({ persons: 12 })
  expect(stated(said, 'a', 'open_plan', null).rooms[0]!.attributes).toEqual({})
})

test('a file is opened as it is, and refused by naming its fields', () => {
  const t = planTexts.zh
  const given = { format: 'kanqian-plan/1', storeys: [{ id: 'F1', floor: 1 }], rooms: [{ id: 'a', type: 'hall', storey: 'F1', polygon: rectangle([0, 0], [1, 1]), note: 'kept' }] }
  expect(planOf(given, t)).toMatchObject({ ...given, openings: [], fixtures: [], flows: [] })

  const refusal = (json: unknown) => {
    try {
      planOf(json, t)
      return ''
    } catch (e) {
      expect(e).toBeInstanceOf(FileFault)
      return (e as Error).message
    }
  }
  expect(refusal([])).toBe(t.noFormat)
  expect(refusal({ ...given, rooms: {} })).toContain('/rooms')
  expect(refusal({ ...given, rooms: [{ ...given.rooms[0], storey: 'F7' }, null] })).toMatch(/\/rooms\/0\/storey.*F7.*\/rooms\/1/)
  expect(refusal({ ...given, rooms: [given.rooms[0], given.rooms[0]] })).toContain('/rooms/1/id')
  expect(refusal({ ...given, openings: [{ id: 'd', kind: 'gate', storey: 'F1', at: [[0, 0]], connects: ['a'] }] })).toMatch(/kind.*\/at/)
  expect(refusal({ ...given, fixtures: [{ id: 'f', type: 'stove', storey: 'F1', at: [0, 'x'] }] })).toContain('/fixtures/0/at')
})
