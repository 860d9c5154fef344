/** Down to the single event, and what kinds of event there are. */
import type { Measurements } from '#platform/measurements/measurements'
import type { ParameterValue } from '#platform/measurements/parameters'
import type { Condition, EventStream } from '../contract/definition.ts'
import { FINAL_WITHIN_PARTITIONS } from './compile/compile-facts.ts'
import { type Calendars, compileCondition } from './compile/conditions.ts'
import { parameterBag } from './compile/parameter-bag.ts'
import type { StoredEvent } from './intake/stored-event.ts'

export interface BrowseQuestion {
  readonly entity?: number
  /** A node: its events and those of all below it. */
  readonly below?: number
  readonly eventType?: string
  /** Types that are left out. */
  readonly exceptTypes?: readonly string[]
  /** Events whose attribute says exactly this. */
  readonly attribute?: { readonly name: string; readonly value: string }
  /** Events of any of these streams. */
  readonly streams?: readonly EventStream[]
  /** All must hold. */
  readonly where?: readonly Condition[]
  readonly calendars?: Calendars
  /** Epoch milliseconds, the first included, the second not. */
  readonly from?: number
  readonly until?: number
  readonly limit: number
  readonly cursor?: string | null
}

export interface BrowsedEvent extends Omit<StoredEvent, 'organisation'> {
  /** Epoch milliseconds. */
  readonly receivedAt: number
}

export interface EventPage {
  readonly rows: readonly BrowsedEvent[]
  readonly nextCursor: string | null
}

const DAY_MILLISECONDS = 86_400_000
/** How much further back each look goes when the page is not full yet: a day, 16 days, 256 days, all. */
const WINDOW_GROWTH = 16
const PAGE_LIMIT = 1_000

/** Newest first. Looks back in growing windows, so that the newest page of a large store reads only its newest days. */
export async function browseEvents(
  measurements: Measurements,
  organisation: string,
  question: BrowseQuestion,
): Promise<EventPage> {
  const limit = Math.min(question.limit, PAGE_LIMIT)
  const span = await timeSpan(measurements, organisation, question)
  if (!span) return { rows: [], nextCursor: null }
  let after = readCursor(question.cursor) ?? { occurredAt: span.last + 1, identity: 0 }
  const found: Row[] = []
  for (let window = DAY_MILLISECONDS; found.length <= limit; window *= WINDOW_GROWTH) {
    const start = Math.max(span.first, after.occurredAt - window)
    found.push(...(await readWindow(measurements, organisation, question, start, after, limit + 1 - found.length)))
    if (start <= span.first) break
    after = { occurredAt: start, identity: 0 }
  }
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return {
    rows: rows.map(({ identity: _identity, ...event }) => event),
    nextCursor: found.length > limit && last ? writeCursor(last) : null,
  }
}

interface Place {
  readonly occurredAt: number
  readonly identity: number
}
interface Row extends BrowsedEvent {
  readonly identity: number
}

function compileFilter(organisation: string, question: BrowseQuestion) {
  const parameters: Record<string, ParameterValue> = { organisation }
  const conditions = ['organisation = {organisation:UUID}']
  const add = (name: string, value: ParameterValue | undefined, condition: string) => {
    if (value === undefined) return
    parameters[name] = value
    conditions.push(condition)
  }
  add('entity', question.entity, 'entity = {entity:UInt64}')
  add('below', question.below, `entity IN (${BELOW})`)
  add('eventType', question.eventType, 'event_type = {eventType:String}')
  if (question.attribute) parameters['attribute'] = question.attribute.name
  add('attributeValue', question.attribute?.value, 'attributes[{attribute:String}] = {attributeValue:String}')
  add('from', question.from, "occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')")
  add('until', question.until, "occurred_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')")
  const { bag, parameters: own } = parameterBag()
  const told = (each: Condition) => compileCondition(bag, each, question.calendars ?? new Map())
  conditions.push(...(question.where ?? []).map(told))
  if (question.exceptTypes && question.exceptTypes.length > 0)
    conditions.push(`event_type NOT IN ${bag('Array(String)', question.exceptTypes)}`)
  if (question.streams) {
    const streams = question.streams.map(({ eventType, where }) =>
      [`event_type = ${bag('String', eventType)}`, ...where.map(told)].join(' AND '),
    )
    conditions.push(streams.length === 0 ? '0' : `(${streams.map((text) => `(${text})`).join(' OR ')})`)
  }
  return { parameters: { ...parameters, ...own }, conditions }
}

const BELOW =
  'SELECT entity FROM bihuan.entity_place FINAL WHERE organisation = {organisation:UUID} AND has(ancestors, {below:UInt64})'
