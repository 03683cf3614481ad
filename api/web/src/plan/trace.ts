import { distance, type Pt } from './geometry'

/** A picture to draw over. It lies in the browser and is never sent. */
export interface Trace {
  /** An object URL or data URL. */
  src: string
  name: string
  /** Pixels of the picture. */
  width: number
  height: number
  /** Where its middle lies in the plan, metres. */
  x: number
  y: number
  /** Metres in one of its pixels. */
  metres: number
  /** Clockwise on the screen, degrees. */
  turn: number
  opacity: number
  shown: boolean
  /** Whether its scale was set by a known length. */
  scaled: boolean
}

/** What the browser's tab keeps it as. */
export const KEPT_AS = 'kanqian-trace'

/** A picture laid out about ten metres wide until its scale is known. */
export function laid(src: string, name: string, width: number, height: number, middle: Pt): Trace {
  return { src, name, width, height, x: middle[0], y: middle[1], metres: 10 / Math.max(width, height), turn: 0, opacity: 0.6, shown: true, scaled: false }
}

/** The picture made so large that two of its points lie that far apart; the first of them stays where it is. */
export function scaled(trace: Trace, a: Pt, b: Pt, length: number): Trace {
  const drawn = distance(a, b)
  if (!(drawn > 0) || !(length > 0)) return trace
  const factor = length / drawn
  return {
    ...trace,
    metres: trace.metres * factor,
    x: a[0] + (trace.x - a[0]) * factor,
    y: a[1] + (trace.y - a[1]) * factor,
    scaled: true,
  }
}
