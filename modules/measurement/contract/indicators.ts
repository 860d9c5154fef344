/** Indicators: drafts, versions and their routes. */
import { z } from 'zod'
import { bilingual, instantText, page, pageQuery } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { indicatorDefinition } from './definition.ts'
import { dateRange, tag } from './refusals.ts'
import { point } from './point.ts'

/** Id of an indicator: small letters, digits and hyphens. */
export const indicatorId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,79}$/, 'small letters, digits and hyphens, starting with a letter')

export const indicatorDraft = z.object({
  id: indicatorId,
  title: bilingual,
  explanation: bilingual,
  unit: z.enum(['percent', 'per-thousand', 'count', 'minutes', 'hours', 'days', 'points', 'yuan', 'number']),
  direction: z.enum(['higher-is-better', 'lower-is-better', 'neutral']),
  target: z.number().nullable().default(null),
  /** Below this n a value is shown as "too few", never judged. */
  minimumN: z.number().int().min(0).default(0),
  definition: indicatorDefinition,
})
export type IndicatorDraft = z.infer<typeof indicatorDraft>
export const indicator = indicatorDraft.extend({
  version: z.number().int(),
  createdAt: instantText,
  createdBy: z.string(),
  retired: z.boolean(),
})
export type Indicator = z.infer<typeof indicator>

export const indicatorRoutes = {
  listIndicators: tag('/indicators', 'GET', 'Indicators with their newest version')
    .meta({ may: 'measurements.read' })
    .input(pageQuery.extend({ search: z.string().trim().max(100).optional() }))
    .output(page(indicator)),
  readIndicator: tag('/indicators/{id}', 'GET', 'One indicator, newest or asked version')
    .meta({ may: 'measurements.read' })
    .input(z.object({ id: indicatorId, version: z.coerce.number().int().min(1).optional() }))
    .output(indicator),
  saveIndicator: tag('/indicators/{id}', 'PUT', 'Save a definition: a new indicator, or the next version of one')
    .meta({ may: 'indicators.edit' })
    .input(indicatorDraft)
    .output(indicator),
  previewIndicator: tag(
    '/indicator-previews',
    'POST',
    'What a definition would give for the organisation, month by month, before it is saved',
  )
    .meta({ may: 'indicators.edit' })
    .input(z.object({ draft: indicatorDraft, entity: entityKey.optional(), ...dateRange }))
    .output(z.array(point)),
  retireIndicator: tag('/indicators/{id}', 'DELETE', 'Retire an indicator; its history stays')
    .meta({ may: 'indicators.edit' })
    .input(z.object({ id: indicatorId }))
    .output(z.object({})),
}
