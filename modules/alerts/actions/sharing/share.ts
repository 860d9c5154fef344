/** Passes alerts on: signed, no more than the receiver needs, once for each thing there is to say. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { lookUpEntityNumbers, readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { readCursor, toPage, writeCursor } from '#platform/paging'
import { found } from '#platform/refusal'
import { alertsShared, type Sharing, type sharedAlert } from '../../contract.ts'
import { isWanted, nextShared, type Shared } from '../../rules/sharing.ts'
import { type AlertRow, findAlert } from '../../store/alerts.ts'
import {
  acknowledgeRow,
  insertSharing,
  lockSharing,
  sharingPage,
  type SharingRow,
  sharingsOfAlert,
  type SubscriptionRow,
  subscriptionRows,
} from '../../store/sharings.ts'
import { presentAlerts } from '../desk/read.ts'
import { SHARED_EVENT, type SharingParts } from './subscriptions.ts'

const TOKEN_BYTES = 24
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** Says to every subscription what it does not know yet of these alerts. Drills and muted alerts stay inside. */
export async function shareAlerts(parts: SharingParts, context: Context, ids: readonly string[]): Promise<void> {
  const subscriptions = await subscriptionRows(context)
  if (subscriptions.length === 0) return
  let messages = 0
  for (const id of ids) messages += await shareAlert(parts, context, subscriptions, id)
  if (messages > 0) await context.announce(alertsShared, { messages })
}

/** Gives how many messages it wrote. */
async function shareAlert(
  parts: SharingParts,
  context: Context,
  subscriptions: readonly SubscriptionRow[],
  id: string,
): Promise<number> {
  const alert = await findAlert(context, id)
  if (alert === null || alert.drill || alert.muted !== null) return 0
  const place = (await lookUpEntityNumbers(context, [alert.entity])).get(alert.entity)
  const facts = { rule: alert.ruleId, colour: alert.colour, path: place?.path ?? [] }
  const told = Map.groupBy(await sharingsOfAlert(context, id), (row) => row.subscriptionId)
  let messages = 0
  for (const subscription of subscriptions) {
    const next = nextShared(
      {
        closed: alert.state === 'closed',
        colour: alert.colour,
        reopened: alert.history.filter(({ what }) => what === 'reopened').length,
        wanted: isWanted(subscription.draft, subscription.below, facts),
      },
      told.get(subscription.id) ?? [],
    )
    if (next !== null && (await send(parts, context, { subscription, alert, next }))) messages += 1
  }
  return messages
}

async function send(
  { webhooks, signer }: SharingParts,
  context: Context,
  { subscription, alert, next }: { subscription: SubscriptionRow; alert: AlertRow; next: Shared },
): Promise<boolean> {
  const id = context.newId()
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const content = await contentOf(context, { id, subscription, alert, next })
  const source = [alert.id, next.what, next.colour, next.time].join(' ')
  const delivery = await webhooks.enqueueTo(context, subscription.webhook, {
    event: SHARED_EVENT,
    source,
    data: {
      ...(await signer.signed(context, content)),
      acknowledge: {
        path: `/api/public/${context.organisation}/alert-sharings/${id}/acknowledgement`,
        token,
      },
    },
  })
  return insertSharing(context, {
    id,
    subscriptionId: subscription.id,
    alertId: alert.id,
    ...next,
    delivery,
    tokenHash: hashOf(token),
    createdAt: context.now,
    acknowledgedAt: null,
    acknowledgedBy: null,
  })
}

async function contentOf(
  context: Context,
  { id, subscription, alert, next }: { id: string; subscription: SubscriptionRow; alert: AlertRow; next: Shared },
): Promise<z.infer<typeof sharedAlert>> {
  const [told] = await presentAlerts(context, [alert])
  const { name } = await readProfile(context)
  const open = subscription.draft.detail === 'value'
  return {
    format: 'bihuan-alert/1',
    id,
    organisation: { id: context.organisation, name },
    what: next.what,
    title: told!.rule.title,
    entity: alert.entity === 0 ? { key: '', name } : told!.entity,
    colour: next.colour,
    at: context.now.toString(),
    value: open ? (alert.readings.at(-1)?.value ?? null) : null,
    unit: open ? (told!.indicator?.unit ?? null) : null,
  }
}

export async function sendShared({ webhooks }: SharingParts, context: Context): Promise<void> {
  await webhooks.deliverDue(context)
}

const place = z.tuple([z.iso.datetime(), z.uuid()])

export async function listSharings(
  { webhooks }: SharingParts,
  context: Context,
  input: { alert?: string | undefined; subscription?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ rows: Sharing[]; nextCursor: string | null }> {
  const after = readCursor(input.cursor, place)
  const rows = await sharingPage(context, {
    ...input,
    after: after && { at: after[0], id: after[1] },
    limit: input.limit + 1,
  })
  const { shown, nextCursor } = toPage(rows, input.limit, (row) => writeCursor(row.createdAt.toString(), row.id))
  const names = new Map((await subscriptionRows(context)).map(({ id, draft }) => [id, draft.recipient]))
  const states = new Map(
    (
      await webhooks.states(
        context,
        shown.map((row) => row.delivery),
      )
    ).map((each) => [each.id, each]),
  )
  return { rows: shown.map((row) => present(row, names, states.get(row.delivery))), nextCursor }
}

type Delivered = Awaited<ReturnType<SharingParts['webhooks']['states']>>[number]

function present(row: SharingRow, names: ReadonlyMap<string, string>, delivery: Delivered | undefined): Sharing {
  const arrived = delivery?.state === 'delivered'
  // What waits for an address that was removed will not be sent.
  const waits = delivery?.state === 'waiting' && names.has(row.subscriptionId)
  const sent = arrived ? 'sent' : waits ? 'waiting' : 'failed'
  return {
    id: row.id,
    subscription: { id: row.subscriptionId, recipient: names.get(row.subscriptionId) ?? row.subscriptionId },
    alertId: row.alertId,
    what: row.what,
    sentAt: arrived ? (delivery.lastAttemptAt?.toString() ?? null) : null,
    attempts: delivery?.attempts ?? 0,
    state: row.acknowledgedAt === null ? sent : 'acknowledged',
    acknowledgedAt: row.acknowledgedAt?.toString() ?? null,
    acknowledgedBy: row.acknowledgedBy,
  }
}

/** The token came with the message; a wrong one is told no more than that there is no such thing. Saying it twice changes nothing. */
export async function acknowledgeSharing(
  context: Context,
  input: { id: string; token: string; by: string },
): Promise<{ acknowledgedAt: string }> {
  const row = found(await lockSharing(context, input.id), 'shared alert', input.id)
  const right = timingSafeEqual(Buffer.from(hashOf(input.token)), Buffer.from(row.tokenHash))
  found(right || null, 'shared alert', input.id)
  if (row.acknowledgedAt !== null) return { acknowledgedAt: row.acknowledgedAt.toString() }
  await acknowledgeRow(context, row.id, input.by)
  return { acknowledgedAt: context.now.toString() }
}
