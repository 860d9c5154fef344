import { normalVariates } from '../chance/normal-variates.ts'
import { requireScores, type UncertainScore } from './rank-distribution.ts'
import type { RankInterval } from './rank-intervals.ts'

/** Every pair is looked at in every draw: 2,000 units and 1,000 draws are 2e9 differences, some ten seconds. */
export const MOST_SIMULTANEOUS_UNITS = 2_000

export interface SimultaneousRanks {
  ranks: RankInterval[]
  /** In standard errors of a difference: one for all units ('all'), or one each ('each'). */
  criticalValues: number[]
}

/**
 * Confidence sets for ranks: 'all': with the given confidence every unit's true rank lies in its set; 'each': each set for itself.
 *
 * When to use: when a whole league table is published ('all'), or one unit asks about itself ('each'), and the statement has to hold in the
 * sense of repeated sampling.
 * Formula in words: studentised differences of all pairs; the critical value is the quantile of their largest absolute error (over all
 * pairs, or over the pairs with the unit), simulated with independent normal errors; a unit's best rank is 1 + the number of units
 * significantly better, its worst n - the number significantly worse.
 * Source: Mogstad, Romano, Shaikh and Wilhelm (2024), Review of Economic Studies 91:476-518, section 3 (sets from simultaneous confidence
 * sets for the differences). Two-sided symmetric differences in one step; their stepwise refinement, which can only narrow the sets, is not
 * made.
 * Convention: takes raw estimates with sampling errors (not shrunken ones: this is a statement about repeated samples). For equal errors the
 * critical value of 'all' is the studentised range over root 2 (Tukey).
 * Arguments: `confidence` default 0.95; `draws` usual 1,000 to 10,000; `random` uniform on [0, 1).
 * Edge cases: a pair of two exact units is ordered by its figures, equal ones not at all; no units give no sets.
 * Errors: RangeError for more than 2,000 units, draws not a whole number from 1, confidence outside (0, 1), figures not finite.
 * Cost: O(draws * n squared): 300 units with 1,000 draws a fifth of a second, 2,000 units ten.
 */
export function simultaneousRankSets(
  scores: readonly UncertainScore[],
  options: {
    scope: 'all' | 'each'
    draws: number
    random: () => number
    confidence?: number
    best?: 'highest' | 'lowest'
  },
): SimultaneousRanks {
  requireScores(scores)
  const { scope, draws, random, confidence = 0.95, best = 'highest' } = options
  const n = scores.length
  if (n > MOST_SIMULTANEOUS_UNITS)
    throw new RangeError(`scores must not have more than ${MOST_SIMULTANEOUS_UNITS} units, got ${n}`)
  if (!Number.isInteger(draws) || draws < 1) throw new RangeError(`draws must be a whole number from 1, got ${draws}`)
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`confidence must lie in (0, 1), got ${confidence}`)
  const maxima = drawMaxima(scores, draws, random)
  const position = Math.min(draws, Math.ceil(confidence * draws - 1e-9)) - 1
  const criticalValues =
    scope === 'all'
      ? n === 0
        ? []
        : [maxima.overall.sort()[position]!]
      : scores.map((_, j) => maxima.ofUnit.subarray(j * draws, (j + 1) * draws).sort()[position]!)
  const ranks = scores.map((own, j): RankInterval => {
    const critical = criticalValues[scope === 'all' ? 0 : j]!
    let higher = 0
    let lower = 0
    scores.forEach((other, k) => {
      const reach = k === j ? 0 : critical * Math.hypot(own.standardError, other.standardError)
      if (other.estimate - own.estimate > reach) higher++
      if (own.estimate - other.estimate > reach) lower++
    })
    return best === 'highest' ? { best: 1 + higher, worst: n - lower } : { best: 1 + lower, worst: n - higher }
  })
  return { ranks, criticalValues }
}

/** Largest studentised error of a difference in each draw: of all pairs, and of the pairs of each unit. */
function drawMaxima(
  scores: readonly UncertainScore[],
  draws: number,
  random: () => number,
): { overall: Float64Array; ofUnit: Float64Array } {
  const n = scores.length
  const errors = Float64Array.from(scores, (score) => score.standardError)
  const inverse = new Float64Array((n * (n - 1)) / 2)
  for (let i = 0, pair = 0; i < n; i++) {
    for (let j = 0; j < i; j++, pair++) {
      const length = Math.hypot(errors[i]!, errors[j]!)
      inverse[pair] = length === 0 ? 0 : 1 / length
    }
  }
  const normal = normalVariates(random)
  const noise = new Float64Array(n)
  const most = new Float64Array(n)
  const overall = new Float64Array(draws)
  const ofUnit = new Float64Array(n * draws)
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < n; i++) noise[i] = errors[i]! * normal()
    most.fill(0)
    for (let i = 0, pair = 0; i < n; i++) {
      const own = noise[i]!
      let mostOfOwn = 0
      for (let j = 0; j < i; j++, pair++) {
        const distance = Math.abs(own - noise[j]!) * inverse[pair]!
        if (distance > mostOfOwn) mostOfOwn = distance
        if (distance > most[j]!) most[j] = distance
      }
      most[i] = mostOfOwn
    }
    for (let i = 0; i < n; i++) {
      ofUnit[i * draws + draw] = most[i]!
      if (most[i]! > overall[draw]!) overall[draw] = most[i]!
    }
  }
  return { overall, ofUnit }
}
