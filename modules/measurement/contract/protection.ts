/** How small groups are protected, and single answers for the few who may see them. */
import { z } from 'zod'
import { instantText, page, pageQuery, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { listedEvent } from './intake/events.ts'
import { tag } from './refusals.ts'

/** Nothing is ever told of fewer answers than this, whatever is set. */
export const SMALLEST_GROUP_FLOOR = 5
const SMALLEST_GROUP_CEILING = 1_000
const STAFF_KINDS_LIMIT = 50

const limit = z.number().int().min(SMALLEST_GROUP_FLOOR).max(SMALLEST_GROUP_CEILING)

export const protectionDraft = z
  .object({
    /** Fewest answers a group may be told with. */
    smallestGroup: limit,
    /** The same where the group is one member of staff. */
    smallestStaffGroup: limit,
    /** Kinds of entity that are one person each. */
    staffKinds: z.array(z.string().trim().min(1).max(50)).max(STAFF_KINDS_LIMIT),
  })
  .refine((draft) => draft.smallestStaffGroup >= draft.smallestGroup, {
    path: ['smallestStaffGroup'],
    message: 'at least as many as for any group',
  })
export type ProtectionDraft = z.infer<typeof protectionDraft>

export const protection = protectionDraft.safeExtend({
  /** Null until somebody set it. */
  changedAt: instantText.nullable(),
  changedBy: z.string().nullable(),
})
export type ProtectionSetting = z.infer<typeof protection>

export const usualProtection: ProtectionDraft = {
  smallestGroup: 10,
  smallestStaffGroup: 30,
  staffKinds: ['staff', 'employee', '员工', '工作人员'],
}

export const protectionRoutes = {
  readProtection: tag('/protection', 'GET', 'How many answers a group needs before anything is told of it')
    .meta({ may: 'signed-in' })
    .output(protection),
  saveProtection: tag('/protection', 'PUT', 'Change how many answers a group needs; never below 5')
    .meta({ may: 'protection.edit' })
    .input(protectionDraft)
    .output(protection),
  listAnswers: tag(
    '/answers',
    'GET',
    'Single events whole, with what people answered, newest first; every look is kept in the audit',
  )
    .meta({ may: 'answers.read', audited: true })
    .input(
      pageQuery.extend({
        entity: entityKey.optional(),
        type: z.string().max(100).optional(),
        from: z.union([plainDate, instantText]).optional(),
        to: z.union([plainDate, instantText]).optional(),
        indicator: z.string().max(80).optional(),
        segment: z.string().max(80).optional(),
        with: z.string().max(2000).optional(),
      }),
    )
    .output(page(listedEvent)),
}
