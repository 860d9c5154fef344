import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countChart,
  laneyProportionChart,
  laneyRateChart,
  numberChart,
  proportionChart,
  rateChart,
} from './attribute-chart.ts'
import type { ChartRefusal, ControlChart } from './chart-contract.ts'
import { cusumChart } from './cusum-chart.ts'
import { ewmaChart } from './ewma-chart.ts'
import { casesBetweenChart, timeBetweenChart } from './rare-event-chart.ts'
import { meanDeviationChart, meanRangeChart } from './subgroup-chart.ts'
import { xmrChart, type XmrInput } from './xmr-chart.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/charts.json', import.meta.url), 'utf8'))

function drawn<T extends { kind: string }>(result: T | ChartRefusal): T {
  if (result.kind === 'cannot') throw new Error((result as ChartRefusal).detail)
  return result as T
}
const near = (got: number, exact: number, tolerance = 1e-9) =>
  expect(Math.abs(got - exact), `${got} for ${exact}`).toBeLessThan(tolerance * Math.max(1, Math.abs(exact)))
const limitsNear = (
  chart: ControlChart,
  at: number,
  centre: number,
  sigma: number,
  floor = Number.NEGATIVE_INFINITY,
) => {
  near(chart.points[at]!.centre, centre)
  near(chart.points[at]!.upper, centre + 3 * sigma)
  near(chart.points[at]!.lower, Math.max(floor, centre - 3 * sigma))
  near(chart.points[at]!.twoSigma.upper, centre + 2 * sigma)
  near(chart.points[at]!.oneSigma.lower, Math.max(floor, centre - sigma))
}

describe('XmR', () => {
  const { values, first, second, excluded, screened, exact } = golden.xmr
  const of = (more: Partial<XmrInput>) => drawn(xmrChart({ values, constants: 'exact', screening: false, ...more }))
  test('parts, each with its own limits', () => {
    const chart = of({ parts: [20] })
    limitsNear(chart, 3, first.centre, first.sigma)
    limitsNear(chart, 25, second.centre, second.sigma)
    near(chart.rangeParts[0]!.upper, exact[0] * first.meanRange)
    expect(chart.movingRanges[20]).toBeNull()
    expect(chart.parts.map(({ trial }) => trial)).toEqual([false, false])
    expect(chart.outside).toEqual([7])
  })
  test('frozen and locked limits judge later points', () => {
    const frozen = of({ baseline: 20 })
    limitsNear(frozen, 34, first.centre, first.sigma)
    expect(frozen.points[30]!.role).toBe('judged')
    const locked = of({ standard: { centre: 50, sigma: 4 } })
    limitsNear(locked, 3, 50, 4)
  })
  test('an excluded point sets no limits but is judged', () => {
    const chart = of({ baseline: 20, excluded: [7] })
    limitsNear(chart, 0, excluded.centre, excluded.sigma)
    expect(chart.points[7]).toMatchObject({ role: 'excluded', beyond: 'above' })
    expect(of({ baseline: 20, excluded: [7], rangesAcross: 'dropped' }).rangeParts[0]!.typical).not.toBe(
      chart.rangeParts[0]!.typical,
    )
  })
  test('medians, rounded constants, screening', () => {
    const medians = of({ baseline: 20, spread: 'median', centre: 'median' })
    limitsNear(medians, 0, first.median, first.medianRange * exact[1])
    const wheeler = of({ baseline: 20, constants: 'wheeler' })
    near(wheeler.points[0]!.upper, first.centre + 2.66 * first.meanRange)
    near(of({ baseline: 20, constants: 'rounded-d2', screening: true }).rangeParts[0]!.typical, screened)
  })
  test('published: one outlier decides the limits of 1,2,1,2,10,1,2,… (unscreened and screened)', () => {
    // The conventions of two public packages on one series: mean 1.94, upper limit 6.95 unscreened, 4.6 screened.
    const spiked = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 1]
    const plain = of({ values: spiked, constants: 'wheeler' })
    const clean = of({ values: spiked, constants: 'wheeler', screening: true })
    expect(plain.points[0]!.centre).toBeCloseTo(1.94, 2)
    expect(clean.rangeParts[0]!.screened).toEqual([4, 5])
    expect(plain.points[0]!.upper).toBeGreaterThan(clean.points[0]!.upper + 2)
  })
  test('shifting and scaling move the chart with the values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 5, maxLength: 30 }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (raw, factor) => {
          fc.pre(Math.max(...raw) - Math.min(...raw) > 1e-3)
          const chart = of({ values: raw })
          const moved = of({ values: raw.map((x) => 7 + factor * x) })
          near(moved.points[0]!.upper, 7 + factor * chart.points[0]!.upper, 1e-8)
          expect(moved.points.map(({ role }) => role)).toEqual(chart.points.map(({ role }) => role))
        },
      ),
    )
  })
})

