import { computed, proxyRefs, ref, shallowRef, type ComputedRef } from 'vue'
import type { PlanTexts } from '../i18n/plan'
import { at, box, contains, crossesItself, distance, mm, nearest, rectangle, type Pt } from './geometry'
import { begin, redo, step, undo } from './history'
import {
  centre, changed, duplicated, find, freshId, isFixture, isOpening, isRoom, pointsOf, roomAt, roomsOn, shifted, withFixture, withOpening,
  without, withRoom, type Element, type FlowKind, type OpeningKind, type Plan,
} from './model'
import { snap, type Snapped } from './snap'
import { scaled, type Trace } from './trace'
import { OUTSIDE, placed, type Placed } from './walls'

export type Tool = 'select' | 'rect' | 'polygon' | OpeningKind | 'fixture' | 'flow' | 'scale'
export type Editor = ReturnType<typeof useEditor>

const LEAST = 0.1

export const isKind = (tool: Tool): tool is OpeningKind => tool === 'door' || tool === 'window' || tool === 'pass_through'

/** What is being drawn, with which tool, and every step back. Knows no screen: points arrive in metres. */
export function useEditor(first: Plan, t: ComputedRef<PlanTexts>, onChange: (plan: Plan) => void) {
  const history = shallowRef(begin(first))
  /** The plan as a drag would leave it. */
  const dragged = shallowRef<Plan | null>(null)
  const plan = computed(() => dragged.value ?? history.value.now)
  const storey = ref(first.storeys[0]!.id)
  const selected = shallowRef<ReadonlySet<string>>(new Set())
  const tool = ref<Tool>('select')
  const roomType = ref('')
  const fixtureType = ref('')
  const flowKind = ref<FlowKind>('food')
  const widths = ref<Record<OpeningKind, number>>({ door: 0.9, window: 1.2, pass_through: 0.6 })
  const grid = ref(0.1)
  const wall = ref(0.2)
  /** Points put down of what is not finished yet. */
  const points = shallowRef<Pt[]>([])
  const stops = shallowRef<string[]>([])
  const trace = shallowRef<Trace | null>(null)
  /** What the screen reader is told, and what a tap could not do. */
  const said = ref('')
  const wrong = ref('')

  const rooms = computed(() => roomsOn(plan.value, storey.value))
  const here = computed<Element[]>(() => [...plan.value.rooms, ...plan.value.openings, ...plan.value.fixtures].filter((e) => e.storey === storey.value))
  const only = computed<Element | undefined>(() => (selected.value.size === 1 ? find(plan.value, [...selected.value][0]!) : undefined))

  function commit(next: Plan, kind = '') {
    dragged.value = null
    wrong.value = ''
    history.value = step(history.value, next, kind)
    onChange(next)
  }

  function jump(to: typeof history.value, word: string) {
    if (to === history.value) return
    history.value = to
    cancel()
    selected.value = new Set([...selected.value].filter((id) => find(to.now, id)))
    if (!to.now.storeys.some((s) => s.id === storey.value)) storey.value = to.now.storeys[0]!.id
    said.value = word
    onChange(to.now)
  }

  /** Another plan, from a file: a step that can be taken back. */
  function replace(next: Plan) {
    cancel()
    commit(next)
    selected.value = new Set()
    storey.value = next.storeys[0]!.id
  }

  function select(ids: Iterable<string>) {
    selected.value = new Set(ids)
    const first = [...selected.value][0]
    const element = first === undefined ? undefined : find(plan.value, first)
    if (element) storey.value = element.storey
  }

  function take(next: Tool) {
    cancel()
    tool.value = next
    if (next !== 'select') selected.value = new Set()
  }

  /** Whatever was begun and not finished is dropped. Whether there was anything. */
  function cancel(): boolean {
    const any = points.value.length > 0 || stops.value.length > 0 || dragged.value !== null
    points.value = []
    stops.value = []
    dragged.value = null
    wrong.value = ''
    return any
  }

  /** Where a point is meant, with rooms being moved left out of what it may be drawn to. */
  function snapped(p: Pt, reach: number, except: ReadonlySet<string> = new Set()): Snapped {
    if (tool.value === 'scale') return { at: p, to: 'free' }
    const others = rooms.value.filter((r) => !except.has(r.id)).map((r) => r.polygon)
    return snap(p, others, { grid: grid.value, reach, wall: wall.value })
  }

  /** What lies under a point: an opening or fixture within reach, else the smallest room around it. */
  function hit(p: Pt, reach: number): string | null {
    let best: { id: string; distance: number } | null = null
    for (const e of here.value) {
      if (isRoom(e)) continue
      const away = isOpening(e) ? distance(p, nearest(p, e.at[0], e.at[1]).point) : e.polygon && contains(e.polygon, p) ? 0 : distance(p, centre(e))
      if (away <= reach && (!best || away < best.distance)) best = { id: e.id, distance: away }
    }
    return best?.id ?? roomAt(plan.value, storey.value, p)?.id ?? null
  }

  /** A tap, a click, or Enter at the keyboard's cross. */
  function press(p: Pt, reach: number) {
    wrong.value = ''
    const point = snapped(p, reach).at
    switch (tool.value) {
      case 'select': {
        const id = hit(p, reach)
        select(id === null ? [] : [id])
        break
      }
      case 'rect':
        if (points.value.length === 0) points.value = [point]
        else room(rectangle(points.value[0]!, point))
        break
      case 'polygon': {
        const start = points.value[0]
        if (start && points.value.length > 2 && distance(p, start) <= reach) room([...points.value, start])
        else if (!points.value.some((q) => distance(q, point) < 0.01)) points.value = [...points.value, point]
        break
      }
      case 'scale':
        if (points.value.length >= 2) points.value = [p]
        else points.value = [...points.value, p]
        break
      case 'fixture':
        fixture(point, p)
        break
      case 'flow': {
        const id = hit(p, reach)
        if (id === null) wrong.value = t.value.noStop
        else if (stops.value.at(-1) !== id) stops.value = [...stops.value, id]
        break
      }
      default:
        opening(tool.value, p, reach)
    }
  }

  function room(ring: Pt[]) {
    const extent = box(ring)!
    if (extent.x1 - extent.x0 < LEAST || extent.y1 - extent.y0 < LEAST) {
      points.value = points.value.slice(0, 1)
      wrong.value = t.value.tooSmall
      return
    }
    if (crossesItself(ring)) {
      wrong.value = t.value.crosses
      return
    }
    points.value = []
    const id = freshId(plan.value, 'room')
    commit(withRoom(plan.value, { id, type: roomType.value || 'unknown', name: null, storey: storey.value, polygon: ring }))
    selected.value = new Set([id])
    said.value = t.value.added(t.value.room)
  }

  /** The polygon as far as it is, closed. */
  function finish() {
    if (tool.value === 'polygon' && points.value.length > 2) room([...points.value, points.value[0]!])
    if (tool.value === 'flow' && stops.value.length > 1) {
      const id = freshId(plan.value, 'flow')
      const flow = { id, kind: flowKind.value, stops: stops.value }
      stops.value = []
      commit({ ...plan.value, flows: [...plan.value.flows, flow] })
      said.value = t.value.added(t.value.flowNames[flow.kind])
    }
  }

  /** Where an opening would go from there, if it is one that is being put. */
  const aimed = (p: Pt, reach: number): Placed | null => {
    const width = isKind(tool.value) ? widths.value[tool.value] : null
    return width === null ? null : placed(p, width, rooms.value, Math.max(reach, 0.3), wall.value)
  }

  function opening(kind: OpeningKind, p: Pt, reach: number) {
    const put = aimed(p, reach)
    if (!put) {
      wrong.value = t.value.noWall
      return
    }
    const id = freshId(plan.value, kind === 'pass_through' ? 'hatch' : kind)
    commit(withOpening(plan.value, { id, kind, storey: storey.value, ...put, ...(kind === 'door' ? { swing: 'outward' as const } : {}) }))
    selected.value = new Set([id])
    said.value = t.value.placedDoor(t.value.kinds[kind], t.value.connects(titleOf(put.connects[0]), titleOf(put.connects[1])))
  }

  function fixture(point: Pt, p: Pt) {
    if (fixtureType.value === '') return
    const id = freshId(plan.value, fixtureType.value)
    const inside = roomAt(plan.value, storey.value, p)
    // On the grid it may have slipped into the wall.
    const where = inside && !contains(inside.polygon, point) ? at(...p) : point
    commit(withFixture(plan.value, { id, type: fixtureType.value, storey: storey.value, room: inside?.id ?? null, at: where }))
    selected.value = new Set([id])
    said.value = t.value.added(namesOf.value(fixtureType.value))
  }

  /** How types are called; set by whoever knows the vocabulary. */
  const namesOf = shallowRef<(type: string) => string>((type) => type)

  /** What an element goes by: its name, else its type's, with the number of its id. */
  function titleOf(id: string): string {
    if (id === OUTSIDE) return t.value.outside
    const e = find(plan.value, id)
    if (!e) return plan.value.flows.some((f) => f.id === id) ? t.value.flowNames[plan.value.flows.find((f) => f.id === id)!.kind] : id
    if (isOpening(e)) return `${t.value.kinds[e.kind]} ${e.id}`
    if (isRoom(e)) return e.name?.trim() ? e.name : `${namesOf.value(e.type)}`
    return `${namesOf.value(e.type)} ${e.id}`
  }

  function remove(ids: ReadonlySet<string> = selected.value) {
    if (ids.size === 0) return
    commit(without(plan.value, ids))
    said.value = t.value.removed(ids.size)
    selected.value = new Set()
  }

  function twin() {
    if (selected.value.size === 0) return
    const extent = box([...selected.value].flatMap((id) => pointsOf(find(plan.value, id)!)))!
    const made = duplicated(plan.value, selected.value, [only.value && isRoom(only.value) ? mm(extent.x1 - extent.x0 + wall.value) : 0.5, 0])
    commit(made.plan)
    selected.value = made.ids
  }

  const byKeys = (by: Pt) => selected.value.size > 0 && commit(shifted(plan.value, selected.value, by), 'arrows')

  /** An opening taken along the walls to where the finger is. */
  function slid(from: Plan, id: string, p: Pt, reach: number): Plan {
    const o = from.openings.find((e) => e.id === id)!
    const put = placed(p, distance(...o.at), roomsOn(from, o.storey), Math.max(reach, 1), wall.value)
    return put ? changed(from, id, { at: put.at, connects: put.connects }) : from
  }

  /** What is being moved, drawn to the grid and to the rooms around it. */
  function carriedTo(from: Plan, ids: ReadonlySet<string>, by: Pt, reach: number): Plan {
    const first = [...ids].map((id) => find(from, id)!).filter((e) => e !== undefined)
    if (first.length === 1 && isOpening(first[0]!)) return slid(from, first[0]!.id, [centre(first[0]!)[0] + by[0], centre(first[0]!)[1] + by[1]], reach)
    const extent = box(first.flatMap(pointsOf))!
    const moving = new Set([...ids])
    const corners: Pt[] = [[extent.x0, extent.y0], [extent.x1, extent.y0], [extent.x1, extent.y1], [extent.x0, extent.y1]]
    let best: { by: Pt; to: Snapped['to']; away: number } | null = null
    for (const c of first.every(isRoom) ? corners : corners.slice(0, 1)) {
      const aim: Pt = [c[0] + by[0], c[1] + by[1]]
      const s = first.every(isFixture) ? snap(aim, [], { grid: grid.value, reach, wall: 0 }) : snapped(aim, reach, moving)
      const rank = s.to === 'corner' || s.to === 'wall' ? 0 : 1
      const away = rank * 1000 + distance(aim, s.at)
      if (!best || away < best.away) best = { by: [mm(s.at[0] - c[0]), mm(s.at[1] - c[1])], to: s.to, away }
    }
    return shifted(from, ids, best!.by)
  }

  function scaleTrace(length: number): boolean {
    const [a, b] = points.value
    if (!trace.value || !a || !b) return false
    if (!(length > 0) || distance(a, b) < 1e-6) {
      wrong.value = length > 0 ? t.value.pointsApart : t.value.lengthBad
      return false
    }
    trace.value = scaled(trace.value, a, b, length)
    take('select')
    return true
  }

  return proxyRefs({
    plan, history, dragged, storey, selected, tool, roomType, fixtureType, flowKind, widths, grid, wall, points, stops, trace, said, wrong,
    rooms, here, only, namesOf,
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    undo: () => jump(undo(history.value), t.value.undone),
    redo: () => jump(redo(history.value), t.value.redone),
    commit, replace, select, take, cancel, snapped, aimed, hit, press, finish, remove, twin, byKeys, carriedTo, scaleTrace, titleOf,
  })
}
