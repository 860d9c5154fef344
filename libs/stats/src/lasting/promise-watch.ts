import { type CusumPoint, cusumChart } from '../charts/cusum-chart.ts'
import type { PeriodEffect } from './effect-decay.ts'

export type PromiseWatchResult =
  | {
      kind: 'watch'
      /** Sum of effect less promised effect up to each period, in units and with the sign of the effect. */
      cumulative: number[]
      /** The same as a share of what was promised up to there: positive when more came. */
      cumulativeShare: number[]
      /** Cumulative sum chart of the shortfall, in sigmas; its `up` is the sum of shortfalls. */
      chart: CusumPoint[]
      /** First period at which the shortfall is a signal; null while the promise is kept. */
      shortSince: number | null
    }
  | { kind: 'cannot'; because: 'too-few' | 'not-finite'; detail: string }

/**
 * Watches whether an effect keeps what was promised.
 *
 * When to use: month by month after a verdict, to withdraw it soon when the effect wears off, and not at the first bad month.
 * Formula in words: shortfall = (promised - effect) in the promised direction, in sigmas of a single period; one-sided cumulative sum chart of
 * it with reference k (half the shortfall, in sigmas, that is to be found soon) and decision h.
 * Source: Page (1954), Biometrika 41:100-115; Hawkins and Olwell (1998), Cumulative Sum Charts and Charting for Quality Improvement, chapter 3.
 * Arguments: `promised` effect a period, not 0, with its sign; `sigma` of one period's effect without change (residual deviation of the
 * baseline); `reference` k and `decision` h in sigmas (0.5 and 4: a false withdrawal once in some 335 periods, `cusumAverageRunLength` one-sided).
 * Units: of the effect. Edge cases: no effects 'too-few'; not finite 'not-finite'. Errors: RangeError for a promise of 0, sigma not above 0.
 * Convention: doing more than promised is no credit against later shortfall beyond what the chart forgets at 0. Cost: O(T).
 */
export function watchPromise(input: {
  effects: readonly PeriodEffect[]
  promised: number
  sigma: number
  reference: number
  decision: number
}): PromiseWatchResult {
  const { effects, promised, sigma, reference, decision } = input
  if (promised === 0 || !Number.isFinite(promised))
    throw new RangeError(`promised must be finite and not 0, got ${promised}`)
  const direction = Math.sign(promised)
  const shortfalls = effects.map(({ effect }) => direction * (promised - effect))
  const chart = cusumChart({
    values: shortfalls,
    target: 0,
    sigma,
    reference,
    decision,
    headStart: 0,
    afterSignal: 'continue',
  })
  if (chart.kind === 'cannot')
    return { kind: 'cannot', because: chart.because === 'not-finite' ? 'not-finite' : 'too-few', detail: chart.detail }
  let sum = 0
  const cumulative = shortfalls.map((shortfall) => (sum -= shortfall))
  const signal = chart.points.findIndex((point) => point.signal === 'above')
  return {
    kind: 'watch',
    cumulative: cumulative.map((value) => direction * value),
    cumulativeShare: cumulative.map((value, t) => value / ((t + 1) * Math.abs(promised))),
    chart: chart.points,
    shortSince: signal < 0 ? null : effects[signal]!.since,
  }
}
