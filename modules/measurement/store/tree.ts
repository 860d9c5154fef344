/** Questions to the copy of the tree that lies beside the facts. */
import type { Measurements } from '#platform/measurements/measurements'

/** Whether anything stands below entities of this kind. Cost: one pass over the organisation's places. */
export async function holdsOthers(measurements: Measurements, organisation: string, kind: string): Promise<boolean> {
  const rows = await measurements.query<{ one: number }>(
    `SELECT 1 AS one
     FROM (
       SELECT entity, arrayJoin(ancestors) AS above FROM bihuan.entity_place FINAL WHERE organisation = {organisation:UUID}
     )
     WHERE above != entity
       AND above IN (SELECT entity FROM bihuan.entity_place FINAL WHERE organisation = {organisation:UUID} AND kind = {kind:String})
     LIMIT 1`,
    { organisation, kind },
    { settings: { distributed_product_mode: 'local' } },
  )
  return rows.length > 0
}

/** Numbers of all entities of a kind, rising; below a node where one is given. */
export async function entityNumbers(
  measurements: Measurements,
  organisation: string,
  { kind, below }: { kind: string; below: number | null },
): Promise<Float64Array> {
  return measurements.numbers(
    `SELECT toFloat64(entity) FROM bihuan.entity_place FINAL
     WHERE organisation = {organisation:UUID} AND kind = {kind:String} AND ({below:UInt64} = 0 OR has(ancestors, {below:UInt64}))
     ORDER BY entity`,
    { organisation, kind, below: below ?? 0 },
  )
}
