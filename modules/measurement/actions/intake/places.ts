/** Keeps the copy of the tree beside the facts, so that any node can be added up. */
import { type EntityPlace, pageEntities } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { savePlaces } from '../../store/entity-places.ts'
import { forgetNumbers } from '../../recording/entity-numbers.ts'

const PAGE_ENTITIES = 20_000

/**
 * Copies the entities named by the news, or all. Entities are read anew, so news in any order ends with the newest state;
 * the version is the time of reading, in microseconds.
 */
export async function copyPlaces(context: Context, news: { numbers: readonly number[] | null }): Promise<void> {
  forgetNumbers(context)
  const version = Math.floor(Number(context.now.epochNanoseconds / 1000n))
  for (let after = 0; ; ) {
    const page: EntityPlace[] = await pageEntities(context, after, PAGE_ENTITIES, news.numbers)
    const places = page.map((place) => ({ entity: place.number, kind: place.kind, ancestors: place.path }))
    await savePlaces(context.measurements, context.organisation, places, version)
    if (page.length < PAGE_ENTITIES) return
    after = page.at(-1)!.number
  }
}
