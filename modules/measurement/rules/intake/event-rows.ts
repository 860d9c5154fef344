/** Rows of a file that are events as the API takes them: no mapping is needed. */
import { isFault, type MappedRow, type RowFault } from './map-row.ts'
import { readEvent } from './read-event.ts'

type Row = Readonly<Record<string, unknown>>

/** Rows looked at before a file counts as one of events. */
const LOOKED_AT_ROWS = 20

/** True where the first rows all name themselves, their type, their entity and their time. */
export function looksLikeEvents(rows: readonly Row[]): boolean {
  const first = rows.slice(0, LOOKED_AT_ROWS)
  const named = (row: Row) =>
    typeof row['id'] === 'string' &&
    typeof row['type'] === 'string' &&
    typeof row['entity'] === 'string' &&
    typeof row['at'] === 'string'
  return first.length > 0 && first.every(named)
}

/** The same faults a stream of events is told. */
export function eventRow(row: Row): MappedRow | RowFault {
  const reading = readEvent(row)
  if (reading.kind === 'issues') {
    const { field, rule, message } = reading.issues[0]!
    return { field, rule, message }
  }
  const { event } = reading
  return {
    organisation: '',
    entity: -1,
    eventType: event.eventType,
    eventId: event.eventId,
    occurredAt: event.occurredAt,
    attributes: event.attributes,
    values: event.values,
    batch: '',
    entityKey: event.entityKey,
    identity: event.eventId,
  }
}

/** What the row says, for comparing two of them. */
export const contentOf = (row: MappedRow | RowFault): readonly string[] =>
  isFault(row)
    ? []
    : [row.eventType, row.entityKey, String(row.occurredAt), JSON.stringify(row.attributes), JSON.stringify(row.values)]
