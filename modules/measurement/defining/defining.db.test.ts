/** Definitions from the first check over files to the version that judges: on real stores. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openMeasurementWorld, type MeasurementWorld } from '../imports/open-for-test.ts'
import {
  checkIndicator,
  indicatorVersion,
  indicatorVersions,
  retireIndicator,
  saveIndicator,
} from '../actions/indicators.ts'
import { readSeries } from '../actions/telling/read-series.ts'
import { recordEvents } from '../actions/intake/record-events.ts'
import { type IndicatorDraft, indicatorDraft, type IndicatorDraftInput } from '../contract.ts'
import { textOfDrafts } from '../rules/drafts/draft-text.ts'
import { planIndicatorChange } from './changes.ts'
import { exportIndicators, importIndicators, planIndicators } from './files.ts'

type Event = NonNullable<IndicatorDraftInput['examples']>[number]['events'][number]
let all: MeasurementWorld

beforeAll(async () => {
  all = await openMeasurementWorld('2026-03-20T00:00:00Z')
  await all.createEntities(['U1', 'U2'], 'ward')
  const events = Array.from({ length: 400 }, (_unused, index) => ({
    id: `E${index}`,
    type: 'visit',
    entity: index % 2 === 0 ? 'U1' : 'U2',
    at: Temporal.Instant.from('2026-01-01T02:00:00Z')
      .add({ hours: index * 4 })
      .toString(),
    attributes: {},
    values: { minutes: index % 100, late: index % 4 === 0 ? 1 : 0 },
  }))
  await all.apart((context) => recordEvents(context, { events }))
  await all.settle()
})
afterAll(() => all.close())

const visit = (time: string, rest: Partial<Event> = {}): Event => ({ type: 'visit', at: `2026-03-${time}Z`, ...rest })
const draft = (
  definition: IndicatorDraftInput['definition'],
  examples: IndicatorDraftInput['examples'],
  rest: Partial<IndicatorDraftInput> = {},
): IndicatorDraft =>
  indicatorDraft.parse({
    id: 'tried',
    title: { zh: '试', en: 'Tried' },
    explanation: { zh: '试', en: 'Tried' },
    unit: 'number',
    direction: 'neutral',
    definition,
    examples,
    ...rest,
  })
const DAY = { from: '2026-03-02', to: '2026-03-02' }
const check = (one: IndicatorDraft) => all.run((context) => checkIndicator(context, one))
const save = (one: IndicatorDraft) => all.run((context) => saveIndicator(context, one))

/** What the definition gives for these events of 2 March in Shanghai, or of the days given. */
async function value(
  definition: IndicatorDraftInput['definition'],
  events: Event[],
  options: { example?: object; rest?: Partial<IndicatorDraftInput> } = {},
) {
  const example = { ...DAY, events, expected: 0, ...options.example }
  const { issues, examples } = await check(draft(definition, [example], options.rest))
  expect(issues.filter((issue) => issue.rule !== 'example-disagrees')).toEqual([])
  return examples[0]!.value
}

