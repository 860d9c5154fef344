/** Down to the single event. */
import { lookUpEntityNumbers, readProfile, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { addPeriods, periodInstant } from '#platform/periods'
import { browseEvents, eventTypes as readEventTypes } from '../store/browse.ts'

const instantText = (milliseconds: number) => Temporal.Instant.fromEpochMilliseconds(milliseconds).toString()

/** Newest first; of an entity with all below it. Days are the organisation's, the last one included. */
export async function listEvents(
  context: Context,
  input: {
    entity?: string | undefined
    type?: string | undefined
    from?: string | undefined
    to?: string | undefined
    cursor?: string | undefined
    limit: number
  },
) {
  const { timeZone } = await readProfile(context)
  const startOf = (day: string) => periodInstant(day, timeZone).epochMilliseconds
  const { rows, nextCursor } = await browseEvents(context.measurements, context.organisation, {
    ...(input.entity === undefined ? {} : { below: (await requireEntity(context, input.entity)).number }),
    ...(input.type === undefined ? {} : { eventType: input.type }),
    ...(input.from === undefined ? {} : { from: startOf(input.from) }),
    ...(input.to === undefined ? {} : { until: startOf(addPeriods(input.to, 'day', 1)) }),
    limit: input.limit,
    cursor: input.cursor ?? null,
  })
  const places = await lookUpEntityNumbers(context, [...new Set(rows.map((row) => row.entity))])
  return {
    rows: rows.map((row) => ({
      id: row.eventId,
      type: row.eventType,
      entity: places.get(row.entity)?.key ?? String(row.entity),
      entityName: places.get(row.entity)?.name ?? '',
      at: instantText(row.occurredAt),
      receivedAt: instantText(row.receivedAt),
      attributes: { ...row.attributes },
      values: { ...row.values },
    })),
    nextCursor,
  }
}

export async function eventTypes(context: Context) {
  const types = await readEventTypes(context.measurements, context.organisation)
  return types.map(({ first, last, attributes, values, ...type }) => ({
    ...type,
    first: instantText(first),
    last: instantText(last),
    attributes: [...attributes],
    values: [...values],
  }))
}
