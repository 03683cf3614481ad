import type { Box, Pt } from './geometry'

/** What part of the plan the screen shows: the point in its middle and pixels in a metre. */
export interface View {
  x: number
  y: number
  scale: number
}

export interface Size {
  width: number
  height: number
}

const LEAST = 0.5
const MOST = 2000

export const toScreen = (v: View, s: Size, [x, y]: Pt): Pt => [(x - v.x) * v.scale + s.width / 2, s.height / 2 - (y - v.y) * v.scale]
export const toPlan = (v: View, s: Size, [x, y]: Pt): Pt => [(x - s.width / 2) / v.scale + v.x, (s.height / 2 - y) / v.scale + v.y]

/** Larger or smaller, with the point under the finger staying there. */
export function zoomed(v: View, s: Size, point: Pt, factor: number): View {
  const scale = Math.max(LEAST, Math.min(MOST, v.scale * factor))
  const [x, y] = toPlan(v, s, point)
  return { x: x - (x - v.x) * (v.scale / scale), y: y - (y - v.y) * (v.scale / scale), scale }
}

export const panned = (v: View, dx: number, dy: number): View => ({ ...v, x: v.x - dx / v.scale, y: v.y + dy / v.scale })

/** All of a box, with a margin; an empty plan shows ten metres. */
export function fitted(extent: Box | null, s: Size): View {
  if (!extent) return { x: 4, y: 3, scale: Math.max(LEAST, Math.min(s.width / 10, s.height / 8)) }
  const [w, h] = [Math.max(1, extent.x1 - extent.x0), Math.max(1, extent.y1 - extent.y0)]
  const scale = Math.max(LEAST, Math.min(MOST, Math.min((s.width - 80) / w, (s.height - 80) / h)))
  return { x: (extent.x0 + extent.x1) / 2, y: (extent.y0 + extent.y1) / 2, scale }
}
