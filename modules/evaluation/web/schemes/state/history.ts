/** Undo and redo: steps a person would call steps. A drag or a word being typed is one. */

const STEPS_LIMIT = 200
/** Changes of the same thing within this time are one step. */
const SAME_STEP_MILLISECONDS = 1_200

export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
  /** What the last change was about, and when: the next one about the same belongs to it. */
  readonly about: string | null
  readonly at: number
}

export const beginHistory = <T>(present: T): History<T> => ({ past: [], present, future: [], about: null, at: 0 })

/** `about` null: a step of its own. `at` in milliseconds on any clock that goes forward. */
export function record<T>(history: History<T>, present: T, about: string | null, at: number): History<T> {
  if (present === history.present) return history
  const same = about !== null && about === history.about && at - history.at < SAME_STEP_MILLISECONDS
  const past = same ? history.past : [...history.past, history.present].slice(-STEPS_LIMIT)
  return { past, present, future: [], about, at }
}

/** The present is changed without a step: what follows by itself from the step before. */
export const amend = <T>(history: History<T>, present: T): History<T> => ({ ...history, present })

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  const future = [history.present, ...history.future]
  return { past: history.past.slice(0, -1), present: before, future, about: null, at: 0 }
}

export function redo<T>(history: History<T>): History<T> {
  const next = history.future[0]
  if (next === undefined) return history
  return {
    past: [...history.past, history.present],
    present: next,
    future: history.future.slice(1),
    about: null,
    at: 0,
  }
}
