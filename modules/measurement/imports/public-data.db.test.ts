/** Two public files through the whole way: upload, preview, import, series; against figures computed beside it. */
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTable } from '#platform/files/read-table'
import { previewFile } from '../actions/intake/files.ts'
import { saveIndicator } from '../actions/indicators.ts'
import { seriesOfUnits, seriesPoints } from '../actions/series.ts'
import { readSeries } from '../actions/telling/read-series.ts'
import { indicatorDraft, type MappingDefinition } from '../contract.ts'
import { timeReader } from '../rules/intake/read-time.ts'
import { type MeasurementWorld, openMeasurementWorld } from './open-for-test.ts'

const FOLDER = new URL('../../../../shared/data/', import.meta.url)
const NHS = new URL('nhs-ae-attendances.csv', FOLDER)
const NYC = new URL('nyc-311-animals.csv', FOLDER)
const absent = !existsSync(NHS)
if (absent) process.stderr.write('The public data of ../shared/data is not here: its tests are skipped.\n')

const nhsMapping: MappingDefinition = {
  eventType: 'ae-month',
  entity: { columns: ['org_code'] },
  unknownEntities: 'create',
  createdBelow: { kind: 'trust', parentKey: null },
  time: { column: 'period', format: 'auto', timeZone: 'Europe/London' },
  attributes: [{ column: 'type', name: 'type' }],
  values: [
    { column: 'attendances', name: 'attendances' },
    { column: 'breaches', name: 'breaches' },
  ],
  emptyNumber: 'absent',
}

const withinFourHours = indicatorDraft.parse({
  id: 'within-four-hours',
  title: { zh: '四小时内完成比例', en: 'Within four hours' },
  explanation: { zh: '未超时人次占比', en: 'Share of attendances without breach' },
  unit: 'percent',
  direction: 'higher-is-better',
  examples: [
    {
      from: '2018-01-01',
      to: '2018-01-31',
      events: [{ type: 'ae-month', at: '2018-01-15T00:00:00Z', values: { attendances: 20, breaches: 3 } }],
      expected: 85,
    },
  ],
  definition: {
    kind: 'proportion',
    eventType: 'ae-month',
    numerator: [{ of: 'attendances' }, { of: 'breaches', coefficient: -1 }],
    denominator: [{ of: 'attendances' }],
  },
})