describe('worked examples at the edges', () => {
  const opened = (time: string, ticket = 'T') => visit(time, { type: 'opened', attributes: { ticket } })
  const closed = (time: string, ticket = 'T') => visit(time, { type: 'closed', attributes: { ticket } })
  const pair = { from: { eventType: 'opened' }, to: { eventType: 'closed' }, match: ['ticket'], withinHours: 2 }

  test('the day of Shanghai: its first moment counts, the next day\u2019s does not', async () => {
    const count = { kind: 'count' as const, eventType: 'visit', numerator: [{ of: 'events' }] }
    expect(
      await value(count, [
        visit('01T15:59:59.999'),
        visit('01T16:00:00'),
        visit('02T15:59:59.999'),
        visit('02T16:00:00'),
      ]),
    ).toBe(2)
  })
  test('the window of a pair holds its last moment', async () => {
    const conversion = { kind: 'conversion' as const, pair }
    expect(await value(conversion, [opened('02T01:00:00'), closed('02T03:00:00')])).toBe(1)
    expect(await value(conversion, [opened('02T01:00:00'), closed('02T03:00:00.001')])).toBe(0)
    expect(await value(conversion, [closed('02T01:00:00'), opened('02T01:00:01')])).toBe(0)
    expect(await value(conversion, [opened('02T01:00:00', 'A'), closed('02T01:30:00', 'B')])).toBe(0)
  })
  test('other units only where they may', async () => {
    const events = [opened('02T01:00:00'), { ...closed('02T02:00:00'), entity: 'b' }]
    expect(await value({ kind: 'conversion', pair }, events)).toBe(0)
    expect(await value({ kind: 'conversion', pair: { ...pair, acrossEntities: true } }, events)).toBe(1)
  })
  test.each([
    ['exclude', null, null],
    ['censor', null, 2],
    ['count-late', 2, 2],
  ] as const)('open pairs: %s', async (open, before, after) => {
    const duration = { kind: 'duration' as const, pair: { ...pair, open }, statistic: { of: 'mean' as const } }
    const rest = { unit: 'hours' as const }
    const events = [opened('02T01:00:00')]
    expect(await value(duration, events, { rest, example: { asOf: '2026-03-02T02:59:00Z' } })).toBe(before)
    expect(await value(duration, events, { rest })).toBe(after)
  })
  test('a level: the last reading of each unit; without one there is none', async () => {
    const level = { kind: 'level' as const, eventType: 'visit', value: 'beds', take: 'last' as const }
    const reading = (time: string, beds: number, entity = 'a') => visit(time, { entity, values: { beds } })
    expect(
      await value(level, [reading('02T01:00:00', 5), reading('02T09:00:00', 7), reading('02T02:00:00', 3, 'b')]),
    ).toBe(10)
    expect(await value(level, [reading('01T01:00:00', 5)])).toBe(null)
  })
  test('exclusions at their share and beyond it, with evidence and without', async () => {
    const count = { kind: 'count' as const, eventType: 'visit', numerator: [{ of: 'events' }] }
    const rule = {
      reason: { zh: '风', en: 'Storm' },
      where: [{ attribute: 'cause', operator: 'is' as const, value: 'storm' }],
      evidence: 'document',
      capShare: 0.5,
    }
    const plain = visit('02T01:00:00')
    const proven = visit('02T01:00:00', { attributes: { cause: 'storm', document: 'D1' } })
    const told = visit('02T01:00:00', { attributes: { cause: 'storm' } })
    const rest = { exclusions: [rule] }
    expect(await value(count, [plain, proven], { rest })).toBe(1)
    expect(await value(count, [plain, proven, proven], { rest })).toBe(3)
    expect(await value(count, [plain, told], { rest })).toBe(2)
  })
  test('division by zero gives nothing', async () => {
    const ratio = {
      kind: 'ratio' as const,
      eventType: 'visit',
      numerator: [{ of: 'events' }],
      denominator: [{ of: 'events', where: [{ attribute: 'x', operator: 'given' as const }] }],
    }
    expect(await value(ratio, [visit('02T01:00:00')])).toBe(null)
  })
  test('names are parameters, never SQL', async () => {
    const name = `'); DROP TABLE events; -- {x:String} \\ " \``
    const count = {
      kind: 'count' as const,
      eventType: name,
      where: [{ attribute: name, operator: 'is' as const, value: name }],
      numerator: [{ of: 'events' }],
    }
    expect(await value(count, [{ ...visit('02T01:00:00'), type: name, attributes: { [name]: name } }])).toBe(1)
    const odd = {
      ...count,
      eventType: 'visit',
      where: [{ attribute: '__proto__', operator: 'is-not' as const, value: 'x' }],
    }
    expect(await value(odd, [visit('02T01:00:00')])).toBe(1)
  })
  test('a small n hides what is shown, not what is calculated', async () => {
    const mean = { kind: 'mean' as const, eventType: 'visit', numerator: [{ of: 'minutes' }] }
    const rest = { minimumN: 10, belowMinimum: 'hide' as const }
    expect(await value(mean, [visit('02T01:00:00', { values: { minutes: 8 } })], { rest })).toBe(8)
  })
})

