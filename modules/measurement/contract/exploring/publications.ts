/** Published values: frozen with everything that was known; what changes them later is a revision, never an edit. */
import { z } from 'zod'
import { event, instantText, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { seriesGrain } from '../grain.ts'
import { indicatorId } from '../indicators.ts'
import { tag } from '../refusals.ts'

export const publicationGrain = seriesGrain.exclude(['minute', 'hour'])
export type PublicationGrain = z.infer<typeof publicationGrain>

/** `late-events`: events came after; `correction`: events were corrected; `definition`: another version or calendar judges the period. */
export const revisionReason = z.enum(['first', 'late-events', 'correction', 'definition'])
export type RevisionReason = z.infer<typeof revisionReason>

export const publication = z.object({
  /** Also the run its values are recorded under. */
  id: z.string(),
  indicator: indicatorId,
  /** Version of the definition that judged the period. */
  version: z.number().int(),
  grain: publicationGrain,
  periodStart: plainDate,
  /** Kind of the units; null: only the whole organisation. */
  kind: z.string().nullable(),
  revision: z.number().int(),
  reason: revisionReason,
  units: z.number().int(),
  /** Units whose value differs from the revision before. */
  changed: z.number().int(),
  recordedAt: instantText,
  recordedBy: z.string(),
})
export type Publication = z.infer<typeof publication>

/** The entity is null for the whole organisation. */
const about = z.object({ key: entityKey, name: z.string() }).nullable()
export const publishedValue = z.object({
  entity: about,
  value: z.number().nullable(),
  /** Null where the value is protected. */
  n: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  tooFew: z.boolean(),
})
export const publishedChange = z.object({
  entity: about,
  before: z.number().nullable(),
  after: z.number().nullable(),
  /** Null where the values are protected. */
  nBefore: z.number().nullable(),
  nAfter: z.number().nullable(),
})

const which = {
  id: indicatorId,
  grain: publicationGrain,
  periodStart: plainDate,
  kind: z.string().trim().min(1).max(50).optional(),
}

export const publicationRoutes = {
  publishPeriod: tag(
    '/indicators/{id}/publications',
    'POST',
    'Publish the values of a period that is over; again, it records a revision where values differ',
  )
    .meta({ may: 'values.publish' })
    .input(z.object(which))
    .output(publication),
  listPublications: tag(
    '/indicators/{id}/publications',
    'GET',
    'Published periods with all revisions, newest period first',
  )
    .meta({ may: 'measurements.read' })
    .input(z.object({ id: indicatorId, limit: z.coerce.number().int().min(1).max(500).default(100) }))
    .output(z.array(publication)),
  readPublished: tag(
    '/indicators/{id}/published',
    'GET',
    'What was published for a period, as it was known at an instant',
  )
    .meta({ may: 'measurements.read' })
    .input(z.object({ ...which, knownAt: instantText.optional() }))
    .output(z.object({ publication, values: z.array(publishedValue) })),
  publicationChanges: tag('/publications/{publication}/changes', 'GET', 'What a revision changed')
    .meta({ may: 'measurements.read' })
    .input(z.object({ publication: z.uuid() }))
    .output(z.array(publishedChange)),
}

/** Published values were revised: which, to which revision, why, and how many units. */
export const valuesRevised = event(
  'measurement.valuesRevised',
  z.object({
    indicator: z.string(),
    grain: publicationGrain,
    periodStart: plainDate,
    kind: z.string().nullable(),
    revision: z.number().int(),
    reason: revisionReason,
    changed: z.number().int(),
  }),
)
