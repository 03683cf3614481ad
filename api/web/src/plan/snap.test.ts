import { expect, test } from '@playwright/test'
import { rectangle } from './geometry'
import { snap } from './snap'

const room = rectangle([0, 0], [4.25, 3.05])
const options = { grid: 0.1, reach: 0.15, wall: 0 }

test('far from everything a point goes to the grid', () => {
  expect(snap([7.03, 6.96], [room], options)).toEqual({ at: [7, 7], to: 'grid' })
})

test('without a grid a point stays where it is put', () => {
  expect(snap([7.034, 6.961], [room], { ...options, grid: 0 })).toEqual({ at: [7.034, 6.961], to: 'free' })
})

test('a corner within reach is met exactly, though it is off the grid', () => {
  expect(snap([4.3, 3.1], [room], options)).toEqual({ at: [4.25, 3.05], to: 'corner' })
})

test('in line with a wall only that axis is drawn to it', () => {
  expect(snap([4.32, 8.04], [room], options)).toEqual({ at: [4.25, 8], to: 'wall' })
})

test('with walls of a thickness, a neighbour begins that far beyond', () => {
  expect(snap([4.47, 0.04], [room], { ...options, wall: 0.2 })).toEqual({ at: [4.45, 0], to: 'wall' })
})

test('a slanting wall holds the point on itself', () => {
  const { at, to } = snap([1.06, 0.94], [[[0, 0], [2, 2], [0, 2], [0, 0]]], { ...options, grid: 0, reach: 0.1 })

  expect(to).toBe('wall')
  expect(at[0]).toBeCloseTo(at[1], 3)
})
