import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decomposeSeason } from './decompose-season.ts'
import { describe as describeFit, fitSmoothing, type SmoothingFit } from './fit-smoothing.ts'
import { chosenSmoothing, decompositionForecast } from './forecast-band.ts'
import { forecastBreach } from './forecast-breach.ts'
import { lowCountForecast } from './low-count-forecast.ts'
import { nelderMead } from './nelder-mead.ts'
import { seasonalNaive, smoothingForecast } from './smoothing-forecast.ts'
import type { SmoothingModel } from './smoothing-model.ts'

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../reference/${name}`, import.meta.url), 'utf8'))
const golden = read('forecast.json')
const robust = read('forecast-stl.json')
const near = (got: number, exact: number, tolerance = 1e-9) =>
  expect(Math.abs(got - exact), `${got} for ${exact}`).toBeLessThan(tolerance * Math.max(1, Math.abs(exact)))
const models: [string, SmoothingModel][] = [
  ['air', { trend: 'additive', period: 12 }],
  ['airDamped', { trend: 'damped', period: 12 }],
  ['gas', { trend: 'additive', period: 4 }],
  ['gasNone', { trend: 'none', period: 4 }],
  ['nile', { trend: 'none', period: null }],
  ['nileDamped', { trend: 'damped', period: null }],
]

function fitted(values: readonly (number | null)[], model: SmoothingModel): SmoothingFit {
  const fit = fitSmoothing({ values, model })
  if (fit.kind === 'cannot') throw new Error(fit.detail)
  return fit
}
/** Seeded uniform numbers. */
function uniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

describe('exponential smoothing against forecast::ets', () => {
  test.each(models)('%s: recursion, variance, criterion and intervals at the figures of R', (name, model) => {
    const { values, alpha, beta, gamma, phi, level, slope, season, k, ...exact } = golden.smoothing[name]
    // R stores the damped slope already damped.
    const initial = { level, slope, season: model.period === null ? [] : season }
    // R counts beta and gamma as the error correction form does.
    const fit = describeFit(values, model, { alpha, beta, gamma, phi }, initial, k)
    exact.fitted.forEach((value: number, t: number) => near(fit.predictions[t]!, value, 1e-7))
    near(fit.variance, exact.sigma2, 1e-7)
    near(fit.criterion, -2 * exact.loglik, 1e-7)
    near(fit.aicc, exact.aicc, 1e-7)
    const { points } = smoothingForecast(fit, exact.mean.length)
    points.forEach((point, h) => {
      near(point.mean, exact.mean[h], 1e-7)
      near(point.standardError, exact.error[h], 1e-7)
      near(point.upper - point.lower, 2 * 1.959963984540054 * exact.error[h], 1e-7)
    })
  })
  test.each(models)('%s: the fit is no worse than that of R', (name, model) => {
    const { values, sse } = golden.smoothing[name]
    const fit = fitted(values, model)
    const squares = fit.errors.reduce((sum, error) => sum + error * error, 0)
    expect(squares).toBeLessThan(sse * 1.0005)
    expect(squares).toBeGreaterThan(sse * 0.9)
  })
  test('shift and scale go through; a gap is carried over', () => {
    const { values } = golden.smoothing.nile as { values: number[] }
    const model: SmoothingModel = { trend: 'none', period: null }
    const plain = fitted(values, model)
    const moved = fitted(
      values.map((value) => 3 + 0.01 * value),
      model,
    )
    near(moved.parameters.alpha, plain.parameters.alpha, 1e-4)
    near(moved.variance, plain.variance * 1e-4, 1e-5)
    const holed = fitted(
      values.map((value, t) => (t === 40 ? null : value)),
      model,
    )
    expect(holed.observations).toBe(99)
    near(holed.variance / plain.variance, 1, 0.05)
  })
  test('chosen by AICc: season and trend for the air passengers, neither for the Nile', () => {
    const air = chosenSmoothing({
      values: golden.smoothing.air.values,
      period: 12,
      horizon: 3,
      trends: ['none', 'additive'],
    })
    expect(air.kind === 'band' && air.fit.model).toEqual({ trend: 'additive', period: 12 })
    const nile = chosenSmoothing({ values: golden.smoothing.nile.values, period: null, horizon: 3 })
    expect(nile.kind === 'band' && nile.fit.model.trend).toBe('none')
  })
})

test('seasonal naive against forecast::snaive', () => {
  const result = seasonalNaive({ values: golden.smoothing.gas.values, period: 4, horizon: 9 })
  if ('kind' in result) throw new Error(result.detail)
  result.points.forEach((point, h) => {
    near(point.mean, golden.naive.mean[h])
    near(point.upper, golden.naive.upper[h])
  })
})

function compare(input: Parameters<typeof decomposeSeason>[0], exact: { trend: number[]; season: number[] }) {
  const result = decomposeSeason(input)
  if (result.kind === 'cannot') throw new Error(result.detail)
  result.trend.forEach((value, t) => near(value, exact.trend[t]!, 1e-9))
  result.season.forEach((value, t) => near(value, exact.season[t]!, 1e-9))
  result.remainder.forEach((value, t) => near(value + result.trend[t]! + result.season[t]!, input.values[t]!, 1e-12))
  return result
}

describe('decomposition against stl with all jumps 1', () => {
  const air = golden.smoothing.air.values as number[]
  test.each([
    ['windowed', 7],
    ['periodic', 'periodic'],
  ] as const)('%s', (name, seasonWindow) => {
    const exact = golden.decomposition[name]
    compare({ values: air, period: 12, seasonWindow, seasonDegree: 0, trendWindow: 'usual', robustRounds: 0 }, exact)
  })
  test.each([
    ['means', 0],
    ['lines', 1],
  ] as const)('robust, local %s, against statsmodels STL', (name, seasonDegree) => {
    const input = {
      values: robust.values,
      period: 12,
      seasonWindow: 7,
      seasonDegree,
      trendWindow: 'usual',
      robustRounds: 15,
    } as const
    const result = compare(input, robust[name])
    result.robustWeights.forEach((value, t) => near(value, robust[name].weights[t], 1e-8))
    expect(result.robustWeights[golden.spoilt]).toBe(0)
  })
  test('its forecast repeats the last season', () => {
    const band = decompositionForecast({
      values: air,
      period: 12,
      seasonWindow: 'periodic',
      seasonDegree: 0,
      robustRounds: 0,
      trend: 'additive',
      horizon: 24,
    })
    if (band.kind === 'cannot') throw new Error(band.detail)
    const means = band.forecast.points.map(({ mean }) => mean)
    const drift = means[12]! - means[0]!
    for (let h = 0; h < 12; h++) near(means[h + 12]! - means[h]!, drift, 1e-9)
    expect(drift).toBeGreaterThan(0)
  })
})

describe('breach of a target', () => {
  const fit = fitted(golden.smoothing.nile.values, { trend: 'none', period: null })
  const forecast = smoothingForecast(fit, 8)
  test('chances at and by each step', () => {
    const found = forecastBreach({
      forecast,
      target: forecast.points[0]!.mean + 150,
      side: 'above',
      chance: 0.5,
      paths: 4000,
      random: uniform(9),
    })
    expect(found.expectedStep).toBeNull()
    // At the first step both are the same chance.
    expect(Math.abs(found.chanceBy[0]! - found.chanceAtStep[0]!)).toBeLessThan(4 * found.simulationError)
    found.chanceBy.forEach((value, h) => {
      expect(value).toBeGreaterThanOrEqual(found.chanceBy[h - 1] ?? 0)
      expect(value).toBeGreaterThan(found.chanceAtStep[h]! - 4 * found.simulationError)
    })
    expect(found.likelyStep).toBe(found.chanceBy.findIndex((value) => value >= 0.5) + 1)
  })
  test('simulated courses have the forecast variance', () => {
    const random = uniform(3)
    const last = Array.from({ length: 4000 }, () => forecast.path(random)[7]! - forecast.points[7]!.mean)
    const deviation = Math.sqrt(last.reduce((sum, x) => sum + x * x, 0) / last.length)
    expect(Math.abs(deviation / forecast.points[7]!.standardError - 1)).toBeLessThan(0.045)
    expect(() =>
      forecastBreach({ forecast, target: Number.NaN, side: 'above', chance: 0.5, paths: 100, random }),
    ).toThrow(/target/)
    expect(() => forecastBreach({ forecast, target: 1, side: 'above', chance: 1, paths: 100, random })).toThrow(
      /chance/,
    )
    expect(() => forecastBreach({ forecast, target: 1, side: 'above', chance: 0.5, paths: 9, random })).toThrow(/paths/)
  })
})

describe('low counts', () => {
  const { events, exposure, ...exact } = golden.low
  const history = events.map((count: number, i: number) => ({ events: count, exposure: exposure[i] }))
  test('against dnbinom and qnbinom', () => {
    const found = lowCountForecast({ history, nextExposure: 2, memory: 'likeliest' })
    if (found.kind === 'cannot') throw new Error(found.detail)
    near(found.rate, exact.rate)
    expect(found).toMatchObject({ memory: exact.memory, lower: exact.lower, upper: exact.upper })
    near(found.upperTail(10), exact.tail, 1e-10)
  })
  test('bad input', () => {
    const none = { events: 0, exposure: 1 }
    expect(lowCountForecast({ history: [none, none, none], nextExposure: 1, memory: 1 })).toMatchObject({
      because: 'all-zero',
    })
    expect(lowCountForecast({ history: [none], nextExposure: 1, memory: 1 })).toMatchObject({ because: 'too-few' })
    expect(() => lowCountForecast({ history, nextExposure: 0, memory: 1 })).toThrow(/nextExposure/)
    expect(() => lowCountForecast({ history, nextExposure: 1, memory: 0 })).toThrow(/memory/)
    expect(() => lowCountForecast({ history: [{ events: -1, exposure: 1 }], nextExposure: 1, memory: 1 })).toThrow(
      /history/,
    )
  })
})

test('Nelder-Mead finds the valley of Rosenbrock (1960)', () => {
  const minimise = ([x, y]: readonly number[]) => 100 * (y! - x! * x!) ** 2 + (1 - x!) ** 2
  const found = nelderMead({ minimise, start: [-1.2, 1] })
  near(found.point[0]!, 1, 1e-4)
  near(found.point[1]!, 1, 1e-4)
  expect(() => nelderMead({ minimise, start: [] })).toThrow(/start/)
  expect(() => nelderMead({ minimise, start: [1], step: 0 })).toThrow(/step/)
  fc.assert(
    fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 3 }), (target) => {
      const quadratic = (point: readonly number[]) =>
        point.reduce((sum, x, j) => sum + (j + 1) * (x - target[j]!) ** 2, 1)
      nelderMead({ minimise: quadratic, start: target.map(() => 0) }).point.forEach((x, j) => near(x, target[j]!, 1e-3))
    }),
    { numRuns: 30 },
  )
})

test('bad series', () => {
  const model: SmoothingModel = { trend: 'none', period: null }
  expect(fitSmoothing({ values: [1, 2, 3], model })).toMatchObject({ because: 'too-few' })
  expect(fitSmoothing({ values: Array.from({ length: 12 }, () => 4), model })).toMatchObject({ because: 'constant' })
  expect(fitSmoothing({ values: [...Array.from({ length: 12 }, Math.sin), Number.NaN], model })).toMatchObject({
    because: 'not-finite',
  })
  const holed = Array.from({ length: 30 }, (_, t) => (t % 3 === 0 ? null : Math.sin(t * t)))
  expect(fitSmoothing({ values: holed, model: { trend: 'none', period: 3 } })).toMatchObject({
    because: 'not-identified',
  })
  expect(() => fitSmoothing({ values: [], model: { trend: 'none', period: 1 } })).toThrow(/period/)
  expect(seasonalNaive({ values: [1, 2, 1, 2, 1, 2], period: 2, horizon: 1 })).toMatchObject({ because: 'constant' })
  expect(seasonalNaive({ values: [1, 2], period: 2, horizon: 1 })).toMatchObject({ because: 'too-few' })
  expect(() => seasonalNaive({ values: [1, 2], period: 2, horizon: 0 })).toThrow(/horizon/)
  const rest = { period: 4, seasonWindow: 7, seasonDegree: 0, trendWindow: 'usual', robustRounds: 0 } as const
  expect(decomposeSeason({ values: [1, 2, 3], ...rest })).toMatchObject({ because: 'too-few' })
  expect(decomposeSeason({ values: Array.from({ length: 20 }, () => 1), ...rest })).toMatchObject({
    because: 'constant',
  })
  expect(() => decomposeSeason({ values: [], ...rest, seasonWindow: 8 })).toThrow(/seasonWindow/)
})