const SETTINGS = { ...FINAL_WITHIN_PARTITIONS, distributed_product_mode: 'local' } as const

async function timeSpan(measurements: Measurements, organisation: string, question: BrowseQuestion) {
  const { parameters, conditions } = compileFilter(organisation, question)
  const [row] = await measurements.query<{ count: number; first: number; last: number }>(
    `SELECT count() AS count, toUnixTimestamp64Milli(min(occurred_at)) AS first, toUnixTimestamp64Milli(max(occurred_at)) AS last
     FROM bihuan.event WHERE ${conditions.join(' AND ')}`,
    parameters,
    { settings: SETTINGS },
  )
  return row && row.count > 0 ? row : undefined
}

/** Events before the place `after` (not included) and not before `start`. */
function readWindow(
  measurements: Measurements,
  organisation: string,
  question: BrowseQuestion,
  start: number,
  after: Place,
  limit: number,
): Promise<Row[]> {
  const { parameters, conditions } = compileFilter(organisation, question)
  const sql = `
    SELECT entity, event_type AS eventType, event_id AS eventId, identity, toUnixTimestamp64Milli(occurred_at) AS occurredAt,
      toUnixTimestamp64Milli(toDateTime64(received_at, 3, 'UTC')) AS receivedAt, toString(batch) AS batch, attributes, values
    FROM bihuan.event FINAL
    WHERE ${conditions.join(' AND ')}
      AND occurred_at >= fromUnixTimestamp64Milli({start:Int64}, 'UTC')
      AND occurred_at <= fromUnixTimestamp64Milli({afterTime:Int64}, 'UTC')
      AND (occurred_at, identity) < (fromUnixTimestamp64Milli({afterTime:Int64}, 'UTC'), {afterIdentity:UInt64})
    ORDER BY event.occurred_at DESC, identity DESC
    LIMIT {limit:UInt32}`
  const place = { start, afterTime: after.occurredAt, afterIdentity: after.identity, limit }
  return measurements.query<Row>(sql, { ...parameters, ...place }, { settings: SETTINGS })
}

const writeCursor = ({ occurredAt, identity }: Place) => Buffer.from(`${occurredAt} ${identity}`).toString('base64url')

/** A cursor that is not ours starts at the newest event. */
function readCursor(cursor: string | null | undefined): Place | undefined {
  if (!cursor) return undefined
  const [occurredAt, identity] = Buffer.from(cursor, 'base64url').toString().split(' ').map(Number)
  if (!Number.isSafeInteger(occurredAt) || !Number.isSafeInteger(identity)) return undefined
  return { occurredAt: occurredAt!, identity: identity! }
}

export interface EventType {
  readonly type: string
  readonly count: number
  /** Epoch milliseconds. */
  readonly first: number
  readonly last: number
  readonly attributes: readonly string[]
  readonly values: readonly string[]
}

const NAMES_LIMIT = 500
const OVERVIEW_SECONDS = 60

/** Every type with the names its events carry, by name. */
export async function eventTypes(measurements: Measurements, organisation: string): Promise<EventType[]> {
  return measurements.query<EventType>(
    `SELECT event_type AS type, count() AS count,
       toUnixTimestamp64Milli(min(occurred_at)) AS first, toUnixTimestamp64Milli(max(occurred_at)) AS last,
       arraySort(groupUniqArrayArray(${NAMES_LIMIT})(mapKeys(attributes))) AS attributes,
       arraySort(groupUniqArrayArray(${NAMES_LIMIT})(mapKeys(event.values))) AS values
     FROM bihuan.event AS event FINAL WHERE organisation = {organisation:UUID}
     GROUP BY event_type ORDER BY event_type`,
    { organisation },
    { maxExecutionSeconds: OVERVIEW_SECONDS, settings: FINAL_WITHIN_PARTITIONS },
  )
}

export interface AttributeValue {
  readonly value: string
  readonly count: number
}

/** The most frequent values of one attribute, for the editor's lists. */
export async function attributeValues(
  measurements: Measurements,
  organisation: string,
  eventType: string,
  attribute: string,
  limit: number,
): Promise<AttributeValue[]> {
  return measurements.query<AttributeValue>(
    `SELECT attributes[{attribute:String}] AS value, count() AS count
     FROM bihuan.event FINAL
     WHERE organisation = {organisation:UUID} AND event_type = {eventType:String} AND mapContains(attributes, {attribute:String})
     GROUP BY value ORDER BY count DESC, value LIMIT {limit:UInt32}`,
    { organisation, eventType, attribute, limit: Math.min(limit, PAGE_LIMIT) },
    { maxExecutionSeconds: OVERVIEW_SECONDS, settings: FINAL_WITHIN_PARTITIONS },
  )
}
