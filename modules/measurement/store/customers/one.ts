/** Everything about one customer. */
import type { Measurements } from '#platform/measurements/measurements'
import { type Bag, CUSTOMERS_LIMITS, dealingConditions, isDealing, moneySum, type Setting } from './dealings.ts'

/** Events of one type, at one entity, by one channel, in one year. */
export interface ProfileRow {
  readonly type: string
  readonly entity: number
  readonly channel: string
  readonly year: number
  readonly dealing: number
  readonly events: number
  /** Epoch milliseconds. */
  readonly first: number
  readonly last: number
  readonly money: number
  readonly ratings: number
  readonly ratingSum: number
  readonly ratingLowest: number
  readonly ratingHighest: number
}

const PROFILE_ROWS_LIMIT = 20_000

export interface OneQuestion {
  readonly setting: Setting
  readonly customer: string
  readonly until: number
  readonly timeZone: string
}

export async function readProfileRows(
  measurements: Measurements,
  organisation: string,
  { setting, customer, until, timeZone }: OneQuestion,
): Promise<ProfileRow[]> {
  const parameters: Bag = { customer, timeZone, limit: PROFILE_ROWS_LIMIT }
  const every = { setting: { ...setting, dealingTypes: null }, until }
  const where = dealingConditions(organisation, every, parameters)
  const channel = setting.channelAttribute === null ? "''" : 'attributes[{channel:String}]'
  if (setting.channelAttribute !== null) parameters['channel'] = setting.channelAttribute
  const rated = setting.ratingValue === null ? '0' : 'mapContains(event.values, {rating:String})'
  const rating = setting.ratingValue === null ? 'toFloat64(0)' : 'event.values[{rating:String}]'
  if (setting.ratingValue !== null) parameters['rating'] = setting.ratingValue
  return measurements.query<ProfileRow>(
    `SELECT toString(event_type) AS type, entity, ${channel} AS channel, toInt32(toYear(occurred_at, {timeZone:String})) AS year,
       toUInt8(${isDealing(setting, 'event_type', parameters)}) AS dealing, toInt64(count()) AS events,
       toUnixTimestamp64Milli(min(occurred_at)) AS first, toUnixTimestamp64Milli(max(occurred_at)) AS last,
       ${moneySum(setting, parameters)} AS money, toInt64(countIf(${rated})) AS ratings, sumIf(${rating}, ${rated}) AS ratingSum,
       minIf(${rating}, ${rated}) AS ratingLowest, maxIf(${rating}, ${rated}) AS ratingHighest
     FROM bihuan.event AS event FINAL WHERE ${where} AND attributes[{attribute:String}] = {customer:String}
     GROUP BY type, entity, channel, year, dealing ORDER BY type, entity, channel, year LIMIT {limit:UInt32}`,
    parameters,
    CUSTOMERS_LIMITS,
  )
}

export interface Gaps {
  readonly gaps: number
  /** Quartiles in days. */
  readonly quartiles: readonly number[]
}

/** Dealings beyond these are left out of the gaps. */
const GAP_DEALINGS_LIMIT = 10_000
const DAY_MILLISECONDS = 86_400_000

/** Days between one dealing and the next. */
export async function readGaps(
  measurements: Measurements,
  organisation: string,
  { setting, customer, until }: OneQuestion,
): Promise<Gaps> {
  const parameters: Bag = { customer }
  const where = dealingConditions(organisation, { setting, until }, parameters)
  const [row] = await measurements.query<Gaps>(
    `SELECT toInt64(length(days)) AS gaps, arrayReduce('quantilesExactInclusive(0.25, 0.5, 0.75)', days) AS quartiles
     FROM (
       SELECT arraySort(groupArray(${GAP_DEALINGS_LIMIT})(toUnixTimestamp64Milli(occurred_at) / ${DAY_MILLISECONDS})) AS times,
         arrayPopFront(arrayDifference(times)) AS days
       FROM bihuan.event AS event FINAL WHERE ${where} AND attributes[{attribute:String}] = {customer:String}
     )`,
    parameters,
    CUSTOMERS_LIMITS,
  )
  return row ?? { gaps: 0, quartiles: [] }
}

/** How often and how lately the customer had each type of event within a span (epoch milliseconds, the end not included). */
export async function readTypesWithin(
  measurements: Measurements,
  organisation: string,
  { setting, customer, from, until }: { setting: Setting; customer: string; from: number; until: number },
): Promise<{ type: string; events: number; last: number; dealing: number }[]> {
  const parameters: Bag = { customer, from }
  const where = dealingConditions(organisation, { setting: { ...setting, dealingTypes: null }, until }, parameters)
  return measurements.query(
    `SELECT toString(event_type) AS type, toInt64(count()) AS events, toUnixTimestamp64Milli(max(occurred_at)) AS last,
       toUInt8(${isDealing(setting, 'type', parameters)}) AS dealing
     FROM bihuan.event AS event FINAL
     WHERE ${where} AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
       AND attributes[{attribute:String}] = {customer:String}
     GROUP BY type ORDER BY type`,
    parameters,
    CUSTOMERS_LIMITS,
  )
}
