import { describe, expect, test } from 'vitest'
import type { Reading } from '../contract.ts'
import type { LiveAlert } from './outcome.ts'
import { runPeriods, type SeenPeriod, type UnitBefore } from './run.ts'
import { NORMAL, type Signal } from './signals/step.ts'

const steadiness = { forPeriods: 1, quietPeriods: 1, easePercent: 0, noData: 'keep' as const }
const colours = ['yellow', 'yellow', 'orange', 'red'] as const
const reading = (month: number, severity: number, value = severity): Reading => ({
  periodStart: `2026-${String(month).padStart(2, '0')}-01`,
  value,
  n: 100,
  low: null,
  high: null,
  baseline: null,
  level: 1,
  colour: colours[severity]!,
  measured: value,
  pValue: null,
  because: [],
  expectedIn: null,
})
const firing: Signal = { state: 'firing', streak: 0, severity: 1 }
const live = (part: Partial<LiveAlert> = {}): LiveAlert => ({
  colour: 'yellow',
  state: 'open',
  signal: 'firing',
  readings: [reading(1, 1)],
  revised: false,
  owed: 1,
  ...part,
})
/** Months from `first` on: 0 good, 1 to 3 bad. */
const months = (word: string, first = 1, speaks = true): SeenPeriod[] =>
  Array.from(word).map((letter, index) => ({
    periodStart: `2026-${String(first + index).padStart(2, '0')}-01`,
    speaks,
    settled: true,
    seen: new Map([
      [
        7,
        letter === '0'
          ? { seen: { kind: 'good' as const }, reading: null }
          : {
              seen: { kind: 'bad' as const, severity: Number(letter) },
              reading: reading(first + index, Number(letter)),
            },
      ],
    ]),
  }))
const run = (before: UnitBefore | null, periods: SeenPeriod[]) =>
  runPeriods(steadiness, before ? new Map([[7, before]]) : new Map(), periods, (period) => period)[0]
const told = (after: ReturnType<typeof run>) =>
  after?.episodes.map((episode) => [episode.raised, episode.told.join(' '), episode.closes])

describe('what people hear', () => {
  test('raised once, worse, milder', () => {
    const after = run(null, months('131'))
    expect(told(after)).toEqual([[true, 'raised worsened eased', false]])
    expect(after!.episodes[0]).toMatchObject({ colour: 'yellow', signal: 'firing' })
    expect(after!.episodes[0]!.readings).toHaveLength(3)
  })
  test('history that came and went is told as such, each time', () => {
    expect(told(run(null, months('10200')))).toEqual([
      [true, 'raised signal-gone', true],
      [true, 'raised signal-gone', true],
    ])
  })
  test('an alert with open duties outlives its signal; without any it closes', () => {
    const quiet = (owed: number) => told(run({ signal: firing, live: live({ owed }) }, months('0', 2)))
    expect(quiet(1)).toEqual([[false, 'signal-gone', false]])
    expect(quiet(0)).toEqual([[false, 'signal-gone', true]])
  })
  test('a plan that works on it keeps it open', () => {
    expect(told(run({ signal: firing, live: live({ owed: 0, state: 'planned' }) }, months('0', 2)))).toEqual([
      [false, 'signal-gone', false],
    ])
  })
  test('the same again says nothing new but the reading', () => {
    const after = run({ signal: firing, live: live() }, months('1', 2))
    expect(told(after)).toEqual([[false, '', false]])
  })
  test('closed by hand while it fires: silent until it was gone, then raised anew', () => {
    expect(run({ signal: firing, live: null }, months('111', 2))?.episodes ?? []).toEqual([])
    expect(told(run({ signal: firing, live: null }, months('101', 2)))).toEqual([[true, 'raised', false]])
  })
  test('its signal comes back before the duty is done', () => {
    expect(told(run({ signal: NORMAL, live: live({ signal: 'normal' }) }, months('2', 3)))).toEqual([
      [false, 'signal-back worsened', false],
    ])
  })
})

describe('late data', () => {
  test('a reading that changed is marked as revised, the alert stays', () => {
    const before = { signal: NORMAL, live: live({ readings: [reading(1, 1), reading(2, 1)] }) }
    const again = [...months('1', 1, false), ...months('3', 2)]
    const after = run(before, again)
    expect(after!.episodes[0]).toMatchObject({ revised: true, colour: 'red' })
    expect(after!.episodes[0]!.told).toContain('revised')
  })
  test('a period that turned out good loses its reading, the last one is kept to show what was seen', () => {
    const after = run({ signal: NORMAL, live: live({ owed: 1 }) }, months('0', 1))
    expect(after!.episodes[0]).toMatchObject({ revised: true, signal: 'normal' })
    expect(after!.episodes[0]!.readings).toHaveLength(1)
  })
  test('periods before the set-back only warm up: nothing is raised from them', () => {
    expect(told(run(null, [...months('1', 1, false), ...months('0', 2)])) ?? []).toEqual([])
  })
})
