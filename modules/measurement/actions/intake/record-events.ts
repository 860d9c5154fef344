/** Events from programs: a batch as JSON, all or nothing, or a stream of lines of any length. */
import type { Context } from '#platform/context'
import { refuse } from '#platform/refusal'
import type { RowIssue } from '#organisation/contract'
import { measurementRefusals } from '../../contract.ts'
import type { StoredEvent } from '../../store/intake/stored-event.ts'
import { latestMilliseconds } from '../../rules/intake/event-time.ts'
import { entityIssue, type EventIssue, type ReadEvent, readEvent, timeIssue } from '../../rules/intake/read-event.ts'
import { entityNumbers } from '../../recording/entity-numbers.ts'
import { originOf, refusingOverload, storeEvents } from '../../recording/store-events.ts'

/** Issues one answer names. */
const ISSUES_LIMIT = 100

/** All events of the batch or none. A row is named by its place in the batch, the first is 1, as in files and lines. */
export async function recordEvents(context: Context, input: { events: readonly unknown[] }) {
  const events = readBatch(input.events)
  const latest = latestMilliseconds(context.now)
  const untimely = issuesOf(events, (event) => timeIssue(event, latest))
  if (untimely.length > 0) refuse(measurementRefusals, 'TIME_OUT_OF_RANGE', { issues: untimely })
  const numbers = await entityNumbers(context, new Set(events.map((event) => event.entityKey)))
  const homeless = issuesOf(events, (event) => (numbers.has(event.entityKey) ? null : entityIssue(event)))
  if (homeless.length > 0) refuse(measurementRefusals, 'ENTITY_UNKNOWN', { issues: homeless })
  const batch = context.newId()
  const ready = events.map((event) => toStored(context, batch, event, numbers.get(event.entityKey)!))
  const received = context.now.epochMilliseconds
  const { stored, duplicates, corrected } = await refusingOverload(() =>
    storeEvents(context, batch, ready, {
      source: 'api',
      importId: null,
      origin: originOf(context),
      received,
      tell: true,
    }),
  )
  return { batch, stored, duplicates, corrected }
}

function readBatch(raw: readonly unknown[]): ReadEvent[] {
  const events: ReadEvent[] = []
  const issues: RowIssue[] = []
  for (const [row, each] of raw.entries()) {
    const reading = readEvent(each)
    if (reading.kind === 'event') events.push(reading.event)
    else for (const issue of reading.issues) issues.push({ row: row + 1, ...issue })
    if (issues.length >= ISSUES_LIMIT) break
  }
  if (issues.length > 0) refuse(measurementRefusals, 'BATCH_INVALID', { issues: issues.slice(0, ISSUES_LIMIT) })
  return events
}

function issuesOf(events: readonly ReadEvent[], judge: (event: ReadEvent) => EventIssue | null): RowIssue[] {
  const issues: RowIssue[] = []
  for (const [row, event] of events.entries()) {
    const issue = judge(event)
    if (issue) issues.push({ row: row + 1, ...issue })
    if (issues.length >= ISSUES_LIMIT) break
  }
  return issues
}

export const toStored = (context: Context, batch: string, event: ReadEvent, entity: number): StoredEvent => ({
  organisation: context.organisation,
  entity,
  eventType: event.eventType,
  eventId: event.eventId,
  occurredAt: event.occurredAt,
  attributes: event.attributes,
  values: event.values,
  batch,
})
