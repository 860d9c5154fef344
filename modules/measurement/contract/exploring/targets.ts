/** Targets: what a value should be, for whom, from which day on, and who says so. */
import { z } from 'zod'
import { event, instantText, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { indicatorId } from '../indicators.ts'
import { tag } from '../refusals.ts'
import { segmentId } from './segments.ts'

const aim = {
  /** One of both: a value to reach, or a band to stay in. */
  value: z.number().nullable().default(null),
  band: z.object({ low: z.number(), high: z.number() }).nullable().default(null),
}
export const targetDraft = z
  .object({
    id: indicatorId,
    segment: segmentId.nullable().default(null),
    entity: entityKey.nullable().default(null),
    ...aim,
    /** The first day it holds. */
    effectiveFrom: plainDate,
    /** Where it comes from, e.g. the commitment of a service standard with its number. */
    source: z.string().trim().min(1).max(300),
  })
  .refine((draft) => (draft.value === null) !== (draft.band === null), {
    path: ['value'],
    message: 'either a value or a band',
  })
  .refine((draft) => draft.band === null || draft.band.low < draft.band.high, {
    path: ['band'],
    message: 'the band begins below its end',
  })
export type TargetDraft = z.infer<typeof targetDraft>

export const target = z.object({
  id: z.string(),
  indicator: indicatorId,
  segment: segmentId.nullable(),
  entity: z.object({ key: entityKey, name: z.string() }).nullable(),
  value: z.number().nullable(),
  band: z.object({ low: z.number(), high: z.number() }).nullable(),
  effectiveFrom: plainDate,
  source: z.string(),
  recordedAt: instantText,
  recordedBy: z.string(),
})
export type Target = z.infer<typeof target>

/** The target that holds for one period. */
export const appliedTarget = z.object({
  value: z.number().nullable(),
  band: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** `definition`: the indicator's own. */
  of: z.enum(['target', 'definition']),
  source: z.string(),
})
export type AppliedTarget = z.infer<typeof appliedTarget>

export const targetRoutes = {
  listTargets: tag('/indicators/{id}/targets', 'GET', 'Targets of an indicator, newest first')
    .meta({ may: 'measurements.read' })
    .input(z.object({ id: indicatorId }))
    .output(z.array(target)),
  saveTarget: tag('/indicators/{id}/targets', 'POST', 'Set a target from a day on; earlier days keep the one they had')
    .meta({ may: 'indicators.edit' })
    .input(targetDraft)
    .output(target),
  withdrawTarget: tag('/targets/{target}', 'DELETE', 'Withdraw a target that was set by mistake')
    .meta({ may: 'indicators.edit' })
    .input(z.object({ target: z.uuid() }))
    .output(z.object({})),
}

/** What an indicator is compared with is another: a target or a figure of the industry was recorded or withdrawn. */
export const yardstickChanged = event('measurement.yardstickChanged', z.object({ id: z.string() }))
