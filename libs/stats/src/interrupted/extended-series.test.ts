import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { armaFromPoint, whitenArma } from './arma-likelihood.ts'
import { armaRegression } from './arma-regression.ts'
import { comparativeSeries } from './comparative-series.ts'
import { countRegression } from './count-regression.ts'
import { type CountSeriesInput, countInterruptedSeries } from './count-series.ts'
import { interruptedSeries } from './interrupted-series.ts'
import { placeboDates } from './placebo-dates.ts'
import { segmentedSeries } from './segmented-series.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/quasi-series.json', import.meta.url), 'utf8'))
const near = (got: number, exact: number, tolerance = 1e-8) =>
  expect(Math.abs(got - exact), `${got} for ${exact}`).toBeLessThan(tolerance * Math.max(1, Math.abs(exact)))
const y = golden.y as number[]
const { start } = golden as { start: number }
const angle = (time: number) => (2 * Math.PI * time) / 12
const rows = y.map((_, i) => {
  const d = i + 1 - start
  return [1, d, Number(d >= 0), d >= 0 ? d : 0, Math.cos(angle(i + 1)), Math.sin(angle(i + 1))]
})
function done<T extends { kind: string }>(result: T): Exclude<T, { kind: 'cannot' }> {
  if (result.kind === 'cannot') throw new Error(JSON.stringify(result))
  return result as Exclude<T, { kind: 'cannot' }>
}

