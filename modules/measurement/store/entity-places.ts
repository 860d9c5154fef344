/** Where entities stand in the tree, kept from the organisation's news so that any node can be added up. */
import type { Measurements } from '#platform/measurements/measurements'

export interface EntityPlace {
  readonly entity: number
  readonly kind: string
  /** Itself and all above it. */
  readonly ancestors: readonly number[]
  /** True when the entity is no longer part of the tree. */
  readonly removed?: boolean
}

const PLACES_BLOCK_ROWS = 50_000

/**
 * The last `version` of an entity wins, whatever order news arrives in; an equal or older one changes nothing. Use the
 * records' own counter or the microseconds of the change.
 */
export async function savePlaces(
  measurements: Measurements,
  organisation: string,
  places: readonly EntityPlace[],
  version: number,
): Promise<void> {
  for (let start = 0; start < places.length; start += PLACES_BLOCK_ROWS) {
    const rows = places.slice(start, start + PLACES_BLOCK_ROWS).map((place) => ({
      organisation,
      entity: place.entity,
      kind: place.kind,
      ancestors: place.ancestors,
      version,
      removed: place.removed === true ? 1 : 0,
    }))
    const token = `${organisation} places ${version} ${start} ${rows[0]!.entity} ${rows.at(-1)!.entity} ${rows.length}`
    await measurements.insert('entity_place', { rows }, { token })
  }
}
