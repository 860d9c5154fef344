import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { gammaNumber, normalNumber } from './chance.ts'
import { CAUSAL_IMPACT_PRIORS, drawStates, structuralEffect, type StructuralPriors } from './structural-effect.ts'
import { filterStructural, type StructuralShape, stateCount } from './structural-filter.ts'

const golden = JSON.parse(readFileSync(new URL('../../../reference/quasi-structural.json', import.meta.url), 'utf8'))
const near = (got: number, exact: number, tolerance = 1e-8) =>
  expect(Math.abs(got - exact), `${got} for ${exact}`).toBeLessThan(tolerance * Math.max(1, Math.abs(exact)))
/** Seeded uniform numbers, mulberry32 (Tommy Ettinger, public domain). */
function uniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
const { before } = golden as { before: number }
const hidden = (golden.yScaled as number[]).map((value, t) => (t >= before || t === 7 ? null : value))
const cases: [string, StructuralShape][] = [
  ['plain', { period: null, regressors: 0 }],
  ['regression', { period: null, regressors: 1 }],
  ['full', { period: 4, regressors: 1 }],
]
const settings = (shape: StructuralShape) => ({
  rows: (golden.xScaled as number[]).map((x) => (shape.regressors === 1 ? [x] : [])),
  shape,
  variances: { observation: 0.2, level: 0.01, season: shape.period === null ? 0 : 0.005 },
  start: {
    means: Array.from({ length: stateCount(shape) }, (_, i) => (i === 0 ? hidden[0]! : 0)),
    variances: Array.from({ length: stateCount(shape) }, () => 1),
  },
})

describe('filter and smoother against statsmodels UnobservedComponents', () => {
  test.each(cases)('%s', (name, shape) => {
    const exact = golden[name]
    const pass = filterStructural({ values: hidden, ...settings(shape) })
    near(pass.logLikelihood, exact.loglike)
    exact.smoothed.forEach((states: number[], t: number) => {
      states.forEach((state, i) => near(pass.smoothed[t]![i]!, state, 1e-8))
    })
  })
  test('drawn states scatter about the smoothed ones', () => {
    const shape: StructuralShape = { period: 4, regressors: 1 }
    const own = settings(shape)
    const random = uniform(11)
    const { smoothed } = filterStructural({ values: hidden, ...own })
    const draws = Array.from(
      { length: 1500 },
      () => drawStates(hidden, own.rows, shape, own.variances, own.start, random)[30]!,
    )
    for (let i = 0; i < stateCount(shape); i++) {
      const values = draws.map((state) => state[i]!)
      const mean = values.reduce((sum, x) => sum + x, 0) / values.length
      const error = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length / values.length)
      expect(Math.abs(mean - smoothed[30]![i]!)).toBeLessThan(4 * error)
    }
  })
})

const base = {
  values: golden.y as number[],
  controls: [golden.x as number[]],
  interventionAt: before,
  period: null,
  priors: CAUSAL_IMPACT_PRIORS,
  draws: 1000,
  burnIn: 100,
  random: uniform(4),
}
function posterior(more: Partial<Parameters<typeof structuralEffect>[0]> = {}) {
  const result = structuralEffect({ ...base, random: uniform(4), ...more })
  if (result.kind === 'cannot') throw new Error(result.detail)
  return result
}

