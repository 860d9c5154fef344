/** Who has events that came in since the last calculation. */
import type { Measurements } from '#platform/measurements/measurements'

export async function findChangedEntities(
  measurements: Measurements,
  organisation: string,
  asked: {
    eventTypes: readonly string[]
    sinceMilliseconds: number
    fromMilliseconds: number
    untilMilliseconds: number
    entityKind: string
    limit: number
  },
): Promise<number[]> {
  const rows = await measurements.query<{ entity: number }>(
    `SELECT DISTINCT entity FROM bihuan.event
     WHERE organisation = {organisation:UUID} AND event_type IN {eventTypes:Array(String)}
       AND occurred_at >= fromUnixTimestamp64Milli({fromMilliseconds:Int64}, 'UTC')
       AND occurred_at < fromUnixTimestamp64Milli({untilMilliseconds:Int64}, 'UTC')
       AND entity IN (SELECT entity FROM bihuan.entity_place FINAL WHERE organisation = {organisation:UUID} AND kind = {entityKind:String})
       AND received_at >= fromUnixTimestamp64Milli({sinceMilliseconds:Int64}, 'UTC')
     ORDER BY entity LIMIT {limit:UInt32}`,
    { organisation, ...asked },
    { settings: { distributed_product_mode: 'local' } },
  )
  return rows.map((row) => row.entity)
}
