import { describe, expect, test } from 'vitest'
import { conclude as concludeWith } from './concluding.ts'
import { seededChance } from '../../../platform/seeded-random.ts'
import type { Circumstances } from './checking.ts'
import type { Evidence, Observation, VerdictDesign } from './evidence.ts'

const calm: Circumstances = { changes: [], openTasks: 0 }
const design: VerdictDesign = {
  method: 'interrupted-time-series',
  direction: 'lower-is-better',
  interventionOn: '2025-07-07',
  smallestEffect: 5,
  equivalenceMargin: 5,
  seasonPeriods: 0,
  runUpPeriods: 0,
  errorRate: 0.05,
  seed: 7,
}
const conclude = (own: VerdictDesign, evidence: Evidence) => concludeWith(own, evidence, calm)

/** Weeks around July 2025 with noise about 3 wide; `after` is added from the first week of July on. */
function weeks(before: number, afterCount: number, after: (week: number) => number, seed = 1): Observation[] {
  const random = seededChance(seed)
  const first = Temporal.PlainDate.from('2025-07-07').subtract({ weeks: before })
  return Array.from({ length: before + afterCount }, (_, index) => {
    const start = first.add({ weeks: index })
    const noise = 3 * (random() + random() - 1)
    const value = 48 + noise + (index >= before ? after(index - before) : 0)
    const periodEnd = start.add({ days: 6 }).toString()
    return { periodStart: start.toString(), periodEnd, numerator: value, denominator: 1, n: 100, value, weight: 1 }
  })
}
const none = () => 0
const units = (count: number, after: (week: number) => number = none) =>
  Array.from({ length: count }, (_, index) => ({
    key: `C${index}`,
    observations: weeks(60, 26, after, 100 + index),
  }))

const evidenceOf = (shift: number, comparisons: number): Evidence => ({
  treated: weeks(60, 26, () => shift),
  comparison: units(comparisons),
})

describe('what the interval says', () => {
  const cases: [string, number, Partial<VerdictDesign>, string, string | null][] = [
    ['a large fall where lower is better', -33, {}, 'effective', null],
    ['the same fall where higher is better', -33, { direction: 'higher-is-better' }, 'harmful', null],
    ['nothing, measured well', 0, {}, 'no-relevant-difference', null],
    ['a sure but small fall', -2.5, { smallestEffect: 10, equivalenceMargin: 10 }, 'no-relevant-difference', null],
    [
      'a sure fall beyond the margin, short of the promise',
      -8,
      { smallestEffect: 20 },
      'undecided',
      'too-small-for-margin',
    ],
    ['a rise where lower is better', 20, {}, 'harmful', null],
    ['nothing, held against what cannot be seen', 0, { smallestEffect: 0.01 }, 'undecided', 'interval-includes-both'],
    [
      'nothing worth having, and a margin too narrow to exclude harm',
      1.2,
      { smallestEffect: 5, equivalenceMargin: 1 },
      'undecided',
      'harm-not-ruled-out',
    ],
  ]
  for (const [name, shift, part, outcome, because] of cases) {
    test(name, () => {
      const conclusion = conclude({ ...design, ...part }, { treated: weeks(60, 26, () => shift, 3), comparison: [] })
      expect([conclusion.outcome, conclusion.because]).toEqual([outcome, because])
    })
  }
})

describe('every method finds what was planted, and nothing where nothing was', () => {
  const methods = [
    'interrupted-time-series',
    'comparative-series',
    'difference-in-differences',
    'synthetic-control',
    'structural',
  ]
  for (const method of methods as VerdictDesign['method'][]) {
    test(method, { timeout: 20_000 }, () => {
      const own = { ...design, method }
      const found = conclude(own, evidenceOf(-15, 6))
      expect(found.outcome).toBe('effective')
      expect(found.analysis.kind === 'estimate' && found.analysis.effect.estimate).toBeCloseTo(-15, -0.5)
      // The level of a structural series may move, so its intervals are wide.
      const quiet = method === 'structural' ? 'undecided' : 'no-relevant-difference'
      expect(conclude(own, evidenceOf(0, 6)).outcome).toBe(quiet)
      expect(conclude(own, evidenceOf(15, 6)).outcome).toBe('harmful')
    })
  }
})

test('what moves everybody is no effect: only methods with a comparison see that', () => {
  const storm = (week: number) => -12 - week / 10
  const evidence: Evidence = { treated: weeks(60, 26, storm), comparison: units(8, storm) }
  expect(conclude(design, evidence).outcome).toBe('effective')
  // The structural series is not among them: what did not move together before has no weight there.
  for (const method of ['comparative-series', 'difference-in-differences', 'synthetic-control'] as const)
    expect([method, conclude({ ...design, method }, evidence).outcome]).toEqual([method, 'no-relevant-difference'])
})

describe('regression to the mean', () => {
  /** Bad by chance in the last weeks before, as before; nothing was done. */
  const picked = (seed: number) =>
    weeks(40, 20, none, seed).map((one, index) => (index >= 36 && index < 40 ? { ...one, value: one.value! + 9 } : one))
  test('a comparison and a run-up left out keep it from coming out effective; the check says so', () => {
    const evidence: Evidence = {
      treated: picked(5),
      comparison: units(8).map((unit) => ({ ...unit, observations: unit.observations.slice(20, 80) })),
    }
    const naive = conclude(design, evidence)
    expect(naive.checks.find(({ code }) => code === 'regression-to-the-mean')?.state).toBe('warn')
    const compared = conclude({ ...design, method: 'difference-in-differences', runUpPeriods: 4 }, evidence)
    expect(compared.outcome).toBe('no-relevant-difference')
    expect(conclude({ ...design, runUpPeriods: 4 }, evidence).outcome).not.toBe('effective')
  })
})

