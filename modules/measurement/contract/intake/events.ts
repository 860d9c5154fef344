/** Service events: how they are told, recorded and looked at. */
import { z } from 'zod'
import { instantText, page, pageQuery, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { tag } from '../refusals.ts'

/** Most events one JSON batch may carry; larger amounts go through NDJSON or a file. */
/** Types of event the house records itself: about its own alerts. Nobody sends them, so their silence is no news. */
export const houseEventTypes = { alertAnswer: 'alert-answer' } as const

export const EVENTS_PER_BATCH_LIMIT = 10_000

export const attributeName = z.string().min(1).max(100)
export const serviceEvent = z.object({
  /** Chosen by the sender, unique in the organisation: sending it again changes nothing, with other content it corrects. */
  id: z.string().min(1).max(200),
  type: z.string().min(1).max(100),
  entity: entityKey,
  /** When it happened. */
  at: instantText,
  attributes: z.record(attributeName, z.string().max(500)).default({}),
  values: z.record(attributeName, z.number()).default({}),
})
export type ServiceEvent = z.infer<typeof serviceEvent>

/** What became of a batch. */
export const recorded = z.object({
  batch: z.string(),
  stored: z.number().int(),
  duplicates: z.number().int(),
  corrected: z.number().int(),
})

/** How an event came in: the batch, and for files the import that read it. */
export const listedEvent = serviceEvent.extend({
  receivedAt: instantText,
  entityName: z.string(),
  batch: z.string(),
  source: z
    .object({
      kind: z.enum(['api', 'stream', 'file', 'hook']),
      importId: z.string().nullable(),
      fileName: z.string().nullable(),
      /** The data source or the key it came with. */
      origin: z.string().nullable(),
    })
    .nullable(),
})
export type ListedEvent = z.infer<typeof listedEvent>

export const eventRoutes = {
  recordEvents: tag(
    '/events',
    'POST',
    'Record a batch of service events; answered when they are on disk. For more than 10,000 use /api/events.ndjson',
  )
    .meta({ may: 'measurements.record', transaction: 'own' })
    .input(z.object({ events: z.array(z.unknown()).min(1).max(EVENTS_PER_BATCH_LIMIT) }))
    .output(recorded),
  listEvents: tag('/events', 'GET', 'Single events, newest first')
    .meta({ may: 'measurements.read' })
    .input(
      pageQuery.extend({
        entity: entityKey.optional(),
        type: z.string().max(100).optional(),
        from: z.union([plainDate, instantText]).optional(),
        to: z.union([plainDate, instantText]).optional(),
        /** Only events this indicator may count. */
        indicator: z.string().max(80).optional(),
        segment: z.string().max(80).optional(),
        /** Attributes that must say exactly this, as in an address: `channel=web&result=late`. */
        with: z.string().max(2000).optional(),
      }),
    )
    .output(
      page(listedEvent).extend({
        /** Answers of people were left out, or told without what shows whose they are. */
        withheld: z.boolean(),
      }),
    ),
  eventTypes: tag('/event-types', 'GET', 'Types of event that were recorded, with their attributes and values')
    .meta({ may: 'measurements.read' })
    .output(
      z.array(
        z.object({
          type: z.string(),
          count: z.number(),
          first: instantText.nullable(),
          last: instantText.nullable(),
          attributes: z.array(z.string()),
          values: z.array(z.string()),
        }),
      ),
    ),
}
