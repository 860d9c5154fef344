/** When drills are held, of what and where: drawn by chance, so that nobody can prepare for the day, and so that anybody can draw it again. */
import { seededRandom } from '#platform/seeded-random'

export interface Draw {
  /** In [0, 1). */
  readonly seed: number
  readonly count: number
  /** Stretches a drill may begin in, e.g. the opening hours of each working day, in order. */
  readonly spans: readonly { readonly from: Temporal.Instant; readonly to: Temporal.Instant }[]
  readonly plans: readonly string[]
  /** Numbers of the units. */
  readonly entities: readonly number[]
}

export interface Drawn {
  readonly startsAt: Temporal.Instant
  readonly plan: string
  readonly entity: number
}

/** Whole minutes. */
const MINUTE_MILLISECONDS = 60_000
/** The last hour of a stretch is left out: nobody should drill into the evening. */
const LAST_MINUTES = 60

/**
 * Days without replacement while there are enough, plans and units likewise, each with the same chance (Fisher and Yates 1938). In the order
 * of time. None where there is nothing to draw from. Cost: linear in spans, plans and units.
 */
export function drawDrills({ seed, count, spans, plans, entities }: Draw): Drawn[] {
  const random = seededRandom(seed)
  const usable = spans.filter(({ from, to }) => minutesOf(from, to) > LAST_MINUTES)
  if (usable.length === 0 || plans.length === 0 || entities.length === 0) return []
  const days = drawn(usable, count, random)
  const what = drawn(plans, count, random)
  const where = drawn(entities, count, random)
  return days
    .map(({ from, to }, place) => ({
      startsAt: from.add({ minutes: Math.floor(random() * (minutesOf(from, to) - LAST_MINUTES)) }),
      plan: what[place]!,
      entity: where[place]!,
    }))
    .toSorted((one, other) => Temporal.Instant.compare(one.startsAt, other.startsAt))
}

const minutesOf = (from: Temporal.Instant, to: Temporal.Instant): number =>
  (to.epochMilliseconds - from.epochMilliseconds) / MINUTE_MILLISECONDS

/** Begins anew once all were drawn. */
function drawn<T>(all: readonly T[], count: number, random: () => number): T[] {
  const taken: T[] = []
  let left: T[] = []
  while (taken.length < count) {
    if (left.length === 0) left = [...all]
    taken.push(...left.splice(Math.floor(random() * left.length), 1))
  }
  return taken
}