test('the specification curve begins with the frozen analysis; placebos stay quiet; checks warn of what is known', () => {
  const conclusion = concludeWith({ ...design, method: 'comparative-series' }, evidenceOf(-15, 6), {
    changes: [{ kind: 'other-plan', text: 'Another plan' }],
    openTasks: 2,
  })
  const [first, ...others] = conclusion.specifications
  expect(first).toMatchObject({ kind: 'frozen', what: 'comparative-series', outcome: 'effective' })
  const alternatives = others.filter(({ kind }) => kind === 'alternative')
  expect(alternatives.length).toBeGreaterThan(10)
  expect(alternatives.every(({ outcome }) => outcome === 'effective')).toBe(true)
  const placebos = others.filter(({ kind }) => kind === 'placebo')
  expect(
    placebos.some(({ what }) => what === 'placebo-unit') && placebos.some(({ what }) => what === 'placebo-date'),
  ).toBe(true)
  expect(placebos.filter(({ outcome }) => outcome === 'effective' || outcome === 'harmful')).toEqual([])
  const states = new Map(conclusion.checks.map(({ code, state }) => [code, state]))
  expect(states.get('other-plans')).toBe('warn')
  expect(states.get('measure-applied')).toBe('warn')
  expect(states.get('placebo-units')).toBe('pass')
  expect(states.get('other-ways')).toBe('pass')
})

test('undecided says what it would take', () => {
  const short = conclude(
    { ...design, smallestEffect: 1.2, equivalenceMargin: 0.1 },
    { treated: weeks(30, 8, none, 4), comparison: [] },
  )
  expect(short.outcome).toBe('undecided')
  expect(short.needed!.powerNow).toBeLessThan(0.8)
  expect(short.needed!.periodsAfter === null || short.needed!.periodsAfter > 8).toBe(true)
})

test('a period the measure began in the middle of, and the run-up, belong to neither side', () => {
  const evidence = { treated: weeks(60, 26, () => -33), comparison: [] }
  const inside = conclude({ ...design, interventionOn: '2025-07-03', runUpPeriods: 2 }, evidence)
  expect(inside.analysis).toMatchObject({ before: 57, after: 26 })
  expect(inside.analysis.kind === 'estimate' && inside.analysis.lines.has('2025-06-30')).toBe(false)
})

describe('data that cannot tell', () => {
  const good = weeks(60, 26, () => -33)
  const at = (index: number, value: number | null) => good.map((one, i) => (i === index ? { ...one, value } : one))
  const cases: [string, Partial<VerdictDesign>, Evidence, string][] = [
    ['three weeks of baseline', {}, { treated: weeks(3, 26, () => -33), comparison: [] }, 'baseline-too-short'],
    ['one week after', {}, { treated: weeks(60, 1, () => -33), comparison: [] }, 'after-too-short'],
    ['nothing after', {}, { treated: weeks(60, 0, none), comparison: [] }, 'after-too-short'],
    ['always the same', {}, { treated: good.map((one) => ({ ...one, value: 7 })), comparison: [] }, 'constant'],
    [
      'no values at all',
      {},
      { treated: good.map((one) => ({ ...one, value: null })), comparison: [] },
      'baseline-too-short',
    ],
    ['an infinite value', {}, { treated: at(5, Infinity), comparison: [] }, 'not-finite'],
    [
      'a day before all data',
      { interventionOn: '2020-01-06' },
      { treated: good, comparison: [] },
      'intervention-outside',
    ],
    ['a day after all data', { interventionOn: '2030-01-07' }, { treated: good, comparison: [] }, 'after-too-short'],
    ['no comparison', { method: 'comparative-series' }, { treated: good, comparison: [] }, 'too-few-comparisons'],
    [
      'one cluster',
      { method: 'difference-in-differences' },
      { treated: good, comparison: units(1) },
      'too-few-comparisons',
    ],
    ['four donors', { method: 'synthetic-control' }, { treated: good, comparison: units(4) }, 'too-few-comparisons'],
    [
      'a comparison without data',
      { method: 'structural' },
      { treated: good, comparison: [{ key: 'X', observations: good.map((one) => ({ ...one, value: null })) }] },
      'too-few-comparisons',
    ],
    [
      'a comparison that is the unit itself',
      { method: 'comparative-series' },
      { treated: good, comparison: [{ key: 'X', observations: good }] },
      'constant',
    ],
    [
      'an infinite comparison',
      { method: 'difference-in-differences' },
      { treated: good, comparison: [...units(3), { key: 'X', observations: at(5, Infinity) }] },
      'not-finite',
    ],
  ]
  for (const [name, part, evidence, because] of cases) {
    test(name, () => {
      const conclusion = conclude({ ...design, ...part }, evidence)
      expect([conclusion.outcome, conclusion.because]).toEqual(['undecided', because])
    })
  }
})
