/** What customers are likely to come for next, and how good that proved. */
import type { Context } from '#platform/context'
import { addPeriods, dayOf, periodInstant } from '#platform/periods'
import type { Forecast, Likelihoods, TypeForecast } from '../../contract/customers/customers.ts'
import {
  boundsOf,
  classesOf,
  type Count,
  daysOf,
  FEWEST_OUTCOMES,
  forecastOf,
  MEMORY_DAYS,
} from '../../rules/customers/forecast.ts'
import { readSpan } from '../../store/customers/attributes.ts'
import { countCells } from '../../store/customers/cells.ts'
import { whileUnchanged } from '../../store/customers/kept.ts'
import { readTypesWithin } from '../../store/customers/one.ts'
import { type Asked, askedOf, endOf } from './asking.ts'

/** Types of event a forecast is made for: those most customers have. */
const TYPES_LIMIT = 30
const DAY_MILLISECONDS = 86_400_000

export async function customerForecast(context: Context, input: { horizonDays: number }): Promise<Forecast> {
  return forecastAt(context, await askedOf(context), input.horizonDays)
}

async function forecastAt(context: Context, asked: Asked, horizonDays: number): Promise<Forecast> {
  const { measurements, organisation } = context
  // Today is not over: what comes today changes nothing yet.
  const until = endOf(addPeriods(asked.day, 'day', -1), asked.timeZone)
  return whileUnchanged(measurements, organisation, until, ['forecast', asked, horizonDays], () =>
    makeForecast(context, asked, horizonDays),
  )
}

async function makeForecast(context: Context, asked: Asked, horizonDays: number): Promise<Forecast> {
  const { measurements, organisation } = context
  const { setting, timeZone } = asked
  const yesterday = addPeriods(asked.day, 'day', -1)
  const span = await readSpan(measurements, organisation, setting.attribute, endOf(yesterday, timeZone))
  const dayAt = (milliseconds: number) => dayOf(Temporal.Instant.fromEpochMilliseconds(milliseconds), timeZone)
  // Data that ended long ago are tried on their own last days, not on the silence after them.
  const endDay = span ? dayAt(span.last) : yesterday
  const days = daysOf(endDay, horizonDays)
  const base = { horizonDays, ...days, endDay }
  if (!span || dayAt(span.first) > days.neededFrom) return { ...base, reason: 'too-short', types: [] }
  const cellsAt = (day: string) =>
    countCells(measurements, organisation, {
      setting,
      from: periodInstant(addPeriods(day, 'day', 1 - MEMORY_DAYS), timeZone).epochMilliseconds,
      at: endOf(day, timeZone),
      until: endOf(addPeriods(day, 'day', horizonDays), timeZone),
    })
  const fit = await cellsAt(days.fitDay)
  const test = await cellsAt(days.testDay)
  const types = [...fit]
    .toSorted(([, a], [, b]) => customersWith(b) - customersWith(a))
    .slice(0, TYPES_LIMIT)
    .map(([type, cells]) => forecastOf(type, cells, test.get(type) ?? []))
  return { ...base, reason: types.length === 0 ? 'too-few' : null, types }
}

/** Customers who had this type of event at all, before or after the reference day. */
const customersWith = (cells: readonly Count[]) =>
  cells.reduce((sum, cell) => sum + (cell.frequency > 0 ? cell.customers : cell.came), 0)

/** The cell the customer lies in at the end of the last full day, for every type of event. */
export async function customerLikelihoods(
  context: Context,
  input: { id: string; horizonDays: number },
): Promise<Likelihoods> {
  const asked = await askedOf(context)
  const { setting, timeZone } = asked
  const { horizonDays, endDay, reason, neededFrom, types } = await forecastAt(context, asked, input.horizonDays)
  const base = { horizonDays, endDay, reason, neededFrom }
  if (reason !== null) return { ...base, rows: [] }
  const until = endOf(endDay, timeZone)
  const own = await readTypesWithin(context.measurements, context.organisation, {
    setting,
    customer: input.id,
    from: periodInstant(addPeriods(endDay, 'day', 1 - MEMORY_DAYS), timeZone).epochMilliseconds,
    until,
  })
  // Whoever had no dealing for a year is not among those the table was made of.
  if (!own.some((row) => row.dealing === 1)) return { ...base, reason: 'away', rows: [] }
  return {
    ...base,
    rows: types.map((type) => {
      const mine = own.find((row) => row.type === type.type)
      const daysSince = mine ? Math.floor((until - 1 - mine.last) / DAY_MILLISECONDS) : 0
      return likelihoodOf(type, mine?.events ?? 0, daysSince)
    }),
  }
}

function likelihoodOf(forecast: TypeForecast, events: number, daysSince: number): Likelihoods['rows'][number] {
  const { frequency, recency } = classesOf(events, daysSince)
  const bounds = boundsOf(frequency, recency)
  const cell = forecast.cells.find((each) => each.from === bounds.from && each.daysFrom === bounds.daysFrom)
  const { type, baseRate } = forecast
  const skill = forecast.accuracy?.skill ?? null
  if (forecast.reason !== null) return { type, reason: forecast.reason, baseRate, cell: null, skill }
  if (!cell || cell.customers < FEWEST_OUTCOMES) return { type, reason: 'too-few', baseRate, cell: null, skill }
  return { type, reason: null, baseRate, cell, skill }
}