const mean = { kind: 'mean' as const, eventType: 'visit', numerator: [{ of: 'minutes' }] }
const eight = { ...DAY, events: [visit('02T01:00:00', { values: { minutes: 8 } })], expected: 8 }
const derived = (part: string, formula = 'p + 1') => ({
  kind: 'derived' as const,
  parts: [{ name: 'p', indicator: part }],
  formula,
})
const nine = { ...DAY, events: [], parts: { p: 8 }, expected: 9 }

describe('saving', () => {
  test('an example that disagrees is told with what it gives', async () => {
    const wrong = draft(mean, [{ ...eight, expected: 7 }])
    await expect(save(wrong)).rejects.toMatchObject({ code: 'DEFINITION_INVALID' })
    expect((await check(wrong)).issues).toMatchObject([
      { field: 'examples.0.expected', rule: 'example-disagrees', values: { value: 8, n: 1, expected: 7 } },
    ])
    expect((await check(draft(mean, []))).issues).toMatchObject([{ rule: 'example-missing' }])
  })
  test('what the formula names exists, in units that go together, and nothing rests on itself', async () => {
    const issuesOf = async (one: IndicatorDraft) => (await check(one)).issues.map((issue) => issue.rule)
    expect(await issuesOf(draft(derived('nobody'), [nine]))).toEqual(['part-unknown'])
    await save(draft(mean, [eight], { id: 'base', unit: 'minutes' }))
    await save(draft(mean, [eight], { id: 'money', unit: 'yuan' }))
    const mixed = {
      kind: 'derived' as const,
      parts: [
        { name: 'p', indicator: 'base' },
        { name: 'q', indicator: 'money' },
      ],
      formula: 'p + q',
    }
    expect(await issuesOf(draft(mixed, [nine]))).toEqual(['formula-unit'])
    expect(await issuesOf(draft(derived('base', 'p.constructor'), [nine]))).toEqual(['formula-name'])
    await save(draft(derived('base'), [nine], { id: 'first' }))
    await save(draft(derived('first'), [nine], { id: 'second' }))
    // A over B over A: only the second save can close the circle.
    expect(await issuesOf(draft(derived('second'), [nine], { id: 'first' }))).toEqual(['definition-cycle'])
    expect(await issuesOf(draft(derived('base'), [nine], { id: 'base' }))).toEqual(['definition-cycle'])
    for (const [id, part] of [
      ['third', 'second'],
      ['fourth', 'third'],
      ['fifth', 'fourth'],
    ] as const)
      await save(draft(derived(part), [nine], { id }))
    expect(await issuesOf(draft(derived('fifth'), [nine], { id: 'sixth' }))).toEqual(['definition-depth'])
  })
  test('a calendar that does not exist', async () => {
    const open = { ...mean, where: [{ calendar: 'nowhere', operator: 'open' as const }] }
    expect((await check(draft(open, [eight]))).issues).toMatchObject([
      { rule: 'calendar-unknown', values: { id: 'nowhere' } },
    ])
  })
  test('percentile limits are measured once and kept; of too little they are refused', async () => {
    const cap = { kind: 'percentile' as const, low: 0, high: 0.9 }
    const saved = await save(draft(mean, [eight], { id: 'capped', cap }))
    expect(saved.cap).toMatchObject({ resolved: { high: expect.closeTo(90, -1) } })
    await all.apart((context) =>
      recordEvents(context, {
        events: Array.from({ length: 300 }, (_unused, index) => ({
          id: `L${index}`,
          type: 'visit',
          entity: 'U1',
          at: '2025-12-01T00:00:00Z',
          values: { minutes: 5000 },
          attributes: {},
        })),
      }),
    )
    expect((await all.run((context) => indicatorVersion(context, 'capped', 1))).cap).toEqual(saved.cap)
    expect((await save(draft(mean, [eight], { id: 'capped', cap }))).version).toBe(1)
    const rare = draft(
      { ...mean, eventType: 'rare' },
      [{ ...eight, events: [{ ...eight.events[0]!, type: 'rare' }] }],
      { id: 'rare', cap },
    )
    await expect(save(rare)).rejects.toMatchObject({
      code: 'DEFINITION_INVALID',
      data: { issues: [{ field: 'cap', rule: 'cap-too-few', values: { found: 0, needed: 100 } }] },
    })
  })
})

