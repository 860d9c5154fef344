/** Folds events into facts by day, and days into months. Doing it again gives the same rows, newer. */
import type { Measurements } from '#platform/measurements/measurements'
import { periodInstant } from '#platform/periods'
import type { Fact } from '../../rules/plan/fact.ts'
import { compileState, eventReach } from '../compile/compile-facts.ts'
import { FINAL_WITHIN_PARTITIONS } from '../compile/compile-facts.ts'
import { parameterBag } from '../compile/parameter-bag.ts'
import { correctedWithin } from '../intake/corrected-months.ts'

const FOLD_SECONDS = 600

export interface FactToFold {
  readonly id: number
  readonly fact: Fact
}

export interface FoldQuestion {
  readonly eventType: string
  readonly facts: readonly FactToFold[]
  /** First and last day of the organisation's zone, both included; whole months for a first fold. */
  readonly from: string
  readonly to: string
  readonly timeZone: string
  /** Rises with every fold. */
  readonly version: number
  /** Only these days of the stretch; all when absent. */
  readonly days?: readonly string[]
  /** Nothing of it was ever folded, so nothing can have to be taken back. */
  readonly first?: boolean
}

/** One pass over the events for all facts of the type. Entities without any event of a fact have no row. */
export async function foldDays(
  measurements: Measurements,
  organisation: string,
  question: FoldQuestion,
): Promise<void> {
  const { eventType, facts, from, to, timeZone, version, days } = question
  if (facts.length === 0) return
  const start = periodInstant(from, timeZone).epochMilliseconds
  const until = periodInstant(Temporal.PlainDate.from(to).add({ days: 1 }).toString(), timeZone).epochMilliseconds
  // New events may correct old ones while this runs: then the days are marked again and folded again.
  const final = await correctedWithin(measurements, organisation, eventType, start, until)
  const { bag, parameters } = parameterBag()
  const owner = bag('UUID', organisation)
  const day = `toDate(event.occurred_at, ${bag('String', timeZone)})`
  const states = facts.map(({ id, fact }) => `(${bag('UInt64', id)}, ${compileState(bag, fact).join(', ')})`)
  const where = eventReach(bag, owner, eventType, start, until)
  if (days) where.push(`${day} IN ${bag('Array(Date)', days)}`)
  const sql = `
    INSERT INTO bihuan.fact_day (organisation, fact, entity, day, n, total, squares, lowest, highest, version, removed)
    SELECT ${owner}, state.1, entity, day, state.2, state.3, state.4, state.5, state.6, ${bag('UInt64', version)}, 0
    FROM (
      SELECT event.entity AS entity, ${day} AS day, arrayFilter(each -> each.2 > 0, [${states.join(', ')}]) AS states
      FROM bihuan.event AS event${final ? ' FINAL' : ''}
      WHERE ${where.join(' AND ')}
      GROUP BY entity, day)
    ARRAY JOIN states AS state`
  await measurements.command(sql, parameters, { maxExecutionSeconds: FOLD_SECONDS, settings: SETTINGS })
  if (!question.first && final) await takeBack(measurements, organisation, question)
}

/** Groups follow the order of the table: one after the other instead of all in memory. */
const SETTINGS = { ...FINAL_WITHIN_PARTITIONS, optimize_aggregation_in_order: 1 } as const

/** Rows of older folds that this one did not find again: their events were moved away by corrections. */
async function takeBack(measurements: Measurements, organisation: string, question: FoldQuestion): Promise<void> {
  const { facts, from, to, version, days } = question
  const chosen = days ? ' AND day IN {days:Array(Date)}' : ''
  await measurements.command(
    `INSERT INTO bihuan.fact_day (organisation, fact, entity, day, n, total, squares, lowest, highest, version, removed)
     SELECT organisation, fact, entity, day, 0, 0, 0, 0, 0, {version:UInt64}, 1
     FROM bihuan.fact_day FINAL
     WHERE organisation = {organisation:UUID} AND fact IN {facts:Array(UInt64)} AND version < {version:UInt64}
       AND day >= {from:Date} AND day <= {to:Date}${chosen}`,
    { organisation, facts: facts.map(({ id }) => id), version, from, to, ...(days ? { days } : {}) },
    { maxExecutionSeconds: FOLD_SECONDS, settings: FINAL_WITHIN_PARTITIONS },
  )
}

/** Adds up the days of one month. `month` is its first day. */
export async function foldMonth(
  measurements: Measurements,
  organisation: string,
  { facts, month, version }: { facts: readonly number[]; month: string; version: number },
): Promise<void> {
  const last = Temporal.PlainDate.from(month).add({ months: 1 }).subtract({ days: 1 }).toString()
  const parameters = { organisation, facts, month, last, version }
  const limits = { maxExecutionSeconds: FOLD_SECONDS, settings: SETTINGS }
  await measurements.command(
    `INSERT INTO bihuan.fact_month (organisation, fact, entity, month, n, total, squares, lowest, highest, version, removed)
     SELECT organisation, fact, entity, {month:Date}, sum(n), sum(total), sum(squares), min(lowest), max(highest), {version:UInt64}, 0
     FROM bihuan.fact_day FINAL
     WHERE organisation = {organisation:UUID} AND fact IN {facts:Array(UInt64)} AND day >= {month:Date} AND day <= {last:Date}
     GROUP BY organisation, fact, entity`,
    parameters,
    limits,
  )
  const { last: _last, ...others } = parameters
  await measurements.command(
    `INSERT INTO bihuan.fact_month (organisation, fact, entity, month, n, total, squares, lowest, highest, version, removed)
     SELECT organisation, fact, entity, month, 0, 0, 0, 0, 0, {version:UInt64}, 1
     FROM bihuan.fact_month FINAL
     WHERE organisation = {organisation:UUID} AND fact IN {facts:Array(UInt64)} AND month = {month:Date} AND version < {version:UInt64}`,
    others,
    limits,
  )
}

/** First and last day with events of a type, in a zone; null without any. */
export async function spanOfEvents(
  measurements: Measurements,
  organisation: string,
  eventType: string,
  timeZone: string,
): Promise<{ from: string; to: string } | null> {
  const [row] = await measurements.query<{ count: number; from: string; to: string }>(
    `SELECT count() AS count, toString(toDate(min(occurred_at), {timeZone:String})) AS from, toString(toDate(max(occurred_at), {timeZone:String})) AS to
     FROM bihuan.event WHERE organisation = {organisation:UUID} AND event_type = {eventType:String}`,
    { organisation, eventType, timeZone },
  )
  return row && row.count > 0 ? { from: row.from, to: row.to } : null
}
