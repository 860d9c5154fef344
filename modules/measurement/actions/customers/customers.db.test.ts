/** Customers against figures counted in the test, and forecasts of customers whose behaviour is known. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openMeasurementWorld, type MeasurementWorld } from '../../imports/open-for-test.ts'
import { cutsOf, scoreOf, segmentOf } from '../../rules/customers/segments.ts'
import { recordEvents } from '../intake/record-events.ts'
import { customerForecast, customerLikelihoods } from './forecast.ts'
import { customerSegments, exportCustomers, listCustomers } from './list.ts'
import { customerEvents, readCustomer } from './one.ts'
import { at, draft, fewCustomers, type Made, manyCustomers, noise, START } from './made-for-test.ts'
import { customerAttributes, readCustomerSetting, saveCustomerSetting } from './setting.ts'

let all: MeasurementWorld
const few = fewCustomers()

const asking = <T>(work: Parameters<MeasurementWorld['run']>[0]) => all.run(work) as Promise<T>

beforeAll(async () => {
  all = await openMeasurementWorld('2026-03-01T02:00:00Z')
  await all.createEntities(['A', 'B'])
  const events = [...few, ...manyCustomers(), ...noise()]
  for (let first = 0; first < events.length; first += 10_000)
    await all.apart((context) => recordEvents(context, { events: events.slice(first, first + 10_000) }))
  await all.settle()
}, 240_000)
afterAll(() => all?.close())

const fewDraft = draft({ attribute: 'member', moneyValue: 'cost', channelAttribute: 'way' })

describe('what a customer is', () => {
  test('nothing is answered before it is said', async () => {
    expect(await asking(readCustomerSetting)).toEqual({ setting: null })
    await expect(all.run((context) => customerSegments(context, {}))).rejects.toMatchObject({
      code: 'CUSTOMERS_NOT_SET',
    })
  })
  test('likely attributes are offered first, personal ones are marked and refused', async () => {
    const offers = await all.run(customerAttributes)
    const of = (attribute: string) => offers.find((offer) => offer.attribute === attribute)!
    expect(offers[0]!.likely).toBe(true)
    expect(of('member')).toMatchObject({
      likely: true,
      personal: null,
      eventTypes: ['complaint', 'visit'],
      distinct: 40,
    })
    expect(of('way')).toMatchObject({ likely: false, personal: null })
    expect(of('phone')).toMatchObject({ likely: false, personal: 'phone' })
    await expect(
      all.run((context) => saveCustomerSetting(context, draft({ attribute: 'phone' }))),
    ).rejects.toMatchObject({ code: 'CUSTOMER_ATTRIBUTE_PERSONAL', data: { attribute: 'phone', kind: 'phone' } })
    await expect(
      all.run((context) => saveCustomerSetting(context, draft({ attribute: 'nobody' }))),
    ).rejects.toMatchObject({ code: 'CUSTOMER_ATTRIBUTE_UNKNOWN' })
  })
  test('the choice is kept, and changed in place', async () => {
    await all.run((context) => saveCustomerSetting(context, draft({ attribute: 'member' })))
    await all.run((context) => saveCustomerSetting(context, fewDraft))
    const { setting } = await all.run(readCustomerSetting)
    expect(setting).toMatchObject({ ...fewDraft, changedBy: 'Ann' })
  })
})

interface Counted {
  readonly id: string
  readonly dealings: number
  readonly money: number
  readonly lastDay: number
  readonly channel: string
  readonly outlet: string
}

/** The most frequent; of equals the last by name. */
function mostOf(names: readonly string[]): string {
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, same]) => ({ name, count: same.length }))
  return counts.toSorted((a, b) => b.count - a.count || (a.name < b.name ? 1 : -1))[0]!.name
}

