import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differenceFromChanges, differenceFromSamples } from './difference-from-summaries.ts'
import { type EventStudyRow, eventStudy } from './event-study.ts'
import { groupTimeEffects, type StaggeredUnit } from './group-time-effects.ts'
import { multiplierBootstrap } from './multiplier-bootstrap.ts'
import { staggeredEffects } from './staggered-effects.ts'
import { jointTest, twoWayRegression } from './two-way-regression.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/panel.json', import.meta.url), 'utf8'))
const near = (got: number, exact: number, tolerance = 1e-8) =>
  expect(Math.abs(got - exact), `${got} for ${exact}`).toBeLessThan(tolerance * Math.max(1, Math.abs(exact)))
function done<T extends { kind: string }>(result: T): Exclude<T, { kind: 'cannot' }> {
  if (result.kind === 'cannot') throw new Error(JSON.stringify(result))
  return result as Exclude<T, { kind: 'cannot' }>
}
const columns = golden.rows as Record<'unit' | 'time' | 'cluster' | 'y' | 'treated' | 'x' | 'w', number[]>
const rows: EventStudyRow[] = columns.unit.map((unit, i) => ({
  unit: `u${unit}`,
  time: columns.time[i]!,
  value: columns.y[i]!,
  cluster: `c${columns.cluster[i]}`,
  treatedFrom: golden.from[i],
}))
const regressors = columns.treated.map((treated, i) => [treated, columns.x[i]!])
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

describe('two-way effects against lm with dummies and vcovCL', () => {
  test.each([
    ['plain', golden.plain, undefined],
    ['weighted', golden.weighted, columns.w],
  ] as const)('%s, unbalanced', (_name, exact, weights) => {
    const weighted = weights ? rows.map((row, i) => ({ ...row, weight: weights[i] })) : rows
    const fit = done(twoWayRegression({ rows: weighted, regressors, factor: 'all' }))
    exact.coefficients.forEach((value: number, j: number) => near(fit.coefficients[j]!, value))
    exact.se.forEach((value: number, j: number) => near(fit.effects[j]!.standardError, value))
    near(jointTest(fit, [0, 1])!.statistic, exact.F, 1e-7)
    expect(fit).toMatchObject({ units: 30, times: 8, clusters: 15, degreesOfFreedom: 14 })
  })
  test('the factors', () => {
    const of = (factor: 'all' | 'nested-free' | 'none') =>
      done(twoWayRegression({ rows, regressors, factor })).effects[0]!.standardError
    const count = rows.length
    near((of('all') / of('none')) ** 2, (15 / 14) * ((count - 1) / (count - 2 - 37)))
    near((of('nested-free') / of('none')) ** 2, (15 / 14) * ((count - 1) / (count - 2 - 8)))
  })
  test('event study', () => {
    const result = done(eventStudy({ rows, leads: 4, lags: 3, reference: -1, factor: 'all' }))
    expect(result.effects.map(({ relative }) => relative)).toEqual([-4, -3, -2, 0, 1, 2, 3])
    result.effects.forEach(({ estimate, standardError }, j) => {
      near(estimate, golden.event.coefficients[j])
      near(standardError, golden.event.se[j])
    })
    near(result.preTrend!.statistic, golden.event.F, 1e-7)
    near(result.averageAfter.estimate, golden.event.average)
    near(result.averageAfter.standardError, golden.event.averageSe)
  })
  test('periods beyond the leads and lags are binned into the ends', () => {
    const result = done(eventStudy({ rows, leads: 3, lags: 1, reference: -1, factor: 'all' }))
    result.effects.forEach(({ estimate }, j) => near(estimate, golden.event.binned[j]))
  })
  test('adding effects of units and times changes nothing', () => {
    const plain = done(twoWayRegression({ rows, regressors, factor: 'all' }))
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (a, b) => {
          const moved = rows.map((row) => ({
            ...row,
            value: row.value + a * Number(row.unit.slice(1)) + b * row.time ** 2,
          }))
          near(
            done(twoWayRegression({ rows: moved, regressors, factor: 'all' })).effects[0]!.estimate,
            plain.effects[0]!.estimate,
            1e-6,
          )
        },
      ),
      { numRuns: 20 },
    )
  })
  test('bad input', () => {
    const of = (more: object) => twoWayRegression({ rows, regressors, factor: 'all', ...more })
    expect(of({ rows: rows.map((row) => ({ ...row, cluster: 'one' })) })).toMatchObject({ because: 'too-few-clusters' })
    expect(of({ regressors: rows.map(({ time }) => [time]) })).toMatchObject({ because: 'collinear' })
    expect(of({ rows: rows.map((row, i) => (i === 3 ? { ...row, value: Number.NaN } : row)) })).toMatchObject({
      because: 'not-finite',
    })
    expect(of({ rows: rows.map((row) => ({ ...row, value: row.time })) })).toMatchObject({ because: 'constant' })
    expect(() => of({ regressors: [[1]] })).toThrow(/regressors/)
    expect(() => of({ rows: rows.map((row, i) => (i === 1 ? { ...row, cluster: 'x' } : row)) })).toThrow(/cluster/)
    expect(() => of({ rows: rows.map((row, i) => (i === 1 ? { ...row, weight: -1 } : row)) })).toThrow(/weight/)
    const event = { rows, leads: 4, lags: 3, reference: -1, factor: 'all' } as const
    expect(eventStudy({ ...event, rows: rows.map((row) => ({ ...row, treatedFrom: null })) })).toMatchObject({
      because: 'no-treated',
    })
    expect(eventStudy({ ...event, rows: rows.map((row) => ({ ...row, treatedFrom: 5 })) })).toMatchObject({
      because: 'no-control',
    })
    expect(() => eventStudy({ ...event, reference: 0 })).toThrow(/reference/)
    expect(() => eventStudy({ ...event, leads: 0 })).toThrow(/leads/)
  })
})

