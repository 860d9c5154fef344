/** Segments, targets, baselines, notes, publications, distribution and files against figures computed from the events by hand. */
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMissingEntities } from '#organisation/actions/look-up'
import { addPeriods, dayOf, periodStartOf } from '#platform/periods'
import { listAnnotations, removeAnnotation, saveAnnotation, withdrawNote, writeNote } from '../actions/annotations.ts'
import { listEvents } from '../actions/intake/browse-events.ts'
import { compareEntities } from '../actions/compare.ts'
import { saveIndicator } from '../actions/indicators.ts'
import { recordEvents } from '../actions/intake/record-events.ts'
import { readSeries } from '../actions/telling/read-series.ts'
import { indicatorDraft } from '../contract.ts'
import { type MeasurementWorld, openMeasurementWorld } from '../imports/open-for-test.ts'
import { readBaselines } from './baselines.ts'
import { readDistribution } from './distribution.ts'
import { exportEvents, exportSeries } from './exports.ts'
import { importIndustryFigures, listIndustryFigures, saveIndustryFigure } from './industry-figures.ts'
import { listPins, pinIndicator, unpinIndicator } from './pins.ts'
import { archiveSegment, listSegments, saveSegment, segmentVersions } from './segments.ts'
import { listTargets, saveTarget, withdrawTarget } from './targets.ts'

interface Made {
  readonly id: string
  readonly type: string
  readonly entity: string
  readonly at: string
  readonly attributes: Record<string, string>
  readonly values: Record<string, number>
}

let all: MeasurementWorld
const events: Made[] = []
const UNITS = ['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7']
const START = Temporal.Instant.from('2022-12-31T16:00:00Z')
const DAYS = 365 * 3
const monthOf = (at: string) => periodStartOf(dayOf(Temporal.Instant.from(at), 'Asia/Shanghai'), 'month')
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const close = (value: number | null | undefined, expected: number) => expect(value).toBeCloseTo(expected, 9)

beforeAll(async () => {
  all = await openMeasurementWorld('2026-01-10T00:00:00Z')
  await all.run((context) => createMissingEntities(context, ['H1'], { kind: 'hospital', parentKey: null }))
  await all.createEntities(UNITS.slice(0, 4), 'department', 'H1')
  await all.createEntities(UNITS.slice(4), 'department')
  const { random } = all.world
  for (let index = 0; index < 9_000; index += 1) {
    const at = START.add({ minutes: Math.floor(random() * DAYS * 24 * 60) }).toString()
    const entity = UNITS[Math.floor(random() * UNITS.length)]!
    const channel = ['web', 'hall', 'phone'][Math.floor(random() ** 2 * 3)]!
    const values = { minutes: Math.round(random() * 600) / 10, late: random() < 0.3 ? 1 : 0 }
    const visit = { id: `E${index}`, type: 'visit', entity, at, attributes: { channel, ticket: `T${index}` }, values }
    events.push(visit)
    if (random() < 0.6) {
      const later = Temporal.Instant.from(at).add({ minutes: Math.floor(random() * 3000) })
      // What closes a ticket does not say through which channel it came.
      events.push({
        ...visit,
        id: `C${index}`,
        type: 'closed',
        at: later.toString(),
        attributes: { ticket: `T${index}` },
      })
    }
  }
  await all.apart((context) => recordEvents(context, { events }))
  await all.settle()
  await save('minutes', { kind: 'mean', numerator: [{ of: 'minutes' }] }, { unit: 'minutes', target: 20 })
  await save('in-time', {
    kind: 'proportion',
    numerator: [{ of: 'events' }, { of: 'late', coefficient: -1 }],
    denominator: [{ of: 'events' }],
  })
  const stream = (eventType: string) => ({ eventType, where: [] })
  const pair = { from: stream('visit'), to: stream('closed'), match: ['ticket'], withinHours: 24, open: 'count-late' }
  await save('closed-share', { kind: 'conversion', pair })
  const parts = [
    { name: 'share', indicator: 'in-time' },
    { name: 'wait', indicator: 'minutes' },
  ]
  await save('mixed', { kind: 'derived', parts, formula: 'share / wait' }, { unit: 'number' })
  await all.settle()
})
afterAll(() => all.close())

