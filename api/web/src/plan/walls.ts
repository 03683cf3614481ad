import { at, box, contains, counterClockwise, distance, edges, nearest, type Pt } from './geometry'
import type { Room } from './model'

/** Walls no thicker than this lie between two rooms; further apart is outside. As the service measures it. */
const THICKEST = 0.5
export const OUTSIDE = 'outside'

/** A face of a wall: an edge of a room, and the way out of the room. */
interface Face {
  room: string
  a: Pt
  b: Pt
  out: Pt
}

export interface Placed {
  /** The two jambs, in the middle of the wall. */
  at: [Pt, Pt]
  connects: [string, string]
}

function faces(rooms: Room[]): Face[] {
  return rooms.flatMap((room) => {
    const sign = counterClockwise(room.polygon) ? 1 : -1
    return edges(room.polygon).map(([a, b]) => {
      const length = distance(a, b)
      return { room: room.id, a, b, out: [(sign * (b[1] - a[1])) / length, (-sign * (b[0] - a[0])) / length] as Pt }
    })
  })
}

/**
 * An opening of that width in the wall next to p: in the middle of the wall, within what both rooms share of it; null
 * if no wall is within reach or it is too short for any opening.
 *
 * @param wall thickness taken for walls to the outside, metres
 */
export function placed(p: Pt, width: number, rooms: Room[], reach: number, wall: number): Placed | null {
  let best: { face: Face; distance: number } | null = null
  for (const face of faces(rooms)) {
    const apart = distance(p, nearest(p, face.a, face.b).point)
    if (apart <= reach && (!best || apart < best.distance - 1e-9)) best = { face, distance: apart }
  }
  if (!best) return null
  const { face } = best
  const length = distance(face.a, face.b)
  const u: Pt = [(face.b[0] - face.a[0]) / length, (face.b[1] - face.a[1]) / length]
  const along = (q: Pt) => (q[0] - face.a[0]) * u[0] + (q[1] - face.a[1]) * u[1]
  const beyond = opposite(face, along(p), rooms)
  const from = Math.max(0, beyond ? Math.min(along(beyond.a), along(beyond.b)) : 0)
  const to = Math.min(length, beyond ? Math.max(along(beyond.a), along(beyond.b)) : length)
  const fits = Math.min(width, to - from)
  if (fits < 0.1) return null
  const start = Math.max(from, Math.min(to - fits, along(p) - fits / 2))
  const depth = beyond ? gap(face, beyond.a) / 2 : wall / 2
  const jamb = (s: number): Pt => at(face.a[0] + u[0] * s + face.out[0] * depth, face.a[1] + u[1] * s + face.out[1] * depth)
  return { at: [jamb(start), jamb(start + fits)], connects: [face.room, beyond?.room ?? OUTSIDE] }
}

const gap = (face: Face, q: Pt): number => (q[0] - face.a[0]) * face.out[0] + (q[1] - face.a[1]) * face.out[1]

/** The face of another room across the wall, at that point along it. */
function opposite(face: Face, s: number, rooms: Room[]): Face | null {
  const length = distance(face.a, face.b)
  const u: Pt = [(face.b[0] - face.a[0]) / length, (face.b[1] - face.a[1]) / length]
  let best: { face: Face; gap: number } | null = null
  for (const other of faces(rooms)) {
    if (other.room === face.room || face.out[0] * other.out[0] + face.out[1] * other.out[1] > -0.99) continue
    const between = gap(face, other.a)
    const ends = [other.a, other.b].map((q) => (q[0] - face.a[0]) * u[0] + (q[1] - face.a[1]) * u[1])
    const on = Math.max(0, Math.min(length, s))
    if (between >= -0.01 && between <= THICKEST && Math.min(...ends) <= on && Math.max(...ends) >= on && (!best || between < best.gap)) {
      best = { face: other, gap: between }
    }
  }
  return best?.face ?? null
}

/** What lies on both sides of an opening: the first room met within a wall's thickness, else the outside. */
export function sides([a, b]: [Pt, Pt], rooms: Room[]): [string, string] | null {
  const length = distance(a, b)
  if (length === 0) return null
  const [mx, my] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
  const near = rooms.filter((r) => {
    const e = box(r.polygon)
    return e !== null && mx >= e.x0 - THICKEST && mx <= e.x1 + THICKEST && my >= e.y0 - THICKEST && my <= e.y1 + THICKEST
  })
  const n: Pt = [-(b[1] - a[1]) / length, (b[0] - a[0]) / length]
  const look = (sign: number) => {
    for (let d = 0.02; d <= THICKEST; d += 0.02) {
      const p: Pt = [mx + sign * n[0] * d, my + sign * n[1] * d]
      const met = near.find((r) => contains(r.polygon, p))
      if (met) return met.id
    }
    return OUTSIDE
  }
  const [one, other] = [look(1), look(-1)]
  if (one === other) return one === OUTSIDE ? null : [one, OUTSIDE]
  return one === OUTSIDE ? [other, one] : [one, other]
}