describe('staggered introduction against explicit formulas', () => {
  const { values, from, times, never, notyet, universal, notyetUniversal } = golden.staggered
  const units: StaggeredUnit[] = values.map((own: number[], i: number) => ({
    unit: `u${i}`,
    treatedFrom: from[i],
    values: own,
  }))
  test.each([
    ['never-treated', 'varying', never],
    ['not-yet-treated', 'varying', notyet],
    ['never-treated', 'universal', universal],
    ['not-yet-treated', 'universal', notyetUniversal],
  ] as const)('%s, base %s', (control, base, exact) => {
    const got = done(staggeredEffects({ units, times, control, base, bootstrap: null }))
    expect(got.groupTime.map(({ group }) => group)).toEqual(exact.groups)
    expect(got.groupTime.map(({ time }) => time)).toEqual(exact.times)
    got.groupTime.forEach(({ estimate, standardError }, i) => {
      near(estimate, exact.att[i])
      near(standardError, exact.se[i])
    })
    expect(got.dynamic.relatives.map(({ relative }) => relative)).toEqual(exact.relatives)
    got.dynamic.relatives.forEach(({ estimate }, i) => near(estimate, exact.dynamic[i]))
    got.byGroup.groups.forEach(({ estimate }, i) => near(estimate, exact.group[i]))
    got.calendar.times.forEach(({ estimate }, i) => near(estimate, exact.calendar[i]))
    const overall = [got.simple, got.dynamic.overall, got.byGroup.overall, got.calendar.overall]
    overall.forEach(({ estimate }, i) =>
      near(estimate, [exact.simple, exact.dynamicOverall, exact.groupOverall, exact.calendarOverall][i]),
    )
    // Against finite differences in the weight of each unit.
    overall.forEach(({ standardError }, i) => near(standardError / exact.overallSe[i], 1, 1e-4))
    near(got.preTrend!.statistic, exact.pre, 1e-6)
  })
  test('the bootstrap agrees with the formula, its band is wider', () => {
    const settings = { units, times, control: 'never-treated', base: 'varying' } as const
    const plain = done(staggeredEffects({ ...settings, bootstrap: null }))
    for (const multiplier of ['mammen', 'rademacher'] as const) {
      const drawn = done(
        staggeredEffects({
          ...settings,
          bootstrap: { draws: 4000, multiplier, scale: 'interquartile', random: uniform(8) },
        }),
      )
      // Figures that rest on many units; the draws of a group of a few units are not normal, and their range is too short.
      near(drawn.simple.standardError / plain.simple.standardError, 1, 0.05)
      const exact = done(
        staggeredEffects({
          ...settings,
          bootstrap: { draws: 1000, multiplier, scale: 'influence', random: uniform(8) },
        }),
      )
      exact.groupTime.forEach(({ standardError, band, upper }, i) => {
        near(standardError, plain.groupTime[i]!.standardError)
        expect(band!.upper).toBeGreaterThan(upper)
      })
    }
  })
  test('weights of mean 0 and variance 1: the critical value of one figure is the pointwise one', () => {
    const influence = Float64Array.from({ length: 300 }, (_, i) => 1 + Math.sin(i * i))
    const clusters = { of: Array.from(influence, (_, i) => i), count: 300 }
    for (const multiplier of ['mammen', 'rademacher'] as const) {
      const drawn = multiplierBootstrap({
        influences: [influence],
        clusters,
        multiplier,
        scale: 'influence',
        draws: 4000,
        confidence: 0.95,
        random: uniform(3),
      })
      expect(drawn.criticalValue).toBeGreaterThan(1.95)
      expect(drawn.criticalValue).toBeLessThan(2.1)
      near(drawn.standardErrors[0]!, Math.sqrt(influence.reduce((sum, x) => sum + x * x, 0)) / 300)
    }
  })
  test('two units to a cluster: as if they were one; equal twins add nothing', () => {
    const settings = { times, control: 'never-treated', base: 'varying', bootstrap: null } as const
    const twins = units.flatMap((unit) =>
      ['a', 'b'].map((twin) => ({ ...unit, unit: unit.unit + twin, cluster: unit.unit })),
    )
    const single = done(staggeredEffects({ ...settings, units }))
    const doubled = done(staggeredEffects({ ...settings, units: twins }))
    near(doubled.simple.estimate, single.simple.estimate)
    near(doubled.simple.standardError, single.simple.standardError)
  })
  test('bad input', () => {
    const settings = { times, control: 'never-treated', base: 'varying' } as const
    const of = (list: StaggeredUnit[]) => groupTimeEffects({ ...settings, units: list })
    expect(of(units.map((unit) => ({ ...unit, treatedFrom: null })))).toMatchObject({ because: 'no-treated' })
    expect(of(units.map((unit) => ({ ...unit, treatedFrom: 2004 })))).toMatchObject({ because: 'no-control' })
    expect(of(units.map((unit) => ({ ...unit, values: [Number.NaN, 1, 1, 1, 1, 1] })))).toMatchObject({
      because: 'not-finite',
    })
    expect(groupTimeEffects({ ...settings, times: [2001], units: [] })).toMatchObject({ because: 'too-few' })
    expect(() => of([units[5]!, units[5]!])).toThrow(/units/)
    expect(() => of([{ ...units[5]!, values: [1] }])).toThrow(/values/)
    expect(() => groupTimeEffects({ ...settings, times: [2, 1], units: [] })).toThrow(/times/)
    const none = {
      influences: [new Float64Array([0, 0])],
      clusters: { of: [0, 1], count: 2 },
      multiplier: 'mammen',
      scale: 'interquartile',
      confidence: 0.95,
      random: uniform(1),
    } as const
    expect(() => multiplierBootstrap({ ...none, draws: 9 })).toThrow(/draws/)
    expect(multiplierBootstrap({ ...none, draws: 100 }).criticalValue).toBeCloseTo(1.96, 2)
  })
})

