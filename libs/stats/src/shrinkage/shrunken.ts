/** A group's estimate after shrinkage. */
export interface ShrunkenGroup {
  /** The group's own figure; null without data. */
  raw: number | null
  /** Posterior mean. */
  estimate: number
  /** Posterior standard deviation. */
  standardDeviation: number
  /** Posterior interval with equal tails. */
  lower: number
  upper: number
  /** Share of the group's own data in the estimate, in [0, 1]: estimate = ownWeight * raw + (1 - ownWeight) * prior mean. */
  ownWeight: number
}