describe('Xbar-S and Xbar-R', () => {
  const { count, mean, deviation, range, centre, c4, d2, d3, ...sigma } = golden.sub
  const subgroups = (spreads: number[]) =>
    count.map((n: number, i: number) => ({ count: n, mean: mean[i], spread: spreads[i]! }))
  test.each([
    ['unweighted', sigma.unweightedS],
    ['minimum-variance', sigma.minimumS],
    ['pooled', sigma.pooled],
  ] as const)('deviations, %s', (method, exact) => {
    const { means, spreads } = drawn(meanDeviationChart({ subgroups: subgroups(deviation), method }))
    limitsNear(means, 4, centre, exact / Math.sqrt(count[4]))
    limitsNear(spreads, 4, c4[4] * exact, exact * Math.sqrt(1 - c4[4] ** 2), 0)
  })
  test('deviations as Montgomery weighs them', () => {
    const { means } = drawn(meanDeviationChart({ subgroups: subgroups(deviation), method: 'montgomery' }))
    for (const at of [0, 5]) limitsNear(means, at, centre, sigma.montgomery[at] / Math.sqrt(count[at]))
  })
  test.each([
    ['unweighted', sigma.unweightedR],
    ['minimum-variance', sigma.minimumR],
  ] as const)('ranges, %s', (method, exact) => {
    const { means, spreads } = drawn(meanRangeChart({ subgroups: subgroups(range), method }))
    near(means.points[2]!.upper, centre + (3 * exact) / Math.sqrt(count[2]), 1e-7)
    near(spreads.points[2]!.upper, exact * (d2[2] + 3 * d3[2]), 1e-7)
  })
  test('a single case is plotted, but sets no spread; none at all is refused', () => {
    const mixed = drawn(
      meanDeviationChart({
        subgroups: [...subgroups(deviation), { count: 1, mean: 12, spread: 0 }, null],
        method: 'pooled',
      }),
    )
    near(mixed.sigmas[0]!, sigma.pooled)
    expect(mixed.spreads.points[16]!.role).toBe('gap')
    expect(mixed.means.points[16]!.value).toBe(12)
    const alone = [{ count: 1, mean: 1, spread: 0 }]
    expect(meanDeviationChart({ subgroups: alone, method: 'pooled' })).toMatchObject({ because: 'too-few' })
    const flat = [{ count: 4, mean: 1, spread: 0 }]
    expect(meanDeviationChart({ subgroups: flat, method: 'pooled' })).toMatchObject({ because: 'constant' })
    expect(() => meanRangeChart({ subgroups: [{ count: 26, mean: 1, spread: 1 }], method: 'unweighted' })).toThrow(
      /count/,
    )
    expect(() => meanRangeChart({ subgroups: [{ count: 0, mean: 1, spread: 1 }], method: 'unweighted' })).toThrow(
      /count/,
    )
  })
})