describe.skipIf(absent)('public data', () => {
  let all: MeasurementWorld
  beforeAll(async () => {
    all = await openMeasurementWorld()
  })
  afterAll(() => all.close())

  test('A&E attendances: 12,765 rows, 72,019,402 attendances, 8,295,237 breaches', async () => {
    const file = await all.upload('nhs.csv', readFileSync(NHS))
    const first = await all.importFile(file, nhsMapping)
    expect(first).toMatchObject({ state: 'done', rows: 12_765, stored: 12_765, refused: 0, createdEntities: 274 })
    const again = await all.importFile(file, nhsMapping)
    expect(again).toMatchObject({ state: 'done', rows: 12_765, stored: 0, duplicates: 12_765, corrected: 0 })

    const indicator = await all.run((context) => saveIndicator(context, withinFourHours))
    const range = { grain: 'month' as const, from: '2016-04-01', to: '2019-04-01' }
    const points = await all.run((context) => seriesPoints(context, { indicator, entity: null, ...range }))
    // The organisation is in Shanghai: midnight of London on the first is the first there too.
    expect(points).toHaveLength(36)
    const sum = (pick: (point: (typeof points)[number]) => number) =>
      points.reduce((total, each) => total + pick(each), 0)
    expect(sum((each) => each.denominator)).toBe(72_019_402)
    expect(sum((each) => each.denominator - each.numerator)).toBe(8_295_237)

    const units = await all.run((context) =>
      seriesOfUnits(context, { indicator, kind: 'trust', below: null, ...range }),
    )
    expect(units).toHaveLength(274)
    const one = units.find((unit) => unit.entity.key === 'RF4')!.points.get('2017-03-01')!
    // 21,289 + 813 + 2,850 attendances with 2,879 + 22 + 6 breaches, read off the file.
    expect(one).toMatchObject({ denominator: 24_952, numerator: 24_952 - 2_907, n: 24_952 })
    expect(one.value).toBeCloseTo((100 * (24_952 - 2_907)) / 24_952, 10)
    const series = await all.run((context) =>
      readSeries(context, { id: indicator.id, grain: 'month', from: '2016-04-01', to: '2019-03-31', entity: 'RF4' }),
    )
    expect(series.chart).not.toBe(null)
  })

  test('the suggestion for the A&E file', async () => {
    const file = await all.upload('nhs.csv', readFileSync(NHS))
    const { suggestion, columns } = await all.run((context) => previewFile(all.files, context, { file }))
    expect(columns.map((column) => column.looksLike)).toEqual(['time', 'text', 'text', 'number', 'number', 'number'])
    expect(suggestion).toMatchObject({
      eventType: 'nhs',
      entity: { columns: ['org_code'] },
      time: { column: 'period', format: 'auto' },
      attributes: [{ column: 'type' }],
      values: [{ name: 'attendances' }, { name: 'breaches' }, { name: 'admissions' }],
    })
    expect(suggestion!.identity).toBe(undefined)
  })

  test('NYC requests about animals: hours to close by agency', async () => {
    const file = await all.upload('animals.csv', readFileSync(NYC))
    const { suggestion } = await all.run((context) => previewFile(all.files, context, { file }))
    expect(suggestion).toMatchObject({
      identity: ['Unique Key'],
      entity: { columns: ['Agency'] },
      time: { column: 'Created Date', format: 'auto' },
    })
    const closing = { name: 'hours to Closed Date', hoursFrom: 'Created Date', hoursTo: 'Closed Date' }
    expect(suggestion!.values).toContainEqual(closing)
    const mapping: MappingDefinition = { ...suggestion!, time: { ...suggestion!.time, timeZone: 'America/New_York' } }
    const done = await all.importFile(file, mapping)
    expect(done).toMatchObject({ state: 'done', rows: 4_969, stored: 4_969, refused: 0 })

    const indicator = await all.run((context) =>
      saveIndicator(
        context,
        indicatorDraft.parse({
          ...withinFourHours,
          id: 'hours-to-close',
          unit: 'hours',
          direction: 'lower-is-better',
          examples: [
            {
              from: '2025-03-01',
              to: '2025-03-01',
              events: [{ type: 'animals', at: '2025-03-01T12:00:00Z', values: { [closing.name]: 6 } }],
              expected: 6,
            },
          ],
          definition: { kind: 'mean', eventType: 'animals', numerator: [{ of: closing.name }] },
        }),
      ),
    )
    const expected = await meanHoursByAgency()
    const units = await all.run((context) =>
      seriesOfUnits(context, {
        indicator,
        kind: 'agency',
        below: null,
        grain: 'year',
        from: '2025-01-01',
        to: '2026-01-01',
      }),
    )
    expect(units.map((unit) => unit.entity.key)).toEqual([...expected.keys()].toSorted())
    for (const unit of units) {
      const point = unit.points.get('2025-01-01')!
      const { mean, n } = expected.get(unit.entity.key)!
      expect(point.n).toBe(n)
      expect(point.value).toBeCloseTo(mean, 8)
    }
    const again = await all.importFile(file, mapping)
    expect(again).toMatchObject({ stored: 0, duplicates: 4_969, corrected: 0 })
  })
})

async function meanHoursByAgency(): Promise<Map<string, { mean: number; n: number }>> {
  const table = await openTable(NYC.pathname)
  const read = timeReader('auto', 'America/New_York')
  const at = (name: string) => table.header.indexOf(name)
  const hours = new Map<string, number[]>()
  for await (const { cells } of table.rows) {
    const closed = cells[at('Closed Date')]!
    const own = hours.get(cells[at('Agency')]!) ?? []
    hours.set(cells[at('Agency')]!, own)
    if (closed !== '') own.push((read(closed)! - read(cells[at('Created Date')]!)!) / 3_600_000)
  }
  return new Map(
    [...hours].map(([agency, own]) => [agency, { mean: own.reduce((a, b) => a + b, 0) / own.length, n: own.length }]),
  )
}