describe('ARMA errors', () => {
  type Golden = {
    order: [number, number]
    ar: number[]
    ma: number[]
    coefficients: number[]
    logLik: number
    sigma2: number
  }
  test.each(golden.arma as Golden[])('order $order against arima(method = "ML")', ({ order: [ar, ma], ...exact }) => {
    const fit = done(armaRegression({ rows, response: y, order: { ar, ma }, likelihood: 'ml' }))
    // Ours may only be better: the optimiser of R stops a little earlier.
    expect(fit.logLikelihood).toBeGreaterThan(exact.logLik - 1e-6)
    near(fit.logLikelihood, exact.logLik, 1e-5)
    near(fit.variance, exact.sigma2, 1e-3)
    exact.ar.forEach((value, i) => near(fit.ar[i]!, value, 3e-3))
    exact.ma.forEach((value, i) => near(fit.ma[i]!, value, 3e-3))
    exact.coefficients.forEach((value, i) => near(fit.coefficients[i]!, value, 1e-4))
  })
  test('gaps', () => {
    const response = y.map((value, i) => (golden.holes.includes(i + 1) ? null : value))
    const fit = done(armaRegression({ rows, response, order: { ar: 1, ma: 1 }, likelihood: 'ml' }))
    near(fit.logLikelihood, golden.hole.logLik, 1e-5)
    golden.hole.coef.slice(2).forEach((value: number, i: number) => near(fit.coefficients[i]!, value, 1e-4))
  })
  test.each(golden.reml as { order: [number, number]; arma: number[]; coefficients: number[]; se: number[] }[])(
    'restricted likelihood, order $order, against nlme::gls',
    ({ order: [ar, ma], arma, coefficients, se }) => {
      const fit = done(armaRegression({ rows, response: y, order: { ar, ma }, likelihood: 'reml' }))
      ;[...fit.ar, ...fit.ma].forEach((value, i) => near(value, arma[i]!, 2e-4))
      coefficients.forEach((value, i) => near(fit.coefficients[i]!, value, 1e-5))
      se.forEach((value, i) => near(Math.sqrt(fit.covariance[i]![i]!) / value, 1, 1e-3))
    },
  )
  test('whitening an AR(1) is Prais-Winsten, and any law leaves the size of the determinant', () => {
    const { rows: white, logVariance } = whitenArma([[1], [2], [4]], { ar: [0.6], ma: [] })
    near(white[0]![0]!, 0.8)
    near(white[2]![0]!, 4 - 1.2)
    near(logVariance, -Math.log(1 - 0.36))
    fc.assert(
      fc.property(fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 4, maxLength: 4 }), (point) => {
        const { ar, ma } = armaFromPoint(point, { ar: 2, ma: 2 })
        // Stationary: inside the triangle of Box and Jenkins; invertible alike.
        for (const [a, b] of [ar, ma.map((value) => -value)] as [number, number][]) {
          expect(Math.abs(b)).toBeLessThan(1)
          expect(a + b).toBeLessThan(1)
          expect(b - a).toBeLessThan(1)
        }
      }),
    )
  })
  test('in an interrupted series, with the order chosen', () => {
    const points = y.map((value, i) => ({ time: i + 1, value }))
    const season = { kind: 'fourier', period: 12, harmonics: 1 } as const
    const given = done(interruptedSeries({ points, interventionTime: start, season, standardErrors: 'arma' }))
    expect(given.diagnostics.arma!.ar).toHaveLength(1)
    const exact = golden.reml[0]
    near(given.levelChange.estimate, exact.coefficients[2], 1e-5)
    near(given.levelChange.standardError / exact.se[2], 1, 1e-3)
    const gap = done(
      interruptedSeries({
        points: points.filter((_, i) => i !== 100),
        interventionTime: start,
        season,
        standardErrors: 'arma',
      }),
    )
    const weightless = points.map((point, i) => ({ ...point, weight: i === 100 ? 0 : 1 }))
    const passed = done(
      interruptedSeries({ points: weightless, interventionTime: start, season, standardErrors: 'arma' }),
    )
    near(gap.levelChange.estimate, passed.levelChange.estimate, 1e-7)
  })
  test('bad input', () => {
    const of = (response: (number | null)[], order = { ar: 1, ma: 0 }) =>
      armaRegression({ rows: rows.slice(0, response.length), response, order, likelihood: 'ml' })
    expect(of(y.slice(0, 7))).toMatchObject({ because: 'collinear' })
    expect(
      armaRegression({ rows: [[1], [1], [1]], response: [1, 2, 4], order: { ar: 1, ma: 0 }, likelihood: 'ml' }),
    ).toMatchObject({ because: 'too-few' })
    expect(
      armaRegression({ rows: [[1], [1]], response: [2, 2], order: { ar: 1, ma: 0 }, likelihood: 'ml' }),
    ).toMatchObject({ because: 'too-few' })
    expect(() => of(y, { ar: 3, ma: 0 })).toThrow(/order.ar/)
  })
})