const examples = {
  mean: { values: { minutes: 8 }, expected: 8 },
  proportion: { values: { late: 0 }, expected: 100 },
  conversion: { values: {}, expected: 0 },
} as Record<string, { values: Record<string, number>; expected: number }>
const save = (id: string, definition: { kind: string } & Record<string, unknown>, rest: object = {}) => {
  const day = { from: '2025-03-02', to: '2025-03-02' }
  const shown = examples[definition.kind]
  const example = shown
    ? {
        ...day,
        expected: shown.expected,
        events: [{ type: 'visit', at: '2025-03-02T02:00:00Z', attributes: { ticket: 'T' }, values: shown.values }],
      }
    : { ...day, events: [], parts: { share: 50, wait: 25 }, expected: 2 }
  return all.run((context) =>
    saveIndicator(
      context,
      indicatorDraft.parse({
        id,
        title: { zh: `指标 ${id}`, en: `Indicator ${id}` },
        explanation: { zh: '说明', en: 'Explanation' },
        unit: 'percent',
        direction: 'higher-is-better',
        definition: { eventType: 'visit', ...definition },
        examples: [example],
        ...rest,
      }),
    ),
  )
}
const YEAR = { grain: 'month' as const, from: '2025-01-01', to: '2025-12-31' }
const read = (id: string, more: { segment?: string; entity?: string } = {}) =>
  all.run((context) => readSeries(context, { id, ...YEAR, ...more }))
const visits = (month: string, keep: (event: Made) => boolean = () => true) =>
  events.filter((event) => event.type === 'visit' && monthOf(event.at) === month && keep(event))
const saveWeb = (value = 'web', basedOn = 0) =>
  all.run((context) =>
    saveSegment(context, {
      id: 'online',
      title: { zh: '网上', en: 'Online' },
      conditions: [{ attribute: 'channel', operator: 'is', value }],
      basedOn,
    }),
  )

describe('segments', () => {
  test('give the values of the filtered events, of pairs by their first event, of derived ones through the parts', async () => {
    await saveWeb()
    const web = (event: Made) => event.attributes['channel'] === 'web'
    const minutes = await read('minutes', { segment: 'online' })
    const share = await read('in-time', { segment: 'online' })
    const closed = await read('closed-share', { segment: 'online' })
    const mixed = await read('mixed', { segment: 'online' })
    expect(minutes.segment).toEqual({ id: 'online', title: { zh: '网上', en: 'Online' } })
    for (const [place, { periodStart, value, n }] of minutes.groups[0]!.points.entries()) {
      const own = visits(periodStart, web)
      expect(n).toBe(own.length)
      close(value, mean(own.map((event) => event.values['minutes']!)))
      const inTime = 100 * mean(own.map((event) => 1 - event.values['late']!))
      close(share.groups[0]!.points[place]!.value, inTime)
      const matched = own.filter((event) => {
        const answer = events.find((each) => each.id === event.id.replace('E', 'C'))
        return answer && Date.parse(answer.at) - Date.parse(event.at) <= 24 * 3_600_000
      })
      close(closed.groups[0]!.points[place]!.value, (100 * matched.length) / own.length)
      close(mixed.groups[0]!.points[place]!.value, inTime / value!)
    }
    const compared = await all.run((context) =>
      compareEntities(context, {
        ...YEAR,
        id: 'minutes',
        periodStart: '2025-03-01',
        children: true,
        segment: 'online',
        below: 'H1',
        limit: 50,
      }),
    )
    expect(compared.rows.map((row) => row.entity.key).toSorted()).toEqual(['D1', 'D2', 'D3', 'D4'])
    for (const { entity, point } of compared.rows)
      expect(point.n).toBe(visits('2025-03-01', (event) => web(event) && event.entity === entity.key).length)
  })

  test('one hour compares too, by the instant it begins', async () => {
    const [visit] = visits('2025-03-01')
    const periodStart = `${visit!.at.slice(0, 13)}:00:00Z`
    const asked = { id: 'minutes', grain: 'hour' as const, periodStart, kind: 'department', limit: 50 }
    const { rows } = await all.run((context) => compareEntities(context, asked))
    expect(rows.find((row) => row.entity.key === visit!.entity)!.point.n).toBeGreaterThan(0)
  })

  test('keep their history, notice a second hand, leave the list when archived', async () => {
    await expect(saveWeb('hall', 0)).rejects.toMatchObject({ code: 'SEGMENT_CHANGED', data: { version: 1 } })
    expect((await saveWeb('hall', 1)).version).toBe(2)
    const versions = await all.run((context) => segmentVersions(context, { id: 'online' }))
    expect(versions.map((each) => (each.conditions[0] as { value: string }).value)).toEqual(['web', 'hall'])
    await saveWeb('web', 2)
    await all.run((context) => archiveSegment(context, { id: 'online' }))
    expect(await all.run((context) => listSegments(context, {}))).toEqual([])
    expect(await all.run((context) => listSegments(context, { archived: true }))).toHaveLength(1)
    await expect(read('minutes', { segment: 'nothing' })).rejects.toMatchObject({ code: 'SEGMENT_UNKNOWN' })
    const calendar = { id: 'open', title: { zh: '开', en: 'Open' }, basedOn: 0 }
    const conditions = [{ calendar: 'none', operator: 'open' as const }]
    await expect(all.run((context) => saveSegment(context, { ...calendar, conditions }))).rejects.toMatchObject({
      code: 'CALENDAR_UNKNOWN',
    })
  })
})

