/** How fresh a data source is: decided from when something last arrived and how long its owner would wait. */
import type { Freshness } from '../contract.ts'

/** The last part of the time its owner would wait: not silent yet, but worth a look. */
const LATE_SHARE = 0.8

export interface WatchedSource {
  readonly enabled: boolean
  /** Null: nobody waits for it. */
  readonly expectWithinMinutes: number | null
  readonly lastArrivalAt: Temporal.Instant | null
  /** Since when it is at work; silence never counts from before. */
  readonly watchedSince: Temporal.Instant
}

/** Silent as soon as the limit has passed: at the limit itself it is late. */
export function freshnessOf(source: WatchedSource, now: Temporal.Instant): Freshness {
  const { enabled, expectWithinMinutes, lastArrivalAt, watchedSince } = source
  if (!enabled) return 'paused'
  if (expectWithinMinutes === null) return 'unwatched'
  const arrived = lastArrivalAt !== null && Temporal.Instant.compare(lastArrivalAt, watchedSince) > 0
  const since = arrived ? lastArrivalAt : watchedSince
  const minutes = now.since(since).total('minutes')
  if (minutes > expectWithinMinutes) return 'silent'
  return minutes > expectWithinMinutes * LATE_SHARE ? 'late' : 'fresh'
}
