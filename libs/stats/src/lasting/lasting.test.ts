import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chartAfter } from './chart-after.ts'
import { effectDecay, type PeriodEffect } from './effect-decay.ts'
import { effectHalfLife } from './half-life.ts'
import { watchPromise } from './promise-watch.ts'
import { checkSustainment } from './sustainment.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/lasting.json', import.meta.url), 'utf8'))
const near = (got: number, exact: number, tolerance = 1e-8) =>
  expect(Math.abs(got - exact), `${got} for ${exact}`).toBeLessThan(tolerance * Math.max(1, Math.abs(exact)))
function done<T extends { kind: string }>(result: T): Exclude<T, { kind: 'cannot' }> {
  if (result.kind === 'cannot') throw new Error(JSON.stringify(result))
  return result as Exclude<T, { kind: 'cannot' }>
}
const effects = golden.since.map((since: number, i: number) => ({ since, effect: golden.effect[i] })) as PeriodEffect[]

describe('decay', () => {
  test('line against lm and sandwich', () => {
    const got = done(effectDecay({ effects, lag: 2 }))
    near(got.initial.estimate, golden.line[0])
    near(got.slope.estimate, golden.line[1])
    near(got.slope.standardError, golden.se[1])
    near(got.fadingPValue, golden.slopeP)
    near(got.halfLife!, -golden.line[0] / (2 * golden.line[1]))
    near(got.goneAfter!, 2 * got.halfLife!)
  })
  test('exponential against nls', () => {
    const got = done(effectHalfLife({ effects, lag: 2 }))
    near(got.initial, golden.half.initial, 1e-7)
    near(got.rate, golden.half.rate, 1e-7)
    near(got.rateStandardError, golden.half.se, 1e-6)
    near(got.halfLife, Math.LN2 / golden.half.rate, 1e-7)
    near(got.lower, golden.half.lower, 1e-6)
    near(got.upper, golden.half.upper, 1e-6)
  })
  test('a planted rate is found; an effect that grows has no half-life', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.02, max: 0.5, noNaN: true }),
        fc.double({ min: 1, max: 50, noNaN: true }),
        (rate, initial) => {
          const own = Array.from({ length: 20 }, (_, since) => ({
            since,
            effect: initial * Math.exp(-rate * since) * (1 + 1e-5 * Math.sin(since * since)),
          }))
          near(done(effectHalfLife({ effects: own, lag: 0 })).rate / rate, 1, 1e-3)
        },
      ),
    )
    const growing = Array.from({ length: 12 }, (_, since) => ({
      since,
      effect: 2 + 0.3 * since + 0.1 * Math.sin(since * since),
    }))
    expect(done(effectHalfLife({ effects: growing, lag: 0 })).halfLife).toBe(Number.POSITIVE_INFINITY)
    const line = done(effectDecay({ effects: growing, lag: 'automatic' }))
    expect(line.halfLife).toBeNull()
    expect(line.fadingPValue).toBeGreaterThan(0.99)
  })
})

