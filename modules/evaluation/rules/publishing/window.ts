/** When objections are taken, and what keeps a preview from being published. */
import type { publishingObstacles, PublicationState } from '../../contract/publishing.ts'

export type Obstacle = (typeof publishingObstacles)[number]

/**
 * The end of the window that opens at `now`: that of the last of so many whole days after the one it opens on, by the organisation's clock, so
 * that nobody loses hours by when it was opened. No days: no window.
 */
export function windowEnd(now: Temporal.Instant, appealDays: number, timeZone: string): Temporal.Instant {
  if (appealDays === 0) return now
  const opened = now.toZonedDateTimeISO(timeZone).toPlainDate()
  return opened
    .add({ days: appealDays + 1 })
    .toZonedDateTime(timeZone)
    .toInstant()
}

export const windowIsOpen = (until: Temporal.Instant | null, now: Temporal.Instant): boolean =>
  until !== null && Temporal.Instant.compare(now, until) < 0

/** Empty where it can be published. */
export function obstaclesOf(
  { state, appealsUntil }: { readonly state: PublicationState; readonly appealsUntil: Temporal.Instant | null },
  undecided: number,
  now: Temporal.Instant,
): Obstacle[] {
  if (state !== 'preview') return []
  return [
    ...(windowIsOpen(appealsUntil, now) ? (['window-open'] as const) : []),
    ...(undecided > 0 ? (['appeals-undecided'] as const) : []),
  ]
}

export type AppealClosed = 'not-shown-yet' | 'window-over' | 'ended'

/** Null where objections are taken: in the window of a preview, and as requests for correction of what stands published. */
export function appealsClosed(
  { state, appealsUntil }: { readonly state: PublicationState; readonly appealsUntil: Temporal.Instant | null },
  now: Temporal.Instant,
): AppealClosed | null {
  switch (state) {
    case 'draft':
      return 'not-shown-yet'
    case 'preview':
      return windowIsOpen(appealsUntil, now) ? null : 'window-over'
    case 'published':
      return null
    default:
      return 'ended'
  }
}
