/** Addresses that are told when something is published, corrected or withdrawn, and what became of each message. */
import type { Context } from '#platform/context'
import { AddressRefused, demandPublicHost } from '#platform/outbound/addresses'
import type { DeliveryRow, SubscriptionState } from '#platform/outbound/webhook-store'
import type { Webhooks } from '#platform/outbound/webhooks'
import { found, invalid, refuse } from '#platform/refusal'
import {
  type Delivery,
  evaluationRefusals,
  messagesQueued,
  type PublicationState,
  type Subscription,
  SUBSCRIPTIONS_LIMIT,
  type WebhookEvent,
} from '../../contract.ts'

export interface TellingParts {
  readonly webhooks: Webhooks
  /** Whether addresses of private networks may be told. */
  readonly privateAllowed: boolean
}
interface Draft {
  readonly title: string
  readonly url: string
  readonly events: WebhookEvent[]
  readonly enabled: boolean
}

/** How long messages that arrived, or failed for good, stay in the log. */
const LOG_DAYS = 90
const HOURS_PER_DAY = 24

const toSubscription = (row: SubscriptionState): Subscription => ({
  id: row.id,
  title: row.title,
  url: row.url,
  events: row.events as WebhookEvent[],
  enabled: row.enabled,
  createdAt: row.createdAt.toString(),
  createdBy: row.createdBy,
  pausedBecause: row.pausedBecause,
  waiting: row.waiting,
  failed: row.failed,
  lastDeliveredAt: row.lastDeliveredAt?.toString() ?? null,
})

const toDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  event: row.event,
  state: row.state,
  attempts: row.attempts,
  createdAt: row.createdAt.toString(),
  lastAttemptAt: row.lastAttemptAt?.toString() ?? null,
  nextAttemptAt: row.nextAttemptAt?.toString() ?? null,
  lastStatus: row.lastStatus,
  lastProblem: row.lastProblem,
})

/** Names are judged again when they are looked up; this tells early what is plain from the address itself. */
function demandAddress({ privateAllowed }: TellingParts, url: string): void {
  const address = new URL(url)
  if (address.username !== '' || address.password !== '')
    invalid('url', 'credentials', 'The address is shown to others: it may hold no name and no password.')
  try {
    demandPublicHost(address, privateAllowed)
  } catch (error) {
    if (!(error instanceof AddressRefused)) throw error
    refuse(evaluationRefusals, 'WEBHOOK_ADDRESS_NOT_ALLOWED', { host: error.host })
  }
}

export async function listSubscriptions({ webhooks }: TellingParts, context: Context): Promise<Subscription[]> {
  return (await webhooks.subscriptions(context)).map(toSubscription)
}

async function readSubscription(parts: TellingParts, context: Context, id: string): Promise<Subscription> {
  const all = await listSubscriptions(parts, context)
  return found(
    all.find((each) => each.id === id),
    'subscription',
    id,
  )
}

export async function createSubscription(
  parts: TellingParts,
  context: Context,
  draft: Draft,
): Promise<Subscription & { secret: string }> {
  demandAddress(parts, draft.url)
  const known = await parts.webhooks.subscriptions(context)
  if (known.length >= SUBSCRIPTIONS_LIMIT)
    refuse(evaluationRefusals, 'SUBSCRIPTIONS_MANY', { limit: SUBSCRIPTIONS_LIMIT })
  const { id, secret } = await parts.webhooks.subscribe(context, draft)
  return { ...(await readSubscription(parts, context, id)), secret }
}

export async function saveSubscription(
  parts: TellingParts,
  context: Context,
  { id, ...draft }: Draft & { id: string },
): Promise<Subscription> {
  demandAddress(parts, draft.url)
  await parts.webhooks.change(context, id, draft)
  return readSubscription(parts, context, id)
}

export const rotateSubscriptionSecret = async (
  { webhooks }: TellingParts,
  context: Context,
  { id }: { id: string },
): Promise<{ secret: string }> => ({ secret: await webhooks.rotate(context, id) })

export async function deleteSubscription(
  { webhooks }: TellingParts,
  context: Context,
  { id }: { id: string },
): Promise<Record<string, never>> {
  await webhooks.remove(context, id)
  return {}
}

export async function testSubscription(
  { webhooks }: TellingParts,
  context: Context,
  { id }: { id: string },
): Promise<{ delivery: string }> {
  const news = { event: 'test', source: context.newId(), data: { organisation: context.organisation } }
  const delivery = await webhooks.enqueueTo(context, id, news)
  await context.announce(messagesQueued, { messages: 1 })
  return { delivery }
}

export async function listDeliveries(
  { webhooks }: TellingParts,
  context: Context,
  { id, ...paging }: { id: string; cursor?: string | undefined; limit: number },
): Promise<{ rows: Delivery[]; nextCursor: string | null }> {
  const { rows, nextCursor } = await webhooks.deliveries(context, id, paging)
  return { rows: rows.map(toDelivery), nextCursor }
}

export async function retryDelivery(
  { webhooks }: TellingParts,
  context: Context,
  { id }: { id: string },
): Promise<Delivery> {
  const row = await webhooks.retry(context, id)
  if (row.state === 'waiting') await context.announce(messagesQueued, { messages: 1 })
  return toDelivery(row)
}

interface Moved {
  readonly publication: string
  readonly scheme: string
  readonly version: number
  readonly grain: string
  readonly periodStart: string
  readonly track: string
  readonly state: PublicationState
  readonly corrects: string | null
}

/** A publication that takes the place of another is told as a correction, once. */
function eventOf({ state, corrects }: Moved): WebhookEvent | null {
  if (state === 'published') return corrects === null ? 'scores.published' : 'scores.corrected'
  return state === 'withdrawn' ? 'scores.withdrawn' : null
}

/** Messages are written with the news; they are sent afterwards, beside any transaction. */
export async function tellSubscribers({ webhooks }: TellingParts, context: Context, moved: Moved): Promise<void> {
  const event = eventOf(moved)
  if (event === null) return
  const { publication, scheme, version, grain, periodStart, track, state, corrects } = moved
  const data = {
    organisation: context.organisation,
    publication,
    scheme,
    version,
    grain,
    periodStart,
    track,
    state,
    corrects,
    path: `/api/score-publications/${publication}`,
  }
  const messages = await webhooks.enqueue(context, { event, source: publication, data })
  if (messages > 0) await context.announce(messagesQueued, { messages })
}

export async function sendMessages({ webhooks }: TellingParts, context: Context): Promise<void> {
  await webhooks.deliverDue(context)
}

export const forgetMessages = ({ webhooks }: TellingParts, context: Context): Promise<void> =>
  webhooks.forget(context, context.now.subtract({ hours: LOG_DAYS * HOURS_PER_DAY }))
