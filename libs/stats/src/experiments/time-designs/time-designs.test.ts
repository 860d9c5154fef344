import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { welchTest } from '../../comparisons/welch-test.ts'
import { summariseSample } from '../../intervals/summarise-sample.ts'
import { seededChance } from '../../../../../platform/seeded-random.ts'
import { normalQuantile } from '../../distributions/normal-quantile.ts'
import { randomisationInterval } from './randomisation-interval.ts'
import { steppedWedgeEffect } from './stepped-wedge-effect.ts'
import { switchbackEffect, type Window } from './switchback.ts'
import { weightedSwitchback } from './weighted-switchback.ts'

const golden = JSON.parse(readFileSync(new URL('../../../reference/experiments-wedge.json', import.meta.url), 'utf8'))
function answered<T extends { kind: string }>(result: T): Exclude<T, { kind: 'cannot' }> {
  if (result.kind === 'cannot') throw new Error(JSON.stringify(result))
  return result as Exclude<T, { kind: 'cannot' }>
}

describe('stepped wedge', () => {
  const { treated, outcomes } = golden
  test('estimate, exact p and interval against all orders listed in R (reference/make-experiments-wedge.R)', () => {
    const got = answered(steppedWedgeEffect({ treated, outcomes, confidence: golden.confidence }))
    expect(got.estimate).toBeCloseTo(golden.estimate, 12)
    expect(got.pValue).toBeCloseTo(golden.p, 12)
    expect(got.arrangements).toBe(golden.count)
    expect(got.lower).toBeCloseTo(golden.limits[0], 7)
    expect(got.upper).toBeCloseTo(golden.limits[1], 7)
  })
  test('a constant added to a period changes nothing; an effect added to treated cells moves everything by it', () => {
    const plain = answered(steppedWedgeEffect({ treated, outcomes, confidence: 0.9 }))
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 4, maxLength: 4 }),
        fc.integer({ min: -9, max: 9 }),
        (periods, effect) => {
          const moved = outcomes.map((row: number[], i: number) =>
            row.map((value, t) => value + periods[t]! + effect * treated[i][t]),
          )
          const got = answered(steppedWedgeEffect({ treated, outcomes: moved, confidence: 0.9 }))
          expect(got.estimate).toBeCloseTo(plain.estimate + effect, 9)
          expect(got.lower).toBeCloseTo(plain.lower + effect, 9)
          expect(got.upper).toBeCloseTo(plain.upper + effect, 9)
        },
      ),
      { numRuns: 20 },
    )
  })
  test('sampled orders agree with the exact test; missing cells are left out', () => {
    const sampled = answered(
      steppedWedgeEffect({
        treated,
        outcomes,
        strata: Array.from({ length: 6 }, () => 'all'),
        random: seededChance(4),
      }),
    )
    expect(sampled.method).toBe('sampled')
    expect(Math.abs(sampled.pValue - golden.p)).toBeLessThan(0.03)
    const holes = outcomes.map((row: number[], i: number) => row.map((value, t) => (i === 2 && t === 1 ? null : value)))
    expect(answered(steppedWedgeEffect({ treated, outcomes: holes })).periods).toHaveLength(2)
  })
  test('size and coverage with 8 clusters, strong correlation and a season', () => {
    const chance = seededChance(8)
    const draw = () => normalQuantile(chance() || 0.5)
    const layout = [1, 1, 2, 2, 3, 3, 4, 4].map((start) => [0, 1, 2, 3, 4].map((t) => (t >= start ? 1 : 0)))
    let [rejected, covered] = [0, 0]
    const runs = 60
    for (let run = 0; run < runs; run++) {
      const order = layout
        .map((row) => ({ row, at: chance() }))
        .sort((a, b) => a.at - b.at)
        .map(({ row }) => row)
      const values = order.map((row) => {
        const own = 2 * draw()
        return row.map((given, t) => own + Math.sin(t) + 0.7 * given + draw())
      })
      const none = order.map((row, i) => row.map((given, t) => values[i]![t]! - 0.7 * given))
      if (answered(steppedWedgeEffect({ treated: order, outcomes: none })).pValue <= 0.05) rejected++
      const got = answered(steppedWedgeEffect({ treated: order, outcomes: values }))
      if (got.lower <= 0.7 && 0.7 <= got.upper) covered++
    }
    // Three standard errors: 8.4 points.
    expect(rejected / runs).toBeLessThan(0.135)
    expect(covered / runs).toBeGreaterThan(0.865)
    expect(covered + rejected).toBe(runs)
  })
})

