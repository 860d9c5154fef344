import type { ChartPoint, ChartRefusal, ControlChart } from './chart-contract.ts'
import { presentFigures, refuse, SIGMA_ROUNDING } from './chart-parts.ts'

/**
 * Exponentially weighted moving average chart.
 *
 * When to use: to find small lasting shifts in single figures or means; less disturbed by values that are not normal than an XmR chart.
 * Formula in words: average = lambda value + (1 - lambda) average before, from the target; limits are target +- L times its standard
 * error, whose square goes lambda squared sigma squared / size + (1 - lambda) squared times the square before ('exact'), or stands at its
 * limit lambda / (2 - lambda) sigma squared ('asymptotic', equal sizes).
 * Sources: Roberts (1959), Technometrics 1:239-250; Lucas and Saccucci (1990), Technometrics 32:1-12; Montgomery (2013), section 9.2.
 * Arguments: `values` in order of time, null a gap (the average stands still); `sizes` number of cases behind each mean, default 1;
 * usual pairs of `lambda` and `width` L: 0.2 and 2.962, 0.1 and 2.814, 0.05 and 2.615 (average run length 500).
 * Units: those of the values; the plotted value is the average. Edge cases: no values 'too-few'; not finite 'not-finite'.
 * Errors: RangeError for lambda outside (0, 1], width or sigma not above 0, sizes not above 0, sizes with 'asymptotic'. Cost: O(n).
 */
export function ewmaChart(input: {
  values: readonly (number | null)[]
  target: number
  sigma: number
  lambda: number
  width: number
  limits: 'exact' | 'asymptotic'
  sizes?: readonly number[] | undefined
}): ControlChart | ChartRefusal {
  const { values, target, sigma, lambda, width, sizes } = input
  requireEwma(input)
  const present = presentFigures(values)
  if ('kind' in present) return present
  if (values.length === 0) return refuse('too-few', 'there are no values')
  const settled = (lambda / (2 - lambda)) * sigma * sigma
  let average = target
  let variance = input.limits === 'exact' ? 0 : settled
  const points = values.map((value, i): ChartPoint => {
    if (value !== null) {
      average = lambda * value + (1 - lambda) * average
      if (input.limits === 'exact')
        variance = (lambda * lambda * sigma * sigma) / (sizes?.[i] ?? 1) + (1 - lambda) ** 2 * variance
    }
    const error = Math.sqrt(variance)
    const z = error > 0 ? (average - target) / error : 0
    const line = (distance: number) => ({ lower: target - distance * error, upper: target + distance * error })
    const reach = width * (1 + SIGMA_ROUNDING)
    return {
      value: value === null ? null : average,
      centre: target,
      ...line(width),
      oneSigma: line(width / 3),
      twoSigma: line((2 * width) / 3),
      z: value === null ? null : z,
      part: 0,
      role: value === null ? 'gap' : 'judged',
      beyond: value === null ? null : z > reach ? 'above' : z < -reach ? 'below' : null,
    }
  })
  const parts = [{ start: 0, end: values.length - 1, baselineCount: 0, centre: target, trial: false }]
  return { kind: 'chart', points, parts, outside: points.flatMap((point, i) => (point.beyond ? [i] : [])) }
}

function requireEwma(input: Parameters<typeof ewmaChart>[0]): void {
  const { target, sigma, lambda, width, sizes, values } = input
  if (!Number.isFinite(target)) throw new RangeError(`target must be finite, got ${target}`)
  if (!(sigma > 0) || sigma === Number.POSITIVE_INFINITY) throw new RangeError(`sigma must be above 0, got ${sigma}`)
  if (!(lambda > 0 && lambda <= 1)) throw new RangeError(`lambda must lie in (0, 1], got ${lambda}`)
  if (!(width > 0)) throw new RangeError(`width must be above 0, got ${width}`)
  if (!sizes) return
  if (input.limits === 'asymptotic') throw new RangeError("sizes need limits 'exact'")
  if (sizes.length !== values.length) throw new RangeError(`sizes must have ${values.length} values`)
  if (!sizes.every((size) => size > 0)) throw new RangeError('sizes must be above 0')
}
