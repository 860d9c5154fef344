import { leastSquares } from '../regression/least-squares.ts'
import { type Design, powerOfEstimate, requirePositive, type TestOptions } from './design.ts'

/**
 * Interrupted series: count is points after the change, effect the change asked for (level, slope per period, or average over the points
 * after).
 *
 * When to use: one unit, no control: how many weeks after the change until a change of this size shows?
 * Formula in words: the information matrix of generalised least squares with AR(1) errors: rows less `correlation` times the row before;
 * t with as many degrees of freedom as `praisWinsten` uses at that correlation (effective observations - coefficients, at least 2).
 * Sources: Zhang, Wagner and Ross-Degnan (2011), J Clinical Epidemiology 64:1252-1261 (power of interrupted series, there by simulation);
 * Prais and Winsten (1954); Bayley and Hammersley (1946). Simulating `interruptedSeries` with 'prais-winsten' at 36 + 24
 * points gave 77, 79 and 73 to 76 % where 80 % is promised at correlation 0, 0.3 and 0.6 (reference/calibrate-experiments.ts): plan for 85 %.
 * Arguments: `before` points before; `standardDeviation` of the errors about the line (not of the innovations); `correlation` of neighbours
 * in [0, 1); `shape` as `interruptedSeries`; `harmonics` pairs of a season of `period`; `mostAfter` (default 5 times `before`) ends the
 * search of `sampleSize`. Counts must be whole. The power for 'average' need not grow with the points after: the further the old line is
 * drawn on, the less it says.
 * Errors: RangeError for arguments outside their range. Cost: O(points k squared) a power.
 */
export function interruptedSeriesDesign(
  input: {
    before: number
    standardDeviation: number
    correlation: number
    target: 'level' | 'slope' | 'average'
    shape?: 'level-and-slope' | 'level'
    season?: { period: number; harmonics: number }
    mostAfter?: number
  } & TestOptions,
): Design {
  const { before, standardDeviation, correlation, target, shape = 'level-and-slope', season } = input
  const { mostAfter = 5 * before } = input
  if (!Number.isInteger(before) || before < 3)
    throw new RangeError(`before must be a whole number from 3, got ${before}`)
  requirePositive(standardDeviation, 'standardDeviation')
  if (!(correlation >= 0 && correlation < 1)) throw new RangeError(`correlation must lie in [0, 1), got ${correlation}`)
  if (target === 'slope' && shape === 'level') throw new RangeError("target 'slope' needs the shape 'level-and-slope'")
  const coefficients = (shape === 'level' ? 3 : 4) + 2 * (season?.harmonics ?? 0)
  return {
    leastCount: Math.max(shape === 'level' ? 1 : 2, coefficients + 1 - before),
    mostCount: mostAfter,
    power: (count, effect) => {
      if (!Number.isInteger(count)) throw new RangeError(`count must be whole, got ${count}`)
      const variance = effectVariance({ before, after: count, correlation, target, shape, season })
      const points = before + count
      const effective = (points * (1 - correlation)) / (1 + correlation)
      return powerOfEstimate({
        ...input,
        effect,
        standardError: standardDeviation * Math.sqrt(variance),
        degreesOfFreedom: Math.min(points - coefficients, Math.max(2, effective - coefficients)),
      })
    },
  }
}

function effectVariance(state: {
  before: number
  after: number
  correlation: number
  target: 'level' | 'slope' | 'average'
  shape: 'level-and-slope' | 'level'
  season: { period: number; harmonics: number } | undefined
}): number {
  const { before, after, correlation, target, shape, season } = state
  const rows = Array.from({ length: before + after }, (_, t) => {
    const distance = t - before
    const row = [1, distance, distance >= 0 ? 1 : 0]
    if (shape === 'level-and-slope') row.push(Math.max(0, distance))
    for (let h = 1; h <= (season?.harmonics ?? 0); h++) {
      const angle = (2 * Math.PI * h * t) / season!.period
      row.push(Math.cos(angle), Math.sin(angle))
    }
    return row
  })
  const kept = Math.sqrt(1 - correlation ** 2)
  const whitened = rows.map((row, t) => row.map((x, j) => (t === 0 ? x : (x - correlation * rows[t - 1]![j]!) / kept)))
  const fit = leastSquares({ rows: whitened, response: whitened.map(() => 0) })
  if (fit.kind === 'cannot') throw new RangeError(`before and count leave no answer: ${fit.detail}`)
  const c = rows[0]!.map((_, j) => {
    if (target === 'slope') return j === 3 ? 1 : 0
    if (j === 2) return 1
    return j === 3 && target === 'average' && shape === 'level-and-slope' ? (after - 1) / 2 : 0
  })
  let variance = 0
  c.forEach((a, i) => c.forEach((b, j) => (variance += a * b * fit.unscaledCovariance[i]![j]!)))
  return variance
}
