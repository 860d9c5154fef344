/** Counts of customers alike, for the forecast: only counts leave the store. */
import type { Measurements } from '#platform/measurements/measurements'
import { type Count, FREQUENCY_FROM, NO_RECENCY, RECENCY_FROM, withNone } from '../../rules/customers/forecast.ts'
import { type Bag, CUSTOMERS_LIMITS, dealingConditions, isDealing, type Setting } from './dealings.ts'

export interface CellsQuestion {
  readonly setting: Setting
  /** Epoch milliseconds: the memory begins, the reference day ends, the outcome ends (none of the ends included). */
  readonly from: number
  readonly at: number
  readonly until: number
}

interface Row extends Count {
  readonly type: string
}

const DAY_MILLISECONDS = 86_400_000
/** A hundred types of event make 3,100 cells at most. */
const ROWS_LIMIT = 50_000

/** `multiIf` that gives the class of a value by the first values of classes. */
function classSql(value: string, from: readonly number[]): string {
  const steps = from.map((first, index) => `${value} >= ${first}, ${index}`).toReversed()
  return `multiIf(${steps.join(', ')}, ${NO_RECENCY})`
}

/**
 * Of every type of event the cells of all customers with a dealing in the memory, those without this type among them.
 * Customers are told apart by a hash of 64 bits: a mix-up of two is expected once among four billion.
 */
export async function countCells(
  measurements: Measurements,
  organisation: string,
  { setting, from, at, until }: CellsQuestion,
): Promise<Map<string, Count[]>> {
  const parameters: Bag = { from, at, limit: ROWS_LIMIT }
  const where = dealingConditions(organisation, { setting: { ...setting, dealingTypes: null }, until }, parameters)
  const dealing = isDealing(setting, 'type', parameters)
  const rows = await measurements.query<Row>(
    `SELECT cell.1 AS type, toInt8(${classSql('cell.2', FREQUENCY_FROM)}) AS frequency,
       toInt8(if(cell.2 = 0, ${NO_RECENCY}, ${classSql(`intDiv({at:Int64} - 1 - cell.3, ${DAY_MILLISECONDS})`, RECENCY_FROM)})) AS recency,
       toInt64(count()) AS customers, toInt64(sum(cell.4)) AS came
     FROM (
       SELECT arrayJoin(arrayPushBack(groupArray((type, events, last, came)), ('', toUInt64(0), toInt64(0), toUInt8(0)))) AS cell
       FROM (
         SELECT sipHash64(attributes[{attribute:String}]) AS customer, toString(event_type) AS type,
           countIf(toUnixTimestamp64Milli(occurred_at) < {at:Int64}) AS events,
           maxIf(toUnixTimestamp64Milli(occurred_at), toUnixTimestamp64Milli(occurred_at) < {at:Int64}) AS last,
           max(toUnixTimestamp64Milli(occurred_at) >= {at:Int64}) AS came
         FROM bihuan.event AS event FINAL
         WHERE ${where} AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
         GROUP BY customer, type
       ) GROUP BY customer HAVING sumIf(events, ${dealing}) > 0
     ) GROUP BY type, frequency, recency ORDER BY type, frequency, recency LIMIT {limit:UInt32}`,
    parameters,
    CUSTOMERS_LIMITS,
  )
  const population = rows.find((row) => row.type === '')?.customers ?? 0
  const types = new Map<string, Row[]>()
  for (const row of rows) {
    if (row.type === '') continue
    const known = types.get(row.type)
    if (known) known.push(row)
    else types.set(row.type, [row])
  }
  return new Map(
    [...types].map(([type, cells]) => {
      const without = cells.find((cell) => cell.frequency === 0)?.came ?? 0
      return [type, withNone(cells.filter((cell) => cell.frequency > 0).map(bare), population, without)]
    }),
  )
}

const bare = ({ frequency, recency, customers, came }: Row): Count => ({ frequency, recency, customers, came })
