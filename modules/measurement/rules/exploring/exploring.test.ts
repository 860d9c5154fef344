import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Condition, IndicatorDefinition } from '../../contract/definition.ts'
import { indicatorDraft } from '../../contract/indicators.ts'
import { historyOf, peersOf, periodsBack } from './baselines.ts'
import { binEnds } from './distribution.ts'
import { columnsMissing, readFigure } from './figure-lines.ts'
import { changesOf, reasonOf } from './publications.ts'
import { streamsOf, withSegment } from './segments.ts'
import { type Asked, inheritsTargets, type SetTarget, targetOn } from './targets.ts'

const web: Condition = { attribute: 'channel', operator: 'is', value: 'web' }
const rated: Condition = { attribute: 'rated', operator: 'given' }
const base = { eventType: 'visit', where: [rated] }
const stream = (eventType: string) => ({ eventType, where: [rated] })
const term = { of: 'events', coefficient: 1, where: [] }
const pair = {
  from: stream('opened'),
  to: stream('closed'),
  match: ['case'],
  acrossEntities: false,
  withinHours: 24,
  open: 'censor' as const,
}
const definitions: Record<string, IndicatorDefinition> = {
  count: { kind: 'count', ...base, numerator: [term] },
  ratio: { kind: 'ratio', ...base, numerator: [term], denominator: [{ ...term, eventType: 'parcel' }] },
  repeat: { kind: 'repeat', ...base, match: ['case'], acrossEntities: false, withinHours: 24 },
  conversion: { kind: 'conversion', pair },
  duration: { kind: 'duration', pair, statistic: { of: 'mean' } },
  backlog: { kind: 'backlog', opened: stream('opened'), closed: stream('closed') },
  level: { kind: 'level', ...base, value: 'beds', take: 'last' },
  expression: { kind: 'expression', facts: [{ name: 'a', ...base, of: 'events' }], formula: 'a.n' },
  derived: { kind: 'derived', parts: [{ name: 'a', indicator: 'x' }], formula: 'a' },
}

describe('a definition narrowed to a segment', () => {
  /** How often the segment's condition stands in it, and where it must not. */
  const cases: [keyof typeof definitions, number][] = [
    ['count', 1],
    ['ratio', 1],
    ['repeat', 1],
    ['conversion', 1],
    ['duration', 1],
    ['backlog', 2],
    ['level', 1],
    ['expression', 1],
    ['derived', 0],
  ]
  test.each(cases)('%s carries the conditions %i times', (name, times) => {
    const before = definitions[name]!
    const copy = structuredClone(before)
    const after = withSegment(before, [web])
    expect(JSON.stringify(after).split(JSON.stringify(web))).toHaveLength(times + 1)
    expect(before).toEqual(copy)
    expect(withSegment(before, [])).toBe(before)
  })
  test('of paired events only the first must lie in it', () => {
    const { pair: narrowed } = withSegment(definitions['conversion']!, [web]) as { pair: typeof pair }
    expect([narrowed.from.where, narrowed.to.where]).toEqual([[rated, web], [rated]])
  })
  test('streams: each once, with what terms demand, of either side of a pair', () => {
    expect(streamsOf(definitions['ratio']!).map((each) => each.eventType)).toEqual(['visit', 'parcel'])
    expect(streamsOf(definitions['duration']!).map((each) => each.eventType)).toEqual(['opened', 'closed'])
    expect(streamsOf(definitions['count']!)).toEqual([{ eventType: 'visit', where: [rated] }])
    expect(streamsOf(definitions['level']!)[0]!.where).toHaveLength(2)
    expect(streamsOf(definitions['derived']!)).toEqual([])
  })
})