describe('randomisation interval', () => {
  test('too few arrangements give the whole line', () => {
    const arrangements = [
      { outcome: 1, treatment: 1 },
      { outcome: -1, treatment: -1 },
    ]
    expect(randomisationInterval({ estimate: 1, arrangements, confidence: 0.95 })).toEqual({
      pValue: 1,
      lower: Number.NEGATIVE_INFINITY,
      upper: Number.POSITIVE_INFINITY,
    })
    expect(() => randomisationInterval({ estimate: 1, arrangements, confidence: 1 })).toThrow(/confidence/)
  })
})

describe('switchback', () => {
  const windows = (blocks: { treated: boolean; values: number[]; stratum?: string }[]): Window[] =>
    blocks.flatMap(({ treated, values, stratum }, block) =>
      values.map((outcome) => ({ outcome, treated, block, ...(stratum === undefined ? {} : { stratum }) })),
    )
  const blocks = [
    { treated: true, values: [9, 12, 13] },
    { treated: false, values: [11, 8, 9] },
    { treated: false, values: [7, 8, 8] },
    { treated: true, values: [10, 11, 12] },
    { treated: true, values: [13, 13, 14] },
    { treated: false, values: [12, 10, 9] },
  ]
  test('is Welch on block means after the burn-in', () => {
    const got = answered(switchbackEffect({ windows: windows(blocks), burnIn: 1 }))
    const means = (treated: boolean) =>
      blocks.filter((block) => block.treated === treated).map(({ values }) => (values[1]! + values[2]!) / 2)
    const summary = (treated: boolean) =>
      summariseSample(means(treated)) as { count: number; mean: number; standardDeviation: number }
    const welch = answered(welchTest({ first: summary(false), second: summary(true) }))
    expect(got.estimate).toBeCloseTo(welch.difference, 12)
    expect(got.pValue).toBeCloseTo(welch.pValue, 12)
    const narrow = answered(switchbackEffect({ windows: windows(blocks), burnIn: 1, confidence: 0.8 }))
    expect(narrow.upper).toBeLessThan(got.upper)
    const after = answered(switchbackEffect({ windows: windows(blocks), burnIn: 1, drop: 'after-switch' }))
    expect(after.blocks[2]!.mean).toBeCloseTo(23 / 3, 12)
  })
  test('carry-over within the burn-in leaves no bias; without a burn-in there is one', () => {
    // Outcome: effect 2 after two windows of the same treatment, 1 in the first.
    const order = [true, false, true, true, false, false, true, false, true, false, false, true]
    let before = false
    const all = order.flatMap((treated, block) => {
      const values = [0, 1, 2, 3].map((i) => {
        const level = i === 0 ? Number(treated) + Number(before) : 2 * Number(treated)
        return { outcome: level + 0.01 * ((block * 7) % 5), treated, block }
      })
      before = treated
      return values
    })
    expect(answered(switchbackEffect({ windows: all, burnIn: 1 })).estimate).toBeCloseTo(2, 1)
    expect(answered(switchbackEffect({ windows: all, burnIn: 0 })).estimate).toBeLessThan(1.9)
  })
  test('strata take the weekday out', () => {
    const weekday = (stratum: string, shift: number) =>
      [0, 1, 2, 3].map((i) => ({ treated: i % 2 === 0, values: [shift + (i % 2 === 0 ? 1 : 0) + 0.1 * i], stratum }))
    const both = windows([...weekday('mon', 0), ...weekday('sat', 50)])
    const got = answered(switchbackEffect({ windows: both, burnIn: 0 }))
    expect(got.standardError).toBeLessThan(0.2)
    expect(
      answered(switchbackEffect({ windows: both.map(({ stratum: _none, ...rest }) => rest), burnIn: 0 })).standardError,
    ).toBeGreaterThan(10)
  })
})

