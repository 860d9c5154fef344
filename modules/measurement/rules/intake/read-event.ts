/**
 * Events as senders write them, checked by hand because there are many. What passes here is what the contract's schema
 * takes; whatever does not is given to the schema itself, which words the issues (or takes what is written unusually).
 */
import { type ServiceEvent, serviceEvent } from '../../contract.ts'
import { EARLIEST_MILLISECONDS, OUT_OF_RANGE } from './event-time.ts'
import { timeReader } from './read-time.ts'

/** An event ready for the store but for its entity's number. */
export interface ReadEvent {
  readonly eventId: string
  readonly eventType: string
  readonly entityKey: string
  /** Epoch milliseconds. */
  readonly occurredAt: number
  readonly attributes: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, number>>
}
export interface EventIssue {
  readonly field: string
  readonly rule: string
  readonly message: string
}
export type EventReading =
  | { readonly kind: 'event'; readonly event: ReadEvent }
  | { readonly kind: 'issues'; readonly issues: readonly EventIssue[] }

const ID_LENGTH_LIMIT = 200
const TYPE_LENGTH_LIMIT = 100
const NAME_LENGTH_LIMIT = 100
const TEXT_LENGTH_LIMIT = 500
const KEY = /^[^\s/?#]{1,100}$/
const ZONED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})$/
const SECONDS_LENGTH = 19
const NOTHING: Readonly<Record<string, never>> = Object.freeze({})
const readLocal = timeReader('iso', 'UTC')

export function readEvent(raw: unknown): EventReading {
  const quick = readQuickly(raw)
  if (quick) return { kind: 'event', event: quick }
  const parsed = serviceEvent.safeParse(raw)
  if (parsed.success) return { kind: 'event', event: fromParsed(parsed.data) }
  const issues = parsed.error.issues.map((issue) => {
    const field = issue.path.map(String).join('.')
    return { field, rule: issue.code, message: clearer(raw, issue.path) ?? issue.message }
  })
  return { kind: 'issues', issues }
}

/** The range the schema does not know; null when the event lies inside. */
export const timeIssue = (event: ReadEvent, latestMilliseconds: number): EventIssue | null =>
  event.occurredAt < EARLIEST_MILLISECONDS || event.occurredAt > latestMilliseconds
    ? { field: 'at', rule: 'range', message: OUT_OF_RANGE }
    : null

export const entityIssue = (event: ReadEvent): EventIssue => ({
  field: 'entity',
  rule: 'unknown-entity',
  message: `There is no entity ${event.entityKey}.`,
})

function readQuickly(raw: unknown): ReadEvent | null {
  if (typeof raw !== 'object' || raw === null) return null
  const { id, type, entity, at, attributes = NOTHING, values = NOTHING } = raw as Record<string, unknown>
  if (!isShort(id, ID_LENGTH_LIMIT) || !isShort(type, TYPE_LENGTH_LIMIT)) return null
  if (typeof entity !== 'string' || !KEY.test(entity) || typeof at !== 'string') return null
  const occurredAt = readZoned(at)
  if (occurredAt === null || !isRecord(attributes) || !isRecord(values)) return null
  for (const name of Object.keys(attributes)) {
    const text = attributes[name]
    if (!isShort(name, NAME_LENGTH_LIMIT) || typeof text !== 'string' || text.length > TEXT_LENGTH_LIMIT) return null
  }
  for (const name of Object.keys(values)) {
    if (!isShort(name, NAME_LENGTH_LIMIT) || !Number.isFinite(values[name])) return null
  }
  return {
    eventId: id,
    eventType: type,
    entityKey: entity,
    occurredAt,
    attributes: attributes as Record<string, string>,
    values: values as Record<string, number>,
  }
}

const isShort = (text: unknown, limit: number): text is string =>
  typeof text === 'string' && text.length > 0 && text.length <= limit
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whole milliseconds; finer digits are cut off. */
function readZoned(text: string): number | null {
  const match = ZONED.exec(text)
  if (!match) return null
  const local = readLocal(text.slice(0, SECONDS_LENGTH))
  if (local === null) return null
  const [, fraction, offset] = match
  const milliseconds = fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'))
  if (offset === 'Z') return local + milliseconds
  const hours = Number(offset!.slice(1, 3))
  const minutes = Number(offset!.slice(4, 6))
  if (hours > 23 || minutes > 59) return null
  const east = offset!.startsWith('-') ? -1 : 1
  return local + milliseconds - east * (hours * 60 + minutes) * 60_000
}

const fromParsed = (event: ServiceEvent): ReadEvent => ({
  eventId: event.id,
  eventType: event.type,
  entityKey: event.entity,
  occurredAt: Temporal.Instant.from(event.at).epochMilliseconds,
  attributes: event.attributes,
  values: event.values,
})

/** Numbers sent as text are the most frequent slip of senders. */
function clearer(raw: unknown, path: readonly PropertyKey[]): string | null {
  if (path[0] !== 'values' || path.length !== 2 || !isRecord(raw) || !isRecord(raw.values)) return null
  const value = raw.values[String(path[1])]
  if (typeof value === 'string') return 'The number was sent as text. Send it without quotes.'
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) return 'The number is too large.'
  return null
}
