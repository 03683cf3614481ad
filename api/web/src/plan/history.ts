/** What was, what is, what was taken back. Values are never changed, so keeping them is cheap. */
export interface History<T> {
  past: readonly T[]
  now: T
  future: readonly T[]
  /** What kind of step led here: steps of one kind, such as typing in one field, are one. */
  kind: string
}

const MOST = 300

export const begin = <T>(now: T): History<T> => ({ past: [], now, future: [], kind: '' })

/** @param kind steps of the same kind right after one another are taken back together; empty for a step of its own */
export function step<T>(history: History<T>, next: T, kind = ''): History<T> {
  if (next === history.now) return history
  const joins = kind !== '' && kind === history.kind && history.past.length > 0
  return { past: joins ? history.past : [...history.past, history.now].slice(-MOST), now: next, future: [], kind }
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  return before === undefined ? history : { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], kind: '' }
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...rest] = history.future
  return next === undefined ? history : { past: [...history.past, history.now], now: next, future: rest, kind: '' }
}
