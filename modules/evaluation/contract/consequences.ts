/** Routes to what follows from scores (EVA-5): rules as data, signed values for programs, and addresses that are told. */
import { z } from 'zod'
import { bilingual, grain, instantText, page, pageQuery, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { tag } from './refusals.ts'

/** Addresses one organisation may subscribe. */
export const SUBSCRIPTIONS_LIMIT = 20

const slug = z.string().regex(/^[a-z][a-z0-9-]{1,79}$/, 'small letters, digits and hyphens, starting with a letter')

export const consequenceKinds = ['share', 'sign', 'amount'] as const
/**
 * `share`: parts of a whole, such as the traffic each unit gets. `sign`: stars to be shown. `amount`: money in hundredths of the currency
 * (cents, fen), so that nothing is lost by rounding.
 */
export const consequenceDraft = z.object({
  id: slug,
  title: bilingual,
  scheme: z.string().max(80),
  grain,
  kind: z.enum(consequenceKinds),
  from: z.enum(['stars', 'composite']),
  /**
   * From each value on, what it gives, values ascending: for `share` and for `amount` with a total a weight, for `amount` without one the
   * amount itself, for `sign` whether there is one (more than 0). Below the first value: nothing.
   */
  table: z
    .array(z.tuple([z.number(), z.number().min(0).max(1e12)]))
    .min(1)
    .max(50),
  /** What a unit without a score gets in the place of the table. */
  notRanked: z.number().min(0).max(1e12).default(0),
  /** `amount` only: hundredths of the currency that are shared out by the weights; null: each gets what the table says. */
  totalHundredths: z.number().int().min(0).max(1e14).nullable().default(null),
  /** ISO 4217; `amount` only. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable()
    .default(null),
  /** Whether the whole is shared out among all units, or in each peer group by itself. */
  within: z.enum(['all', 'peer-group']).default('all'),
  /** `share` only: the least part of the whole a unit gets. */
  floor: z.number().min(0).max(1).default(0),
})
export type ConsequenceDraft = z.infer<typeof consequenceDraft>
export type ConsequenceDraftInput = z.input<typeof consequenceDraft>

export const consequence = consequenceDraft.extend({
  version: z.number().int(),
  savedAt: instantText,
  savedBy: z.string(),
})
export type Consequence = z.infer<typeof consequence>

export const signature = z.object({
  algorithm: z.literal('Ed25519'),
  keyId: z.string(),
  /** Base64 of the 32 bytes of the key. */
  publicKey: z.string(),
  signedAt: instantText,
  /** Base64, over the canonical text of the content: keys in order, no blanks. */
  value: z.string(),
})

export const consequenceValues = z.object({
  format: z.literal('bihuan-consequence/1'),
  organisation: z.object({ id: z.uuid(), name: z.string() }),
  rule: consequence,
  publication: z.object({
    id: z.uuid(),
    grain,
    periodStart: plainDate,
    schemeVersion: z.number().int(),
    publishedAt: instantText,
    corrects: z.uuid().nullable(),
    /** Of the signed file the values follow from. */
    sha256: z.string(),
  }),
  groups: z.array(
    z.object({
      /** Null where the whole is shared among all. */
      peerGroup: z.string().nullable(),
      units: z.number().int(),
      /** The least part that was kept to: lower than asked where so many units have no room for it. */
      floor: z.number(),
    }),
  ),
  units: z.array(
    z.object({
      entity: z.object({ key: entityKey, name: z.string() }),
      peerGroup: z.string().nullable(),
      stars: z.number().int().nullable(),
      composite: z.number().nullable(),
      /** A share of 1, the number of stars to show (0: no sign), or hundredths of the currency. */
      value: z.number(),
    }),
  ),
})
export type ConsequenceValues = z.infer<typeof consequenceValues>

export const webhookEvents = ['scores.published', 'scores.corrected', 'scores.withdrawn'] as const
export const webhookEvent = z.enum(webhookEvents)
export type WebhookEvent = z.infer<typeof webhookEvent>

const subscriptionDraft = z.object({
  title: z.string().trim().min(1).max(100),
  url: z.url({ protocol: /^https?$/ }).max(1000),
  events: z.array(webhookEvent).min(1).max(webhookEvents.length),
  enabled: z.boolean().default(true),
})
export const subscription = subscriptionDraft.extend({
  id: z.uuid(),
  createdAt: instantText,
  createdBy: z.string(),
  /** `gone`: the address said for good that nobody listens there any more. */
  pausedBecause: z.enum(['gone']).nullable(),
  waiting: z.number().int(),
  failed: z.number().int(),
  lastDeliveredAt: instantText.nullable(),
})
export type Subscription = z.infer<typeof subscription>

export const deliveryStates = ['waiting', 'delivered', 'failed'] as const
export const delivery = z.object({
  id: z.uuid(),
  event: z.string(),
  state: z.enum(deliveryStates),
  attempts: z.number().int(),
  createdAt: instantText,
  lastAttemptAt: instantText.nullable(),
  nextAttemptAt: instantText.nullable(),
  /** HTTP status of the last answer; null where there was none. */
  lastStatus: z.number().int().nullable(),
  /** Why the last attempt failed, as a code: `status`, `private`, `slow`, `unreachable`, `gone`, `secret-lost`. */
  lastProblem: z.string().nullable(),
})
export type Delivery = z.infer<typeof delivery>

const id = z.object({ id: slug })
const subscriptionId = z.object({ id: z.uuid() })
const secretOnce = z.object({ secret: z.string() })

export const consequenceRoutes = {
  listConsequences: tag('/consequences', 'GET', 'Rules of what follows from scores')
    .meta({ may: 'consequences.read' })
    .output(z.array(consequence)),
  readConsequence: tag(
    '/consequences/{id}',
    'GET',
    'What follows from the newest publication: values for each unit, signed',
  )
    .meta({ may: 'consequences.read' })
    .input(id)
    .output(z.object({ content: consequenceValues, signature })),
  saveConsequence: tag('/consequences/{id}', 'PUT', 'Save a rule of what follows from scores')
    .meta({ may: 'consequences.edit' })
    .input(consequenceDraft)
    .output(consequence),
  tryConsequence: tag(
    '/consequence-trials',
    'POST',
    'What a rule would give with the newest publication, before it is saved',
  )
    .meta({ may: 'consequences.edit' })
    .input(consequenceDraft)
    .output(consequenceValues.pick({ groups: true, units: true })),
  deleteConsequence: tag('/consequences/{id}', 'DELETE', 'Remove a rule; what was signed by it stays valid')
    .meta({ may: 'consequences.edit' })
    .input(id)
    .output(z.object({})),

  listSubscriptions: tag('/webhook-subscriptions', 'GET', 'Addresses that are told of publications')
    .meta({ may: 'consequences.edit' })
    .output(z.array(subscription)),
  createSubscription: tag(
    '/webhook-subscriptions',
    'POST',
    'Tell an address of publications; the secret its messages are signed with is shown this once',
  )
    .meta({ may: 'consequences.edit' })
    .input(subscriptionDraft)
    .output(subscription.extend(secretOnce.shape)),
  saveSubscription: tag('/webhook-subscriptions/{id}', 'PUT', 'Change a subscription, pause it or let it go on')
    .meta({ may: 'consequences.edit' })
    .input(subscriptionDraft.extend({ id: z.uuid() }))
    .output(subscription),
  rotateSubscriptionSecret: tag(
    '/webhook-subscriptions/{id}/secret',
    'POST',
    'Give a subscription a new secret; the old one no longer signs',
  )
    .meta({ may: 'consequences.edit' })
    .input(subscriptionId)
    .output(secretOnce),
  deleteSubscription: tag('/webhook-subscriptions/{id}', 'DELETE', 'End a subscription; its log goes with it')
    .meta({ may: 'consequences.edit' })
    .input(subscriptionId)
    .output(z.object({})),
  testSubscription: tag('/webhook-subscriptions/{id}/test', 'POST', 'Send a message of no consequence to the address')
    .meta({ may: 'consequences.edit' })
    .input(subscriptionId)
    .output(z.object({ delivery: z.uuid() })),
  listDeliveries: tag('/webhook-subscriptions/{id}/deliveries', 'GET', 'Messages to an address, newest first')
    .meta({ may: 'consequences.edit' })
    .input(pageQuery.extend({ id: z.uuid() }))
    .output(page(delivery)),
  retryDelivery: tag('/webhook-deliveries/{id}/retry', 'POST', 'Send a message that failed once more')
    .meta({ may: 'consequences.edit' })
    .input(subscriptionId)
    .output(delivery),
}