describe('switchback by inverse chances', () => {
  test('over all coin patterns: mean estimate is the true effect, mean variance is at least the true one', () => {
    // 7 blocks of 2 windows, carry-over of one window: the outcome depends on this window's treatment and the one before.
    const count = 7
    const level = (t: number) => 5 + Math.sin(3 * t)
    const outcome = (t: number, now: boolean, before: boolean) => level(t) + (now ? 1.5 : 0) + (before ? 0.5 : 0)
    let [mean, square, variance] = [0, 0, 0]
    const blocks = Array.from({ length: 2 * count }, (_, t) => Math.floor(t / 2))
    for (let pattern = 0; pattern < 2 ** count; pattern++) {
      const treated = blocks.map((block) => ((pattern >> block) & 1) === 1)
      const outcomes = treated.map((now, t) => outcome(t, now, t > 0 && treated[t - 1]!))
      const got = weightedSwitchback({ outcomes, treated, blocks, carryOver: 1, centre: 6 })
      if (got.kind === 'cannot') throw new Error(got.detail)
      mean += got.estimate / 2 ** count
      square += got.estimate ** 2 / 2 ** count
      variance += got.standardError ** 2 / 2 ** count
    }
    expect(mean).toBeCloseTo(2, 10)
    expect(variance).toBeGreaterThan(square - mean ** 2)
    expect(variance).toBeLessThan(4 * (square - mean ** 2))
  })
})

test('data conditions are results, mistakes are errors', () => {
  const two = [
    { outcome: 1, treated: true, block: 0 },
    { outcome: 2, treated: false, block: 1 },
  ]
  expect(switchbackEffect({ windows: two, burnIn: 0 })).toMatchObject({ because: 'too-few' })
  expect(
    switchbackEffect({ windows: [...two, { outcome: Number.NaN, treated: true, block: 2 }], burnIn: 0 }),
  ).toMatchObject({ because: 'not-finite' })
  const short = { outcomes: [1, 2], treated: [true, false], blocks: [0, 1] }
  expect(weightedSwitchback({ ...short, carryOver: 1 })).toMatchObject({ because: 'too-few' })
  expect(
    steppedWedgeEffect({
      outcomes: [
        [1, 2],
        [2, 3],
      ],
      treated: [
        [0, 1],
        [0, 0],
      ],
    }),
  ).toMatchObject({ because: 'too-few' })
  const all = [
    [0, 1],
    [0, 1],
    [0, 1],
  ]
  expect(
    steppedWedgeEffect({
      outcomes: [
        [1, 2],
        [2, 3],
        [3, 4],
      ],
      treated: all,
    }),
  ).toMatchObject({ because: 'no-overlap' })
  const some = [
    [0, 1],
    [0, 0],
    [0, 0],
  ]
  expect(
    steppedWedgeEffect({
      outcomes: [
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      treated: some,
    }),
  ).toMatchObject({ because: 'constant' })
  expect(
    steppedWedgeEffect({
      outcomes: [
        [1, Number.NaN],
        [1, 2],
        [1, 2],
      ],
      treated: some,
    }),
  ).toMatchObject({ because: 'not-finite' })
  const cases: [() => unknown, RegExp][] = [
    [() => switchbackEffect({ windows: two, burnIn: -1 }), /burnIn/],
    [() => switchbackEffect({ windows: [...two, two[0]!], burnIn: 0 }), /windows\[2\].block/],
    [() => switchbackEffect({ windows: [two[0]!, { ...two[1]!, block: 0 }], burnIn: 0 }), /windows\[1\]/],
    [() => weightedSwitchback({ ...short, carryOver: 2 }), /carryOver/],
    [() => weightedSwitchback({ ...short, carryOver: 0, share: 1 }), /share/],
    [() => weightedSwitchback({ ...short, blocks: [1, 0], carryOver: 0 }), /blocks\[1\]/],
    [() => weightedSwitchback({ ...short, blocks: [0, 0], carryOver: 0 }), /treated\[1\]/],
    [() => weightedSwitchback({ ...short, treated: [true], carryOver: 0 }), /one length/],
    [() => steppedWedgeEffect({ outcomes: [[1]], treated: [] }), /same clusters/],
    [() => steppedWedgeEffect({ outcomes: [[1], [1], [1]], treated: [[0], [1], [2]] }), /treated\[2\]/],
    [
      () =>
        steppedWedgeEffect({
          outcomes: [
            [1, 2],
            [2, 1],
            [1, 3],
          ],
          treated: some,
          strata: ['a', 'a', 'a'],
        }),
      /random/,
    ],
    [
      () =>
        steppedWedgeEffect({
          outcomes: [
            [1, 2],
            [2, 1],
            [1, 3],
          ],
          treated: some,
          strata: ['a'],
        }),
      /strata/,
    ],
  ]
  for (const [act, pattern] of cases) expect(act).toThrow(pattern)
})
