import { fTail } from '../distributions/f-tail.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { fQuantile } from './f-quantile.ts'

export interface IntraclassCoefficient {
  estimate: number
  lower: number
  upper: number
  /** F test of 0, one-sided. */
  f: number
  pValue: number
}

export type IntraclassResult =
  | {
      kind: 'agreement'
      subjects: number
      raters: number
      /** One rating: ICC(1,1); ICC(A,1) = Shrout and Fleiss (2,1); ICC(C,1) = (3,1). */
      single: { oneWay: IntraclassCoefficient; absolute: IntraclassCoefficient; consistency: IntraclassCoefficient }
      /** The mean of all k raters: ICC(1,k); ICC(A,k) = (2,k); ICC(C,k) = (3,k). */
      average: { oneWay: IntraclassCoefficient; absolute: IntraclassCoefficient; consistency: IntraclassCoefficient }
      /** Mean squares: between subjects, within subjects, between raters, residual. */
      meanSquares: { subjects: number; within: number; raters: number; residual: number }
      confidence: number
    }
  | { kind: 'cannot'; because: 'too-few' | 'missing' | 'not-finite' | 'no-variation'; detail: string }

/**
 * Intraclass correlations: reliability of ratings on a scale, every subject rated by every rater once.
 *
 * When to use: how much of the variation of scores is that of the subjects? 'absolute' when scores of different raters are compared with
 * each other or a standard; 'consistency' when each rater's scores are only ranked; 'oneWay' when raters differ from subject to subject.
 * Formula in words: one-way: (MS subjects - MS within) / (MS subjects + (k - 1) MS within); consistency with the residual in place of within;
 * absolute adds k (MS raters - MS residual) / n to that denominator; the mean of k ratings by Spearman and Brown. Intervals from F, for
 * 'absolute' with Satterthwaite's degrees of freedom.
 * Source: Shrout and Fleiss (1979), Psychological Bulletin 86:420-428; McGraw and Wong (1996), Psychological Methods 1:30-46 (names A and C).
 * Arguments: `ratings` subjects x raters, complete.
 * Edge cases: fewer than two subjects or raters 'too-few'; a gap 'missing' (use `krippendorffAlpha` or `raterLeniency`); subjects
 * whose means are all equal 'no-variation'. Estimates may be negative (the
 * degrees of freedom of 'absolute' are then those at 0; psych takes the negative value). Perfect agreement gives 1 with the interval [1, 1].
 * Errors: RangeError for rows of different length, confidence. R: psych::ICC(lmer = FALSE). Cost: O(subjects * raters).
 */
export function intraclassCorrelation(
  ratings: readonly (readonly (number | null)[])[],
  confidence = USUAL_CONFIDENCE,
): IntraclassResult {
  requireConfidence(confidence)
  const k = ratings[0]?.length ?? 0
  const n = ratings.length
  const uneven = ratings.findIndex((row) => row.length !== k)
  if (uneven >= 0) throw new RangeError(`ratings[${uneven}] must have ${k} values, got ${ratings[uneven]!.length}`)
  if (n < 2 || k < 2)
    return { kind: 'cannot', because: 'too-few', detail: `${n} subjects and ${k} raters, two of each are needed` }
  for (const [i, row] of ratings.entries()) {
    const bad = row.find((value) => value === null || !Number.isFinite(value))
    if (bad === null) return { kind: 'cannot', because: 'missing', detail: `subject ${i} lacks a rating` }
    if (bad !== undefined) return { kind: 'cannot', because: 'not-finite', detail: `subject ${i} is rated ${bad}` }
  }
  const figures = ratings.map((row) => row.map((value) => value!))
  const meanSquares = analysisOfVariance(figures)
  const { subjects: between, within, raters, residual } = meanSquares
  if (between === 0)
    return { kind: 'cannot', because: 'no-variation', detail: 'all subjects have the same mean rating' }
  const tail = (1 - confidence) / 2
  const oneWay = fromRatio(between / within, n - 1, n * (k - 1), k, tail)
  const consistency = fromRatio(between / residual, n - 1, (n - 1) * (k - 1), k, tail)
  const absolute = absoluteAgreement(between, raters, residual, n, k, tail)
  return {
    kind: 'agreement',
    subjects: n,
    raters: k,
    single: { oneWay: oneWay.single, absolute: absolute.single, consistency: consistency.single },
    average: { oneWay: oneWay.average, absolute: absolute.average, consistency: consistency.average },
    meanSquares,
    confidence,
  }
}

