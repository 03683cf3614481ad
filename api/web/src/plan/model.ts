import { at, box, contains, distance, middle, mm, moved, nearest, upright, type Pt, type Ring } from './geometry'
import { OUTSIDE, sides } from './walls'

/** A floor plan, kanqian-plan/1. Never changed: every step makes a new one, so that it can be taken back. */

export type Value = boolean | number | string | null
export type Attributes = Record<string, Value>

export interface Storey {
  id: string
  name?: string | null
  floor: number
  elevation?: number | null
}

export interface Room {
  id: string
  type: string
  name?: string | null
  storey: string
  polygon: Ring
  holes?: Ring[] | null
  height?: number | null
  attributes?: Attributes | null
}

export type OpeningKind = 'door' | 'window' | 'pass_through'
export type Swing = 'outward' | 'inward' | 'sliding'

export interface Opening {
  id: string
  kind: OpeningKind
  storey: string
  at: [Pt, Pt]
  connects: [string, string]
  exit?: boolean | null
  swing?: Swing | null
  attributes?: Attributes | null
}

export interface Fixture {
  id: string
  type: string
  storey: string
  room?: string | null
  at?: Pt | null
  polygon?: Ring | null
  attributes?: Attributes | null
}

export type FlowKind = 'food' | 'dish_return' | 'people' | 'material' | 'clean' | 'dirty' | 'instrument' | 'men' | 'women'

export interface Flow {
  id: string
  kind: FlowKind
  stops: string[]
}

export interface Plan {
  format: 'kanqian-plan/1'
  complete?: boolean | null
  accuracy_m?: number | null
  attributes?: Attributes | null
  storeys: Storey[]
  rooms: Room[]
  openings: Opening[]
  fixtures: Fixture[]
  flows: Flow[]
  anchor?: unknown
}

export type Element = Room | Opening | Fixture

/** @param asked storey it begins on; the ground floor where there is no such storey */
export function emptyPlan(asked: number): Plan {
  const floor = Number.isInteger(asked) && asked !== 0 && asked >= -20 && asked <= 200 ? asked : 1
  return {
    format: 'kanqian-plan/1',
    complete: false,
    storeys: [{ id: `F${floor}`, floor }],
    rooms: [],
    openings: [],
    fixtures: [],
    flows: [],
  }
}

export const isOpening = (e: Element): e is Opening => 'kind' in e
/** A fixture always says which room it stands in, null outside of all. */
export const isFixture = (e: Element): e is Fixture => 'room' in e
export const isRoom = (e: Element): e is Room => !isOpening(e) && !isFixture(e)

/** Where a new thing's id comes from: the first number that is free. */
export function freshId(plan: Plan, prefix: string): string {
  const taken = new Set([...plan.storeys, ...plan.rooms, ...plan.openings, ...plan.fixtures, ...plan.flows].map((e) => e.id))
  for (let n = 1; ; n++) {
    if (!taken.has(`${prefix}-${n}`)) return `${prefix}-${n}`
  }
}

export const find = (plan: Plan, id: string): Element | undefined =>
  plan.rooms.find((r) => r.id === id) ?? plan.openings.find((o) => o.id === id) ?? plan.fixtures.find((f) => f.id === id)

export const pointsOf = (e: Element): Pt[] => (isOpening(e) ? e.at : isFixture(e) ? (e.polygon ?? (e.at ? [e.at] : [])) : e.polygon)

export function centre(e: Element): Pt {
  if (isOpening(e)) return middle(e.at[0], e.at[1])
  const extent = box(pointsOf(e))
  return extent ? [(extent.x0 + extent.x1) / 2, (extent.y0 + extent.y1) / 2] : [0, 0]
}

export const roomsOn = (plan: Plan, storey: string): Room[] => plan.rooms.filter((r) => r.storey === storey)

/** The smallest room a point lies in: a room within a room is meant before the one around it. */
export function roomAt(plan: Plan, storey: string, p: Pt): Room | undefined {
  const size = (r: Room) => {
    const b = box(r.polygon)
    return b ? (b.x1 - b.x0) * (b.y1 - b.y0) : 0
  }
  return roomsOn(plan, storey)
    .filter((r) => contains(r.polygon, p))
    .sort((a, b) => size(a) - size(b))[0]
}

const change = <T extends { id: string }>(all: T[], id: string, to: (e: T) => T): T[] => all.map((e) => (e.id === id ? to(e) : e))

