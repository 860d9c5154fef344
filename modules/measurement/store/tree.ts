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
