/** Alerts that are passed on to regulators, associations or partners: the least they need, signed, acknowledged. */
import { z } from 'zod'
import { bilingual, instantText } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { colour } from './condition.ts'
import { ruleId } from './rule.ts'

export const subscriptionDraft = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,79}$/),
  /** Who receives it. */
  recipient: z.string().trim().min(1).max(200),
  address: z.url().max(2000),
  match: z.object({
    rules: z.array(ruleId).max(100).default([]),
    below: entityKey.nullable().default(null),
    leastColour: colour.default('red'),
  }),
  /** With the value that was measured, or only that something is the matter. */
  detail: z.enum(['notice', 'value']).default('notice'),
  active: z.boolean().default(true),
})
export type SubscriptionDraft = z.infer<typeof subscriptionDraft>
export const subscription = subscriptionDraft.extend({
  createdAt: instantText,
  createdBy: z.string(),
  sent: z.number().int(),
  acknowledged: z.number().int(),
})
export type Subscription = z.infer<typeof subscription>

/** What is sent: signed with the organisation's key. */
export const sharedAlert = z.object({
  format: z.literal('bihuan-alert/1'),
  id: z.string(),
  organisation: z.object({ id: z.string(), name: z.string() }),
  what: z.enum(['raised', 'worsened', 'closed']),
  title: bilingual,
  entity: z.object({ key: entityKey, name: z.string() }),
  colour,
  at: instantText,
  value: z.number().nullable(),
  unit: z.string().nullable(),
})

export const sharing = z.object({
  id: z.string(),
  subscription: z.object({ id: z.string(), recipient: z.string() }),
  alertId: z.string(),
  what: sharedAlert.shape.what,
  sentAt: instantText.nullable(),
  attempts: z.number().int(),
  state: z.enum(['waiting', 'sent', 'failed', 'acknowledged']),
  acknowledgedAt: instantText.nullable(),
  acknowledgedBy: z.string().nullable(),
})
export type Sharing = z.infer<typeof sharing>
