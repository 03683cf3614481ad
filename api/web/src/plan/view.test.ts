import { expect, test } from '@playwright/test'
import { laid, scaled } from './trace'
import { fitted, panned, toPlan, toScreen, zoomed } from './view'

const size = { width: 400, height: 300 }

test('a point of the plan is found again on the screen, y upwards', () => {
  const view = { x: 2, y: 1, scale: 50 }

  expect(toScreen(view, size, [2, 1])).toEqual([200, 150])
  expect(toScreen(view, size, [2, 2])[1]).toBe(100)
  expect(toPlan(view, size, toScreen(view, size, [3.25, -0.5]))).toEqual([3.25, -0.5])
})

test('zooming keeps what is under the finger there, and ends at its bounds', () => {
  const view = { x: 2, y: 1, scale: 50 }
  const under = toPlan(view, size, [80, 40])
  const closer = zoomed(view, size, [80, 40], 3)

  expect(closer.scale).toBe(150)
  expect(toPlan(closer, size, [80, 40])[0]).toBeCloseTo(under[0])
  expect(toPlan(closer, size, [80, 40])[1]).toBeCloseTo(under[1])
  expect(zoomed(view, size, [0, 0], 1e9).scale).toBe(2000)
})

test('panning moves the plan with the finger', () => {
  const view = { x: 2, y: 1, scale: 50 }

  expect(toScreen(panned(view, 30, -20), size, [2, 1])).toEqual([230, 130])
})

test('everything drawn fits into the picture', () => {
  const view = fitted({ x0: -3, y0: 0, x1: 9, y1: 30 }, size)

  for (const p of [[-3, 0], [9, 30]] as const) {
    const [x, y] = toScreen(view, size, [p[0], p[1]])
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x).toBeLessThanOrEqual(400)
    expect(y).toBeGreaterThanOrEqual(0)
    expect(y).toBeLessThanOrEqual(300)
  }
})

test('a picture’s scale is set by two points of a known length; the first stays where it is', () => {
  const before = laid('x', 'photo', 400, 300, [5, 4])
  const after = scaled(before, [2, 3], [7, 3], 2.5)

  expect(after.metres).toBeCloseTo(before.metres / 2)
  expect(after.x).toBeCloseTo(2 + (5 - 2) / 2)
  expect(after.y).toBeCloseTo(3 + (4 - 3) / 2)
  expect(scaled(before, [2, 3], [2, 3], 2.5)).toBe(before)
  expect(scaled(before, [2, 3], [7, 3], Number.NaN)).toBe(before)
})