describe('the target that holds', () => {
  const set = (value: number, more: Partial<SetTarget> = {}): SetTarget => ({
    segment: null,
    entity: null,
    value,
    band: null,
    effectiveFrom: '2025-01-01',
    source: 'SOP',
    recordedAt: '2025-01-01T00:00:00.000000Z',
    ...more,
  })
  const own = { target: 1, band: null, source: '' }
  const at = (more: Partial<Asked> = {}): Asked => ({
    segment: null,
    path: [10, 20],
    day: '2025-06-01',
    inherited: true,
    ...more,
  })
  const later = { recordedAt: '2025-02-01T00:00:00.000000Z' }
  const cases: [string, SetTarget[], Asked, number | null][] = [
    ['none: the definition’s own', [], at(), 1],
    ['the general one', [set(2)], at(), 2],
    ['not before its day', [set(2, { effectiveFrom: '2025-06-02' })], at(), 1],
    ['from its day on', [set(2, { effectiveFrom: '2025-06-01' })], at(), 2],
    ['the nearest node', [set(2), set(3, { entity: 10 }), set(4, { entity: 20 })], at(), 4],
    ['of a node above', [set(2), set(3, { entity: 10 })], at(), 3],
    ['not of another node', [set(3, { entity: 99 })], at(), 1],
    ['a node before a later general one', [set(3, { entity: 10 }), set(2, { effectiveFrom: '2025-05-01' })], at(), 3],
    ['the segment before the node', [set(3, { entity: 20 }), set(5, { segment: 'web' })], at({ segment: 'web' }), 5],
    [
      'segment and node before segment',
      [set(5, { segment: 'web' }), set(6, { segment: 'web', entity: 20 })],
      at({ segment: 'web' }),
      6,
    ],
    ['no other segment', [set(5, { segment: 'web' })], at({ segment: 'hall' }), 1],
    ['no segment where all cases are asked for', [set(5, { segment: 'web' })], at(), 1],
    ['the later begin', [set(2), set(7, { effectiveFrom: '2025-03-01' })], at(), 7],
    ['the later record of one day', [set(2), set(8, later)], at(), 8],
    ['counts are nobody else’s', [set(2), set(3, { entity: 10 })], at({ inherited: false }), 1],
    ['counts of the node itself', [set(4, { entity: 20 })], at({ inherited: false }), 4],
    ['the whole organisation', [set(2), set(3, { entity: 10 })], at({ path: [] }), 2],
  ]
  test.each(cases)('%s', (_name, targets, asked, value) => {
    expect(targetOn(targets, own, asked)?.value ?? null).toBe(value)
    expect(targetOn(targets.toReversed(), own, asked)?.value ?? null).toBe(value)
  })
  test('nothing at all is null; shares are inherited, counts are not', () => {
    expect(targetOn([], { target: null, band: null, source: '' }, at())).toBeNull()
    expect(inheritsTargets(definitions['ratio']!)).toBe(true)
    expect(inheritsTargets(definitions['count']!)).toBe(false)
    expect(inheritsTargets(definitions['backlog']!)).toBe(false)
  })
})

describe('baselines', () => {
  const starts = Array.from({ length: 40 }, (_, index) => `p${index}`)
  test('the same season of earlier years; too few of them: the periods before; too few of those: nothing', () => {
    const values: (number | null)[] = starts.map((_, index) => index)
    const [first] = historyOf('month', values, starts, 39)
    expect(first).toEqual({ periodStart: 'p39', basis: 'season', mean: 15, spread: 12, n: 3 })
    const gaps = values.map((value, index) => (index < 20 ? null : value))
    expect(historyOf('month', gaps, starts, 39)).toMatchObject([{ basis: 'before', n: 12, mean: 32.5 }])
    const few = values.map((value, index) => (index === 38 || index === 37 ? value : null))
    expect(historyOf('month', few, starts, 39)).toEqual([])
    expect(historyOf('year', [1, 2, 6, null], ['a', 'b', 'c', 'd'], 3)).toMatchObject([
      { basis: 'before', mean: 3, n: 3 },
    ])
  })
  test('a period is never its own history', () => {
    const values = starts.map((_, index) => (index < 38 ? 5 : 1000))
    expect(historyOf('month', values, starts, 38)[0]).toMatchObject({ mean: 5, spread: 0 })
    expect(periodsBack('month')).toBe(36)
    expect(periodsBack('minute')).toBe(60)
  })
  test('peers: never fewer than five; quartiles by hand', () => {
    expect(peersOf('p', [1, 2, 3, 4])).toBeNull()
    expect(peersOf('p', [5, 1, 4, 2, 3])).toEqual({
      periodStart: 'p',
      median: 3,
      lowerQuartile: 2,
      upperQuartile: 4,
      n: 5,
    })
    expect(peersOf('p', [1, 2, 3, 4, 5, 6])).toMatchObject({ median: 3.5, lowerQuartile: 2.25, upperQuartile: 4.75 })
  })
})