describe('shares, counts and rates', () => {
  const { size, bad, p, sp, laney, exposure, events, u, su, laneyU, c } = golden.attribute
  const shares = size.map((exposed: number, i: number) => ({ events: bad[i], exposure: exposed }))
  const rates = exposure.map((exposed: number, i: number) => ({ events: events[i], exposure: exposed }))
  test('p, np, p prime', () => {
    limitsNear(drawn(proportionChart({ periods: shares })), 3, p, sp[3], 0)
    limitsNear(drawn(numberChart({ periods: shares })), 3, p * size[3], sp[3] * size[3], 0)
    const primed = drawn(laneyProportionChart({ periods: shares }))
    limitsNear(primed, 7, p, laney * sp[7], 0)
    near(primed.sigmaZ[0]!, laney)
    limitsNear(drawn(proportionChart({ periods: shares, standard: 0.1 })), 0, 0.1, Math.sqrt(0.09 / size[0]), 0)
  })
  test('c, u, u prime', () => {
    limitsNear(drawn(countChart({ counts: events })), 2, c, Math.sqrt(c), 0)
    limitsNear(drawn(rateChart({ periods: rates })), 2, u, su[2], 0)
    limitsNear(drawn(laneyRateChart({ periods: rates })), 2, u, laneyU * su[2], 0)
    expect(drawn(rateChart({ periods: rates })).outside).toContain(4)
  })
  test('scaling the exposure scales the rates and leaves the z values', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), (factor) => {
        const scaled = drawn(
          rateChart({
            periods: rates.map((r: { events: number; exposure: number }) => ({ ...r, exposure: r.exposure * factor })),
          }),
        )
        near(scaled.points[9]!.z!, drawn(rateChart({ periods: rates })).points[9]!.z!)
      }),
    )
  })
  test('data conditions and mistakes', () => {
    expect(proportionChart({ periods: [] })).toMatchObject({ because: 'too-few' })
    expect(proportionChart({ periods: [{ events: 1, exposure: 3 }] })).toMatchObject({ because: 'too-few' })
    const none = [{ events: 0, exposure: 0 }, null]
    expect(rateChart({ periods: none })).toMatchObject({ because: 'no-exposure' })
    expect(countChart({ counts: [0, 0, 0] })).toMatchObject({ because: 'all-zero' })
    const every = [
      { events: 3, exposure: 3 },
      { events: 5, exposure: 5 },
    ]
    expect(proportionChart({ periods: every })).toMatchObject({ because: 'constant' })
    expect(
      laneyProportionChart({
        periods: [
          { events: 1, exposure: 3 },
          { events: 1, exposure: 3 },
        ],
      }),
    ).toMatchObject({ because: 'constant' })
    expect(countChart({ counts: [1, Number.NaN] })).toMatchObject({ because: 'not-finite' })
    expect(() => countChart({ counts: [1, -2] })).toThrow(/events/)
    expect(() => proportionChart({ periods: [{ events: 4, exposure: 3 }] })).toThrow(/periods/)
    expect(() => rateChart({ periods: [{ events: 4, exposure: 0 }] })).toThrow(/exposure/)
    expect(() => rateChart({ periods: rates, standard: 0 })).toThrow(/standard/)
    expect(() => rateChart({ periods: rates, parts: [30] })).toThrow(/parts/)
    expect(() => rateChart({ periods: rates, excluded: [30] })).toThrow(/excluded/)
    expect(() => rateChart({ periods: rates, baseline: 0 })).toThrow(/baseline/)
  })
})

describe('rare events', () => {
  const { between, g, gs, lower, upper, gap, t } = golden.rare
  test('g: three-sigma and probability limits, centre line', () => {
    const chart = drawn(casesBetweenChart({ between, limits: 'three-sigma', centreLine: 'mean' }))
    limitsNear(chart, 0, g, gs, 0)
    const exact = drawn(casesBetweenChart({ between, limits: 'probability', centreLine: 'median-0.693' }))
    expect(exact.points[0]).toMatchObject({ lower, upper })
    near(exact.points[0]!.centre, 0.693 * g)
    near(exact.points[0]!.z!, (between[0] - 0.693 * g) / gs)
  })
  test('t: Nelson transformation and back', () => {
    const chart = drawn(timeBetweenChart({ times: gap, constants: 'wheeler', screening: false }))
    near(chart.points[0]!.centre, t.centre)
    near(chart.points[0]!.lower, t.lower)
    near(chart.points[0]!.upper, t.upper)
    expect(chart.points[3]!.value).toBe(gap[3])
  })
  test('conditions', () => {
    const rest = { limits: 'three-sigma', centreLine: 'mean' } as const
    expect(casesBetweenChart({ between: [], ...rest })).toMatchObject({ because: 'too-few' })
    expect(casesBetweenChart({ between: [0, 0], ...rest })).toMatchObject({ because: 'all-zero' })
    expect(() => casesBetweenChart({ between: [1.5, 2], ...rest })).toThrow(/between/)
    expect(() => timeBetweenChart({ times: [-1, 2], constants: 'exact', screening: false })).toThrow(/times/)
    expect(timeBetweenChart({ times: [3, 3], constants: 'exact', screening: false })).toMatchObject({
      because: 'constant',
    })
  })
})

