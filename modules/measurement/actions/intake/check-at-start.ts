/** After a start: is everything that was acknowledged still there? */
import type { Context } from '#platform/context'
import type { Platform } from '#platform/run'
import { acknowledgedBatches, markMissing } from '../../store/records/batches.ts'
import { checkBatches, CHECKED_BATCHES_LIMIT } from '../../store/check-batches.ts'
import { markDays } from '../../folding/marks.ts'
import { receivedSince, refillRecent } from '../../store/intake/recent-events.ts'
import { settleCorrections } from '../../store/settle-corrections.ts'

export interface BatchCheck {
  readonly checked: number
  /** Batches of which events are missing or others than those acknowledged. */
  readonly missing: readonly string[]
}

/** Compares the newest batches of the book with the measurements; those that differ are marked and told in the log. */
export async function verifyBatches(context: Context): Promise<BatchCheck> {
  const booked = await acknowledgedBatches(context, CHECKED_BATCHES_LIMIT)
  const ids = booked.map((row) => row.id)
  const held = new Map(
    (await checkBatches(context.measurements, context.organisation, ids)).map((each) => [each.batch, each]),
  )
  const missing = booked.filter((row) => {
    const state = held.get(row.id)
    return state?.stored !== row.stored || state.hash !== row.hash
  })
  if (missing.length > 0) {
    const batches = missing.map(({ id, source, stored, acknowledgedAt }) => ({
      id,
      source,
      acknowledged: stored,
      held: held.get(id)?.stored ?? 0,
      acknowledgedAt: acknowledgedAt.toString(),
    }))
    context.log.error({ batches }, 'acknowledged events are missing from the measurements')
    await markMissing(
      context,
      missing.map((row) => row.id),
    )
  }
  return { checked: booked.length, missing: missing.map((row) => row.id) }
}

/** Finishes corrections that a dying process left half done; then every acknowledged batch is looked for. */
export async function checkAtStart(
  platform: Pick<Platform, 'run' | 'organisations' | 'systemActor'>,
): Promise<ReadonlyMap<string, BatchCheck>> {
  const checks = new Map<string, BatchCheck>()
  const [first] = await platform.organisations()
  if (first !== undefined)
    await platform.run(platform.systemActor, first, (context) => refillRecent(context.measurements, context.now))
  for (const organisation of await platform.organisations()) {
    const check = await platform.run(platform.systemActor, organisation, async (context) => {
      await settleHalves(context)
      await markReceived(context)
      return verifyBatches(context)
    })
    checks.set(organisation, check)
  }
  return checks
}

const RECEIVED_HOURS = 24

/** Days of events that came shortly before a process died: it may have stored what it never marked for folding. */
async function markReceived(context: Context): Promise<void> {
  const since = context.now.subtract({ hours: RECEIVED_HOURS })
  await markDays(context, await receivedSince(context.measurements, context.organisation, since))
}

/** Also on schedule: two processes may correct one event at the same moment. */
export async function settleHalves(context: Context): Promise<void> {
  const places = await settleCorrections(context.measurements, context.organisation)
  if (places.length === 0) return
  await markDays(context, places)
  context.log.info({ count: places.length }, 'half-finished corrections were finished')
}