describe('versions with effective dates', () => {
  const count = { kind: 'count' as const, eventType: 'visit', numerator: [{ of: 'events' }] }
  const one = { ...DAY, events: [visit('02T01:00:00')], expected: 1 }
  const ten = { ...count, numerator: [{ of: 'events', coefficient: 10 }] }
  const series = async (version?: number) => {
    const asked = {
      id: 'dated',
      grain: 'month' as const,
      from: '2026-01-01',
      to: '2026-03-31',
      ...(version ? { version } : {}),
    }
    const { groups } = await all.run((context) => readSeries(context, asked))
    return groups[0]!.points.map((point) => point.value! / point.n!)
  }
  test('each period by the version of its day, a frozen version over all of them', async () => {
    await save(draft(count, [one], { id: 'dated' }))
    const change = await all.run((context) =>
      planIndicatorChange(context, {
        draft: draft(ten, [{ ...one, expected: 10 }], { id: 'dated', effectiveFrom: '2026-02-01' }),
        kind: 'ward',
        months: 3,
      }),
    )
    expect(change).toMatchObject({ version: 2, earliest: null, current: { version: 1 } })
    expect(change.differences.map((each) => each.field).toSorted()).toEqual(
      ['definition.numerator.0.coefficient', 'effectiveFrom', 'examples.0.expected'].toSorted(),
    )
    expect(change.after.map((point) => point.value)).toEqual(change.before.map((point) => point.value! * 10))
    expect(change.units).toMatchObject({ periodStart: '2026-02-01', kind: 'ward', moved: 2, unchanged: 0, falls: [] })
    const [rise] = change.units.rises
    expect(rise!.after).toBe(rise!.before! * 10)
    // Nothing was adopted by looking.
    expect(await all.run((context) => indicatorVersions(context, { id: 'dated' }))).toHaveLength(1)

    await save(draft(ten, [{ ...one, expected: 10 }], { id: 'dated', effectiveFrom: '2026-02-01' }))
    expect(await series()).toEqual([1, 10, 10])
    expect(await series(1)).toEqual([1, 1, 1])
    expect(await series(2)).toEqual([10, 10, 10])
    const versions = await all.run((context) => indicatorVersions(context, { id: 'dated' }))
    expect(versions.map(({ version, effectiveUntil }) => [version, effectiveUntil])).toEqual([
      [1, '2026-02-01'],
      [2, null],
    ])
  })
  test.each([null, '2026-01-15'])('no day gets two judges: %s', async (effectiveFrom) => {
    await expect(save(draft(count, [one], { id: 'dated', effectiveFrom, target: 3 }))).rejects.toMatchObject({
      code: 'EFFECTIVE_OVERLAP',
      data: { version: 2, from: '2026-02-01' },
    })
  })
  test('what does not exist is not changed', async () => {
    const unknown = { draft: draft(count, [one], { id: 'never-saved' }), months: 3 }
    await expect(all.run((context) => planIndicatorChange(context, unknown))).rejects.toMatchObject({
      code: 'INDICATOR_UNKNOWN',
    })
  })
})