/** A storey with other fields. Storeys, flows and elements each have ids of their own. */
export const withStorey = (plan: Plan, id: string, fields: Partial<Storey>): Plan => ({ ...plan, storeys: change(plan.storeys, id, (s) => ({ ...s, ...fields })) })
/** A flow through other stops; gone if fewer than two are left. */
export const withStops = (plan: Plan, id: string, stops: string[]): Plan => ({ ...plan, flows: change(plan.flows, id, (f) => ({ ...f, stops })).filter((f) => f.stops.length > 1) })

/** One element with other fields. */
export function changed(plan: Plan, id: string, fields: object): Plan {
  const to = <T extends object>(e: T): T => ({ ...e, ...fields })
  return {
    ...plan,
    rooms: change(plan.rooms, id, to),
    openings: change(plan.openings, id, to),
    fixtures: change(plan.fixtures, id, to),
  }
}

/** One attribute stated, or no longer stated for null; of the premises where no element is named. */
export function stated(plan: Plan, id: string | null, key: string, value: Value): Plan {
  const to = (old: Attributes | null | undefined): Attributes => {
    const { [key]: _, ...rest } = old ?? {}
    return value === null ? rest : { ...rest, [key]: value }
  }
  if (id === null) return { ...plan, attributes: to(plan.attributes) }
  return changed(plan, id, { attributes: to(find(plan, id)?.attributes) })
}

export const withRoom = (plan: Plan, room: Room): Plan => reconnected({ ...plan, rooms: [...plan.rooms, room] }, room.storey, new Set([room.id]))
export const withOpening = (plan: Plan, opening: Opening): Plan => ({ ...plan, openings: [...plan.openings, opening] })
export const withFixture = (plan: Plan, fixture: Fixture): Plan => ({ ...plan, fixtures: [...plan.fixtures, fixture] })

/** Without some elements, and without what cannot be without them: stops of flows, openings of no room. */
export function without(plan: Plan, ids: ReadonlySet<string>): Plan {
  const kept = <T extends { id: string }>(all: T[]) => all.filter((e) => !ids.has(e.id))
  const rooms = kept(plan.rooms)
  const left = new Set(rooms.map((r) => r.id))
  const openings = kept(plan.openings)
    .map((o) => {
      const [from, to] = o.connects.map((side) => (left.has(side) ? side : OUTSIDE)) as [string, string]
      return { ...o, connects: (from === OUTSIDE ? [to, from] : [from, to]) as [string, string] }
    })
    .filter((o) => o.connects[0] !== OUTSIDE)
  const fixtures = kept(plan.fixtures).map((f) => (f.room && !left.has(f.room) ? { ...f, room: null } : f))
  const known = new Set([...rooms, ...openings, ...fixtures].map((e) => e.id))
  const flows = plan.flows
    .map((f) => ({ ...f, stops: f.stops.filter((s) => known.has(s)) }))
    .filter((f) => f.stops.length > 1)
  return { ...plan, rooms, openings, fixtures, flows }
}

/** What belongs to a room and goes where it goes: what stands in it and its openings to the outside. */
function along(plan: Plan, ids: ReadonlySet<string>): Set<string> {
  const all = new Set(ids)
  for (const f of plan.fixtures) if (f.room && ids.has(f.room)) all.add(f.id)
  for (const o of plan.openings) if (o.connects.every((side) => side === OUTSIDE || ids.has(side))) all.add(o.id)
  return all
}

/** Some elements elsewhere, with what belongs to them; openings and fixtures learn which rooms they are in now. */
export function shifted(plan: Plan, ids: ReadonlySet<string>, by: Pt): Plan {
  const all = along(plan, ids)
  const ring = (r: Ring) => r.map((p) => moved(p, by))
  const next: Plan = {
    ...plan,
    rooms: plan.rooms.map((r) => (all.has(r.id) ? { ...r, polygon: ring(r.polygon), ...(r.holes ? { holes: r.holes.map(ring) } : {}) } : r)),
    openings: plan.openings.map((o) => (all.has(o.id) ? { ...o, at: [moved(o.at[0], by), moved(o.at[1], by)] as [Pt, Pt] } : o)),
    fixtures: plan.fixtures.map((f) =>
      all.has(f.id) ? { ...f, ...(f.polygon ? { polygon: ring(f.polygon) } : {}), ...(f.at ? { at: moved(f.at, by) } : {}) } : f,
    ),
  }
  const storeys = new Set([...next.rooms, ...next.openings, ...next.fixtures].filter((e) => all.has(e.id)).map((e) => e.storey))
  return [...storeys].reduce((p, storey) => reconnected(p, storey, all), next)
}

