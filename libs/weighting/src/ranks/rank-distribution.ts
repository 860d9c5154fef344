import { normalVariates } from '../chance/normal-variates.ts'
import { type DrawnRank, drawnRanks } from './drawn-ranks.ts'

export interface UncertainScore {
  estimate: number
  /** >= 0; 0 means known exactly. */
  standardError: number
}

/**
 * Distribution of every unit's rank given scores with standard errors: how sure is this position?
 *
 * When to use: beside a published ranking: "rank 12, 95 % interval 5 to 23, one chance in six of being among the last ten".
 * Formula in words: in every draw each score gets a normal error of its own, the units are ranked, and the ranks are collected.
 * Source: Marshall and Spiegelhalter (1998), BMJ 316:1701-1704; Goldstein and Spiegelhalter (1996), J R Statist Soc A 159:385-443.
 * Convention: reads estimate and error as the distribution of the true score. That is right for shrunken scores with posterior deviations
 * (`libs/stats` shrinkage), whose expected rank is the best guess of the rank. Raw scores carry their noise already and get it a second
 * time: small units then appear at both ends too often. Intervals are marginal, one unit at a time; for a statement about all ranks
 * together use `simultaneousRankSets`.
 * Arguments: `random` uniform on [0, 1); `draws` usual 1,000 (error of a probability at most 0.016) to 10,000; `level` default 0.95; `top`
 * and `bottom` numbers of ranks, default 1. Errors of units are independent.
 * Edge cases: no units give no ranks. Errors: RangeError for figures not finite, negative errors, and those of `drawnRanks`.
 * Cost: O(draws * units log units): 10,000 units with 1,000 draws take about two seconds on one core.
 */
export function rankDistribution(
  scores: readonly UncertainScore[],
  options: {
    draws: number
    random: () => number
    best?: 'highest' | 'lowest'
    level?: number
    top?: number
    bottom?: number
  },
): DrawnRank[] {
  requireScores(scores)
  const { draws, best = 'highest', level = 0.95, top = 1, bottom = 1 } = options
  const normal = normalVariates(options.random)
  const estimates = Float64Array.from(scores, (score) => score.estimate)
  const errors = Float64Array.from(scores, (score) => score.standardError)
  const fillScores = (target: Float64Array) => {
    for (let unit = 0; unit < target.length; unit++) {
      target[unit] = errors[unit] === 0 ? estimates[unit]! : estimates[unit]! + errors[unit]! * normal()
    }
  }
  return drawnRanks({ units: scores.length, draws, fillScores, best, level, top, bottom })
}

/** Refuses scores that are not finite or have a negative error. O(n). */
export function requireScores(scores: readonly UncertainScore[]): void {
  scores.forEach(({ estimate, standardError }, i) => {
    if (!Number.isFinite(estimate)) throw new RangeError(`scores[${i}].estimate must be finite, got ${estimate}`)
    if (!(standardError >= 0 && standardError < Number.POSITIVE_INFINITY))
      throw new RangeError(`scores[${i}].standardError must be finite and at least 0, got ${standardError}`)
  })
}
