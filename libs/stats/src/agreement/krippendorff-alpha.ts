import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { codedRatings, type CodedRatings, type Metric, differenceTable } from './coded-ratings.ts'

export type AlphaResult =
  | {
      kind: 'agreement'
      /** 1 perfect agreement, 0 as by chance, below 0 worse than chance. */
      alpha: number
      observedDisagreement: number
      expectedDisagreement: number
      /** Units with at least two ratings, and their ratings. */
      units: number
      ratings: number
      /** Only with `bootstrap`; `usedDraws` are those that had any variation. */
      interval: { lower: number; upper: number; confidence: number; usedDraws: number } | null
    }
  | { kind: 'cannot'; because: 'too-few' | 'no-variation' | 'negative' | 'not-finite'; detail: string }

/**
 * Krippendorff's alpha: agreement of any number of raters, with gaps.
 *
 * When to use: do inspectors, or the callers of a panel, mean the same by the same grade? At least 0.8 is usually asked for, 0.667 for
 * tentative conclusions (Krippendorff 2004).
 * Formula in words: 1 - observed over expected disagreement; observed: mean squared difference of the pairs within units, a unit of m ratings
 * weighing m; expected: mean squared difference of all pairs of ratings whatever their unit. Difference: 'nominal' 0 or 1; 'ordinal' the
 * number of ratings between the two, each end by half; 'interval' a - b; 'ratio' (a - b) / (a + b).
 * Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; Hayes and Krippendorff (2007), Communication Methods and Measures
 * 1:77-89.
 * Arguments: `ratings` units x raters, null where a rater did not rate; nominal categories as numbers. `bootstrap`: interval by drawing
 * units with replacement, percentiles of alpha (Zapf et al. 2016, BMC Medical Research Methodology 16:93, whose simulations favour it);
 * `random` uniform on [0, 1). Krippendorff's own bootstrap draws pairs instead and differs.
 * Edge cases: units with one rating do not count; fewer than one pair 'too-few'; all ratings equal 'no-variation' (alpha is undefined: agreement
 * there proves nothing); negative values under 'ratio' 'negative'. 0 against 0 differs by 0 under 'ratio'.
 * Errors: RangeError for rows of different length, draws not a whole number from 1, confidence. Cost: O(ratings + distinct values squared),
 * times the draws.
 */
export function krippendorffAlpha(input: {
  ratings: readonly (readonly (number | null)[])[]
  metric: Metric
  bootstrap?: { draws: number; random: () => number; confidence?: number }
}): AlphaResult {
  const { ratings, metric, bootstrap } = input
  const confidence = bootstrap?.confidence ?? USUAL_CONFIDENCE
  requireConfidence(confidence)
  if (bootstrap && (!Number.isInteger(bootstrap.draws) || bootstrap.draws < 1))
    throw new RangeError(`draws must be a whole number from 1, got ${bootstrap.draws}`)
  const width = ratings[0]?.length ?? 0
  const uneven = ratings.findIndex((row) => row.length !== width)
  if (uneven >= 0) throw new RangeError(`ratings[${uneven}] must have ${width} values, got ${ratings[uneven]!.length}`)
  for (const [i, row] of ratings.entries()) {
    const bad = row.find((value) => value !== null && !Number.isFinite(value))
    if (bad !== undefined) return { kind: 'cannot', because: 'not-finite', detail: `unit ${i} is rated ${bad}` }
    if (metric === 'ratio' && row.some((value) => value !== null && value < 0))
      return { kind: 'cannot', because: 'negative', detail: `unit ${i} has a negative rating` }
  }
  const coded = codedRatings(ratings)
  if (coded.units.length === 0) return { kind: 'cannot', because: 'too-few', detail: 'no unit was rated twice' }
  const once = Float64Array.from(coded.units, () => 1)
  const whole = disagreements(coded, metric, once)
  if (whole.expected === 0)
    return { kind: 'cannot', because: 'no-variation', detail: 'all ratings are equal: agreement proves nothing' }
  return {
    kind: 'agreement',
    alpha: 1 - whole.observed / whole.expected,
    observedDisagreement: whole.observed,
    expectedDisagreement: whole.expected,
    units: coded.units.length,
    ratings: coded.units.reduce((sum, unit) => sum + unit.total, 0),
    interval: bootstrap ? bootstrapInterval(coded, metric, bootstrap, confidence) : null,
  }
}

/** Disagreements when unit u counts `times[u]` times. */
function disagreements(
  { units, values }: CodedRatings,
  metric: Metric,
  times: Float64Array,
): { observed: number; expected: number } {
  const counts = new Float64Array(values.length)
  let total = 0
  units.forEach((unit, u) => {
    if (times[u] === 0) return
    total += times[u]! * unit.total
    unit.codes.forEach((code, i) => {
      counts[code]! += times[u]! * unit.counts[i]!
    })
  })
  const difference = differenceTable(values, counts, metric)
  let observed = 0
  units.forEach((unit, u) => {
    if (times[u] === 0) return
    observed += (times[u]! * pairSum(unit.codes, unit.counts, difference)) / (unit.total - 1)
  })
  const all = Int32Array.from(values, (_, code) => code)
  return { observed: observed / total, expected: pairSum(all, counts, difference) / (total * (total - 1)) }
}

/** Sum of squared differences over ordered pairs. */
function pairSum(codes: Int32Array, counts: Float64Array, difference: (left: number, right: number) => number): number {
  let sum = 0
  for (let i = 0; i < codes.length; i++) {
    if (counts[i] === 0) continue
    for (let j = 0; j < i; j++) {
      if (counts[j]! > 0) sum += 2 * counts[i]! * counts[j]! * difference(codes[i]!, codes[j]!) ** 2
    }
  }
  return sum
}

function bootstrapInterval(
  coded: CodedRatings,
  metric: Metric,
  { draws, random }: { draws: number; random: () => number },
  confidence: number,
): { lower: number; upper: number; confidence: number; usedDraws: number } {
  const alphas: number[] = []
  const times = new Float64Array(coded.units.length)
  for (let draw = 0; draw < draws; draw++) {
    times.fill(0)
    for (let u = 0; u < times.length; u++) times[Math.floor(random() * times.length)]!++
    const { observed, expected } = disagreements(coded, metric, times)
    if (expected > 0) alphas.push(1 - observed / expected)
  }
  const sorted = Float64Array.from(alphas).sort()
  const n = sorted.length
  const at = (share: number) => sorted[Math.min(n, Math.max(1, Math.ceil(share * n - 1e-9))) - 1] ?? Number.NaN
  const tail = (1 - confidence) / 2
  return { lower: at(tail), upper: at(1 - tail), confidence, usedDraws: n }
}
