import { at, distance, edges, nearest, type Pt, type Ring } from './geometry'

export interface Snapping {
  /** Grid step in metres; 0 for none. */
  grid: number
  /** How near a point must be to be drawn to something, metres. */
  reach: number
  /** Thickness of walls, metres: a neighbour's wall is met at its face or this far beyond it. */
  wall: number
}

export interface Snapped {
  at: Pt
  to: 'corner' | 'wall' | 'grid' | 'free'
}

/**
 * Where a drawn point is meant: on a corner of another room, in line with its walls or a wall's thickness beyond
 * them, on a slanting wall, or on the grid, in that order; each axis for itself.
 */
export function snap(p: Pt, rings: Ring[], { grid, reach, wall }: Snapping): Snapped {
  const corner = closest(p, rings.flat(), reach)
  const xs = wall > 0 ? beyond(rings, 0, wall) : []
  const ys = wall > 0 ? beyond(rings, 1, wall) : []
  const x = line(p[0], [...rings.flat().map((c) => c[0]), ...xs], reach)
  const y = line(p[1], [...rings.flat().map((c) => c[1]), ...ys], reach)
  // A wall's thickness beyond may lie nearer than the corner itself.
  if (corner && (x === null || y === null || distance(p, corner) <= distance(p, [x, y]) + 1e-9)) {
    return { at: at(...corner), to: 'corner' }
  }
  if (x === null && y === null) {
    const slanting = rings
      .flatMap(edges)
      .filter(([a, b]) => Math.abs(a[0] - b[0]) > 1e-6 && Math.abs(a[1] - b[1]) > 1e-6)
      .map(([a, b]) => nearest(p, a, b).point)
    const on = closest(p, slanting, reach)
    if (on) return { at: at(...on), to: 'wall' }
  }
  const to = x !== null || y !== null ? 'wall' : grid > 0 ? 'grid' : 'free'
  return { at: at(x ?? onGrid(p[0], grid), y ?? onGrid(p[1], grid)), to }
}

export const onGrid = (v: number, grid: number): number => (grid > 0 ? Math.round(v / grid) * grid : v)

function closest(p: Pt, candidates: Pt[], reach: number): Pt | null {
  let best: Pt | null = null
  for (const c of candidates) {
    if (distance(p, c) <= (best ? distance(p, best) - 1e-9 : reach)) best = c
  }
  return best
}

function line(v: number, candidates: number[], reach: number): number | null {
  let best: number | null = null
  for (const c of candidates) {
    if (Math.abs(v - c) <= (best === null ? reach : Math.abs(v - best) - 1e-9)) best = c
  }
  return best
}

/** Lines a wall's thickness outside of every upright wall, along one axis. */
function beyond(rings: Ring[], axis: 0 | 1, wall: number): number[] {
  const lines: number[] = []
  for (const ring of rings) {
    const values = ring.map((c) => c[axis])
    const [least, most] = [Math.min(...values), Math.max(...values)]
    lines.push(least - wall, most + wall)
  }
  return lines
}
