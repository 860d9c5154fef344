/** From what several raters said of a unit to one value: each kind of rater by its declared weight (EVA-6). */
import type { RaterKind } from '../../contract/scheme.ts'

export interface KindSaid {
  readonly kind: RaterKind
  readonly weight: number
  readonly mean: number
  readonly n: number
  /** Standard error of the mean; NaN: unknown. */
  readonly error: number
}

export interface Combined {
  readonly value: number
  readonly n: number
  readonly error: number
}

/**
 * The weighted mean over the kinds that said something, their weights scaled to 1; the error from those of the means, taken as
 * independent. Null where nobody said anything. A kind whose error is unknown adds none, so the error is then too small.
 */
export function combineKinds(said: readonly KindSaid[]): Combined | null {
  const heard = said.filter(({ n }) => n > 0)
  const total = heard.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return null
  let [value, variance, n, known] = [0, 0, 0, false]
  for (const kind of heard) {
    const share = kind.weight / total
    value += share * kind.mean
    n += kind.n
    if (!Number.isNaN(kind.error)) {
      variance += (share * kind.error) ** 2
      known = true
    }
  }
  return { value, n, error: known ? Math.sqrt(variance) : Number.NaN }
}

/**
 * Variance of one rater's judgement of a unit about the mean of the raters of that kind, pooled over units with two raters or
 * more: what a single judgement is worth. NaN where no unit has two.
 */
export function pooledVariance(groups: Iterable<readonly number[]>): number {
  let [squares, freedom] = [0, 0]
  for (const values of groups) {
    if (values.length < 2) continue
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    squares += values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    freedom += values.length - 1
  }
  return freedom === 0 ? Number.NaN : squares / freedom
}
