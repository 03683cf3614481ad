import { expect, test } from '@playwright/test'
import { area, contains, crossesItself, labelPoint, rectangle, upright, type Ring } from './geometry'

const L: Ring = [[0, 0], [4, 0], [4, 1], [1, 1], [1, 3], [0, 3], [0, 0]]

test('a room’s area is that of its corners, whichever way round they were clicked', () => {
  expect(area(L)).toBe(6)
  expect(area([...L].reverse())).toBe(6)
})

test('a rectangle is the same from whichever corner it was dragged', () => {
  expect(rectangle([3, 1], [0, 2])).toEqual(rectangle([0, 1], [3, 2]))
  expect(upright(rectangle([3, 1], [0, 2]))).toBe(true)
  expect(upright(L)).toBe(false)
})

test('the name of a bent room stands inside it', () => {
  expect(contains(L, labelPoint(L))).toBe(true)
  expect(contains(L, [2, 2])).toBe(false)
})

test('a ring that crosses itself is told from one that only bends', () => {
  expect(crossesItself(L)).toBe(false)
  expect(crossesItself([[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]])).toBe(true)
})