describe('cumulative sums and moving averages', () => {
  const { values, up, down, upSince, downSince, ewma, error } = golden.sums
  const setting = {
    target: 10,
    sigma: 1,
    reference: 0.5,
    decision: 5,
    headStart: 2.5,
    afterSignal: 'continue',
  } as const
  test('sums with a head start', () => {
    const chart = cusumChart({ values, ...setting })
    if (chart.kind === 'cannot') throw new Error(chart.detail)
    chart.points.forEach((point, i) => {
      near(point.up, up[i])
      near(point.down, down[i])
      expect([point.upSince, point.downSince]).toEqual([upSince[i], downSince[i]])
    })
    expect(chart.signals).toEqual(up.flatMap((sum: number, i: number) => (sum > 5 || down[i] > 5 ? [i] : [])))
    const at = chart.signals[0]!
    near(chart.points[at]!.estimatedMean!, 10 + 0.5 + up[at] / upSince[at])
    const reset = cusumChart({ values, ...setting, afterSignal: 'reset' })
    if (reset.kind === 'cannot') throw new Error(reset.detail)
    expect(reset.signals.length).toBeLessThanOrEqual(chart.signals.length)
  })
  test('averages with exact and settled limits', () => {
    const setting = { values, target: 10, sigma: 1, lambda: 0.2, width: 2.962 } as const
    const chart = drawn(ewmaChart({ ...setting, limits: 'exact' }))
    chart.points.forEach((point, i) => {
      near(point.value!, ewma[i])
      near(point.upper, 10 + 2.962 * error[i])
    })
    near(drawn(ewmaChart({ ...setting, limits: 'asymptotic' })).points[0]!.upper, 10 + 2.962 / 3)
    const sizes = values.map(() => 4)
    near(drawn(ewmaChart({ ...setting, limits: 'exact', sizes })).points[8]!.upper, 10 + 1.481 * error[8])
  })
  test('gaps stand still; bad input', () => {
    const held = cusumChart({ values: [12, null, 12], ...setting })
    if (held.kind === 'cannot') throw new Error(held.detail)
    expect(held.points[1]!.up).toBe(held.points[0]!.up)
    expect(cusumChart({ values: [], ...setting })).toMatchObject({ because: 'too-few' })
    expect(cusumChart({ values: [Number.NaN], ...setting })).toMatchObject({ because: 'not-finite' })
    expect(() => cusumChart({ values, ...setting, sigma: 0 })).toThrow(/sigma/)
    expect(() => cusumChart({ values, ...setting, headStart: 5 })).toThrow(/headStart/)
    const ewmaSetting = { values, target: 10, sigma: 1, lambda: 0.2, width: 3, limits: 'exact' } as const
    expect(() => ewmaChart({ ...ewmaSetting, lambda: 0 })).toThrow(/lambda/)
    expect(() => ewmaChart({ ...ewmaSetting, sizes: [1] })).toThrow(/sizes/)
    expect(ewmaChart({ ...ewmaSetting, values: [] })).toMatchObject({ because: 'too-few' })
  })
})

test('bad series for individuals', () => {
  const of = (values: (number | null)[], more: Partial<XmrInput> = {}) =>
    xmrChart({ values, constants: 'exact', screening: true, ...more })
  expect(of([])).toMatchObject({ because: 'too-few' })
  expect(of([null, null, 1])).toMatchObject({ because: 'too-few' })
  expect(of([3, 3, 3])).toMatchObject({ because: 'constant' })
  expect(of([1, 2, Number.POSITIVE_INFINITY])).toMatchObject({ because: 'not-finite' })
  expect(of([1, 2, 4, 9], { parts: [3] })).toMatchObject({ because: 'too-few' })
  expect(() => of([1, 2, 4], { standard: { centre: 1, sigma: 0 } })).toThrow(/standard/)
  expect(drawn(of([1, null, 2, 1])).points[1]).toMatchObject({ value: null, role: 'gap', beyond: null })
})
