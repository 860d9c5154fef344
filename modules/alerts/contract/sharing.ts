/** Alerts that are passed on to regulators, associations or partners: the least they need, signed, acknowledged. */
import { z } from 'zod'
import { bilingual, instantText, page, pageQuery } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { colour } from './condition.ts'
import { byId, tag } from './route.ts'
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

export const sharingRoutes = {
  listSubscriptions: tag('/alert-subscriptions', 'GET', 'Who outside receives alerts')
    .meta({ may: 'rules.edit' })
    .output(z.array(subscription)),
  saveSubscription: tag(
    '/alert-subscriptions/{id}',
    'PUT',
    'Save one; the answer carries the secret once when it is new',
  )
    .meta({ may: 'rules.edit' })
    .input(subscriptionDraft)
    .output(subscription.extend({ secret: z.string().nullable() })),
  removeSubscription: tag('/alert-subscriptions/{id}', 'DELETE', 'Share no more with it')
    .meta({ may: 'rules.edit' })
    .input(byId)
    .output(z.object({})),
  listSharings: tag('/alert-sharings', 'GET', 'What was shared, with whom, and who acknowledged it')
    .meta({ may: 'alerts.read' })
    .input(pageQuery.extend({ alert: z.string().optional(), subscription: z.string().optional() }))
    .output(page(sharing)),
  acknowledgeSharing: tag(
    '/public/{organisation}/alert-sharings/{id}/acknowledgement',
    'POST',
    'A receiver says it has seen a shared alert',
  )
    .meta({ may: 'anyone', organisation: 'organisation' })
    .input(
      z.object({
        organisation: z.uuid(),
        id: z.string(),
        token: z.string().max(200),
        by: z.string().trim().min(1).max(200),
      }),
    )
    .output(z.object({ acknowledgedAt: instantText })),
}
