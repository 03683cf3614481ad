import { expect, test } from '@playwright/test'
import { begin, redo, step, undo } from './history'

test('steps are taken back and forth, and a new one forgets what was taken back', () => {
  let h = step(step(begin('a'), 'b'), 'c')
  h = undo(undo(h))
  expect(h.now).toBe('a')
  expect(undo(h)).toBe(h)
  h = redo(h)
  expect(h.now).toBe('b')
  h = step(h, 'd')
  expect(redo(h).now).toBe('d')
  expect(undo(h).now).toBe('b')
})

test('steps of one kind in a row are one step; others between them part them', () => {
  const h = step(step(step(begin(0), 1, 'arrows'), 2, 'arrows'), 3)

  expect(undo(h).now).toBe(2)
  expect(undo(undo(h)).now).toBe(0)
})

test('after taking back, the same kind begins a step of its own', () => {
  const h = step(undo(step(step(begin(0), 1), 2, 'arrows')), 5, 'arrows')

  expect(undo(h).now).toBe(1)
})

test('a long history forgets its oldest steps only', () => {
  let h = begin(0)
  for (let i = 1; i <= 1000; i++) h = step(h, i)

  expect(h.past.length).toBe(300)
  expect(undo(h).now).toBe(999)
})