describe('from summaries', () => {
  const { cells, a, b, ...exact } = golden.summaries
  const cell = ([count, mean, standardDeviation]: number[]) => ({
    count: count!,
    mean: mean!,
    standardDeviation: standardDeviation!,
  })
  test('four samples, and changes as a Welch test', () => {
    const got = done(
      differenceFromSamples({
        treatedBefore: cell(cells.tb),
        treatedAfter: cell(cells.ta),
        controlBefore: cell(cells.cb),
        controlAfter: cell(cells.ca),
      }),
    )
    near(got.estimate, exact.estimate)
    near(got.standardError, exact.se)
    near(got.degreesOfFreedom, exact.df)
    const changes = done(differenceFromChanges({ treated: cell(a), control: cell(b) }))
    near(changes.estimate, exact.diff)
    near(changes.pValue, exact.p)
    near(changes.lower, exact.lower)
  })
  test('Card and Krueger (1994), table 3: 20.44, 21.03 against 23.33, 21.17 is 2.76', () => {
    const of = (mean: number) => ({ count: 100, mean, standardDeviation: 9 })
    const got = done(
      differenceFromSamples({
        treatedBefore: of(20.44),
        treatedAfter: of(21.03),
        controlBefore: of(23.33),
        controlAfter: of(21.17),
      }),
    )
    near(got.estimate, 2.75)
  })
  test('bad input', () => {
    const fine = { count: 5, mean: 1, standardDeviation: 1 }
    expect(differenceFromChanges({ treated: { ...fine, count: 1 }, control: fine })).toMatchObject({
      because: 'too-few',
    })
    const flat = { ...fine, standardDeviation: 0 }
    expect(differenceFromChanges({ treated: flat, control: flat })).toMatchObject({ because: 'constant' })
    expect(differenceFromChanges({ treated: { ...fine, mean: Number.NaN }, control: fine })).toMatchObject({
      because: 'not-finite',
    })
    expect(() => differenceFromChanges({ treated: { ...fine, count: 1.5 }, control: fine })).toThrow(/count/)
    expect(() => differenceFromChanges({ treated: { ...fine, standardDeviation: -1 }, control: fine })).toThrow(
      /Deviation/,
    )
  })
})