/** The same by plain counting. Days are those of Shanghai. */
function counted(untilDay = Number.POSITIVE_INFINITY): Counted[] {
  const dayOf = (made: Made) =>
    START.toZonedDateTimeISO('Asia/Shanghai')
      .toPlainDate()
      .until(Temporal.Instant.from(made.at).toZonedDateTimeISO('Asia/Shanghai').toPlainDate(), { largestUnit: 'day' })
      .days
  const visits = few.filter((made) => made.type === 'visit' && dayOf(made) <= untilDay)
  return [...Map.groupBy(visits, (made) => made.attributes['member']!)].map(([id, made]) => ({
    id,
    dealings: made.length,
    money: made.reduce((sum, each) => sum + each.values['cost']!, 0),
    lastDay: Math.max(...made.map(dayOf)),
    channel: mostOf(made.map((each) => each.attributes['way']!)),
    outlet: mostOf(made.map((each) => each.entity)),
  }))
}

describe('the list', () => {
  test('segments and scores as counted by hand', async () => {
    for (const [day, untilDay] of [
      ['2026-03-01', 730],
      ['2025-03-01', 365],
    ] as const) {
      const expected = counted(untilDay)
      const told = await all.run((context) => customerSegments(context, { day }))
      expect(told.customers).toBe(expected.length)
      expect(told.dealings).toBe(expected.reduce((sum, each) => sum + each.dealings, 0))
      expect(told.money).toBe(expected.reduce((sum, each) => sum + each.money, 0))
      const cuts = {
        recency: cutsOf(expected.map((each) => each.lastDay)),
        frequency: cutsOf(expected.map((each) => each.dealings)),
        monetary: cutsOf(expected.map((each) => each.money)),
      }
      const segmentsOf = expected.map((each) =>
        segmentOf({
          recency: scoreOf(each.lastDay, cuts.recency),
          frequency: scoreOf(each.dealings, cuts.frequency),
          monetary: scoreOf(each.money, cuts.monetary),
        }),
      )
      for (const { segment, customers } of told.segments)
        expect([day, segment, customers]).toEqual([day, segment, segmentsOf.filter((each) => each === segment).length])
      expect(told.cuts.frequency).toEqual(cuts.frequency)
    }
  })

  for (const order of ['recent', 'away', 'dealings', 'money'] as const)
    test(`pages by ${order} join to the whole, each customer once`, async () => {
      const rows = []
      let cursor: string | undefined
      do {
        const page = await all.run((context) =>
          listCustomers(context, { order, limit: 7, ...(cursor === undefined ? {} : { cursor }) }),
        )
        rows.push(...page.rows)
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      const whole = await all.run((context) => exportCustomers(context, { order }))
      expect(rows).toEqual(whole.rows)
      expect(whole.more).toBe(false)
      expect(new Set(rows.map((row) => row.id)).size).toBe(40)
      for (const { id, dealings, money, channel, outlet } of counted()) {
        const row = rows.find((each) => each.id === id)!
        expect(row).toMatchObject({ dealings, money, channel })
        const visits = few.filter((made) => made.attributes['member'] === id && made.type === 'visit')
        const atB = visits.filter((made) => made.entity === 'B').length
        // Of two outlets alike the one known for longer is named.
        if (atB * 2 !== visits.length) expect(row.outlet!.key).toBe(outlet)
      }
      const places = rows.map((row) =>
        order === 'dealings' ? row.dealings : order === 'money' ? row.money! : Date.parse(row.last),
      )
      expect(places).toEqual(places.toSorted((a, b) => (order === 'away' ? a - b : b - a)))
    })

  test('before the first dealing there is nobody, long after the last all are there', async () => {
    const on = (day: string) => all.run((context) => customerSegments(context, { day }))
    expect(await on('1990-01-01')).toMatchObject({ customers: 0, dealings: 0, money: 0 })
    expect(await on('2199-12-31')).toMatchObject({ customers: 40 })
    const asked = { order: 'recent', limit: 5, day: '1990-01-01' } as const
    expect(await all.run((context) => listCustomers(context, asked))).toEqual({ rows: [], nextCursor: null })
  })

  test('by segment and by the begin of the pseudonym', async () => {
    const loyal = await all.run((context) => exportCustomers(context, { order: 'recent', segment: 'dormant' }))
    const told = await all.run((context) => customerSegments(context, {}))
    expect(loyal.rows.length).toBe(told.segments.find((each) => each.segment === 'dormant')!.customers)
    expect(loyal.rows.every((row) => row.segment === 'dormant')).toBe(true)
    const found = await all.run((context) => exportCustomers(context, { order: 'recent', search: 'M/4' }))
    expect(found.rows.map((row) => row.id).toSorted()).toEqual(['M/4', 'M/40'])
  })
})

describe('one customer', () => {
  test('the profile as counted by hand', async () => {
    const id = 'M/10'
    const own = few.filter((made) => made.attributes['member'] === id)
    const visits = own.filter((made) => made.type === 'visit')
    const one = await all.run((context) => readCustomer(context, { id }))
    expect(one).toMatchObject({
      id,
      events: own.length,
      dealings: visits.length,
      money: visits.length * 10,
      complaints: 1,
      first: visits[0]!.at,
      last: visits.at(-1)!.at,
      gap: { gaps: visits.length - 1, lowDays: 15, medianDays: 15, highDays: 15 },
      rating: { n: visits.length },
    })
    expect(one.types).toEqual([
      { type: 'visit', count: visits.length, dealing: true },
      { type: 'complaint', count: 1, dealing: false },
    ])
    expect(one.outlets.reduce((sum, outlet) => sum + outlet.count, 0)).toBe(visits.length)
    expect(one.years.reduce((sum, year) => sum + year.dealings, 0)).toBe(visits.length)
    const stars = visits.map((made) => made.values['stars']!)
    expect(one.rating!.mean).toBeCloseTo(stars.reduce((sum, each) => sum + each, 0) / stars.length, 10)
    const { rows } = await all.run((context) => exportCustomers(context, { order: 'recent', search: id }))
    const { recency, frequency, monetary, segment } = rows[0]!
    expect(one.scores).toEqual({ recency, frequency, monetary, segment })
  })
  test('the history, newest first, every event once', async () => {
    const own = few.filter((made) => made.attributes['member'] === 'M/10')
    const rows = []
    let cursor: string | undefined
    do {
      const page = await all.run((context) =>
        customerEvents(context, { id: 'M/10', limit: 20, ...(cursor === undefined ? {} : { cursor }) }),
      )
      rows.push(...page.rows)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(rows.map((row) => row.id).toSorted()).toEqual(own.map((made) => made.id).toSorted())
    expect(rows.map((row) => row.at)).toEqual(
      rows
        .map((row) => row.at)
        .toSorted()
        .toReversed(),
    )
  })
  test('nobody by this name', async () => {
    await expect(all.run((context) => readCustomer(context, { id: 'M/99' }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
  test('a correction counts once', async () => {
    const before = await all.run((context) => readCustomer(context, { id: 'M/11' }))
    const made = few.find((each) => each.attributes['member'] === 'M/11')!
    const events = [{ ...made, values: { ...made.values, cost: 1_011 } }]
    await all.apart((context) => recordEvents(context, { events }))
    const after = await all.run((context) => readCustomer(context, { id: 'M/11' }))
    expect([after.dealings, after.money]).toEqual([before.dealings, before.money! + 1_000])
    await all.apart((context) => recordEvents(context, { events: [made] }))
  })
})

describe('the forecast', () => {
  test('customers with rates of their own who drop out: calibrated, and better than the same rate for all', async () => {
    await all.run((context) => saveCustomerSetting(context, draft()))
    for (const horizonDays of [7, 30, 90]) {
      const forecast = await all.run((context) => customerForecast(context, { horizonDays }))
      expect(forecast.reason).toBeNull()
      const visit = forecast.types.find((type) => type.type === 'visit')!
      expect(visit.reason).toBeNull()
      const { accuracy } = visit
      expect(accuracy!.skillLow).toBeGreaterThan(0.1)
      expect(accuracy!.auc).toBeGreaterThan(0.75)
      const off = accuracy!.calibration.filter((group) => !group.inside)
      expect([horizonDays, off.length <= 1, off]).toEqual([horizonDays, true, off])
    }
  })

  test('the cells are what a count of the events gives', async () => {
    const { types, fitDay } = await all.run((context) => customerForecast(context, { horizonDays: 30 }))
    const end = Temporal.PlainDate.from(fitDay).add({ days: 1 }).toZonedDateTime('Asia/Shanghai').toInstant()
    const from = Temporal.PlainDate.from(fitDay).subtract({ days: 364 }).toZonedDateTime('Asia/Shanghai').toInstant()
    const until = end.add({ hours: 24 * 30 })
    const expected = new Map<string, { customers: number; came: number }>()
    for (const made of Map.groupBy([...manyCustomers()], (each) => each.attributes['customer']!).values()) {
      const times = made.map((each) => Temporal.Instant.from(each.at).epochMilliseconds)
      const before = times.filter((time) => time >= from.epochMilliseconds && time < end.epochMilliseconds)
      if (before.length === 0) continue
      const came = times.some((time) => time >= end.epochMilliseconds && time < until.epochMilliseconds)
      const days = Math.floor((end.epochMilliseconds - 1 - Math.max(...before)) / 86_400_000)
      const key = `${[1, 2, 3, 5, 10, 20].findLast((first) => before.length >= first)} ${[0, 7, 30, 90, 180].findLast((first) => days >= first)}`
      const known = expected.get(key) ?? { customers: 0, came: 0 }
      expected.set(key, { customers: known.customers + 1, came: known.came + Number(came) })
    }
    const found = new Map(
      types[0]!.cells
        .filter((cell) => cell.from > 0 && cell.customers > 0)
        .map((cell) => [`${cell.from} ${cell.daysFrom}`, { customers: cell.customers, came: cell.came }]),
    )
    expect(found).toEqual(expected)
  })

  test('a customer gets the likelihood of the cell', async () => {
    const { rows } = await all.run((context) => exportCustomers(context, { order: 'recent' }))
    const mine = await all.run((context) => customerLikelihoods(context, { id: rows[0]!.id, horizonDays: 30 }))
    const visit = mine.rows.find((row) => row.type === 'visit')!
    expect(visit.reason).toBeNull()
    expect(visit.cell!.probability).toBeGreaterThan(visit.baseRate)
    const gone = await all.run((context) => exportCustomers(context, { order: 'away' }))
    expect(
      await all.run((context) => customerLikelihoods(context, { id: gone.rows[0]!.id, horizonDays: 30 })),
    ).toMatchObject({ reason: 'away', rows: [] })
  })

  test('pure noise: no skill, and it says so', async () => {
    await all.run((context) => saveCustomerSetting(context, draft({ attribute: 'anyone', dealingTypes: null })))
    for (const horizonDays of [7, 30, 90]) {
      const { types } = await all.run((context) => customerForecast(context, { horizonDays }))
      expect(types).toHaveLength(1)
      expect(types[0]!.reason).toBe('no-skill')
      expect(Math.abs(types[0]!.accuracy!.skill)).toBeLessThan(0.02)
    }
    const mine = await all.run((context) => customerLikelihoods(context, { id: 'N1', horizonDays: 30 }))
    expect(mine.rows).toMatchObject([{ type: 'letter', reason: 'no-skill', cell: null }])
  })

  test('few customers and short memory are told', async () => {
    await all.run((context) => saveCustomerSetting(context, fewDraft))
    const { types } = await all.run((context) => customerForecast(context, { horizonDays: 30 }))
    expect(types.every((type) => type.reason === 'too-few')).toBe(true)
    const events = [
      { id: 'late', type: 'visit', entity: 'A', at: at(700), attributes: { late: 'L1' }, values: {} },
      { id: 'later', type: 'visit', entity: 'A', at: at(720), attributes: { late: 'L1' }, values: {} },
    ]
    await all.apart((context) => recordEvents(context, { events }))
    await all.run((context) => saveCustomerSetting(context, draft({ attribute: 'late' })))
    expect(await all.run((context) => customerForecast(context, { horizonDays: 90 }))).toMatchObject({
      reason: 'too-short',
      types: [],
    })
  })
})
