import { expect, test } from '@playwright/test'
import { rectangle, type Ring } from './geometry'
import type { Room } from './model'
import { placed, sides } from './walls'

const room = (id: string, polygon: Ring): Room => ({ id, type: 'hall', storey: 'F1', polygon })
const left = room('left', rectangle([0, 0], [4, 3]))
const right = room('right', rectangle([4.2, 1], [6, 5]))

test('a door between two rooms lies in the middle of the wall and joins both', () => {
  const door = placed([3.95, 2], 0.9, [left, right], 0.3, 0.2)

  expect(door?.at.map((p) => p[0])).toEqual([4.1, 4.1])
  expect([...door!.connects].sort()).toEqual(['left', 'right'])
})

test('a door keeps to what both rooms share of the wall', () => {
  const door = placed([3.95, 1.1], 0.9, [left, right], 0.3, 0.2)

  expect(Math.min(...door!.at.map((p) => p[1]))).toBe(1)
})

test('a wall with nothing behind it leads outside, half its thickness out', () => {
  expect(placed([2, 0.1], 1, [left, right], 0.3, 0.2)).toEqual({ at: [[1.5, -0.1], [2.5, -0.1]], connects: ['left', 'outside'] })
})

test('a room drawn clockwise has its walls on the outside all the same', () => {
  const turned = room('left', [...left.polygon].reverse())

  expect(placed([2, 0.1], 1, [turned], 0.3, 0.2)?.at[0]![1]).toBe(-0.1)
})

test('where no wall is within reach there is no door; one wider than its wall is cut to it', () => {
  expect(placed([2, 1.5], 0.9, [left], 0.3, 0)).toBeNull()
  expect(placed([2, 0], 9, [left], 0.3, 0)?.at).toEqual([[0, 0], [4, 0]])
})

test('rooms that touch without a wall between them are told apart', () => {
  const touching = room('touching', rectangle([4, 0], [6, 3]))

  expect([...placed([4, 1.5], 0.9, [left, touching], 0.3, 0)!.connects].sort()).toEqual(['left', 'touching'])
})

test('an opening finds the rooms on its two sides again, and says so when there is none', () => {
  expect([...sides([[4.1, 1.2], [4.1, 2]], [left, right])!].sort()).toEqual(['left', 'right'])
  expect(sides([[1, -0.1], [2, -0.1]], [left, right])).toEqual(['left', 'outside'])
  expect(sides([[9, 9], [10, 9]], [left, right])).toBeNull()
})
