/** Segments: saved filters over events, so that the same indicator can be read for a part of the cases. */
import { z } from 'zod'
import { bilingual, instantText } from '#platform/contract'
import { conditions } from '../definition.ts'
import { tag } from '../refusals.ts'

export const segmentId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,79}$/, 'small letters, digits and hyphens, starting with a letter')

export const segment = z.object({
  id: segmentId,
  title: bilingual,
  /** All must hold, on every event an indicator counts; of paired events on the first of each pair. */
  conditions: conditions.min(1),
  /** Grows with every save; earlier versions stay readable. */
  version: z.number().int(),
  savedAt: instantText,
  savedBy: z.string(),
  archived: z.boolean(),
})
export type Segment = z.infer<typeof segment>

export const segmentRoutes = {
  listSegments: tag('/segments', 'GET', 'Saved filters, by title; archived ones only when asked for')
    .meta({ may: 'measurements.read' })
    .input(z.object({ archived: z.stringbool().optional() }))
    .output(z.array(segment)),
  segmentVersions: tag('/segments/{id}/versions', 'GET', 'What a segment meant and means, first to last')
    .meta({ may: 'measurements.read' })
    .input(z.object({ id: segmentId }))
    .output(z.array(segment)),
  saveSegment: tag('/segments/{id}', 'PUT', 'Save a segment: a new one, or the next version of one')
    .meta({ may: 'indicators.edit' })
    .input(
      segment
        .pick({ id: true, title: true, conditions: true })
        /** The version that was changed; 0 for a new segment. */
        .extend({ basedOn: z.number().int().min(0) }),
    )
    .output(segment),
  archiveSegment: tag('/segments/{id}', 'DELETE', 'Archive a segment: it is offered no more, its history stays')
    .meta({ may: 'indicators.edit' })
    .input(z.object({ id: segmentId }))
    .output(z.object({})),
}