test('each period shows the target in force: the most specific, from its day on, the definition’s before', async () => {
  const aim = (value: number, effectiveFrom: string, entity: string | null = null) =>
    all.run((context) =>
      saveTarget(context, {
        id: 'minutes',
        value,
        band: null,
        segment: null,
        entity,
        effectiveFrom,
        source: '服务标准',
      }),
    )
  await aim(18, '2025-04-01')
  const wrong = await aim(3, '2025-04-01', 'H1')
  await aim(15, '2025-09-01', 'H1')
  await all.run((context) => withdrawTarget(context, { target: wrong.id }))
  const whole = await read('minutes')
  expect(whole.targets.map((target) => target?.value)).toEqual([20, 20, 20, 18, 18, 18, 18, 18, 18, 18, 18, 18])
  expect(whole.targets[0]).toMatchObject({ of: 'definition' })
  const below = await read('minutes', { entity: 'D1' })
  expect(below.targets.map((target) => target?.value)).toEqual([20, 20, 20, 18, 18, 18, 18, 18, 15, 15, 15, 15])
  expect(await all.run((context) => listTargets(context, { id: 'minutes' }))).toHaveLength(2)
})

test('baselines: earlier years of the same month, quartiles of peers, industry figures in force', async () => {
  const asked = { id: 'minutes', entity: 'D5', ...YEAR }
  const { history, peers } = await all.run((context) => readBaselines(context, asked))
  for (const { periodStart, mean: usual, spread, n, basis } of history) {
    const earlier = [12, 24].map((back) =>
      mean(
        visits(addPeriods(periodStart, 'month', -back), (event) => event.entity === 'D5').map(
          (event) => event.values['minutes']!,
        ),
      ),
    )
    expect([basis, n]).toEqual(['season', 2])
    close(usual, mean(earlier))
    close(spread, Math.abs(earlier[0]! - earlier[1]!) / Math.SQRT2)
  }
  expect(history).toHaveLength(12)
  expect(peers?.kind).toBe('department')
  for (const { periodStart, median, lowerQuartile, upperQuartile, n } of peers!.periods) {
    const others = UNITS.filter((key) => key !== 'D5')
      .map((key) => mean(visits(periodStart, (event) => event.entity === key).map((event) => event.values['minutes']!)))
      .toSorted((a, b) => a - b)
    expect(n).toBe(6)
    close(median, (others[2]! + others[3]!) / 2)
    close(lowerQuartile, others[1]! + 0.25 * (others[2]! - others[1]!))
    close(upperQuartile, others[3]! + 0.75 * (others[4]! - others[3]!))
  }
  const alone = await all.run((context) => readBaselines(context, { ...asked, entity: 'H1' }))
  expect(alone.peers).toMatchObject({ kind: 'hospital', periods: [] })

  const csv =
    'indicator,value,unit,from,to,source,published,n\nminutes,25,minutes,2025-01-01,2025-12-31,行业年报,2026-01-05,40\n'
  expect(await all.run((context) => importIndustryFigures(context, { csv }))).toEqual({ recorded: 1 })
  const [first] = await all.run((context) => listIndustryFigures(context, { id: 'minutes' }))
  const better = { ...first!, id: 'minutes', value: 24, supersedes: first!.id }
  await all.run((context) => saveIndustryFigure(context, better))
  await expect(all.run((context) => saveIndustryFigure(context, better))).rejects.toMatchObject({
    code: 'FIGURE_SUPERSEDED',
  })
  const { industry } = await all.run((context) => readBaselines(context, asked))
  expect(industry.map((figure) => [figure.value, figure.source, figure.n])).toEqual([[24, '行业年报', 40]])
  await expect(
    all.run((context) => importIndustryFigures(context, { csv: csv.replace(',minutes,2025', ',hours,2025') })),
  ).rejects.toMatchObject({ code: 'FIGURES_INVALID', data: { issues: [{ row: 2, field: 'unit', rule: 'unit' }] } })
  await expect(all.run((context) => importIndustryFigures(context, { csv: 'a,b\n1,2\n' }))).rejects.toMatchObject({
    code: 'FIGURES_INVALID',
  })
})

