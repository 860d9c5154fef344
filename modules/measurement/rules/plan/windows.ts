/** Values that rest on more than their own period: states of days or periods added up over a window that ends with the period. */
import type { Along } from './plan.ts'
import { addStates, EMPTY_STATE, type FactState } from './fact.ts'

interface Stretch {
  readonly from: number
  readonly until: number
}

/**
 * For each period the states of its window; null before the first event. `slices` are stretches with states in time order that
 * lie wholly within or outside each window. Cost: linear in slices for `lifetime`, slices x periods at most otherwise.
 */
export function windowStates(
  windows: readonly Stretch[],
  slices: readonly (Stretch & { readonly states: readonly FactState[] })[],
  factCount: number,
): (readonly FactState[] | null)[] {
  const none = Array.from({ length: factCount }, () => EMPTY_STATE)
  let sum: readonly FactState[] | null = null
  let next = 0
  let from = Number.NEGATIVE_INFINITY
  return windows.map((window) => {
    // A window that begins where the last one did only grows: nothing is added twice.
    if (window.from !== from) {
      from = window.from
      next = slices.findIndex((slice) => slice.from >= from)
      if (next < 0) next = slices.length
      sum = null
    }
    while (next < slices.length && slices[next]!.until <= window.until) {
      const { states } = slices[next]!
      sum = (sum ?? none).map((state, index) => addStates(state, states[index]!))
      next += 1
    }
    return sum
  })
}

/** Where the window that ends with a day begins: itself a day. `lifetime` has no beginning. */
export function windowStart(along: Exclude<Along, { kind: 'period' | 'lifetime' }>, lastDay: string): string {
  const day = Temporal.PlainDate.from(lastDay)
  if (along.kind === 'rolling') return day.subtract({ days: along.days - 1 }).toString()
  const months = { month: 1, quarter: 3, year: 12 }[along.since]
  return day.with({ month: Math.floor((day.month - 1) / months) * months + 1, day: 1 }).toString()
}
