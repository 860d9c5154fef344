/** What a figure tile says about its newest value. */

interface Value {
  readonly periodStart: string
  readonly value: number | null
  readonly standardError: number | null
  readonly tooFew: boolean
  readonly complete: boolean
}

/** The newest full period with a value; while the first one runs, the running one. */
export const newestOf = <T extends Value>(points: readonly T[]): T | undefined =>
  points.findLast((point) => point.complete && point.value !== null) ?? points.findLast((point) => point.value !== null)

/** Two-sided limit of the normal distribution at 5 %. */
const LIMIT_95 = 1.96

export interface Change {
  readonly by: number
  /** Whether it is more than chance at 5 %; null where the kind of value has no standard error. */
  readonly significant: boolean | null
}

/**
 * The difference to the period before, and whether it is more than chance: difference over the root of both squared standard errors
 * against 1.96. Null where there is no earlier period, or either rests on too little to be judged.
 */
export function changeOf(points: readonly Value[]): Change | null {
  const newest = newestOf(points)
  const before = points.findLast((point) => newest && point.periodStart < newest.periodStart && point.value !== null)
  if (!newest || !before || newest.value === null || before.value === null) return null
  if (newest.tooFew || before.tooFew) return null
  const by = newest.value - before.value
  if (newest.standardError === null || before.standardError === null) return { by, significant: null }
  const spread = Math.hypot(newest.standardError, before.standardError)
  if (spread === 0) return { by, significant: by !== 0 }
  return { by, significant: Math.abs(by) / spread >= LIMIT_95 }
}
