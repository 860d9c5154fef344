/** Notes on a series: what changed when, told by the definition, the calendars, people or other modules. */
import { z } from 'zod'
import { bilingual, instantText, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { indicatorId } from '../indicators.ts'
import { tag } from '../refusals.ts'

export const annotation = z.object({
  id: z.string(),
  /** `version`: another definition judges from here; `calendar`: other opening hours; `note`: written by a person or a module. */
  kind: z.enum(['version', 'calendar', 'note']),
  from: plainDate,
  /** Last day of a span; null: one day. */
  to: plainDate.nullable(),
  text: bilingual,
  indicator: indicatorId.nullable(),
  entity: z.object({ key: entityKey, name: z.string() }).nullable(),
  by: z.string(),
  recordedAt: instantText,
  /** The module that wrote it; null: a person. Only people's notes may be removed by people. */
  origin: z.string().nullable(),
})
export type Annotation = z.infer<typeof annotation>

export const annotationRoutes = {
  listAnnotations: tag(
    '/indicators/{id}/annotations',
    'GET',
    'What changed in a range of days: versions, opening hours, notes',
  )
    .meta({ may: 'measurements.read' })
    .input(z.object({ id: indicatorId, entity: entityKey.optional(), from: plainDate, to: plainDate }))
    .output(z.array(annotation)),
  saveAnnotation: tag('/annotations', 'POST', 'Note what happened on a day or over a span of days')
    .meta({ may: 'annotations.edit' })
    .input(
      z.object({
        /** Null: on every indicator. */
        indicator: indicatorId.nullable().default(null),
        /** Null: the whole organisation. */
        entity: entityKey.nullable().default(null),
        from: plainDate,
        to: plainDate.nullable().default(null),
        text: z.string().trim().min(1).max(300),
      }),
    )
    .output(annotation),
  removeAnnotation: tag('/annotations/{annotation}', 'DELETE', 'Remove a note a person wrote')
    .meta({ may: 'annotations.edit' })
    .input(z.object({ annotation: z.uuid() }))
    .output(z.object({})),
}
