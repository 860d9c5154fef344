/** Who outside receives alerts: regulators, associations, partners. */
import type { Context } from '#platform/context'
import { AddressRefused, demandPublicHost } from '#platform/outbound/addresses'
import type { Webhooks } from '#platform/outbound/webhooks'
import type { Signer } from '#platform/signing/signer'
import { found, invalid, refuse } from '#platform/refusal'
import { requireEntity } from '#organisation/actions/look-up'
import { alertRefusals, type Subscription, type SubscriptionDraft } from '../../contract.ts'
import {
  findSubscription,
  removeSubscriptionRow,
  saveSubscriptionRow,
  sharingCounts,
  type SubscriptionRow,
  subscriptionRows,
} from '../../store/sharings.ts'

export interface SharingParts {
  readonly webhooks: Webhooks
  readonly signer: Signer
  /** Whether addresses of private networks may be told. */
  readonly privateAllowed: boolean
}

/** The only news these addresses are told. */
export const SHARED_EVENT = 'alert-shared'
const SUBSCRIPTIONS_LIMIT = 100

export async function listSubscriptions(context: Context): Promise<Subscription[]> {
  const rows = await subscriptionRows(context)
  const counts = new Map((await sharingCounts(context)).map((each) => [each.subscriptionId, each]))
  return rows.map((row) => present(row, counts.get(row.id)))
}

const present = (
  { draft, createdAt, createdBy }: SubscriptionRow,
  counts?: { sent: number; acknowledged: number },
): Subscription => ({
  ...draft,
  createdAt: createdAt.toString(),
  createdBy,
  sent: counts?.sent ?? 0,
  acknowledged: counts?.acknowledged ?? 0,
})

function demandAddress({ privateAllowed }: SharingParts, text: string): void {
  const address = new URL(text)
  if (address.protocol !== 'https:' && address.protocol !== 'http:')
    invalid('address', 'protocol', 'Alerts are sent by HTTPS or HTTP only.')
  if (address.username !== '' || address.password !== '')
    invalid('address', 'credentials', 'The address is shown to others: it may hold no name and no password.')
  try {
    demandPublicHost(address, privateAllowed)
  } catch (error) {
    if (!(error instanceof AddressRefused)) throw error
    refuse(alertRefusals, 'ADDRESS_NOT_ALLOWED', { host: error.host })
  }
}

/** The secret its messages are signed with is told once, when it is new. */
export async function saveSubscription(
  parts: SharingParts,
  context: Context,
  draft: SubscriptionDraft,
): Promise<Subscription & { secret: string | null }> {
  demandAddress(parts, draft.address)
  const below = draft.match.below === null ? 0 : (await requireEntity(context, draft.match.below)).number
  const known = await findSubscription(context, draft.id)
  const told = { title: draft.recipient, url: draft.address, events: [SHARED_EVENT], enabled: draft.active }
  let { webhook, secret }: { webhook: string; secret: string | null } = { webhook: known?.webhook ?? '', secret: null }
  if (known) await parts.webhooks.change(context, known.webhook, told)
  else {
    if ((await subscriptionRows(context)).length >= SUBSCRIPTIONS_LIMIT)
      refuse(alertRefusals, 'SUBSCRIPTIONS_MANY', { limit: SUBSCRIPTIONS_LIMIT })
    const made = await parts.webhooks.subscribe(context, told)
    ;[webhook, secret] = [made.id, made.secret]
  }
  await saveSubscriptionRow(context, {
    id: draft.id,
    draft,
    below,
    webhook,
    createdAt: known?.createdAt ?? context.now,
    createdBy: known?.createdBy ?? context.who.name,
  })
  const saved = (await listSubscriptions(context)).find((each) => each.id === draft.id)!
  return { ...saved, secret }
}

/** What was shared with it stays in the log. */
export async function removeSubscription(
  { webhooks }: SharingParts,
  context: Context,
  { id }: { id: string },
): Promise<Record<string, never>> {
  const row = found(await findSubscription(context, id), 'subscription', id)
  await removeSubscriptionRow(context, id)
  // Its address stays, paused: the log goes on saying what arrived there.
  await webhooks.change(context, row.webhook, {
    title: row.draft.recipient,
    url: row.draft.address,
    events: [SHARED_EVENT],
    enabled: false,
  })
  return {}
}
