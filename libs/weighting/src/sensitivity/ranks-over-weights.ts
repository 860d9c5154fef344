import { dirichletVariates } from '../chance/dirichlet-variates.ts'
import { readMatrix, type DecisionMatrix, type MatrixProblem } from '../normalisation/decision-matrix.ts'
import { normalisedWeights } from '../weights/hand-weights.ts'
import { type DrawnRank, drawnRanks } from '../ranks/drawn-ranks.ts'
import type { Cannot } from '../cannot.ts'

export type WeightSpread =
  /** Around the nominal weights; standard deviation of a weight w is root(w (1 - w) / (concentration + 1)). */
  | { kind: 'dirichlet'; weights: readonly number[]; concentration: number }
  /** Every set of weights equally likely (Dirichlet with all shapes 1). */
  | { kind: 'uniform' }

export type RanksOverWeightsResult = { kind: 'ranks'; units: DrawnRank[] } | Cannot<MatrixProblem>

/**
 * Ranks over random weights: which positions owe more to the weights than to the units?
 *
 * When to use: beside every composite with weights that could have been others.
 * Formula in words: draw weights, form the weighted sums, rank, and collect the ranks of each unit.
 * Source: Saisana, Saltelli and Tarantola (2005), J R Statist Soc A 168:307-323; the share of draws in the top group as in the study of
 * hospital stars, JAMA Network Open (2025) 8(7):e2519029; acceptability of ranks, Lahdelma and Salminen (2001), Operations Research
 * 49:444-454.
 * Arguments: `points` units x items on one scale; `spread` named, no default: 'dirichlet' asks what small doubts do (concentration 100: a
 * weight of 0.2 has deviation 0.04), 'uniform' what any weights at all could do. `level` default 0.95, `top` and `bottom` default 1.
 * Edge cases: gaps 'missing'; a nominal weight of 0 stays 0 under 'dirichlet'; a unit best in every item is first in every draw.
 * Errors: RangeError for shapes, concentration not above 0, and those of `drawnRanks`.
 * Cost: O(draws * units * (items + log units)).
 */
export function ranksOverWeights(
  points: DecisionMatrix,
  options: {
    spread: WeightSpread
    draws: number
    random: () => number
    best?: 'highest' | 'lowest'
    level?: number
    top?: number
    bottom?: number
  },
): RanksOverWeightsResult {
  const matrix = readMatrix(points)
  if (matrix.kind === 'cannot') return matrix
  const { spread, draws, random, best = 'highest', level = 0.95, top = 1, bottom = 1 } = options
  const { units, items } = matrix
  if (spread.kind === 'dirichlet') {
    if (spread.weights.length !== items) throw new RangeError(`spread.weights must have ${items} values`)
    if (!(spread.concentration > 0 && Number.isFinite(spread.concentration)))
      throw new RangeError(`spread.concentration must be finite and above 0, got ${spread.concentration}`)
  }
  const shapes =
    spread.kind === 'uniform'
      ? Array.from({ length: items }, () => 1)
      : normalisedWeights(spread.weights).map((weight) => weight * spread.concentration)
  const flat = Float64Array.from(matrix.values.flat())
  const weights = new Float64Array(items)
  const draw = items === 0 ? null : dirichletVariates(random, shapes)
  const fillScores = (scores: Float64Array) => {
    draw?.(weights)
    for (let unit = 0, at = 0; unit < units; unit++) {
      let sum = 0
      for (let j = 0; j < items; j++, at++) sum += weights[j]! * flat[at]!
      scores[unit] = sum
    }
  }
  return { kind: 'ranks', units: drawnRanks({ units, draws, fillScores, best, level, top, bottom }) }
}
