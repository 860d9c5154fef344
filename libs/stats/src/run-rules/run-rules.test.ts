import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChartPoint } from '../charts/chart-contract.ts'
import { xmrChart } from '../charts/xmr-chart.ts'
import { anhoejRule } from './anhoej-rule.ts'
import { proposeParts } from './propose-parts.ts'
import { RULE_SETS, type RuleSetName } from './rule-sets.ts'
import { runRules } from './run-rules.ts'
import { assuranceOf, variationOf } from './variation.ts'

const golden = JSON.parse(readFileSync(new URL('../../reference/run-rules.json', import.meta.url), 'utf8'))

/** A chart with centre 0 and sigma 1. */
function points(values: readonly (number | null)[], sigma = 1): ChartPoint[] {
  const line = (distance: number) => ({ lower: -distance * sigma, upper: distance * sigma })
  return values.map((value) => ({
    value,
    centre: 0,
    ...line(3),
    oneSigma: line(1),
    twoSigma: line(2),
    z: value === null ? null : value / sigma,
    part: 0,
    role: value === null ? 'gap' : 'judged',
    beyond: value === null ? null : value > 3 * sigma ? 'above' : value < -3 * sigma ? 'below' : null,
  }))
}
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

function flagged(
  values: readonly (number | null)[],
  ruleSet: RuleSetName,
  id: string,
  flag: 'whole-run' | 'completing-point',
) {
  const { signals } = runRules({ points: points(values), ruleSet, flag, acrossGaps: 'break' })
  return [...new Set(signals.filter(({ rule }) => rule === id).flatMap(({ positions }) => positions))].sort(
    (a, b) => a - b,
  )
}

describe('against rules written a second time in R', () => {
  for (const [name, key] of [
    ['western-electric-1956', 'we'],
    ['nelson-1984', 'nelson'],
    ['nhs-making-data-count-2019', 'nhs'],
  ] as const) {
    test(name, () => {
      let compared = 0
      for (const series of golden) {
        RULE_SETS[name].rules.forEach(({ id }, i) => {
          const exact = series[key][i]
          expect(flagged(series.values, name, id, 'whole-run')).toEqual(exact.whole)
          expect(flagged(series.values, name, id, 'completing-point')).toEqual(exact.last)
          compared += exact.whole.length
        })
      }
      expect(compared).toBeGreaterThan(40)
    })
  }
  test('runs and crossings', () => {
    for (const { values, anhoej } of golden) {
      expect(anhoejRule({ values, centre: 0 })).toMatchObject({
        useful: anhoej.useful,
        longestRun: anhoej.longest,
        longestRunLimit: anhoej.longestLimit,
        crossings: anhoej.crossings,
        crossingsLimit: anhoej.crossingsLimit,
      })
    }
  })
})

describe('index vectors published with the qcc package (2026), counted from 1 there', () => {
  test.each<[RuleSetName, string, number[], number[]]>([
    ['western-electric-1956', 'we-1-beyond-limit', [0, 3.2, -3.5, 2.9], [2, 3]],
    ['western-electric-1956', 'we-2-two-of-three', [0, 2.5, 1, 2.6, 0], [4]],
    ['western-electric-1956', 'we-3-four-of-five', [0, 1.2, 1.3, 0.2, 1.4, 1.5], [6]],
    ['western-electric-1956', 'we-4-eight-one-side', [...times(8, -1), 1], [8]],
    ['western-electric-1956', 'we-2-two-of-three', [...times(7, 2.5), 3.2], [3, 4, 5, 6, 7, 8]],
    ['western-electric-1956', 'we-3-four-of-five', [...times(7, 2.5), 3.2], [5, 6, 7, 8]],
    ['nelson-1984', 'nelson-1-beyond-limit', [0, 3.2, -3.4, 3], [2, 3]],
    ['nelson-1984', 'nelson-2-nine-one-side', [...times(10, 0.5), ...times(10, -0.5)], [9, 10, 19, 20]],
    ['nelson-1984', 'nelson-3-six-trend', [1, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1], [6, 7, 13, 14]],
    ['nelson-1984', 'nelson-4-fourteen-alternating', [1, 3, 2, 4, 3, 5, 4, 6, 5, 7, 6, 8, 7, 9, 8], [14, 15]],
    ['nelson-1984', 'nelson-5-two-of-three', [0, 2.3, 0.4, 2.2, -2.4, -0.2, -2.5], [4, 7]],
    ['nelson-1984', 'nelson-6-four-of-five', [1.2, 1.3, 0.2, 1.4, 1.5, -1.2, -1.3, -0.1, -1.4, -1.5], [5, 10]],
    ['nelson-1984', 'nelson-7-fifteen-hugging', [...times(16, 0.3), 1.2], [15, 16]],
    ['nelson-1984', 'nelson-8-eight-mixture', [1.2, -1.3, 1.1, -1.4, 1.5, -1.2, 1.3, -1.1, 0.2], [8]],
    ['nelson-1984', 'nelson-8-eight-mixture', times(8, 1.2), []],
  ])('%s %s', (set, id, values, exact) => {
    expect(flagged(values, set, id, 'completing-point').map((at) => at + 1)).toEqual(exact)
  })
  test('precedence: the lowest rule names the point', () => {
    const { labels } = runRules({
      points: points([...times(7, 2.5), 3.2]),
      ruleSet: 'western-electric-1956',
      flag: 'completing-point',
      acrossGaps: 'break',
    })
    const [two, one] = ['we-2-two-of-three', 'we-1-beyond-limit']
    expect(labels).toEqual([null, null, two, two, two, two, two, one])
  })
})

