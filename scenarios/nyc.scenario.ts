/** Service requests about animals to the city of New York: hours from created to closed, by agency and type, against sums over the file. */
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'csv-parse/sync'
import { type House, openHouse } from './house.ts'

const FILE = '../shared/data/nyc-311-animals.csv'
const there = existsSync(FILE)

interface Request {
  agency: string
  type: string
  created: string
  hours: number | null
}

/** M/D/YYYY H:mm on the city's wall clock, as an instant, so that the night of the clock change counts right. */
function instantOf(text: string): Temporal.Instant | null {
  const found = /^(\d+)\/(\d+)\/(\d{4}) (\d+):(\d\d)$/.exec(text)
  if (!found) return null
  const [month, day, year, hour, minute] = found.slice(1).map(Number) as [number, number, number, number, number]
  return Temporal.PlainDateTime.from({ year, month, day, hour, minute }).toZonedDateTime('America/New_York').toInstant()
}

let head: string[] = []
let requests: Request[] = []
if (there) {
  const [columns, ...rows] = parse(readFileSync(FILE), { bom: true })
  head = columns!
  const at = (row: string[], pattern: RegExp) => row[head.findIndex((name) => pattern.test(name))] ?? ''
  requests = rows.map((row) => {
    const [created, closed] = [instantOf(at(row, /^created/i)), instantOf(at(row, /^closed/i))]
    return {
      agency: at(row, /^agency$/i),
      type: at(row, /^complaint type$/i),
      created: at(row, /^created/i),
      hours: created && closed ? closed.since(created).total('hours') : null,
    }
  })
}
const column = (pattern: RegExp) => head.find((name) => pattern.test(name))!

describe.skipIf(!there)('hours to close (skipped where ../shared/data is missing)', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse({ timeZone: 'America/New_York', start: '2025-04-02' })
    const state = await house.importFile(FILE, '311', {
      eventType: 'request',
      entity: { columns: [column(/^agency$/i)] },
      unknownEntities: 'create',
      createdBelow: { kind: 'agency', parentKey: null },
      time: { column: column(/^created/i), format: 'auto', timeZone: 'America/New_York' },
      identity: ['Unique Key'],
      attributes: [{ column: 'Complaint Type', name: 'type' }],
      values: [{ name: 'hours_to_close', hoursFrom: column(/^created/i), hoursTo: column(/^closed/i) }],
      emptyNumber: 'absent',
    })
    expect(state).toMatchObject({ state: 'done', rows: requests.length, refused: 0 })
    expect(state.stored).toBe(requests.length)
    const office = await house.as('improvement-office')
    for (const [id, kind] of [
      ['hours-to-close', 'mean'],
      ['median-hours-to-close', 'quantile'],
    ] as const) {
      const numerator = [{ of: 'hours_to_close', coefficient: 1, where: [] }]
      const base = { eventType: 'request', where: [], numerator }
      await office.measurement.saveIndicator({
        id,
        title: { zh: '办结时长', en: 'Hours to close' },
        explanation: { zh: '从登记到办结的小时数。', en: 'Hours from created to closed.' },
        unit: 'hours',
        direction: 'lower-is-better',
        examples: [
          {
            from: '2026-03-02',
            to: '2026-03-02',
            events: [{ type: 'request', at: '2026-03-02T17:00:00Z', values: { hours_to_close: 6 } }],
            expected: 6,
          },
        ],
        definition: kind === 'mean' ? { kind, ...base } : { kind, ...base, quantile: 0.5 },
      })
    }
  })
  afterAll(() => house?.close())

  test('by agency and by type, the mean is the file’s', async () => {
    const office = await house.as('improvement-office')
    const agencies = [...new Set(requests.map((request) => request.agency))]
    expect(agencies.length).toBeGreaterThan(0)
    for (const agency of agencies) {
      const { groups, truncated } = await office.measurement.readSeries({
        id: 'hours-to-close',
        entity: agency,
        grain: 'year',
        from: '2024-01-01',
        to: '2025-12-31',
        by: 'type',
      })
      expect(truncated).toBe(false)
      for (const type of new Set(
        requests.filter((request) => request.agency === agency).map((request) => request.type),
      )) {
        const hours = requests.flatMap((request) =>
          request.agency === agency && request.type === type && request.hours !== null ? [request.hours] : [],
        )
        const found = groups.find((group) => group.by['type'] === type)?.points ?? []
        const n = found.reduce((sum, point) => sum + point.n!, 0)
        const sum = found.reduce((total, point) => total + point.numerator, 0)
        expect([agency, type, n]).toEqual([agency, type, hours.length])
        if (hours.length > 0)
          expect(sum / n).toBeCloseTo(hours.reduce((total, each) => total + each, 0) / hours.length, 6)
      }
    }
  })

  test('the median lies where half of the file lies', async () => {
    const office = await house.as('improvement-office')
    const { groups } = await office.measurement.readSeries({
      id: 'median-hours-to-close',
      grain: 'year',
      from: '2025-01-01',
      to: '2025-12-31',
    })
    const point = groups[0]!.points.find((each) => each.periodStart === '2025-01-01')!
    const sorted = requests.flatMap((request) => request.hours ?? []).toSorted((a, b) => a - b)
    const middle = sorted[Math.floor(sorted.length / 2)]!
    expect(point.n).toBe(sorted.length)
    expect(Math.abs(point.value! / middle - 1)).toBeLessThan(0.02)
  })
})
