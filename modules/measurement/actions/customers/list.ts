/** All customers: scores by fifths, segments, pages of the list. */
import { z } from 'zod'
import { lookUpEntityNumbers } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { dayOf } from '#platform/periods'
import { readCursor, toPage, writeCursor } from '#platform/paging'
import {
  type CustomerOrder,
  type CustomerRow,
  type CustomerSegments,
  type CustomerSegment,
  customerSegmentNames,
} from '../../contract/customers/customers.ts'
import { placesOf, segmentOf } from '../../rules/customers/segments.ts'
import { whileUnchanged } from '../../store/customers/kept.ts'
import {
  countPlaces,
  type Cuts,
  listCustomers as readList,
  type ListedCustomer,
  type PlaceCount,
  readCuts,
  readHabits,
} from '../../store/customers/list.ts'
import { type Asked, askedOf, instantText } from './asking.ts'

/** The cuts of all customers at a reference day; kept while no event comes. */
export async function cutsAt(context: Context, asked: Asked): Promise<Cuts> {
  const { measurements, organisation } = context
  return whileUnchanged(measurements, organisation, asked.until, ['cuts', asked], () =>
    readCuts(measurements, organisation, asked),
  )
}

const DAY_MILLISECONDS = 86_400_000
const epochDay = (day: string) =>
  Temporal.PlainDate.from(day).toZonedDateTime('UTC').epochMilliseconds / DAY_MILLISECONDS

export async function customerSegments(
  context: Context,
  input: { day?: string | undefined },
): Promise<CustomerSegments> {
  const asked = await askedOf(context, input.day)
  const { measurements, organisation } = context
  const cuts = await cutsAt(context, asked)
  const places = await whileUnchanged(measurements, organisation, asked.until, ['places', asked], () =>
    countPlaces(measurements, organisation, asked, cuts),
  )
  const withMoney = asked.setting.moneyValue !== null
  const moneyOf = (rows: readonly PlaceCount[]) => (withMoney ? sumOf(rows, 'money') : null)
  return {
    day: asked.day,
    customers: cuts.customers,
    dealings: sumOf(places, 'dealings'),
    money: moneyOf(places),
    cuts: {
      recencyDays: cuts.lastDay.map((lastDay) => epochDay(asked.day) - lastDay),
      frequency: [...cuts.dealings],
      money: withMoney ? [...cuts.money] : null,
    },
    segments: customerSegmentNames
      .filter((segment) => withMoney || segment !== 'high-value')
      .map((segment) => {
        const rows = places.filter((place) => scoresOf(place).segment === segment)
        return {
          segment,
          customers: sumOf(rows, 'customers'),
          dealings: sumOf(rows, 'dealings'),
          money: moneyOf(rows),
        }
      }),
  }
}

const sumOf = (rows: readonly PlaceCount[], name: 'customers' | 'dealings' | 'money') =>
  Math.round(rows.reduce((sum, row) => sum + row[name], 0) * 100) / 100

function scoresOf(row: Pick<ListedCustomer, 'recency' | 'frequency' | 'monetary'>) {
  const { recency, frequency } = row
  const monetary = row.monetary === 0 ? null : row.monetary
  return { recency, frequency, monetary, segment: segmentOf({ recency, frequency, monetary }) }
}

interface Choice {
  segment?: CustomerSegment | undefined
  search?: string | undefined
  day?: string | undefined
  order: CustomerOrder
}

async function rowsOf(
  context: Context,
  input: Choice & { limit: number },
  after?: { place: number; customer: string },
): Promise<{ asked: Asked; rows: ListedCustomer[] }> {
  const asked = await askedOf(context, input.day)
  const rows = await readList(
    context.measurements,
    context.organisation,
    {
      ...asked,
      order: input.order,
      limit: input.limit,
      ...(input.segment === undefined ? {} : { places: placesOf(input.segment) }),
      ...(input.search ? { search: input.search } : {}),
      ...(after ? { after } : {}),
    },
    await cutsAt(context, asked),
  )
  return { asked, rows }
}

const place = z.tuple([z.number(), z.string().max(500)])

export async function listCustomers(context: Context, input: Choice & { cursor?: string | undefined; limit: number }) {
  const cursor = readCursor(input.cursor, place)
  const { asked, rows } = await rowsOf(context, input, cursor && { place: cursor[0], customer: cursor[1] })
  const { shown, nextCursor } = toPage(rows, input.limit, (row) => writeCursor(row.place, row.customer))
  return { rows: await told(context, asked, shown), nextCursor }
}

/** More rows than a spreadsheet is read with help nobody; the segments tell the whole. */
const EXPORT_LIMIT = 5_000

export async function exportCustomers(context: Context, input: Choice) {
  const { asked, rows } = await rowsOf(context, { ...input, limit: EXPORT_LIMIT })
  return { rows: await told(context, asked, rows.slice(0, EXPORT_LIMIT)), more: rows.length > EXPORT_LIMIT }
}

async function told(context: Context, asked: Asked, rows: readonly ListedCustomer[]): Promise<CustomerRow[]> {
  const ids = rows.map((row) => row.customer)
  const habits = await readHabits(context.measurements, context.organisation, asked, ids)
  const habitOf = new Map(habits.map((habit) => [habit.customer, habit]))
  const entities = await lookUpEntityNumbers(context, [...new Set(habits.map((habit) => habit.entity))])
  return rows.map((row) => {
    const habit = habitOf.get(row.customer)
    const entity = habit && entities.get(habit.entity)
    return {
      id: row.customer,
      first: instantText(row.first),
      last: instantText(row.last),
      dealings: row.dealings,
      money: asked.setting.moneyValue === null ? null : row.money,
      outlet: entity ? { key: entity.key, name: entity.name } : null,
      channel: habit?.channel ? habit.channel : null,
      ...scoresOf(row),
    }
  })
}

/** The day of an instant as the cuts count it. */
export const epochDayOf = (milliseconds: number, timeZone: string): number =>
  epochDay(dayOf(Temporal.Instant.fromEpochMilliseconds(milliseconds), timeZone))
