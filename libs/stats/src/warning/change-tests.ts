export type ChangeTestResult =
  | {
      kind: 'test'
      statistic: number
      pValue: number
      /** First position after the most likely change. */
      position: number
      meanBefore: number
      meanAfter: number
    }
  | { kind: 'cannot'; because: 'too-few' | 'constant' | 'not-finite'; detail: string }

/**
 * Pettitt's test of one change of level at an unknown time, by ranks.
 *
 * When to use: did the level change at all, in a series of any distribution; one change at most.
 * Formula in words: for every cut, how often a later value lies above an earlier one minus the reverse; the largest absolute figure K;
 * p = 2 exp(-6 K squared / (n cubed + n squared)), at most 1.
 * Source: Pettitt (1979), Applied Statistics 28:126-135. Units: ranks, so none. Assumes independent values.
 * Edge cases: fewer than five values 'too-few'; all equal 'constant'; not finite 'not-finite'. Ties count as neither.
 * Convention: p is the published approximation, good to two places for p up to 0.5, conservative. Cost: O(n log n).
 */
export function pettittTest(values: readonly number[]): ChangeTestResult {
  const refusal = refuseValues(values, 5)
  if (refusal) return refusal
  const count = values.length
  const ranks = midRanks(values)
  let sum = 0
  let best = { size: -1, at: 0 }
  for (let cut = 1; cut < count; cut++) {
    sum += ranks[cut - 1]!
    const size = Math.abs(2 * sum - cut * (count + 1))
    if (size > best.size) best = { size, at: cut }
  }
  const pValue = Math.min(1, 2 * Math.exp((-6 * best.size ** 2) / (count ** 3 + count ** 2)))
  return { kind: 'test', statistic: best.size, pValue, position: best.at, ...meansAbout(values, best.at) }
}

/**
 * Cumulative-sum test of one change of mean at an unknown time, with p-value.
 *
 * When to use: as `pettittTest`, for averages and rates of near-normal kind; with `longRunLag` for autocorrelated series.
 * Formula in words: cumulative sums of deviations from the mean over root n times the standard deviation behave like a Brownian bridge; the
 * largest absolute value has Kolmogorov's law. With a lag the variance adds Bartlett-weighted autocovariances (Newey and West 1987).
 * Sources: Ploberger and Kraemer (1992), Econometrica 60:271-285 (OLS-CUSUM); Csorgo and Horvath (1997), Limit Theorems in Change-Point
 * Analysis. R: strucchange::sctest(efp(type = "OLS-CUSUM")).
 * Arguments: `longRunLag` 0 (independent values; variance with divisor n - 1) or the largest lag that counts.
 * Edge cases: fewer than five values 'too-few'; all equal, or a long-run variance not above 0, 'constant'.
 * Errors: RangeError for a lag not whole from 0. Convention: asymptotic p, conservative in short series. Cost: O(n lag).
 */
export function cusumChangeTest(input: { values: readonly number[]; longRunLag: number }): ChangeTestResult {
  const { values, longRunLag } = input
  if (!Number.isInteger(longRunLag) || longRunLag < 0)
    throw new RangeError(`longRunLag must be a whole number from 0, got ${longRunLag}`)
  const refusal = refuseValues(values, 5)
  if (refusal) return refusal
  const count = values.length
  const middle = values.reduce((sum, value) => sum + value, 0) / count
  const rest = values.map((value) => value - middle)
  let variance = rest.reduce((sum, e) => sum + e * e, 0) / (count - 1)
  for (let lag = 1; lag <= Math.min(longRunLag, count - 1); lag++) {
    let products = 0
    for (let t = lag; t < count; t++) products += rest[t]! * rest[t - lag]!
    variance += (2 * (1 - lag / (longRunLag + 1)) * products) / (count - 1)
  }
  if (!(variance > 0)) return { kind: 'cannot', because: 'constant', detail: 'the long-run variance is not above 0' }
  let sum = 0
  let best = { size: -1, at: 0 }
  rest.forEach((e, i) => {
    sum += e
    if (i < count - 1 && Math.abs(sum) > best.size) best = { size: Math.abs(sum), at: i + 1 }
  })
  const statistic = best.size / Math.sqrt(variance * count)
  return {
    kind: 'test',
    statistic,
    pValue: kolmogorovTail(statistic),
    position: best.at,
    ...meansAbout(values, best.at),
  }
}

/** Below this the first form of Kolmogorov's law loses its digits and the other takes over. */
const SMALL = 1

/**
 * P(sup |Brownian bridge| > x).
 *
 * Source: Kolmogorov (1933); both series of Feller (1948), Annals of Mathematical Statistics 19:177-189. Edge cases: 1 at x <= 0.
 * Cost: some ten terms.
 */
export function kolmogorovTail(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('x must be a number, got NaN')
  if (x <= 0) return 1
  let sum = 0
  if (x >= SMALL) {
    for (let k = 1; k <= 10; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x)
    return Math.min(1, sum)
  }
  for (let k = 1; k <= 10; k++) sum += Math.exp((-((2 * k - 1) ** 2) * Math.PI ** 2) / (8 * x * x))
  return 1 - (Math.sqrt(2 * Math.PI) / x) * sum
}

function refuseValues(values: readonly number[], least: number): Extract<ChangeTestResult, { kind: 'cannot' }> | null {
  const broken = values.findIndex((value) => !Number.isFinite(value))
  if (broken >= 0) return { kind: 'cannot', because: 'not-finite', detail: `value ${broken} is not a finite number` }
  if (values.length < least)
    return { kind: 'cannot', because: 'too-few', detail: `${values.length} values, ${least} are needed` }
  if (values.every((value) => value === values[0]))
    return { kind: 'cannot', because: 'constant', detail: 'all values are equal' }
  return null
}

function meansAbout(values: readonly number[], at: number): { meanBefore: number; meanAfter: number } {
  const mean = (own: readonly number[]): number => own.reduce((sum, value) => sum + value, 0) / own.length
  return { meanBefore: mean(values.slice(0, at)), meanAfter: mean(values.slice(at)) }
}

function midRanks(values: readonly number[]): number[] {
  const order = values.map((value, i) => ({ value, i })).sort((a, b) => a.value - b.value)
  const ranks = values.map(() => 0)
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to < order.length && order[to]!.value === order[from]!.value) to += 1
    for (let i = from; i < to; i++) ranks[order[i]!.i] = (from + 1 + to) / 2
    from = to
  }
  return ranks
}
