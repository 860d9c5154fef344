/** Routes to objections: made by those responsible for a unit, decided by somebody who is not, answered by a correction where upheld. */
import { z } from 'zod'
import { instantText, page, pageQuery } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { tag } from './refusals.ts'
import { score } from './scores.ts'

export const appealStates = ['open', 'upheld', 'rejected', 'retracted'] as const
export const appealState = z.enum(appealStates)
export type AppealState = z.infer<typeof appealState>

/** Files one objection may carry. */
export const APPEAL_ATTACHMENTS_LIMIT = 10

export const appealCounts = z.object({
  open: z.number().int(),
  upheld: z.number().int(),
  rejected: z.number().int(),
  retracted: z.number().int(),
})

const why = z.string().trim().min(1).max(1000)
/** A change of the frozen inputs of the unit the objection is about. */
export const adjustment = z.discriminatedUnion('kind', [
  /** The item counts as missing for this unit. */
  z.object({ kind: z.literal('leave-out'), item: z.string(), reason: why }),
  /**
   * The item's value, number of cases and standard error, in the indicator's unit. Error null: found from value and cases where the kind of
   * indicator allows (shares, rates), else the one there was, for as many cases as there are now.
   */
  z.object({
    kind: z.literal('set'),
    item: z.string(),
    value: z.number(),
    n: z.number().gt(0).max(1e12),
    standardError: z.number().min(0).nullable().default(null),
    reason: why,
  }),
  /** The value a gate looks at; null: none, so that it stays open. */
  z.object({ kind: z.literal('gate'), gate: z.string(), value: z.number().nullable(), reason: why }),
])
export type Adjustment = z.infer<typeof adjustment>

export const attachedFile = z.object({
  id: z.uuid(),
  name: z.string(),
  type: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
})
export type AttachedFile = z.infer<typeof attachedFile>

export const appeal = z.object({
  id: z.uuid(),
  publication: z.uuid(),
  entity: z.object({ key: entityKey, name: z.string() }),
  /** Id of the scheme's item it is about; null: the whole score. */
  item: z.string().nullable(),
  text: z.string(),
  attachments: z.array(attachedFile),
  /** Made while the preview ran, or against what was published already. */
  against: z.enum(['preview', 'published']),
  state: appealState,
  madeAt: instantText,
  madeBy: z.string(),
  decidedAt: instantText.nullable(),
  decidedBy: z.string().nullable(),
  /** Reason of the decision. */
  decision: z.string(),
  adjustments: z.array(adjustment),
  /** The publication that carries the correction; null where none was needed. */
  correctedIn: z.uuid().nullable(),
  mine: z.boolean(),
  mayDecide: z.boolean(),
  /** Why whoever asks may not decide although their role does. */
  mayNotDecideBecause: z.enum(['appellant', 'responsible']).nullable(),
})
export type Appeal = z.infer<typeof appeal>

const appealId = z.object({ id: z.uuid() })

export const appealRoutes = {
  listAppeals: tag(
    '/score-appeals',
    'GET',
    'Objections, newest first: all of them for those who decide, else those about one’s own units',
  )
    .meta({ may: 'evaluation.read' })
    .input(pageQuery.extend({ publication: z.uuid().optional(), state: appealState.optional() }))
    .output(page(appeal)),
  readAppeal: tag('/score-appeals/{id}', 'GET', 'One objection')
    .meta({ may: 'evaluation.read' })
    .input(appealId)
    .output(appeal),
  makeAppeal: tag(
    '/score-publications/{id}/appeals',
    'POST',
    'Object to the score of a unit one is responsible for: in the preview, or as a request for correction after it',
  )
    .meta({ may: 'scores.appeal' })
    .input(
      z.object({
        id: z.uuid(),
        entity: entityKey,
        item: z.string().max(80).nullable().default(null),
        text: z.string().trim().min(10).max(5000),
        /** Ids as the upload answered them. */
        attachments: z.array(z.uuid()).max(APPEAL_ATTACHMENTS_LIMIT).default([]),
      }),
    )
    .output(appeal),
  retractAppeal: tag('/score-appeals/{id}/retraction', 'POST', 'Take back an objection of one’s own')
    .meta({ may: 'scores.appeal' })
    .input(appealId)
    .output(appeal),
  tryAdjustments: tag(
    '/score-appeals/{id}/trial',
    'POST',
    'What changes of the inputs would give the unit, before the objection is decided',
  )
    .meta({ may: 'appeals.decide' })
    .input(appealId.extend({ adjustments: z.array(adjustment).min(1).max(50) }))
    .output(
      z.object({
        before: score,
        after: score,
        /** Other units whose rank or stars would change. */
        othersMoved: z.number().int(),
      }),
    ),
  decideAppeal: tag(
    '/score-appeals/{id}/decision',
    'POST',
    'Uphold an objection with changes of the inputs, or reject it; a correction is calculated from the frozen inputs',
  )
    .meta({ may: 'appeals.decide' })
    .input(
      appealId.extend({
        outcome: z.enum(['upheld', 'rejected']),
        reason: z.string().trim().min(1).max(5000),
        /** Needed where upheld; none where rejected. */
        adjustments: z.array(adjustment).max(50).default([]),
      }),
    )
    .output(appeal),
}
