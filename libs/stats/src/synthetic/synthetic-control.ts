import { matchPredictors } from './predictor-importance.ts'
import { type SimplexFit, simplexLeastSquares } from './simplex-least-squares.ts'
import type { SyntheticInput, SyntheticRefusal, SyntheticResult, SyntheticUnit } from './synthetic-contract.ts'

const LEAST_BEFORE = 3

/**
 * Synthetic control: a weighted mean of donors that ran like the treated unit before the measure.
 *
 * When to use: one unit (a city, a hotline) took a measure, a dozen or more comparable ones did not, and its course before is long (a
 * multiple of ten periods is good, below about ten the fit proves little). Test it with `spacePlacebos`.
 * Formula in words: weights at least 0 that add up to 1 and come nearest to the treated unit before the measure, in its values or in its
 * predictors; the effect is the gap between the treated and the synthetic course afterwards.
 * Sources: Abadie and Gardeazabal (2003), American Economic Review 93:113-132; Abadie, Diamond and Hainmueller (2010), JASA 105:493-505;
 * Ferman and Pinto (2021), Quantitative Economics 12:1197-1221 (demeaned).
 * Arguments: see `SyntheticInput`; donors must not have been touched by the measure. Units: of the values.
 * Edge cases: fewer than two donors 'too-few-donors'; fewer than three times before or none after 'too-short'; not finite 'not-finite'; a
 * treated unit that never moved before, matched without its level, 'constant'. A perfect fit before gives ratio Infinity.
 * Errors: RangeError for units with another number of values or predictors, double names, a position outside.
 * Convention: exact optimum by active set (`breach` says how exact); predictors are divided by their deviation over all units.
 * Cost: O(donors squared times) and a few small solves; with predictors some 400 times that.
 */
export function syntheticControl(input: SyntheticInput): SyntheticResult {
  const refusal = checkSynthetic(input)
  return refusal ?? controlOf(input)
}

/** Without the checks, for placebos. */
export function controlOf(input: SyntheticInput): SyntheticResult {
  const { treated, donors, interventionAt, match, ridge = 0 } = input
  const before = (unit: SyntheticUnit): number[] => unit.values.slice(0, interventionAt)
  let importance: number[] | null = null
  let fit: SimplexFit
  let level = 0
  if (match === 'predictors') {
    const found = matchPredictors(treated, donors, interventionAt, ridge)
    importance = found.importance
    fit = found.fit
  } else {
    const shift = match === 'demeaned-outcomes' ? meanOf : () => 0
    const column = (unit: SyntheticUnit): number[] => {
      const own = before(unit)
      const middle = shift(own)
      return own.map((value) => value - middle)
    }
    fit = simplexLeastSquares({ columns: donors.map(column), target: column(treated), ridge })
    if (match === 'demeaned-outcomes')
      level =
        meanOf(before(treated)) - donors.reduce((sum, donor, j) => sum + fit.weights[j]! * meanOf(before(donor)), 0)
  }
  const synthetic = treated.values.map((_, t) =>
    donors.reduce((sum, donor, j) => sum + fit.weights[j]! * donor.values[t]!, level),
  )
  const gaps = treated.values.map((value, t) => value - synthetic[t]!)
  const [early, late] = [gaps.slice(0, interventionAt), gaps.slice(interventionAt)]
  const size = (values: readonly number[]): number => Math.sqrt(meanOf(values.map((value) => value * value)))
  const [fitBefore, fitAfter] = [size(early), size(late)]
  return {
    kind: 'control',
    weights: donors.map(({ unit }, j) => ({ unit, weight: fit.weights[j]! })),
    importance,
    synthetic,
    gaps,
    averageEffect: meanOf(late),
    before: fitBefore,
    after: fitAfter,
    ratio: fitBefore > 0 ? fitAfter / fitBefore : Number.POSITIVE_INFINITY,
    breach: fit.breach,
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** What speaks against a synthetic control, or null; RangeError for arguments no data could make right. O(units times). */
export function checkSynthetic(input: SyntheticInput): SyntheticRefusal | null {
  const { treated, donors, interventionAt, match } = input
  const units = [treated, ...donors]
  const length = treated.values.length
  if (!Number.isInteger(interventionAt) || interventionAt < 0 || interventionAt > length)
    throw new RangeError(`interventionAt must be a position from 0 to ${length}, got ${interventionAt}`)
  if (new Set(units.map(({ unit }) => unit)).size !== units.length)
    throw new RangeError('donors must have names of their own')
  const predictors = treated.predictors?.length ?? 0
  for (const { unit, values, predictors: own } of units) {
    if (values.length !== length) throw new RangeError(`donors: ${unit} must have ${length} values`)
    if (match === 'predictors' && (predictors === 0 || own?.length !== predictors))
      throw new RangeError(`donors: ${unit} must have as many predictors as the treated unit, at least one`)
  }
  const no = (because: SyntheticRefusal['because'], detail: string): SyntheticRefusal => ({
    kind: 'cannot',
    because,
    detail,
  })
  if (donors.length < 2) return no('too-few-donors', `${donors.length} donors; two are needed`)
  if (interventionAt < LEAST_BEFORE || interventionAt === length)
    return no(
      'too-short',
      `${interventionAt} times before and ${length - interventionAt} after; ${LEAST_BEFORE} and 1 are needed`,
    )
  const broken = units.find(
    ({ values, predictors: own }) =>
      ![...values, ...(match === 'predictors' ? (own ?? []) : [])].every(Number.isFinite),
  )
  if (broken) return no('not-finite', `${broken.unit} holds a figure that is not finite`)
  const early = treated.values.slice(0, interventionAt)
  if (match === 'demeaned-outcomes' && early.every((value) => value === early[0]))
    return no('constant', 'the treated unit never moved before, so its course tells nothing')
  return null
}
