/** What the store holds of each batch, to be compared with what the records say was acknowledged. */
import type { Measurements } from '#platform/measurements/measurements'
import { FINAL_WITHIN_PARTITIONS } from './compile/compile-facts.ts'

export interface BatchState {
  readonly batch: string
  /** Events this batch first brought, corrected since or not. */
  readonly stored: number
  /** Exclusive or of their identities in decimal; equals the receipt's `hash` when each attempt had a batch of its own. */
  readonly hash: string
}

const CHECK_SECONDS = 300
/** Most batches asked for at a time. */
export const CHECKED_BATCHES_LIMIT = 10_000

/** One line for each asked batch that the store knows. A batch missing from the answer has no event left. */
export async function checkBatches(
  measurements: Measurements,
  organisation: string,
  batches: readonly string[],
): Promise<BatchState[]> {
  if (batches.length === 0) return []
  return measurements.query<BatchState>(
    `SELECT toString(batch) AS batch, count() AS stored, toString(groupBitXor(identity)) AS hash
     FROM bihuan.event FINAL
     WHERE organisation = {organisation:UUID} AND batch IN (SELECT toUUID(arrayJoin({batches:Array(String)})))
     GROUP BY batch ORDER BY batch`,
    { organisation, batches: batches.slice(0, CHECKED_BATCHES_LIMIT) },
    { maxExecutionSeconds: CHECK_SECONDS, settings: FINAL_WITHIN_PARTITIONS },
  )
}