describe('revisions', () => {
  const unit = (entity: number, value: number | null, n = 10) => ({ entity, value, n })
  test.each([
    ['the same', [unit(1, 2)], [unit(1, 2)], []],
    ['last digits', [unit(1, 0.1 + 0.2)], [unit(1, 0.3)], []],
    ['another value', [unit(1, 2)], [unit(1, 3)], [1]],
    ['a value that came', [unit(1, null, 0)], [unit(1, 3)], [1]],
    ['a value that went', [unit(1, 3)], [unit(1, null, 0)], [1]],
    ['a unit that came without a value', [], [unit(7, null, 0)], []],
    ['a unit that came with one', [], [unit(7, 0)], [7]],
    ['another n alone', [unit(1, 2, 10)], [unit(1, 2, 11)], []],
  ])('%s', (_name, before, after, entities) => {
    expect(changesOf(before, after).map((change) => change.entity)).toEqual(entities)
  })
  test('reasons', () => {
    const change = (nBefore: number, nAfter: number) => ({ entity: 1, before: 1, after: 2, nBefore, nAfter })
    expect(reasonOf('events', [change(10, 11)])).toBe('late-events')
    expect(reasonOf('events', [change(10, 10)])).toBe('correction')
    expect(reasonOf('events', [change(10, 9), change(3, 4)])).toBe('late-events')
    expect(reasonOf('definition', [change(10, 11)])).toBe('definition')
  })
})

test('bins: whole steps, rising, holding both ends, of any size', () => {
  const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true })
  fc.assert(
    fc.property(finite, fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (low, width) => {
      const ends = binEnds(low, low + width)
      expect(ends.length).toBeGreaterThan(1)
      expect(ends.length).toBeLessThan(40)
      for (const [index, end] of ends.entries()) if (index > 0) expect(end).toBeGreaterThan(ends[index - 1]!)
      const slack = 1e-6 * Math.max(1, Math.abs(low), width)
      expect(ends[0]!).toBeLessThanOrEqual(low + slack)
      expect(ends.at(-1)!).toBeGreaterThanOrEqual(low + width - slack)
    }),
  )
  expect(binEnds(3, 3)).toEqual([3, 4])
})

describe('lines of figures', () => {
  const header = ['指标', '数值', '单位', '开始', '结束', '来源', '发布日期']
  const line = ['in-time', '93.5', 'percent', '2025-01-01', '2025-12-31', '行业年报', '2026-01-05']
  test('Chinese names of columns, what may be left out', () => {
    expect(columnsMissing(header)).toEqual([])
    expect(readFigure(header, line, 2)).toMatchObject({ indicator: 'in-time', value: 93.5, n: null, note: '' })
  })
  test.each([
    [1, '', 'value'],
    [1, 'much', 'value'],
    [2, 'per cent', 'unit'],
    [3, '2025-13-01', 'from'],
    [5, '', 'source'],
  ])('cell %i as "%s" is a fault of %s', (place, text, field) => {
    expect(readFigure(header, line.with(place, text), 2)).toMatchObject({ row: 2, field })
  })
  test('columns that are missing are named', () => {
    expect(columnsMissing(['value']).map((issue) => issue.field)).toEqual([
      'indicator',
      'unit',
      'from',
      'to',
      'source',
      'published',
    ])
  })
})

test('drafts of the tests are drafts', () => {
  for (const definition of Object.values(definitions))
    expect(indicatorDraft.shape.definition.safeParse(definition).success).toBe(true)
})