describe('counts', () => {
  const { events, exposure, coefficients, se, nw, dispersion, df, ratio, changed, changedSe, ratioSe } = golden.counts
  const points = events.map((count: number, i: number) => ({ time: i + 1, events: count, exposure: exposure[i] }))
  const base = { points, interventionTime: start, season: { kind: 'fourier', period: 12, harmonics: 1 } } as const
  const of = (more: Partial<CountSeriesInput>) =>
    done(countInterruptedSeries({ ...base, standardErrors: 'quasi-poisson', underdispersion: 'allowed', ...more }))
  test('against glm quasipoisson and the sandwich', () => {
    const got = of({})
    near(Math.log(got.levelChange.ratio), coefficients[2])
    near(got.levelChange.standardError, se[2])
    near(Math.log(got.slopeChange!.ratio), coefficients[3])
    near(got.slopeChange!.standardError, se[3])
    expect(got.diagnostics).toMatchObject({ degreesOfFreedom: df, lag: null })
    near(got.diagnostics.dispersion, dispersion)
    near(got.averageEffect.ratio, ratio)
    near(got.eventsChanged.estimate, changed)
    near(got.eventsChanged.standardError, changedSe, 1e-7)
    const robust = of({ standardErrors: 'newey-west', lag: 4 })
    near(robust.levelChange.standardError, nw[2], 1e-7)
    near(robust.averageEffect.standardError, ratioSe, 1e-7)
  })
  test('ten times the exposure changes no effect; floored dispersion never narrows', () => {
    const scaled = of({
      points: points.map((point: { exposure: number }) => ({ ...point, exposure: 10 * point.exposure })),
    })
    near(scaled.averageEffect.ratio, ratio, 1e-7)
    near(scaled.eventsChanged.standardError, changedSe, 1e-6)
    expect(of({ underdispersion: 'floored' }).levelChange.standardError).toBeGreaterThanOrEqual(
      of({}).levelChange.standardError,
    )
  })
  test('bad input', () => {
    const values = (list: number[]) => list.map((count, time) => ({ time, events: count }))
    const run = (list: number[], at = 15) =>
      countInterruptedSeries({ points: values(list), interventionTime: at, standardErrors: 'quasi-poisson' })
    const some = Array.from({ length: 30 }, (_, i) => (i * 7) % 5)
    expect(run(Array.from({ length: 30 }, () => 0))).toMatchObject({ because: 'constant' })
    expect(run(some.map((count, i) => (i < 15 ? count : 0)))).toMatchObject({ because: 'not-converged' })
    expect(run([...some.slice(1), Number.NaN])).toMatchObject({ because: 'not-finite' })
    expect(run(some.slice(0, 16))).toMatchObject({ because: 'after-too-short' })
    expect(() => run([-1, ...some])).toThrow(/negative/)
    expect(() => countRegression({ rows: [[1]], events: [1], exposure: [0] })).toThrow(/exposure/)
    expect(countRegression({ rows: [[1], [1]], events: [0, 0] })).toMatchObject({ because: 'all-zero' })
  })
})

