/** What each colour obliges to, and how it climbs the line when nobody acts. */
import { z } from 'zod'
import { bilingual } from '#platform/contract'
import { roleName } from '#organisation/contract'

/** A stretch of time on the wall clock or, by a calendar, in opening hours only. */
const within = z.object({
  hours: z.number().gt(0).max(8784),
  clock: z.enum(['calendar', 'working']).default('calendar'),
})

const dutyRule = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  kind: z.enum(['answer', 'task', 'report']).default('task'),
  title: bilingual,
  /** Who owes it: whoever has this role for the unit or the nearest node above it. */
  role: roleName,
  within,
  /** Due again every so many hours while the alert lives; null: once. */
  everyHours: z.number().gt(0).max(744).nullable().default(null),
})
export type DutyRule = z.infer<typeof dutyRule>

const colourPolicy = z.object({
  /** One sentence for the desk. */
  duty: bilingual,
  duties: z.array(dutyRule).min(1).max(12),
  /** Told one step further up each time so many hours pass after a duty fell due. */
  escalateEveryHours: z.number().gt(0).max(744).nullable().default(null),
  escalateTo: z.array(roleName).max(5).default([]),
})

export const dutyPolicy = z.object({
  yellow: colourPolicy,
  orange: colourPolicy,
  red: colourPolicy,
  /** Working time is counted by this calendar; null: 09:00 to 18:00 on weekdays. */
  calendarId: z.string().max(80).nullable().default(null),
  /** An alert of the same rule and unit that comes back so many days after closing is reopened rather than raised anew. */
  relapseDays: z.number().int().min(0).max(366).default(14),
})
export type DutyPolicy = z.infer<typeof dutyPolicy>
export type DutyPolicyInput = z.input<typeof dutyPolicy>
