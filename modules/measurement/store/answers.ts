/** Single answers without what shows whose they are: by what was answered, in no order of time. */
import type { Measurements } from '#platform/measurements/measurements'
import type { Condition, EventStream } from '../contract/definition.ts'
import { within } from './compile/compile-distribution.ts'
import { FINAL_WITHIN_PARTITIONS } from './compile/compile-facts.ts'
import { type Calendars, compileCondition } from './compile/conditions.ts'
import { parameterBag } from './compile/parameter-bag.ts'

const EXECUTION_SECONDS = 60

export interface AnswersQuestion {
  /** A node with all below it; null: the whole organisation. */
  readonly below: number | null
  readonly streams: readonly EventStream[]
  readonly where: readonly Condition[]
  readonly calendars: Calendars
  /** Epoch milliseconds, one after the other. */
  readonly stretches: readonly { readonly from: number; readonly until: number }[]
  /** Names of the values that are told. */
  readonly values: readonly string[]
  readonly offset: number
  readonly limit: number
}

export interface SingleAnswer {
  readonly type: string
  /** Place of the stretch. */
  readonly stretch: number
  readonly values: Readonly<Record<string, number>>
}

/** The newest stretch first. Equal answers stand beside each other, so that nothing tells who came first. */
export async function singleAnswers(
  measurements: Measurements,
  organisation: string,
  question: AnswersQuestion,
): Promise<SingleAnswer[]> {
  const { bag, parameters } = parameterBag()
  const owner = bag('UUID', organisation)
  const told = (each: Condition) => compileCondition(bag, each, question.calendars)
  const streams = question.streams.map(({ eventType, where }) =>
    [`event.event_type = ${bag('String', eventType)}`, ...where.map(told)].join(' AND '),
  )
  const places = `SELECT entity FROM bihuan.entity_place FINAL WHERE organisation = ${owner}`
  const conditions = [
    `event.organisation = ${owner}`,
    `(${streams.map((text) => `(${text})`).join(' OR ')})`,
    within(bag, question.stretches),
    `event.occurred_at >= fromUnixTimestamp64Milli(${bag('Int64', question.stretches[0]!.from)}, 'UTC')`,
    ...question.where.map(told),
    ...(question.below === null
      ? []
      : [`event.entity IN (${places} AND has(ancestors, ${bag('UInt64', question.below)}))`]),
  ]
  const begins = bag(
    'Array(Int64)',
    question.stretches.map(({ from }) => from),
  )
  const sql = `
    SELECT toString(event_type) AS type, arrayLastIndex(begin -> begin <= at, ${begins}) - 1 AS stretch,
      mapFilter((name, value) -> has(${bag('Array(String)', question.values)}, name), CAST(event.values, 'Map(String, Float64)')) AS values,
      toUnixTimestamp64Milli(event.occurred_at) AS at
    FROM bihuan.event AS event FINAL
    WHERE ${conditions.join('\n      AND ')}
    ORDER BY stretch DESC, type, toString(values)
    LIMIT ${bag('UInt32', question.limit)} OFFSET ${bag('UInt32', question.offset)}`
  const rows = await measurements.query<SingleAnswer & { at: number }>(sql, parameters, {
    maxExecutionSeconds: EXECUTION_SECONDS,
    settings: { ...FINAL_WITHIN_PARTITIONS, distributed_product_mode: 'local' },
  })
  return rows.map(({ type, stretch, values }) => ({ type, stretch, values }))
}
