import type { Cannot } from '../estimates/estimate.ts'
import type { Alternative } from '../tests/ranks.ts'
import { requireResamples } from './bootstrap-interval.ts'

export interface PermutationTest {
  kind: 'test'
  /** Difference of means second - first, or mean of the differences. */
  estimate: number
  pValue: number
  method: 'exact' | 'sampled'
  /** Arrangements looked at. */
  arrangements: number
}

export type PermutationResult = PermutationTest | Cannot<'too-few' | 'not-finite' | 'constant'>

/** Up to this many arrangements all are listed. */
const EXACT_LIMIT = 200_000
const USUAL_SAMPLES = 10_000
/** Statistics equal up to this share count as equal, since sums are rounded. */
const EQUAL_WITHIN = 1e-12

interface Tally {
  extreme: number
  seen: number
}

/**
 * Permutation test of a difference of means between two groups.
 *
 * When to use: units were assigned at random; few units, or values far from normal.
 * Formula in words: the labels are given anew in all ways (or `samples` random ways) and the statistic worked out again; p is the share of
 * arrangements at least as extreme, the observed one included. 'studentised' divides by Welch's error, which keeps the size right when the
 * groups differ in spread.
 * Sources: Fisher (1935), The Design of Experiments, section 21; Janssen (1997), Statistics and Probability Letters 36:9-21; Phipson and
 * Smyth (2010), Statistical Applications in Genetics and Molecular Biology 9:39 (why the observed arrangement counts).
 * Arguments: `strata`, one name per value of first then second: labels are exchanged within a stratum only (then always sampled). `random`
 * is needed when arrangements exceed 200,000 or strata are given.
 * Edge cases: an empty side, or fewer than two values a side when studentised, 'too-few'; values not finite 'not-finite'; no spread
 * 'constant'. Errors: RangeError for samples, strata of another length, sampling without `random`. Cost: O(arrangements n).
 */
export function permutationTest(input: {
  first: ArrayLike<number>
  second: ArrayLike<number>
  statistic?: 'difference' | 'studentised'
  alternative?: Alternative
  strata?: readonly (string | number)[]
  samples?: number
  random?: () => number
}): PermutationResult {
  const { statistic = 'difference', alternative = 'two-sided', strata, samples = USUAL_SAMPLES, random } = input
  requireResamples(samples)
  const [m, n] = [input.first.length, input.second.length]
  const values = new Float64Array(m + n)
  for (let i = 0; i < m; i++) values[i] = input.first[i]!
  for (let i = 0; i < n; i++) values[m + i] = input.second[i]!
  if (strata && strata.length !== m + n) throw new RangeError(`strata must have ${m + n} values, got ${strata.length}`)
  const least = statistic === 'studentised' ? 2 : 1
  if (m < least || n < least) return { kind: 'cannot', because: 'too-few', detail: `each side needs ${least} value(s)` }
  if (!values.every(Number.isFinite))
    return { kind: 'cannot', because: 'not-finite', detail: 'a value is not a finite number' }
  if (values.every((value) => value === values[0]))
    return { kind: 'cannot', because: 'constant', detail: 'all values are equal' }
  const centre = values.reduce((sum, value) => sum + value / (m + n), 0)
  for (let i = 0; i < values.length; i++) values[i]! -= centre
  const score = scorer(values, n, statistic)
  const order = Int32Array.from({ length: m + n }, (_, i) => (i + m) % (m + n))
  const observed = score(order)
  const isExtreme = extremes(observed, alternative)
  let difference = 0
  for (let i = 0; i < m + n; i++) difference += i < m ? -values[i]! / m : values[i]! / n
  const count = strata ? Number.POSITIVE_INFINITY : combinations(m + n, n)
  const tally =
    count <= EXACT_LIMIT
      ? listSubsets(m + n, n, (members) => isExtreme(score(members)))
      : sampleOrders(order, strata, samples, random, () => isExtreme(score(order)))
  const method = count <= EXACT_LIMIT ? 'exact' : 'sampled'
  return { kind: 'test', estimate: difference, pValue: tally.extreme / tally.seen, method, arrangements: tally.seen }
}

function extremes(observed: number, alternative: Alternative): (value: number) => boolean {
  const slack = EQUAL_WITHIN * Math.max(1, Math.abs(observed))
  if (alternative === 'two-sided') return (value) => Math.abs(value) >= Math.abs(observed) - slack
  return alternative === 'greater' ? (value) => value >= observed - slack : (value) => value <= observed + slack
}