test('notes of people and of other modules stand beside versions; a node’s note is told below it', async () => {
  const note = { indicator: 'minutes', entity: 'H1', from: '2025-05-10', to: null, text: '新增窗口' }
  const saved = await all.run((context) => saveAnnotation(context, note))
  const planned = {
    origin: 'plans',
    originKey: 'P1',
    indicator: null,
    entity: null,
    from: '2025-06-01',
    to: '2025-06-30',
  }
  for (const zh of ['计划开始', '计划开始（改）'])
    await all.run((context) => writeNote(context, { ...planned, text: { zh, en: 'Plan begins' } }))
  const listed = (entity?: string) =>
    all.run((context) => listAnnotations(context, { id: 'minutes', ...YEAR, ...(entity ? { entity } : {}) }))
  expect((await listed('D1')).map((each) => each.text.zh)).toEqual(['新增窗口', '计划开始（改）'])
  expect((await listed('D5')).map((each) => each.text.zh)).toEqual(['计划开始（改）'])
  await all.run((context) => withdrawNote(context, 'plans', 'P1'))
  await all.run((context) => removeAnnotation(context, { annotation: saved.id }))
  expect(await listed('D1')).toEqual([])
  await expect(all.run((context) => removeAnnotation(context, { annotation: saved.id }))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('the distribution counts each value once, in the unit of the indicator', async () => {
  const asked = { id: 'minutes', entity: 'D1', from: '2025-01-01', to: '2025-12-31' }
  const found = await all.run((context) => readDistribution(context, asked))
  const values = events
    .filter((event) => event.type === 'visit' && event.entity === 'D1' && monthOf(event.at).startsWith('2025'))
    .map((event) => event.values['minutes']!)
    .toSorted((a, b) => a - b)
  expect(found!.n).toBe(values.length)
  close(found!.mean, mean(values))
  expect([found!.least, found!.greatest]).toEqual([values[0], values.at(-1)])
  expect(found!.bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(values.length)
  for (const { low, high, count } of found!.bars)
    expect(values.filter((value) => (low === null || value >= low) && (high === null || value < high))).toHaveLength(
      count,
    )
  expect(await all.run((context) => readDistribution(context, { ...asked, id: 'in-time' }))).toBeNull()
})

test('events behind a point: by indicator, segment and attributes, with how they came in', async () => {
  const asked = {
    indicator: 'minutes',
    segment: 'online',
    from: '2025-03-01',
    to: '2025-03-31',
    entity: 'D1',
    limit: 200,
  }
  const { rows } = await all.run((context) => listEvents(context, asked))
  const own = visits('2025-03-01', (event) => event.attributes['channel'] === 'web' && event.entity === 'D1')
  expect(rows.map((row) => row.id).toSorted()).toEqual(own.map((event) => event.id).toSorted())
  expect(rows[0]!.source).toMatchObject({ kind: 'api' })
  const hall = {
    type: 'visit',
    with: 'channel=hall',
    from: '2025-03-01T00:00:00Z',
    to: '2025-03-02T00:00:00Z',
    limit: 200,
  }
  for (const row of (await all.run((context) => listEvents(context, hall))).rows)
    expect(row.attributes['channel']).toBe('hall')
})

test('files hold what is seen, and nothing a spreadsheet would run', async () => {
  const series = await read('minutes')
  const csv = await all.run((context) =>
    exportSeries(context, { id: 'minutes', ...YEAR, format: 'csv', language: 'en' }),
  )
  const lines = (await csv.text()).trim().split('\r\n')
  expect(lines).toHaveLength(1 + series.groups[0]!.points.length)
  // The engine adds up in parallel: the last digit of a sum may differ from one look to the next.
  const close = (own: unknown, other: number | null) =>
    other === null ? expect(own).toBeNull() : expect(Number(own)).toBeCloseTo(other, 9)
  const cells = lines[1]!.split(',').map(Number)
  const [first] = series.groups[0]!.points
  expect(cells.some((cell) => Math.abs(cell - first!.value!) < 1e-9)).toBe(true)
  const book = await all.run((context) =>
    exportSeries(context, { id: 'minutes', ...YEAR, format: 'xlsx', language: 'zh' }),
  )
  const { sheets } = await readXlsx(new Uint8Array(await book.arrayBuffer()))
  const [head, ...rows] = sheets[0]!.rows
  expect(rows).toHaveLength(series.groups[0]!.points.length)
  for (const [index, point] of series.groups[0]!.points.entries())
    close(rows[index]![head!.indexOf('数值')], point.value)
  const evil: Made = {
    id: '=HYPERLINK("http://x")',
    type: 'visit',
    entity: 'D7',
    at: '2025-12-30T02:00:00Z',
    attributes: { channel: '@SUM(1)', ticket: '-2+3' },
    values: {},
  }
  await all.apart((context) => recordEvents(context, { events: [evil] }))
  const day = { from: '2025-12-30', to: '2025-12-30', with: 'channel=%40SUM(1)', language: 'en' as const }
  const text = await (await all.run((context) => exportEvents(context, { ...day, format: 'csv' }))).text()
  expect(text.split('\r\n')).toHaveLength(3)
  expect(text).toContain(`"'=HYPERLINK(""http://x"")"`)
  expect(text).toContain("'@SUM(1)")
  expect(text).toContain("'-2+3")
  const sheet = await all.run((context) => exportEvents(context, { ...day, format: 'xlsx' }))
  const read2 = await readXlsx(new Uint8Array(await sheet.arrayBuffer()))
  expect(read2.sheets[0]!.rows[1]![0]).toBe(evil.id)
})

test('pins are a person’s own and keep their order', async () => {
  for (const id of ['minutes', 'in-time', 'minutes']) {
    all.world.clock.advance({ seconds: 1 })
    await all.run((context) => pinIndicator(context, { id }))
  }
  expect(await all.run((context) => listPins(context))).toEqual(['minutes', 'in-time'])
  await all.run((context) => unpinIndicator(context, { id: 'minutes' }))
  expect(await all.run((context) => listPins(context))).toEqual(['in-time'])
  await expect(all.run((context) => pinIndicator(context, { id: 'nothing' }))).rejects.toMatchObject({
    code: 'INDICATOR_UNKNOWN',
  })
})
