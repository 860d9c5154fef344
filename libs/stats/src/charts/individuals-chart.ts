/** 2.66 is the rounded constant of the textbooks, 3 / 1.128 the quotient itself with the rounded d2. */
export type IndividualsFactor = '2.66' | '3/1.128'

export type IndividualsChartResult =
  | {
      kind: 'chart'
      centre: number
      lower: number
      upper: number
      /** Mean of the moving ranges that were used. */
      meanMovingRange: number
      /** values.length - 1 moving ranges; the one at i lies between values i and i + 1. */
      movingRanges: number[]
      /** Positions of moving ranges left out by screening. */
      screened: number[]
      /** Positions of values strictly beyond a limit. */
      outside: number[]
    }
  | { kind: 'cannot'; because: 'too-few' | 'constant' | 'not-finite'; detail: string }

const FACTORS: Record<IndividualsFactor, number> = { '2.66': 2.66, '3/1.128': 3 / 1.128 }
/** Upper limit of moving ranges of two values, D4. */
const SCREENING_FACTOR = 3.267

/**
 * Individuals chart (XmR, process behaviour chart): centre and natural limits of a series of single figures.
 *
 * When to use: a weekly or monthly indicator; to tell signals from noise. Not for verdicts on small planned changes: it finds them late.
 * Formula in words: mean +- factor times the mean moving range; with screening, ranges above 3.267 times their mean are left out once and
 * the mean is taken again.
 * Sources: Shewhart (1931); Wheeler (2000), Understanding Variation; Montgomery (2013), section 6.4; screening as in Nelson (1982),
 * Journal of
 * Quality Technology 14:172-173.
 * Arguments: `baseline` how many of the first values set the limits (default all), the rest are only judged.
 * Units: those of the values. Assumes values in order of time, little autocorrelation.
 * Edge cases: fewer than two baseline values 'too-few'; no movement 'constant' (no limits can be drawn); a figure not finite 'not-finite'.
 * Errors: RangeError for a baseline that is not whole or above the length.
 * Convention: factor and screening are arguments without default, because published charts differ. Cost: O(n).
 */
export function individualsChart(input: {
  values: readonly number[]
  factor: IndividualsFactor
  screening: boolean
  baseline?: number | undefined
}): IndividualsChartResult {
  const { values, factor, screening, baseline = values.length } = input
  if (!Number.isInteger(baseline) || baseline < 0 || baseline > values.length) {
    throw new RangeError(`baseline must be a whole number up to ${values.length}, got ${baseline}`)
  }
  if (baseline < 2) return { kind: 'cannot', because: 'too-few', detail: `${baseline} values; two are needed` }
  if (!values.every(Number.isFinite))
    return { kind: 'cannot', because: 'not-finite', detail: 'a value is not a finite number' }
  const movingRanges = values.slice(1).map((value, i) => Math.abs(value - values[i]!))
  const ranges = movingRanges.slice(0, baseline - 1)
  const limit = screening ? SCREENING_FACTOR * mean(ranges) : Number.POSITIVE_INFINITY
  const kept = ranges.filter((range) => range <= limit)
  const meanMovingRange = mean(kept)
  if (meanMovingRange === 0) return { kind: 'cannot', because: 'constant', detail: 'neighbouring values do not differ' }
  const centre = mean(values.slice(0, baseline))
  const lower = centre - FACTORS[factor] * meanMovingRange
  const upper = centre + FACTORS[factor] * meanMovingRange
  const outside = values.flatMap((value, i) => (value < lower || value > upper ? [i] : []))
  const screened = ranges.flatMap((range, i) => (range > limit ? [i] : []))
  return { kind: 'chart', centre, lower, upper, meanMovingRange, movingRanges, screened, outside }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