/** The statistic when the first n places of `members` name the second side; values have mean 0. */
function scorer(values: Float64Array, n: number, statistic: 'difference' | 'studentised') {
  const total = values.length
  const m = total - n
  let squares = 0
  for (const value of values) squares += value * value
  const unit = Math.sqrt(squares / total)
  return (members: Int32Array): number => {
    let [sum, square] = [0, 0]
    for (let i = 0; i < n; i++) {
      const value = values[members[i]!]!
      sum += value
      square += value * value
    }
    const difference = sum / n + sum / m
    if (statistic === 'difference') return difference / unit
    const one = (square - (sum * sum) / n) / (n - 1) / n
    const two = (squares - square - (sum * sum) / m) / (m - 1) / m
    const error = Math.sqrt(Math.max(0, one) + Math.max(0, two))
    return error <= 1e-12 * unit ? Math.sign(difference) * 1e15 : difference / error
  }
}

/** C(n, k), at most a little above the limit. */
function combinations(n: number, k: number): number {
  let count = 1
  for (let i = 1; i <= Math.min(k, n - k); i++) {
    count = (count * (n - i + 1)) / i
    if (count > EXACT_LIMIT * 2) return Number.POSITIVE_INFINITY
  }
  return Math.round(count)
}

/** All subsets of k of n in the order of Knuth (2011), The Art of Computer Programming 4A, algorithm 7.2.1.3 L. */
function listSubsets(n: number, k: number, isExtreme: (members: Int32Array) => boolean): Tally {
  const members = Int32Array.from({ length: k }, (_, i) => i)
  const tally = { extreme: 0, seen: 0 }
  for (;;) {
    tally.seen++
    if (isExtreme(members)) tally.extreme++
    let j = 0
    while (j + 1 < k && members[j]! + 1 === members[j + 1]!) {
      members[j] = j
      j++
    }
    members[j]!++
    if (members[k - 1]! >= n) return tally
  }
}

/** Random orders of all places, or within strata; the observed order is the first. */
function sampleOrders(
  order: Int32Array,
  strata: readonly (string | number)[] | undefined,
  samples: number,
  random: (() => number) | undefined,
  isExtreme: () => boolean,
): Tally {
  if (!random) throw new RangeError('random must be given: there are too many arrangements to list')
  const places = new Map<string | number, number[]>()
  order.forEach((value, place) => {
    const name = strata ? strata[value]! : 0
    places.set(name, [...(places.get(name) ?? []), place])
  })
  const tally = { extreme: 1, seen: 1 }
  for (let sample = 0; sample < samples; sample++) {
    for (const group of places.values()) shuffle(order, group, random)
    tally.seen++
    if (isExtreme()) tally.extreme++
  }
  return tally
}

/** Fisher and Yates (1938), in the order of Durstenfeld (1964). */
function shuffle(order: Int32Array, places: readonly number[], random: () => number): void {
  for (let i = places.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const [a, b] = [places[i]!, places[j]!]
    const kept = order[a]!
    order[a] = order[b]!
    order[b] = kept
  }
}

/**
 * Sign-change test of paired differences.
 *
 * When to use: the same units twice, the order of treatment drawn at random; days paired at random.
 * Formula in words: every difference may as well have the other sign; p is the share of sign patterns whose mean is at least as extreme.
 * Source: Fisher (1935), The Design of Experiments, section 21. All 2^n patterns up to 200,000, else sampled.
 * Edge cases and errors: as `permutationTest`. Cost: O(arrangements n).
 */
export function signChangeTest(input: {
  differences: ArrayLike<number>
  alternative?: Alternative
  samples?: number
  random?: () => number
}): PermutationResult {
  const { alternative = 'two-sided', samples = USUAL_SAMPLES, random } = input
  requireResamples(samples)
  const values = Float64Array.from(input.differences).filter((value) => value !== 0)
  if (!values.every(Number.isFinite))
    return { kind: 'cannot', because: 'not-finite', detail: 'a difference is not a finite number' }
  if (values.length === 0) return { kind: 'cannot', because: 'too-few', detail: 'no difference other than 0' }
  let [observed, size] = [0, 0]
  for (const value of values) {
    observed += value
    size += Math.abs(value)
  }
  const isExtreme = extremes(observed / size, alternative)
  const estimate = observed / input.differences.length
  const patterns = values.length <= 17 ? 2 ** values.length : Number.POSITIVE_INFINITY
  if (patterns <= EXACT_LIMIT) {
    let extreme = 0
    for (let pattern = 0; pattern < patterns; pattern++) {
      let sum = 0
      for (let i = 0; i < values.length; i++) sum += (pattern >> i) & 1 ? -values[i]! : values[i]!
      if (isExtreme(sum / size)) extreme++
    }
    return { kind: 'test', estimate, pValue: extreme / patterns, method: 'exact', arrangements: patterns }
  }
  if (!random) throw new RangeError('random must be given: there are too many arrangements to list')
  let extreme = 1
  for (let sample = 0; sample < samples; sample++) {
    let sum = 0
    for (const value of values) sum += random() < 0.5 ? -value : value
    if (isExtreme(sum / size)) extreme++
  }
  return { kind: 'test', estimate, pValue: extreme / (samples + 1), method: 'sampled', arrangements: samples + 1 }
}