describe('index vectors published with NHSRplotthedots', () => {
  const nhs = 'nhs-making-data-count-2019'
  test.each<[string, number[], number[]]>([
    ['nhs-seven-one-side', times(6, 1), []],
    ['nhs-seven-one-side', [...times(8, 1), -1], [6, 7]],
    ['nhs-seven-trend', [1, 2, 3, 3, 4, 5, 6], []],
    ['nhs-seven-trend', [2, 1, 2, 3, 4, 5, 6, 7, 3], [7]],
    ['nhs-seven-trend', [2, 7, 6, 5, 4, 3, 2, 1, 3], [7]],
  ])('%s, completing points', (id, values, exact) => {
    expect(
      flagged(
        values.map((value) => value / 10),
        nhs,
        id,
        'completing-point',
      ),
    ).toEqual(exact)
  })
  test.each<[number[], number[]]>([
    [
      [2.5, 0.5, 2.5],
      [0, 2],
    ],
    [
      [0.5, 2.5, 2.5],
      [1, 2],
    ],
    [
      [0.5, 0.5, 2.5, 0.5, 2.5, 0.5],
      [2, 4],
    ],
    [[2.5, 0.5, 0.5, 2.5], []],
    [
      [2.5, 0.5, 0.5, 2.5, 2.5],
      [3, 4],
    ],
    [[2.5, -0.5, 2.5], []],
    [[3.5, 0.5, 2.5], []],
  ])('two of three in the outer third, whole run: %s', (values, exact) => {
    expect(flagged(values, nhs, 'nhs-two-of-three', 'whole-run')).toEqual(exact)
  })
})

test('values that stand still are no trend and do not alternate', () => {
  for (const id of ['nelson-3-six-trend', 'nelson-4-fourteen-alternating'])
    expect(flagged(times(20, 0.5), 'nelson-1984', id, 'whole-run')).toEqual([])
})
test('parts and gaps end runs', () => {
  const broken = [...times(4, 1), null, ...times(4, 1)]
  const of = (acrossGaps: 'break' | 'skip') =>
    runRules({ points: points(broken), ruleSet: 'western-electric-1956', flag: 'whole-run', acrossGaps }).signals
  expect(of('break').filter(({ rule }) => rule === 'we-4-eight-one-side')).toEqual([])
  expect(of('skip').find(({ rule }) => rule === 'we-4-eight-one-side')).toMatchObject({ start: 0, end: 8, knownAt: 8 })
  const parted = points(times(10, 1)).map((point, i) => ({ ...point, part: i < 5 ? 0 : 1 }))
  const side = runRules({ points: parted, ruleSet: 'nelson-1984', flag: 'whole-run', acrossGaps: 'break' }).signals
  expect(side.filter(({ rule }) => rule === 'nelson-2-nine-one-side')).toEqual([])
})
test('turning the series upside down turns the sides, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { maxLength: 40 }), (values) => {
      for (const ruleSet of Object.keys(RULE_SETS) as RuleSetName[]) {
        const of = (input: number[]) =>
          runRules({ points: points(input), ruleSet, flag: 'whole-run', acrossGaps: 'break' })
        const mirrored = of(values.map((value) => -value))
        expect(mirrored.labels).toEqual(of(values).labels)
      }
    }),
  )
})

