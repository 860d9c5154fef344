/** When alerts stay silent: silences, maintenance windows, and worse alerts that speak for others. */
import { z } from 'zod'
import { instantText } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { colour } from './condition.ts'
import { ruleId } from './rule.ts'

/** Empty fields match everything. */
const matcher = z.object({
  rule: ruleId.nullable().default(null),
  /** This node and all below it. */
  below: entityKey.nullable().default(null),
  colour: colour.nullable().default(null),
})
export type Matcher = z.infer<typeof matcher>

export const quietDraft = z.object({
  /** `silence`: alerts arise, nobody is told. `maintenance`: nothing arises, and what was firing rests. */
  kind: z.enum(['silence', 'maintenance']),
  match: matcher,
  from: instantText,
  until: instantText,
  /** The same again every so many days; null: once. */
  repeatsEveryDays: z.number().int().min(1).max(366).nullable().default(null),
  reason: z.string().trim().min(2).max(500),
})
export type QuietDraft = z.infer<typeof quietDraft>
export const quiet = quietDraft.extend({
  id: z.string(),
  state: z.enum(['planned', 'now', 'over', 'lifted']),
  createdAt: instantText,
  createdBy: z.string(),
  /** Alerts it holds now. */
  holds: z.number().int(),
})
export type Quiet = z.infer<typeof quiet>

/** While the source fires at a unit or above it, the target is muted there. */
export const inhibitionDraft = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,79}$/),
  source: z.object({ rule: ruleId, colour: colour.nullable().default(null) }),
  target: z.object({ rule: ruleId.nullable().default(null), colour: colour.nullable().default(null) }),
  reason: z.string().trim().min(2).max(500),
})
export type InhibitionDraft = z.infer<typeof inhibitionDraft>