describe('several interventions and controls', () => {
  const points = y.map((value, i) => ({ time: i + 1, value }))
  const season = { kind: 'fourier', period: 12, harmonics: 1 } as const
  test('against lm with Newey-West', () => {
    const got = done(
      segmentedSeries({
        points,
        interventions: [
          { time: 71, shape: { pulsePeriods: 4 } },
          { time: start, shape: 'level-and-slope' },
          { time: 182, shape: 'level' },
        ],
        season,
        covariates: [golden.petrol],
        lag: 4,
      }),
    )
    const { coefficients, se, df } = golden.segmented
    // R holds constant, slope, pulse, jump, bend, second jump, petrol, season.
    near(got.baselineSlope.estimate, coefficients[1])
    const effects = [
      got.interventions[0]!.levelChange,
      got.interventions[1]!.levelChange,
      got.interventions[1]!.slopeChange!,
      got.interventions[2]!.levelChange,
      got.covariates[0]!,
    ]
    effects.forEach((found, i) => {
      near(found.estimate, coefficients[i + 2])
      near(found.standardError, se[i + 2])
    })
    expect(got.diagnostics.degreesOfFreedom).toBe(df)
  })
  test('one intervention: the same as interruptedSeries', () => {
    const one = done(
      segmentedSeries({ points, interventions: [{ time: start, shape: 'level-and-slope' }], season, lag: 3 }),
    )
    const plain = done(interruptedSeries({ points, interventionTime: start, season, lag: 3 }))
    near(one.interventions[0]!.averageEffect.estimate, plain.averageEffect.estimate, 1e-12)
    near(one.interventions[0]!.averageEffect.standardError, plain.averageEffect.standardError, 1e-12)
    expect(one.counterfactual.map(({ fitted }) => fitted)).toEqual(
      plain.counterfactual.map(({ fitted }) => expect.closeTo(fitted, 9)),
    )
  })
  test('what moves treated and controls alike cancels', () => {
    const wave = (i: number) => Math.sin(i / 3) + 0.2 * Math.cos(i * i)
    const own = (i: number, seed: number) => 0.05 * Math.sin(seed * i * i + i)
    const treated = Array.from({ length: 40 }, (_, i) => ({
      time: i,
      value: 10 + wave(i) + own(i, 1.3) + (i >= 24 ? 0.5 : 0),
    }))
    const controls = [2.1, 3.7].map((seed) =>
      treated.map(({ time }) => ({ time, value: 7 + wave(time) + own(time, seed) })),
    )
    const got = done(
      comparativeSeries({
        treated,
        controls,
        interventions: [{ time: 24, shape: 'level' }],
        standardErrors: 'prais-winsten',
      }),
    )
    expect(Math.abs(got.interventions[0]!.levelChange.estimate - 0.5)).toBeLessThan(0.05)
    expect(got.baselineDrift.pValue).toBeGreaterThan(0.01)
    const plain = done(interruptedSeries({ points: treated, interventionTime: 24, shape: 'level' }))
    expect(plain.levelChange.standardError).toBeGreaterThan(3 * got.interventions[0]!.levelChange.standardError)
    expect(
      comparativeSeries({ treated, controls: [controls[0]!.slice(1)], interventions: [{ time: 24, shape: 'level' }] }),
    ).toMatchObject({ because: 'unmatched' })
    expect(() => comparativeSeries({ treated, controls: [], interventions: [] })).toThrow(/controls/)
    const weighted = done(
      comparativeSeries({
        treated: treated.map((point) => ({ ...point, weight: 2 })),
        controls,
        interventions: [{ time: 24, shape: 'level' }],
      }),
    )
    near(weighted.differences[0]!.weight!, 1 / (1 / 2 + 2 / 4))
  })
  test('conditions and mistakes', () => {
    const level = { time: 100, shape: 'level' } as const
    expect(segmentedSeries({ points, interventions: [level, { time: 103, shape: 'level' }] })).toMatchObject({
      because: 'after-too-short',
    })
    expect(segmentedSeries({ points, interventions: [{ time: 5, shape: 'level' }] })).toMatchObject({
      because: 'baseline-too-short',
    })
    const again = points.map(({ time }) => Number(time >= 100))
    expect(segmentedSeries({ points, interventions: [level], covariates: [again] })).toMatchObject({
      because: 'collinear',
    })
    expect(
      segmentedSeries({ points: points.map((point) => ({ ...point, value: 1 })), interventions: [level] }),
    ).toMatchObject({ because: 'constant' })
    expect(() => segmentedSeries({ points, interventions: [] })).toThrow(/interventions/)
    expect(() => segmentedSeries({ points, interventions: [level], covariates: [[1]] })).toThrow(/covariates/)
    expect(() => segmentedSeries({ points, interventions: [level, { time: 90, shape: 'level' }] })).toThrow(
      /interventions/,
    )
  })
})

test('placebo dates: a law that worked stands out, noise does not', () => {
  const points = y.slice(108).map((value, i) => ({ time: i, value }))
  const input = {
    points,
    interventionTime: start - 109,
    shape: 'level',
    season: { kind: 'dummies', period: 12 },
    standardErrors: 'prais-winsten',
  } as const
  const real = done(placeboDates(input))
  expect(real.pValue).toBeLessThan(0.1)
  expect(real.placebos.length).toBeGreaterThan(20)
  const asFar = real.placebos.filter(({ statistic }) => Math.abs(statistic) >= Math.abs(real.observed.statistic)).length
  near(real.pValue, (1 + asFar) / (1 + real.placebos.length), 1e-12)
  const noise = Array.from({ length: 40 }, (_, i) => ({ time: i, value: Math.sin(i * i * 1.7) }))
  const nothing = done(placeboDates({ points: noise, interventionTime: 30, standardErrors: 'ordinary' }))
  expect(nothing.pValue).toBeGreaterThan(0.1)
  expect(placeboDates({ points: noise, interventionTime: 14 })).toMatchObject({ because: 'too-few-dates' })
  expect(placeboDates({ points: noise, interventionTime: 100 })).toMatchObject({ because: 'intervention-outside' })
})
