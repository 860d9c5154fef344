/** All customers: the cuts of their scores, how many stand where, and a page of them. */
import type { Measurements } from '#platform/measurements/measurements'
import type { CustomerOrder } from '../../contract/customers/customers.ts'
import { CUT_SHARES } from '../../rules/customers/segments.ts'
import { type Bag, CUSTOMERS_LIMITS, customersTable, dealingConditions, type DealingsQuestion } from './dealings.ts'

export interface ScoredQuestion extends DealingsQuestion {
  /** IANA name: the last dealing is told by its day. */
  readonly timeZone: string
}

/** Values the scores rise beyond; days are counted since 1970. `money` is empty where no value is money. */
export interface Cuts {
  readonly customers: number
  readonly lastDay: readonly number[]
  readonly dealings: readonly number[]
  readonly money: readonly number[]
}

const LAST_DAY = 'toInt32(toDate(lastAt, {timeZone:String}))'
const SHARES = CUT_SHARES.join(', ')

/** Each cut is the value at rank ceil(share x n), which is what the weighted quantile with weights 1 gives. */
export async function readCuts(
  measurements: Measurements,
  organisation: string,
  question: ScoredQuestion,
): Promise<Cuts> {
  const parameters: Bag = { timeZone: question.timeZone }
  const cut = (column: string) => `arrayMap(c -> toFloat64(c), quantilesExactWeighted(${SHARES})(${column}, 1))`
  const [row] = await measurements.query<Cuts>(
    `SELECT toInt64(count()) AS customers, ${cut(LAST_DAY)} AS lastDay, ${cut('known.dealings')} AS dealings, ${cut('known.money')} AS money
     FROM (${customersTable(organisation, question, parameters)}) AS known`,
    parameters,
    CUSTOMERS_LIMITS,
  )
  if (!row || row.customers === 0) return { customers: 0, lastDay: [], dealings: [], money: [] }
  return question.setting.moneyValue === null ? { ...row, money: [] } : row
}

export interface PlaceCount {
  readonly recency: number
  readonly frequency: number
  /** 0: no value is money. */
  readonly monetary: number
  readonly customers: number
  readonly dealings: number
  readonly money: number
}

function scoredTable(organisation: string, question: ScoredQuestion, cuts: Cuts, parameters: Bag): string {
  Object.assign(parameters, {
    timeZone: question.timeZone,
    lastDayCuts: cuts.lastDay,
    dealingsCuts: cuts.dealings,
  })
  const score = (column: string, name: string, type: string) =>
    `toUInt8(1 + arrayCount(c -> c < ${column}, {${name}:Array(${type})}))`
  const monetary = cuts.money.length > 0 ? score('money', 'moneyCuts', 'Float64') : 'toUInt8(0)'
  if (cuts.money.length > 0) parameters['moneyCuts'] = cuts.money
  return `SELECT *, ${score(LAST_DAY, 'lastDayCuts', 'Int32')} AS recency, ${score('dealings', 'dealingsCuts', 'Int64')} AS frequency,
      ${monetary} AS monetary
    FROM (${customersTable(organisation, question, parameters)})`
}

/** At most 125 rows. */
export async function countPlaces(
  measurements: Measurements,
  organisation: string,
  question: ScoredQuestion,
  cuts: Cuts,
): Promise<PlaceCount[]> {
  if (cuts.customers === 0) return []
  const parameters: Bag = {}
  return measurements.query<PlaceCount>(
    `SELECT recency, frequency, monetary, toInt64(count()) AS customers, toInt64(sum(scored.dealings)) AS dealings,
       round(sum(scored.money), 2) AS money
     FROM (${scoredTable(organisation, question, cuts, parameters)}) AS scored
     GROUP BY recency, frequency, monetary ORDER BY recency, frequency, monetary`,
    parameters,
    CUSTOMERS_LIMITS,
  )
}

export interface ListedCustomer {
  readonly customer: string
  /** Epoch milliseconds. */
  readonly first: number
  readonly last: number
  readonly dealings: number
  readonly money: number
  readonly recency: number
  readonly frequency: number
  readonly monetary: number
  /** What the list is ordered by. */
  readonly place: number
}

export interface ListQuestion extends ScoredQuestion {
  readonly order: CustomerOrder
  /** Places of the wanted segment; absent: all. */
  readonly places?: readonly number[]
  readonly search?: string
  readonly after?: { readonly place: number; readonly customer: string }
  readonly limit: number
}

const ORDERS: Readonly<Record<CustomerOrder, string>> = {
  recent: 'toFloat64(toUnixTimestamp64Milli(lastAt))',
  away: '-toFloat64(toUnixTimestamp64Milli(lastAt))',
  dealings: 'toFloat64(dealings)',
  money: 'toFloat64(money)',
}

/** Highest place first, then by pseudonym; one row more than asked for tells that more follow. */
export async function listCustomers(
  measurements: Measurements,
  organisation: string,
  question: ListQuestion,
  cuts: Cuts,
): Promise<ListedCustomer[]> {
  if (cuts.customers === 0) return []
  const { places, search, after, limit } = question
  const parameters: Bag = { limit: limit + 1 }
  const conditions = ['1']
  if (places) {
    parameters['places'] = places
    conditions.push('has({places:Array(UInt16)}, toUInt16(recency * 36 + frequency * 6 + monetary))')
  }
  if (search) {
    parameters['search'] = search
    conditions.push('startsWith(customer, {search:String})')
  }
  if (after) {
    Object.assign(parameters, { afterPlace: after.place, afterCustomer: after.customer })
    conditions.push(
      '(place < {afterPlace:Float64} OR (place = {afterPlace:Float64} AND customer > {afterCustomer:String}))',
    )
  }
  return measurements.query<ListedCustomer>(
    `SELECT customer, toUnixTimestamp64Milli(firstAt) AS first, toUnixTimestamp64Milli(lastAt) AS last, dealings, money,
       recency, frequency, monetary, ${ORDERS[question.order]} AS place
     FROM (${scoredTable(organisation, question, cuts, parameters)})
     WHERE ${conditions.join(' AND ')} ORDER BY place DESC, customer LIMIT {limit:UInt32}`,
    parameters,
    CUSTOMERS_LIMITS,
  )
}

export interface Habit {
  readonly customer: string
  /** The entity and the channel most dealings were with; the text is empty where none is told. */
  readonly entity: number
  readonly channel: string
}

/** Of the customers of one page. */
export async function readHabits(
  measurements: Measurements,
  organisation: string,
  question: DealingsQuestion,
  customers: readonly string[],
): Promise<Habit[]> {
  if (customers.length === 0) return []
  const parameters: Bag = { customers }
  const { channelAttribute } = question.setting
  if (channelAttribute !== null) parameters['channel'] = channelAttribute
  const channel = channelAttribute === null ? "''" : 'attributes[{channel:String}]'
  return measurements.query<Habit>(
    `SELECT customer, argMax(entity, (visits, -toInt64(entity))) AS entity, argMaxIf(channel, (used, channel), channel != '') AS channel
     FROM (
       SELECT customer, entity, channel, sum(n) OVER (PARTITION BY customer, entity) AS visits,
         sum(n) OVER (PARTITION BY customer, channel) AS used
       FROM (
         SELECT attributes[{attribute:String}] AS customer, entity, ${channel} AS channel, toInt64(count()) AS n
         FROM bihuan.event AS event FINAL
         WHERE ${dealingConditions(organisation, question, parameters)} AND customer IN {customers:Array(String)}
         GROUP BY customer, entity, channel
       )
     ) GROUP BY customer`,
    parameters,
    CUSTOMERS_LIMITS,
  )
}