/** Seeded uniform numbers. */
function uniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state + 0.5) / 4294967296
  }
}
test('average run length without a shift, as Champ and Woodall (1987) give it', () => {
  // Table 1 there: limits alone 370.40, all four Western Electric rules 91.75.
  const random = uniform(5)
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
  const runs = 300
  for (const [ruleSet, exact] of [
    ['limits-only', 370.4],
    ['western-electric-1956', 91.75],
  ] as const) {
    let total = 0
    let squares = 0
    for (let run = 0; run < runs; run++) {
      let length = 0
      let found = -1
      // Blocks of fresh points would lose runs that begin in the block before, so a series grows until it signals.
      for (let size = 200; found < 0; size *= 4) {
        const values = Array.from({ length: size }, normal)
        const { labels } = runRules({ points: points(values), ruleSet, flag: 'completing-point', acrossGaps: 'break' })
        found = labels.findIndex(Boolean)
        length += found < 0 ? size : found + 1
      }
      total += length
      squares += length * length
    }
    const mean = total / runs
    const error = Math.sqrt((squares / runs - mean * mean) / runs)
    expect(Math.abs(mean - exact), `${mean} for ${exact}`).toBeLessThan(3 * error)
  }
})

test('kinds of variation and assurance', () => {
  const values = [...times(8, 1), -1, 0.5, -3.5]
  const drawn = points(values)
  const rules = runRules({
    points: drawn,
    ruleSet: 'nhs-making-data-count-2019',
    flag: 'whole-run',
    acrossGaps: 'break',
  })
  const better = variationOf({ points: drawn, rules, direction: 'higher', trendSide: 'centre' })
  expect(better.points.slice(7)).toEqual(['improvement-high', 'common-cause', 'common-cause', 'concern-low'])
  expect(variationOf({ points: drawn, rules, direction: 'lower', trendSide: 'centre' }).latest).toBe('improvement-low')
  expect(variationOf({ points: drawn, rules, direction: 'neutral', trendSide: 'centre' }).latest).toBe('neutral-low')
  const rising = points([-0.7, -0.6, -0.5, -0.4, -0.3, -0.2, -0.1, 0.2])
  const trend = runRules({
    points: rising,
    ruleSet: 'nhs-making-data-count-2019',
    flag: 'whole-run',
    acrossGaps: 'break',
  })
  const of = (trendSide: 'centre' | 'direction') =>
    variationOf({ points: rising, rules: trend, direction: 'higher', trendSide }).points[0]
  expect([of('centre'), of('direction')]).toEqual(['concern-low', 'improvement-high'])
  expect(variationOf({ points: [], rules, direction: 'higher', trendSide: 'centre' }).latest).toBeNull()
  // Limits 1-3, 5-7 and 1-5 against a target of 4, as the tests of NHSRplotthedots have them.
  const against = (lower: number, upper: number, direction: 'higher' | 'lower' | 'neutral') =>
    assuranceOf({ points: [{ lower, upper }], target: 4, direction })
  expect([against(1, 3, 'higher'), against(5, 7, 'higher'), against(1, 5, 'higher')]).toEqual([
    'consistently-fails',
    'consistently-passes',
    'hit-or-miss',
  ])
  expect([against(1, 3, 'lower'), against(5, 7, 'lower'), against(1, 4, 'lower')]).toEqual([
    'consistently-passes',
    'consistently-fails',
    'hit-or-miss',
  ])
  expect(against(1, 3, 'neutral')).toBeNull()
  expect(() => assuranceOf({ points: [], target: Number.NaN, direction: 'lower' })).toThrow(/target/)
})
test('confirmed changes need points on both sides', () => {
  const values = Array.from({ length: 40 }, (_, i) => i)
  const result = proposeParts({
    values,
    changes: [{ position: 5 }, { position: 15 }, { position: 36 }, { position: 50 }],
    minimumPoints: 12,
  })
  expect(result.parts).toEqual([15])
  expect(result.changes.map((change) => (change.accepted ? true : change.because))).toEqual([
    'too-few-before',
    true,
    'too-few-after',
    'outside',
  ])
  expect(
    xmrChart({ values: values.map(Math.sin), parts: result.parts, constants: 'exact', screening: false }),
  ).toMatchObject({
    parts: [{ end: 14 }, { start: 15 }],
  })
  expect(() => proposeParts({ values, changes: [{ position: 5 }, { position: 5 }], minimumPoints: 12 })).toThrow(
    /changes/,
  )
  expect(() => proposeParts({ values, changes: [], minimumPoints: 1 })).toThrow(/minimumPoints/)
})
test('bad input', () => {
  expect(anhoejRule({ values: times(20, 3), centre: 3 })).toMatchObject({ because: 'too-few' })
  expect(anhoejRule({ values: [1, Number.NaN], centre: 3 })).toMatchObject({ because: 'not-finite' })
  expect(() => anhoejRule({ values: [1], centre: Number.NaN })).toThrow(/centre/)
  expect(() =>
    runRules({ points: [], ruleSet: 'unknown' as RuleSetName, flag: 'whole-run', acrossGaps: 'break' }),
  ).toThrow(/ruleSet/)
  expect(runRules({ points: [], ruleSet: 'nelson-1984', flag: 'whole-run', acrossGaps: 'break' }).signals).toEqual([])
})
