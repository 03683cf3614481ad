import type { Standing } from '../api'

const SIZE = 12

/** A pattern for a part of a district, so that its colour is not the only thing that tells it. */
export function hatch(standing: Standing, colour: string): CanvasPattern | string {
  const tile = document.createElement('canvas')
  tile.width = SIZE
  tile.height = SIZE
  const pen = tile.getContext('2d')
  if (!pen || standing === 'ELIGIBLE') return 'transparent'
  pen.strokeStyle = colour
  pen.fillStyle = colour
  pen.lineWidth = 1.5
  if (standing === 'EXCLUDED') {
    for (const shift of [-SIZE, 0, SIZE]) {
      pen.moveTo(shift, SIZE)
      pen.lineTo(shift + SIZE, 0)
    }
    pen.stroke()
  } else {
    pen.arc(SIZE / 2, SIZE / 2, 1.5, 0, 2 * Math.PI)
    pen.fill()
  }
  return pen.createPattern(tile, 'repeat') ?? 'transparent'
}
