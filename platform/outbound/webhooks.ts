/**
 * Tells subscribed addresses of news: messages are written with the news, sent beside any transaction, and tried again until they arrive or
 * ten attempts have failed. At least once; who hears a message twice knows it by its id.
 */
import type { Context } from '../context.ts'
import { found } from '../refusal.ts'
import type { Sealer } from '../sealing.ts'
import { canonicalText } from '../text/canonical-text.ts'
import {
  claimDue,
  deleteSubscription,
  deliveriesByIds,
  type DeliveryRow,
  deliveryPage,
  findSubscription,
  forgetDelivered,
  insertDelivery,
  insertSubscription,
  recordAttempt,
  setSubscription,
  type SubscriptionRow,
  type SubscriptionState,
  subscriptionStates,
  tryAgain,
} from './webhook-store.ts'
import { type Attempt, nextAttempt, sendWebhook } from './send-webhook.ts'
import { shownSecret } from './signature.ts'

export interface SubscriptionDraft {
  readonly title: string
  readonly url: string
  readonly events: readonly string[]
  readonly enabled: boolean
}

export interface Webhooks {
  readonly subscriptions: (context: Context) => Promise<SubscriptionState[]>
  /** The secret is told here and never again. */
  readonly subscribe: (context: Context, draft: SubscriptionDraft) => Promise<{ id: string; secret: string }>
  readonly change: (context: Context, id: string, draft: SubscriptionDraft) => Promise<void>
  readonly rotate: (context: Context, id: string) => Promise<string>
  readonly remove: (context: Context, id: string) => Promise<void>
  /** Writes one message for each subscription that wants it; the same source again writes none. Gives their number. */
  readonly enqueue: (context: Context, news: News) => Promise<number>
  /** A message to one subscription whatever it wants, also to a paused one. */
  readonly enqueueTo: (context: Context, id: string, news: News) => Promise<string>
  /** Sends what is due, each outside of any transaction; gives how many arrived. */
  readonly deliverDue: (context: Context) => Promise<number>
  readonly deliveries: (
    context: Context,
    id: string,
    paging: { limit: number; cursor?: string | undefined },
  ) => Promise<{ rows: DeliveryRow[]; nextCursor: string | null }>
  /** What became of messages, by id. */
  readonly states: (context: Context, ids: readonly string[]) => Promise<DeliveryRow[]>
  /** Lets a message that failed or waits be sent at once. */
  readonly retry: (context: Context, delivery: string) => Promise<DeliveryRow>
  /** Drops messages that arrived, or failed for good, before an instant. */
  readonly forget: (context: Context, before: Temporal.Instant) => Promise<void>
}

export interface News {
  readonly event: string
  /** What it is about: the same source is told once. */
  readonly source: string
  readonly data: Readonly<Record<string, unknown>>
}

const SECRET_BYTES = 32
/** Messages taken at once, and how long one call goes on taking more: it runs inside a job that must end. */
const CLAIMED_LIMIT = 8
const TAKING_MILLISECONDS = 45_000

interface Parts {
  /** The module whose subscriptions and messages these are. */
  readonly owner: string
  readonly sealer: Sealer
  readonly privateAllowed: boolean
}

export const createWebhooks = (parts: Parts): Webhooks => ({ ...subscribing(parts), ...telling(parts) })

const required = async (context: Context, owner: string, id: string): Promise<SubscriptionRow> =>
  found(await findSubscription(context, owner, id), 'subscription', id)

function subscribing({
  sealer,
  owner,
}: Parts): Pick<Webhooks, 'subscriptions' | 'subscribe' | 'change' | 'rotate' | 'remove'> {
  const newSecret = () => shownSecret(sealer.newSecret(SECRET_BYTES))
  return {
    subscriptions: (context) => subscriptionStates(context, owner),
    subscribe: async (context, draft) => {
      const id = context.newId()
      const secret = newSecret()
      await insertSubscription(context, {
        ...draft,
        owner,
        events: [...draft.events],
        id,
        sealed: sealer.seal(secret),
      })
      return { id, secret }
    },
    change: async (context, id, draft) => {
      await required(context, owner, id)
      const kept = { ...draft, events: [...draft.events], ...(draft.enabled ? { pausedBecause: null } : {}) }
      await setSubscription(context, id, kept)
    },
    rotate: async (context, id) => {
      await required(context, owner, id)
      const secret = newSecret()
      await setSubscription(context, id, { sealed: sealer.seal(secret) })
      return secret
    },
    remove: async (context, id) => {
      await required(context, owner, id)
      await deleteSubscription(context, id)
    },
  }
}

function telling(
  parts: Parts,
): Pick<Webhooks, 'enqueue' | 'enqueueTo' | 'deliverDue' | 'deliveries' | 'states' | 'retry' | 'forget'> {
  return {
    enqueue: async (context, news) => {
      let written = 0
      for (const each of await subscriptionStates(context, parts.owner)) {
        if (!each.enabled || !each.events.includes(news.event)) continue
        if (await insertDelivery(context, messageTo(context, each.id, news))) written += 1
      }
      return written
    },
    enqueueTo: async (context, id, news) => {
      await required(context, parts.owner, id)
      const message = messageTo(context, id, news)
      await insertDelivery(context, message)
      return message.id
    },
    deliverDue: (context) => deliverDue(parts, context),
    deliveries: async (context, id, paging) => {
      await required(context, parts.owner, id)
      return deliveryPage(context, id, paging)
    },
    states: deliveriesByIds,
    retry: async (context, delivery) => found(await tryAgain(context, parts.owner, delivery), 'delivery', delivery),
    forget: (context, before) => forgetDelivered(context, parts.owner, before),
  }
}

function messageTo(context: Context, subscription: string, { event, source, data }: News) {
  const body = canonicalText({ type: event, timestamp: context.now.toString(), data })
  return { id: context.newId(), subscription, event, source, body }
}

async function deliverDue(parts: Parts, context: Context): Promise<number> {
  const began = performance.now()
  let arrived = 0
  while (performance.now() - began < TAKING_MILLISECONDS) {
    const claimed = await context.separately((inside) => claimDue(inside, parts.owner, CLAIMED_LIMIT))
    if (claimed.length === 0) return arrived
    const sent = await Promise.all(
      claimed.map(async ({ delivery, subscription }) => {
        const attempt = await attemptOne(parts, context, delivery, subscription)
        return attempt.problem === null
      }),
    )
    arrived += sent.filter(Boolean).length
  }
  return arrived
}

async function attemptOne(
  { sealer, privateAllowed }: Parts,
  context: Context,
  delivery: DeliveryRow,
  { url, sealed }: SubscriptionRow,
): Promise<Attempt> {
  const secret = sealer.open(sealed)
  const now = await context.separately(async (inside) => inside.now)
  const { id, body } = delivery
  const attempt: Attempt =
    secret === null
      ? { status: null, problem: 'secret-lost' }
      : await sendWebhook({ url, secret, id, body, now, privateAllowed })
  await context.separately(async (inside) => {
    const attempts = delivery.attempts + 1
    const again = attempt.problem === 'gone' ? null : nextAttempt(attempts, inside.now, inside.random())
    await recordAttempt(inside, delivery, { ...attempt, attempts, again })
  })
  return attempt
}
