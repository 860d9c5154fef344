import { nelderMead } from '../forecast/nelder-mead.ts'
import { crossOfGaps, type SimplexFit, simplexFromProducts } from './simplex-least-squares.ts'
import type { SyntheticUnit } from './synthetic-contract.ts'

/**
 * Share of the outcomes in the inside problem: where importances of nearly 0 leave many weights equally good, those that match the values
 * before best are taken (the optimistic solution of two-level programmes, Dempe 2002), and the search outside sees no jumps.
 */
const TIE_BREAK = 1e-6
const STARTS = 3
/** Logarithm of how much heavier one predictor starts. */
const HEAVY = 3

/**
 * Weights that match predictors, with importances under which the values before are matched best.
 *
 * Formula in words: outside, importances of the predictors (positive, adding up to 1) minimise the mean squared gap of values before the
 * measure; inside, weights on the simplex minimise the distance in predictors so weighted. Starts: the best three of equal importances,
 * importances from how closely each predictor alone follows the mean value before, and each predictor heavy in turn.
 * Source: Abadie, Diamond and Hainmueller (2010), JASA 105:493-505, section 2.3, and appendix B of the working paper.
 * Convention: Nelder-Mead on logarithms; the outside problem has many valleys, so the result is the best of the starts, not a proven one.
 * Cost: some 50 inner problems a predictor and start.
 */
export function matchPredictors(
  treated: SyntheticUnit,
  donors: readonly SyntheticUnit[],
  interventionAt: number,
  ridge: number,
): { importance: number[]; fit: SimplexFit } {
  const all = [treated, ...donors]
  const k = treated.predictors!.length
  const deviations = Array.from({ length: k }, (_, p) => deviation(all.map(({ predictors }) => predictors![p]!)))
  const scaled = all.map(({ predictors }) => predictors!.map((x, p) => (deviations[p]! > 0 ? x / deviations[p]! : 0)))
  const [target, ...columns] = scaled as [number[], ...number[][]]
  const early = donors.map(({ values }) => values.slice(0, interventionAt))
  const aim = treated.values.slice(0, interventionAt)
  const products = Array.from({ length: k }, (_, p) =>
    crossOfGaps(
      columns.map((column) => [column[p]!]),
      [target[p]!],
    ),
  )
  const outcomes = crossOfGaps(early, aim)
  const outcomeShare = TIE_BREAK / Math.max(1e-300, ...outcomes.map((row, i) => row[i]!))
  const room = outcomes.map((row) => new Float64Array(row.length))
  let latest: number[] | undefined
  const solve = (importance: readonly number[]): SimplexFit => {
    const fit = simplexFromProducts(
      mixInto(room, [...products, outcomes], [...importance, outcomeShare]),
      ridge,
      latest,
    )
    latest = fit.weights
    return fit
  }
  // The loss of the values before, from their products: weights that add up to 1 mix the distances.
  const lossOf = ({ weights }: SimplexFit): number => {
    let sum = 0
    for (let i = 0; i < weights.length; i++) {
      if (weights[i] === 0) continue
      for (let j = 0; j < weights.length; j++) sum += weights[i]! * weights[j]! * outcomes[i]![j]!
    }
    return sum
  }
  if (k === 1) return { importance: [1], fit: solve([1]) }
  const importance = searched(
    k,
    (shares) => lossOf(solve(shares)),
    all.map(({ values }) => values.slice(0, interventionAt)),
    scaled,
  )
  return { importance, fit: solve(importance) }
}

/** The importances with the least loss. */
function searched(
  k: number,
  loss: (importance: readonly number[]) => number,
  early: readonly (readonly number[])[],
  scaled: readonly (readonly number[])[],
): number[] {
  // The first importance is the yardstick of the others.
  const importanceOf = (point: readonly number[]): number[] => {
    const raw = [0, ...point].map((x) => Math.exp(Math.max(-30, Math.min(30, x))))
    const total = raw.reduce((sum, x) => sum + x, 0)
    return raw.map((x) => x / total)
  }
  const means = early.map((own) => own.reduce((sum, value) => sum + value, 0))
  const follows = Array.from({ length: k }, (_, p) =>
    Math.log(
      0.01 +
        correlation(
          scaled.map((row) => row[p]!),
          means,
        ) **
          2,
    ),
  )
  const least = (point: readonly number[]): number => loss(importanceOf(point))
  const heavy = Array.from({ length: k }, (_, p) =>
    Array.from({ length: k - 1 }, (_unused, j) => (p === 0 ? -HEAVY : p === j + 1 ? HEAVY : 0)),
  )
  const candidates = [Array.from({ length: k - 1 }, () => 0), follows.slice(1).map((x) => x - follows[0]!), ...heavy]
  const starts = candidates
    .map((point) => ({ point, loss: least(point) }))
    .sort((x, y) => x.loss - y.loss)
    .slice(0, STARTS)
  const tried = starts.map(({ point }) =>
    nelderMead({ minimise: least, start: point, step: 1.5, tolerance: 1e-6, evaluations: 60 * k, restarts: 1 }),
  )
  return importanceOf(tried.reduce((a, b) => (b.value < a.value ? b : a)).point)
}

/** Shares times products, summed into `room`; symmetric, so that half of it is worked out. */
function mixInto(
  room: Float64Array[],
  products: readonly (readonly Float64Array[])[],
  shares: readonly number[],
): Float64Array[] {
  for (let i = 0; i < room.length; i++) {
    const row = room[i]!.fill(0)
    for (let p = 0; p < products.length; p++) {
      const own = products[p]![i]!
      const share = shares[p]!
      for (let j = 0; j <= i; j++) row[j]! += share * own[j]!
    }
  }
  for (let i = 0; i < room.length; i++) for (let j = i + 1; j < room.length; j++) room[i]![j] = room[j]![i]!
  return room
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1))
}

function correlation(left: readonly number[], right: readonly number[]): number {
  const [a, b] = [left, right].map((values) => {
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length
    return values.map((x) => x - mean)
  }) as [number[], number[]]
  const dot = (x: number[], y: number[]): number => x.reduce((sum, value, i) => sum + value * y[i]!, 0)
  const size = Math.sqrt(dot(a, a) * dot(b, b))
  return size > 0 ? dot(a, b) / size : 0
}