function analysisOfVariance(figures: readonly (readonly number[])[]) {
  const n = figures.length
  const k = figures[0]!.length
  const origin = figures[0]![0]!
  const shifted = figures.map((row) => row.map((value) => value - origin))
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const rows = shifted.map(meanOf)
  const columns = shifted[0]!.map((_, j) => meanOf(shifted.map((row) => row[j]!)))
  const grand = meanOf(rows)
  const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + (value - grand) ** 2, 0)
  let withinSquares = 0
  let residualSquares = 0
  shifted.forEach((row, i) => {
    row.forEach((value, j) => {
      withinSquares += (value - rows[i]!) ** 2
      residualSquares += (value - rows[i]! - columns[j]! + grand) ** 2
    })
  })
  // What rounding leaves of nothing is nothing.
  const largest = shifted.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const clean = (value: number) => (value <= n * k * (8 * Number.EPSILON * largest) ** 2 ? 0 : value)
  return {
    subjects: (k * clean(squares(rows))) / (n - 1),
    within: clean(withinSquares) / (n * (k - 1)),
    raters: (n * clean(squares(columns))) / (k - 1),
    residual: clean(residualSquares) / ((n - 1) * (k - 1)),
  }
}

interface Both {
  single: IntraclassCoefficient
  average: IntraclassCoefficient
}

/** Coefficients that depend on the data through one F ratio only. */
function fromRatio(f: number, numerator: number, denominator: number, k: number, tail: number): Both {
  const pValue = fTail(f, numerator, denominator, 'upper')
  const lowest = f / fQuantile(tail, numerator, denominator, 'upper')
  const highest = f * fQuantile(tail, denominator, numerator, 'upper')
  // (F - 1) / (F + k - 1) and 1 - 1 / F, written so that an infinite ratio gives 1.
  const single = (ratio: number) => (1 - 1 / ratio) / (1 + (k - 1) / ratio)
  const average = (ratio: number) => 1 - 1 / ratio
  const of = (form: (ratio: number) => number) => ({
    estimate: form(f),
    lower: form(lowest),
    upper: form(highest),
    f,
    pValue,
  })
  return { single: of(single), average: of(average) }
}

function absoluteAgreement(
  between: number,
  raters: number,
  residual: number,
  n: number,
  k: number,
  tail: number,
): Both {
  const estimate = (between - residual) / (between + (k - 1) * residual + (k * (raters - residual)) / n)
  const f = between / residual
  const pValue = fTail(f, n - 1, (n - 1) * (k - 1), 'upper')
  const averaged = (value: number) => (k * value) / (1 + (k - 1) * value)
  const pair = (lower: number, upper: number): Both => ({
    single: { estimate, lower, upper, f, pValue },
    average: { estimate: averaged(estimate), lower: averaged(lower), upper: averaged(upper), f, pValue },
  })
  if (raters === 0 && residual === 0) return pair(estimate, estimate)
  // Satterthwaite, multiplied through by the residual so that a residual of 0 needs no division. A negative estimate would make this
  // the difference of two mean squares, which has no degrees of freedom: it counts as 0.
  const rho = Math.max(0, estimate)
  const a = k * rho * raters
  const b = (n * (1 + (k - 1) * rho) - k * rho) * residual
  const freedom = ((a + b) ** 2 * (k - 1) * (n - 1)) / ((n - 1) * a * a + b * b)
  const forLower = fQuantile(tail, n - 1, freedom, 'upper')
  const forUpper = fQuantile(tail, freedom, n - 1, 'upper')
  const noise = k * raters + (k * n - k - n) * residual
  const lower = (n * (between - forLower * residual)) / (forLower * noise + n * between)
  const upper = (n * (forUpper * between - residual)) / (noise + n * forUpper * between)
  return pair(lower, upper)
}
