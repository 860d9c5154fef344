/** When so much open time has passed: deadlines that count opening hours only. */
import type { Span } from './instants.ts'

const MILLISECONDS_PER_MINUTE = 60_000

/**
 * The instant at which `minutes` of open time have passed since `from`.
 *
 * When to use: "within 8 working hours". Formula in words: walk through the spans in order, leaving out what lies before `from`, until their
 * lengths add up. A deadline that is reached just as a span closes is that closing, not the next opening.
 * Arguments: `spans` in order of time, not overlapping, as `openSpans` of successive days; `minutes` of real time, 0 gives the first open
 * instant from `from` on. Edge cases: null where the spans end before. Errors: RangeError for minutes below 0 or not finite.
 * Source: the usual meaning of a service calendar; ITIL 4 (2019), service level management. Cost: O(spans).
 */
export function openDeadline(spans: Iterable<Span>, from: Temporal.Instant, minutes: number): Temporal.Instant | null {
  if (!(minutes >= 0) || minutes === Number.POSITIVE_INFINITY)
    throw new RangeError(`minutes must be a number from 0, got ${minutes}`)
  let leftMilliseconds = minutes * MILLISECONDS_PER_MINUTE
  for (const span of spans) {
    const begin = Math.max(span.from.epochMilliseconds, from.epochMilliseconds)
    const lengthMilliseconds = span.to.epochMilliseconds - begin
    if (lengthMilliseconds <= 0) continue
    if (leftMilliseconds <= lengthMilliseconds)
      return Temporal.Instant.fromEpochMilliseconds(Math.round(begin + leftMilliseconds))
    leftMilliseconds -= lengthMilliseconds
  }
  return null
}

/**
 * Open minutes between two instants: what an answer took by the calendar. 0 where `to` is not after `from`.
 *
 * Arguments: `spans` in order, covering the stretch. Cost: O(spans).
 */
export function openMinutesBetween(spans: Iterable<Span>, from: Temporal.Instant, to: Temporal.Instant): number {
  let milliseconds = 0
  for (const span of spans) {
    const begin = Math.max(span.from.epochMilliseconds, from.epochMilliseconds)
    const end = Math.min(span.to.epochMilliseconds, to.epochMilliseconds)
    if (end > begin) milliseconds += end - begin
  }
  return milliseconds / MILLISECONDS_PER_MINUTE
}