describe('the promise', () => {
  test('cumulative shortfall by hand', () => {
    const got = done(watchPromise({ effects, promised: -5, sigma: 0.8, reference: 0.5, decision: 4 }))
    got.chart.forEach((point, t) => near(point.up, golden.up[t]))
    got.cumulative.forEach((value, t) => near(value, golden.cumulative[t]))
    expect(got.shortSince).toBe(golden.up.findIndex((sum: number) => sum > 4))
    const kept = done(
      watchPromise({
        effects: effects.map(({ since }) => ({ since, effect: 3 })),
        promised: 2,
        sigma: 1,
        reference: 0.5,
        decision: 4,
      }),
    )
    expect(kept.shortSince).toBeNull()
    near(kept.cumulative.at(-1)!, 24)
    near(kept.cumulativeShare.at(-1)!, 0.5)
  })
  test('windows', () => {
    const input = { effects, promised: -5, demandedShare: 0.5, autocorrelation: 0.3, sigma: null, alpha: 0.05 } as const
    const [first, late] = checkSustainment({
      ...input,
      windows: [
        { from: 0, to: 6 },
        { from: 12, to: 18 },
      ],
    })
    if (first!.kind === 'cannot' || late!.kind === 'cannot') throw new Error('a window cannot be judged')
    expect(first!.verdict).toBe('kept')
    near(late!.mean, golden.window.mean)
    near(late!.lower, golden.window.lower)
    near(late!.upper, golden.window.upper)
    near(late!.keptPValue, golden.window.p)
    const last = checkSustainment({
      ...input,
      sigma: 0.5,
      demandedShare: 1,
      windows: [
        { from: 18, to: 24 },
        { from: 30, to: 40 },
      ],
    })
    expect(last[0]).toMatchObject({ verdict: 'lost' })
    expect(last[1]).toMatchObject({ because: 'too-few' })
  })
  test('limits before and after, and a gain that slips', () => {
    const wave = (i: number) => Math.sin(i * i)
    const values = Array.from({ length: 50 }, (_, i) => (i < 20 ? 10 : i < 40 ? 6 : 8.5) + wave(i))
    const got = done(
      chartAfter({
        values,
        changeAt: 20,
        settling: 12,
        better: 'lower',
        constants: 'exact',
        ruleSet: 'western-electric-1956',
      }),
    )
    near(got.shift, -4, 0.2)
    expect(got.slipping.length).toBeGreaterThan(0)
    expect(Math.min(...got.slipping.map(({ knownAt }) => knownAt))).toBeGreaterThanOrEqual(40)
    expect(got.chart.parts).toMatchObject([
      { start: 0, end: 19 },
      { start: 20, end: 49, baselineCount: 12, trial: false },
    ])
    const held = done(
      chartAfter({
        values: values.slice(0, 40),
        changeAt: 20,
        settling: 12,
        better: 'lower',
        constants: 'exact',
        ruleSet: 'limits-only',
      }),
    )
    expect(held.slipping).toEqual([])
    // A bad point while the new limits settle is a signal, but no slipping.
    const early = values.slice(0, 40).map((value, i) => (i === 25 ? 20 : value))
    const settling = done(
      chartAfter({
        values: early,
        changeAt: 20,
        settling: 12,
        better: 'lower',
        constants: 'exact',
        ruleSet: 'limits-only',
      }),
    )
    expect(settling.rules.signals).toHaveLength(1)
    expect(settling.slipping).toEqual([])
  })
})

test('bad input', () => {
  expect(effectDecay({ effects: effects.slice(0, 5), lag: 0 })).toMatchObject({ because: 'too-few' })
  expect(effectDecay({ effects: effects.map(({ since }) => ({ since, effect: 2 * since })), lag: 0 })).toMatchObject({
    because: 'constant',
  })
  expect(effectDecay({ effects: effects.map(({ effect }) => ({ since: 1, effect })), lag: 0 })).toMatchObject({
    because: 'collinear',
  })
  expect(effectDecay({ effects: effects.map(({ since }) => ({ since, effect: Number.NaN })), lag: 0 })).toMatchObject({
    because: 'not-finite',
  })
  expect(() => effectDecay({ effects, lag: -1 })).toThrow(/lag/)
  expect(effectHalfLife({ effects: effects.map(({ since }) => ({ since, effect: 0 })), lag: 0 })).toMatchObject({
    because: 'constant',
  })
  expect(effectHalfLife({ effects: [], lag: 0 })).toMatchObject({ because: 'too-few' })
  expect(() => effectHalfLife({ effects, lag: 0.5 })).toThrow(/lag/)
  const watch = { effects, promised: -5, sigma: 1, reference: 0.5, decision: 4 }
  expect(watchPromise({ ...watch, effects: [] })).toMatchObject({ because: 'too-few' })
  expect(() => watchPromise({ ...watch, promised: 0 })).toThrow(/promised/)
  expect(() => watchPromise({ ...watch, sigma: 0 })).toThrow(/sigma/)
  const check = {
    effects,
    windows: [{ from: 0, to: 3 }],
    promised: 1,
    demandedShare: 0.5,
    autocorrelation: 0,
    sigma: null,
    alpha: 0.05,
  }
  expect(() => checkSustainment({ ...check, alpha: 0.7 })).toThrow(/alpha/)
  expect(() => checkSustainment({ ...check, demandedShare: 0 })).toThrow(/demandedShare/)
  expect(() => checkSustainment({ ...check, autocorrelation: 1 })).toThrow(/autocorrelation/)
  expect(() => checkSustainment({ ...check, windows: [{ from: 3, to: 3 }] })).toThrow(/windows/)
  expect(checkSustainment({ ...check, effects: effects.map(({ since }) => ({ since, effect: 1 })) })[0]).toMatchObject({
    because: 'constant',
  })
  const chart = {
    values: [1, 2, 1, 2],
    changeAt: 2,
    settling: 2,
    better: 'lower',
    constants: 'exact',
    ruleSet: 'limits-only',
  } as const
  expect(() => chartAfter({ ...chart, settling: 1 })).toThrow(/settling/)
  expect(chartAfter({ ...chart, values: [1, 2, 1] })).toMatchObject({ because: 'too-few' })
})