describe('effect', () => {
  test('with variances held by their priors the courses are the exact forecast', () => {
    const held = (variance: number) => ({ deviation: Math.sqrt(variance), worth: 1e9 })
    const priors: StructuralPriors = { observation: held(0.2), level: held(0.01), season: held(0.005), coefficient: 1 }
    const values = base.values.map((value, t) => (t === 7 ? null : value))
    const sizeOf = (own: number[]) => {
      const middle = own.reduce((sum, x) => sum + x, 0) / own.length
      return { middle, size: Math.sqrt(own.reduce((sum, x) => sum + (x - middle) ** 2, 0) / (own.length - 1)) }
    }
    const scale = sizeOf(values.slice(0, before).filter((value) => value !== null))
    const golded = sizeOf(base.values.slice(0, before))
    const got = posterior({ priors, values, period: 4, draws: 2000 })
    got.points.forEach(({ expected }, t) => {
      // The reference is scaled with the value that is hidden here, which shifts both a little.
      const exact = golded.middle + golded.size * golden.full.mean[t]
      expect(Math.abs(expected.estimate - exact)).toBeLessThan(0.15 * expected.deviation)
      near(expected.deviation / (golden.full.se[t] * scale.size), 1, 0.08)
    })
  })
  test('the planted step of 3 is found, and nothing where there is none', () => {
    const got = posterior({ period: 4 })
    expect(got.averageEffect.lower).toBeLessThan(3)
    expect(got.averageEffect.upper).toBeGreaterThan(3)
    expect(got.tailChance).toBeLessThan(0.01)
    near(got.coefficients[0]!.mean, 1.2, 0.25)
    near(got.cumulativeEffect.estimate, 15 * got.averageEffect.estimate, 1e-9)
    near(got.points.at(-1)!.cumulative.estimate, got.cumulativeEffect.estimate, 1e-9)
    expect(got.simulationError).toBeLessThan(0.05)
    const nothing = posterior({ values: base.values.map((value, t) => (t >= before ? value - 3 : value)), period: 4 })
    expect(nothing.tailChance).toBeGreaterThan(0.01)
    expect(nothing.averageEffect.lower).toBeLessThan(0)
    expect(nothing.averageEffect.upper).toBeGreaterThan(0)
  })
  test('unit and origin', () => {
    const plain = posterior()
    const moved = posterior({ values: base.values.map((value) => 5 + 10 * value) })
    near(moved.averageEffect.estimate, 10 * plain.averageEffect.estimate, 1e-6)
    near(moved.tailChance, plain.tailChance, 1e-12)
  })
  test('gaps after the measure count in no sum', () => {
    const got = posterior({ values: base.values.map((value, t) => (t === before + 2 ? null : value)) })
    expect(got.points[2]!.effect).toBeNull()
    near(got.cumulativeEffect.estimate, 14 * got.averageEffect.estimate, 1e-9)
  })
  test('bad input', () => {
    const of = (more: Partial<Parameters<typeof structuralEffect>[0]>) => structuralEffect({ ...base, ...more })
    expect(of({ interventionAt: 5 })).toMatchObject({ because: 'too-short' })
    expect(of({ interventionAt: 60 })).toMatchObject({ because: 'too-short' })
    expect(of({ values: base.values.map(() => 3) })).toMatchObject({ because: 'constant' })
    expect(of({ values: base.values.map(() => Number.NaN) })).toMatchObject({ because: 'not-finite' })
    expect(posterior({ controls: [base.values.map(() => 1)] }).coefficients[0]!.mean).toBe(0)
    expect(() => of({ controls: [[1]] })).toThrow(/controls/)
    expect(() => of({ draws: 10 })).toThrow(/draws/)
    expect(() => of({ period: 1 })).toThrow(/period/)
    expect(() => of({ priors: { ...CAUSAL_IMPACT_PRIORS, coefficient: 0 } })).toThrow(/coefficient/)
  })
})

test('chance: moments of normal and gamma numbers', () => {
  const random = uniform(2)
  const normals = Array.from({ length: 20000 }, () => normalNumber(random))
  const gammas = Array.from({ length: 20000 }, () => gammaNumber(3.5, random))
  const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length
  expect(Math.abs(mean(normals))).toBeLessThan(0.03)
  expect(Math.abs(mean(normals.map((x) => x * x)) - 1)).toBeLessThan(0.04)
  expect(Math.abs(mean(gammas) - 3.5)).toBeLessThan(0.05)
  expect(Math.abs(mean(gammas.map((x) => (x - 3.5) ** 2)) - 3.5)).toBeLessThan(0.2)
  expect(() => gammaNumber(0.5, random)).toThrow(/shape/)
})