/**
 * What was touched and what lies around it: openings with the rooms on their two sides, fixtures with the room around
 * them, worked out anew.
 * One that no longer lies in a wall keeps what it said: the service names it.
 */
function reconnected(plan: Plan, storey: string, touched: ReadonlySet<string>): Plan {
  const rooms = roomsOn(plan, storey)
  const extent = box(rooms.filter((r) => touched.has(r.id)).flatMap((r) => r.polygon))
  const beside = ([x, y]: Pt) => extent !== null && x >= extent.x0 - 1 && x <= extent.x1 + 1 && y >= extent.y0 - 1 && y <= extent.y1 + 1
  const concerns = (o: Opening) => touched.has(o.id) || o.connects.some((side) => touched.has(side)) || beside(o.at[0])
  return {
    ...plan,
    openings: plan.openings.map((o) => {
      const connects = o.storey === storey && concerns(o) ? sides(o.at, rooms) : null
      return connects && [...connects].sort().join() !== [...o.connects].sort().join() ? { ...o, connects } : o
    }),
    fixtures: plan.fixtures.map((f) => {
      if (f.storey !== storey || !(touched.has(f.id) || (f.room && touched.has(f.room)) || beside(centre(f)))) return f
      const room = roomAt(plan, storey, centre(f))?.id ?? null
      return room === (f.room ?? null) ? f : { ...f, room }
    }),
  }
}

/** Openings lying on an edge of a room move with it. */
function carried(plan: Plan, room: Room, [a, b]: [Pt, Pt], by: Pt): Plan {
  return {
    ...plan,
    openings: plan.openings.map((o) => {
      const m = middle(o.at[0], o.at[1])
      const on = o.storey === room.storey && o.connects.includes(room.id) && distance(m, nearest(m, a, b).point) < 0.3
      return on ? { ...o, at: [moved(o.at[0], by), moved(o.at[1], by)] as [Pt, Pt] } : o
    }),
  }
}

/** A wall of a room moved; its neighbours turn with it. */
export function withWallMoved(plan: Plan, id: string, edge: number, by: Pt): Plan {
  const room = plan.rooms.find((r) => r.id === id)
  if (!room) return plan
  const open = room.polygon.slice(0, -1)
  const [i, j] = [edge, (edge + 1) % open.length]
  const [a, b] = [open[i]!, open[j]!]
  const ring = open.map((p, k) => (k === i || k === j ? moved(p, by) : p))
  const next = changed(carried(plan, room, [a, b], by), id, { polygon: [...ring, ring[0]!] })
  return reconnected(next, room.storey, new Set([id]))
}

/** A corner of a room elsewhere. A rectangle stays one. */
export function withCornerMoved(plan: Plan, id: string, corner: number, to: Pt): Plan {
  const room = plan.rooms.find((r) => r.id === id)
  if (!room) return plan
  const open = room.polygon.slice(0, -1)
  const from = open[corner]!
  if (upright(room.polygon)) {
    return edgesAt(open.length, corner).reduce((p, edge) => {
      const now = p.rooms.find((r) => r.id === id)!.polygon
      const across = Math.abs(now[edge]![0] - now[edge + 1]![0]) < 1e-6
      return withWallMoved(p, id, edge, across ? [to[0] - from[0], 0] : [0, to[1] - from[1]])
    }, plan)
  }
  const ring = open.map((p, k) => (k === corner ? at(...to) : p))
  return reconnected(changed(plan, id, { polygon: [...ring, ring[0]!] }), room.storey, new Set([id]))
}

const edgesAt = (corners: number, corner: number): number[] => [corner, (corner + corners - 1) % corners]

/** A room of another size: its left lower corner stays, its openings and what stands in it keep their share of the way. */
export function resized(plan: Plan, id: string, width: number, depth: number): Plan {
  const room = plan.rooms.find((r) => r.id === id)
  const extent = room && box(room.polygon)
  if (!room || !extent || !(width > 0) || !(depth > 0)) return plan
  if (upright(room.polygon)) {
    return withWallsAt(plan, id, extent.x0 + width, extent.y0 + depth)
  }
  const [fx, fy] = [width / (extent.x1 - extent.x0), depth / (extent.y1 - extent.y0)]
  const to = ([x, y]: Pt): Pt => at(extent.x0 + (x - extent.x0) * fx, extent.y0 + (y - extent.y0) * fy)
  return reconnected(changed(plan, id, { polygon: room.polygon.map(to), ...(room.holes ? { holes: room.holes.map((h) => h.map(to)) } : {}) }), room.storey, new Set([id]))
}

