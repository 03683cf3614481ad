/** Plane geometry in metres, x to the right, y up. Rings are closed: the last corner is the first. */

export type Pt = [number, number]
export type Ring = Pt[]

/** To the millimetre, so that sums of steps stay what they look like. */
export const mm = (v: number): number => Math.round(v * 1000) / 1000
export const at = (x: number, y: number): Pt => [mm(x), mm(y)]
export const distance = (a: Pt, b: Pt): number => Math.hypot(b[0] - a[0], b[1] - a[1])
export const middle = (a: Pt, b: Pt): Pt => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
export const moved = (p: Pt, by: Pt): Pt => at(p[0] + by[0], p[1] + by[1])

/** The rectangle two opposite corners span, counter-clockwise. */
export function rectangle(a: Pt, b: Pt): Ring {
  const [x0, x1] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])]
  const [y0, y1] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])]
  return [at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1), at(x0, y0)]
}

export interface Box {
  x0: number
  y0: number
  x1: number
  y1: number
}

/** The extent of some points; null of none. */
export function box(points: Pt[]): Box | null {
  if (points.length === 0) return null
  const found = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity }
  for (const [x, y] of points) {
    found.x0 = Math.min(found.x0, x)
    found.y0 = Math.min(found.y0, y)
    found.x1 = Math.max(found.x1, x)
    found.y1 = Math.max(found.y1, y)
  }
  return found
}

/** Edges of a ring, those of no length left out. */
export function edges(ring: Ring): [Pt, Pt][] {
  const found: [Pt, Pt][] = []
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1]!, ring[i]!]
    if (distance(a, b) > 1e-6) found.push([a, b])
  }
  return found
}

/** Twice the signed area; above zero for a counter-clockwise ring. */
function doubled(ring: Ring): number {
  let sum = 0
  for (const [a, b] of edges(ring)) sum += a[0] * b[1] - b[0] * a[1]
  return sum
}

/** Square metres; a ring that crosses itself has none worth naming. */
export const area = (ring: Ring): number => Math.abs(doubled(ring)) / 2
export const counterClockwise = (ring: Ring): boolean => doubled(ring) > 0

export function contains(ring: Ring, [x, y]: Pt): boolean {
  let inside = false
  for (const [a, b] of edges(ring)) {
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
  }
  return inside
}

/** The point of a segment next to p, and how far along it lies, 0 to 1. */
export function nearest(p: Pt, a: Pt, b: Pt): { point: Pt; along: number } {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length))
  return { point: [a[0] + along * dx, a[1] + along * dy], along }
}

/** Where a name fits: the middle of the widest run along a few horizontal cuts. */
export function labelPoint(ring: Ring): Pt {
  const extent = box(ring)
  if (!extent) return [0, 0]
  let best: { width: number; point: Pt } | null = null
  for (const share of [0.5, 0.35, 0.65, 0.2, 0.8]) {
    const y = extent.y0 + share * (extent.y1 - extent.y0)
    const xs = edges(ring)
      .filter(([a, b]) => a[1] > y !== b[1] > y)
      .map(([a, b]) => a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]))
      .sort((one, other) => one - other)
    for (let i = 0; i + 1 < xs.length; i += 2) {
      const width = xs[i + 1]! - xs[i]!
      if (!best || width > best.width * 1.05) best = { width, point: [(xs[i]! + xs[i + 1]!) / 2, y] }
    }
  }
  return best?.point ?? [(extent.x0 + extent.x1) / 2, (extent.y0 + extent.y1) / 2]
}

/** Whether a ring is a rectangle along the axes. */
export function upright(ring: Ring): boolean {
  const sides = edges(ring)
  return sides.length === 4 && sides.every(([a, b]) => Math.abs(a[0] - b[0]) < 1e-6 || Math.abs(a[1] - b[1]) < 1e-6)
}

/** Whether two edges of a ring that are not neighbours meet. */
export function crossesItself(ring: Ring): boolean {
  const sides = edges(ring)
  const turn = (p: Pt, q: Pt, r: Pt) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
  return sides.some(([a, b], i) =>
    sides.some(([c, d], j) => {
      if (j <= i + 1 || (i === 0 && j === sides.length - 1)) return false
      return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
    }),
  )
}