describe('files', () => {
  const minutes = (rest: Partial<IndicatorDraftInput> = {}) =>
    draft(mean, [eight], { id: 'file-minutes', unit: 'minutes', ...rest })
  const plus = (rest: Partial<IndicatorDraftInput> = {}) =>
    draft(derived('file-minutes'), [nine], { id: 'file-plus', ...rest })
  const plan = (text: string) => all.run((context) => planIndicators(context, { text }))
  const take = (text: string) => all.run((context) => importIndicators(context, { text }))
  const states = ({ indicators }: Awaited<ReturnType<typeof plan>>) =>
    indicators.map((each) => [each.id, each.state, each.version])

  test('a plan writes nothing; parts may stand behind what is made of them; taken in twice nothing changes', async () => {
    const text = textOfDrafts([plus(), minutes()], 'yaml')
    expect(states(await plan(text))).toEqual([
      ['file-plus', 'new', 1],
      ['file-minutes', 'new', 1],
    ])
    expect(states(await plan(text))).toEqual([
      ['file-plus', 'new', 1],
      ['file-minutes', 'new', 1],
    ])
    expect(states(await take(text))).toEqual([
      ['file-plus', 'new', 1],
      ['file-minutes', 'new', 1],
    ])
    expect(states(await take(text))).toEqual([
      ['file-plus', 'unchanged', 1],
      ['file-minutes', 'unchanged', 1],
    ])
    const exported = await all.run((context) =>
      exportIndicators(context, { ids: 'file-plus,file-minutes', format: 'yaml' }),
    )
    expect(states(await plan(exported.text)).map(([, state]) => state)).toEqual(['unchanged', 'unchanged'])
    const everything = await all.run((context) => exportIndicators(context, { format: 'json' }))
    expect(everything.count).toBeGreaterThan(2)
    expect((await plan(everything.text)).indicators.every((each) => each.state === 'unchanged')).toBe(true)
    await expect(
      all.run((context) => exportIndicators(context, { ids: 'none', format: 'yaml' })),
    ).rejects.toMatchObject({ code: 'INDICATOR_UNKNOWN' })
  })
  test('changed with what differs, refused with reasons, the rest goes in', async () => {
    await save(draft(mean, [eight], { id: 'file-old', effectiveFrom: '2026-02-01' }))
    await save(draft(mean, [eight], { id: 'file-gone' }))
    await all.run((context) => retireIndicator(context, { id: 'file-gone' }))
    const written = [
      minutes({ target: 20 }),
      draft(mean, [{ ...eight, expected: 7 }], { id: 'file-wrong' }),
      draft(derived('file-wrong'), [nine], { id: 'file-on-wrong' }),
      draft(mean, [eight], { id: 'file-old', target: 3 }),
      draft(mean, [eight], { id: 'file-gone', target: 3 }),
      minutes({ target: 21 }),
    ]
    const text = `${textOfDrafts(written, 'yaml')}  - id: file-broken\n    unit: furlongs\n`
    const planned = await plan(text)
    const rules = planned.indicators.map((each) => [each.id, each.state, each.issues[0]?.rule])
    expect(rules.slice(0, 6)).toEqual([
      ['file-minutes', 'changed', undefined],
      ['file-wrong', 'refused', 'example-disagrees'],
      ['file-on-wrong', 'refused', 'part-unknown'],
      ['file-old', 'refused', 'effective-overlap'],
      ['file-gone', 'refused', 'retired'],
      ['file-minutes', 'refused', 'twice-in-text'],
    ])
    expect(planned.indicators[6]).toMatchObject({ id: 'file-broken', state: 'refused' })
    expect(planned.indicators[6]!.issues.map((each) => each.field)).toContain('unit')
    expect(planned.indicators[0]!.differences).toEqual([{ field: 'target', before: 'null', after: '20' }])
    await take(text)
    expect((await all.run((context) => indicatorVersions(context, { id: 'file-minutes' }))).at(-1)).toMatchObject({
      version: 2,
      target: 20,
    })
  })
  test('a circle inside one text is refused', async () => {
    const circle = [
      draft(derived('loop-b'), [nine], { id: 'loop-a' }),
      draft(derived('loop-a'), [nine], { id: 'loop-b' }),
    ]
    const { indicators } = await plan(textOfDrafts(circle, 'json'))
    expect(indicators.every((each) => each.state === 'refused')).toBe(true)
  })
  test('what is no text of definitions', async () => {
    expect((await plan('id: [')).fault).toMatchObject({ rule: 'text-broken' })
    expect((await take('nothing')).fault).toMatchObject({ rule: 'text-empty' })
  })
})
