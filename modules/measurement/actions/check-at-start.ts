/** After a start: is everything that was acknowledged still there? */
import type { Context } from '#platform/context'
import type { Platform } from '#platform/run'
import { acknowledgedBatches, markMissing } from '../store/records/batches.ts'
import { checkBatches, CHECKED_BATCHES_LIMIT } from '../store/check-batches.ts'
import { settleCorrections } from '../store/settle-corrections.ts'

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
  for (const organisation of await platform.organisations()) {
    const check = await platform.run(platform.systemActor, organisation, async (context) => {
      await settleHalves(context)
      return verifyBatches(context)
    })
    checks.set(organisation, check)
  }
  return checks
}

/** Also on schedule: two processes may correct one event at the same moment. */
export async function settleHalves(context: Context): Promise<void> {
  const count = await settleCorrections(context.measurements, context.organisation)
  if (count > 0) context.log.info({ count }, 'half-finished corrections were finished')
}