function withWallsAt(plan: Plan, id: string, x: number, y: number): Plan {
  const ring = plan.rooms.find((r) => r.id === id)!.polygon
  const extent = box(ring)!
  return ring.slice(0, -1).reduce((p, a, i) => {
    const b = ring[i + 1]!
    if (Math.abs(a[0] - extent.x1) < 1e-6 && Math.abs(b[0] - extent.x1) < 1e-6) return withWallMoved(p, id, i, [x - extent.x1, 0])
    if (Math.abs(a[1] - extent.y1) < 1e-6 && Math.abs(b[1] - extent.y1) < 1e-6) return withWallMoved(p, id, i, [0, y - extent.y1])
    return p
  }, plan)
}

/** An opening of another width about the same middle. */
export function widened(plan: Plan, id: string, width: number): Plan {
  const opening = plan.openings.find((o) => o.id === id)
  const old = opening ? distance(...opening.at) : 0
  if (!opening || old === 0 || !(width > 0)) return plan
  const m = middle(...opening.at)
  const to = (p: Pt): Pt => at(m[0] + ((p[0] - m[0]) * width) / old, m[1] + ((p[1] - m[1]) * width) / old)
  return changed(plan, id, { at: [to(opening.at[0]), to(opening.at[1])] })
}

/** A fixture with a footprint of that size about its middle; a bare point for 0. */
export function sized(plan: Plan, id: string, width: number, depth: number): Plan {
  const fixture = plan.fixtures.find((f) => f.id === id)
  if (!fixture) return plan
  const [x, y] = centre(fixture)
  if (!(width > 0) || !(depth > 0)) return changed(plan, id, { at: at(x, y), polygon: null })
  const ring: Ring = [at(x - width / 2, y - depth / 2), at(x + width / 2, y - depth / 2), at(x + width / 2, y + depth / 2), at(x - width / 2, y + depth / 2)]
  return changed(plan, id, { at: null, polygon: [...ring, ring[0]!] })
}

/** Copies of some elements, moved; what stands in a copied room is copied with it. */
export function duplicated(plan: Plan, ids: ReadonlySet<string>, by: Pt): { plan: Plan; ids: Set<string> } {
  const all = along(plan, ids)
  let next = plan
  const made = new Map<string, string>()
  const copy = <T extends Element>(e: T): T => {
    const id = freshId(next, e.id.replace(/-\d+$/, ''))
    made.set(e.id, id)
    return { ...e, id }
  }
  for (const r of plan.rooms.filter((e) => all.has(e.id))) next = { ...next, rooms: [...next.rooms, copy(r)] }
  for (const f of plan.fixtures.filter((e) => all.has(e.id))) {
    const twin = copy(f)
    next = { ...next, fixtures: [...next.fixtures, { ...twin, room: (f.room && made.get(f.room)) ?? f.room ?? null }] }
  }
  for (const o of plan.openings.filter((e) => all.has(e.id))) {
    const twin = copy(o)
    next = { ...next, openings: [...next.openings, { ...twin, connects: o.connects.map((s) => made.get(s) ?? s) as [string, string] }] }
  }
  const copies = new Set(made.values())
  const rooms = new Set(next.rooms.filter((r) => copies.has(r.id)).map((r) => r.id))
  const own = new Set([...copies].filter((id) => rooms.has(id) || !along(next, rooms).has(id)))
  return { plan: shifted(next, own, by), ids: new Set([...ids].map((id) => made.get(id)!)) }
}

/** Length and depth of what an element covers, metres. */
export function extentOf(e: Element): { width: number; depth: number } {
  const b = box(pointsOf(e))
  return b ? { width: mm(b.x1 - b.x0), depth: mm(b.y1 - b.y0) } : { width: 0, depth: 0 }
}

/** A storey gone, with all that is drawn on it. */
export function withoutStorey(plan: Plan, id: string): Plan {
  const on = [...plan.rooms, ...plan.openings, ...plan.fixtures].filter((e) => e.storey === id).map((e) => e.id)
  return { ...without(plan, new Set(on)), storeys: plan.storeys.filter((s) => s.id !== id) }
}
