/** Whether something is silent now, and which alerts speak for which. */
import type { Colour, InhibitionDraft, Matcher, Quiet } from '../contract.ts'

export interface Window {
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
  readonly repeatsEveryDays: number | null
  readonly liftedAt: Temporal.Instant | null
}

const DAY_MILLISECONDS = 86_400_000

/** Half-open: at `until` it is over. A window that repeats is planned between its turns. */
export function stateOf(window: Window, now: Temporal.Instant): Quiet['state'] {
  const { from, until, repeatsEveryDays, liftedAt } = window
  if (liftedAt !== null) return 'lifted'
  const since = now.epochMilliseconds - from.epochMilliseconds
  if (since < 0) return 'planned'
  const length = until.epochMilliseconds - from.epochMilliseconds
  if (repeatsEveryDays === null) return since < length ? 'now' : 'over'
  return since % (repeatsEveryDays * DAY_MILLISECONDS) < length ? 'now' : 'planned'
}

export interface Matched {
  readonly rule: string
  readonly colour: Colour | null
  /** Keys from the root down to the unit itself; empty for the whole organisation. */
  readonly path: readonly string[]
}

export const matches = ({ rule, below, colour }: Matcher, what: Matched): boolean =>
  (rule === null || rule === what.rule) &&
  (below === null || what.path.includes(below)) &&
  (colour === null || what.colour === null || colour === what.colour)

export interface Firing {
  readonly id: string
  readonly rule: string
  readonly colour: Colour
  /** Numbers from the root down to the unit itself; empty for the whole organisation. */
  readonly path: readonly number[]
  readonly firing: boolean
}

/** Alerts muted because a source fires at their unit or above it. Nothing mutes itself, and a muted source mutes on: it is still true. */
export function inhibitedBy(alerts: readonly Firing[], inhibitions: readonly InhibitionDraft[]): Set<string> {
  const muted = new Set<string>()
  for (const { source, target } of inhibitions) {
    const sources = alerts.filter(
      (each) => each.firing && each.rule === source.rule && (source.colour === null || each.colour === source.colour),
    )
    if (sources.length === 0) continue
    const places = new Set(sources.map((each) => each.path.at(-1) ?? 0))
    const own = new Set(sources.map((each) => each.id))
    for (const each of alerts) {
      if (own.has(each.id) || each.rule === source.rule) continue
      if (target.rule !== null && target.rule !== each.rule) continue
      if (target.colour !== null && target.colour !== each.colour) continue
      if (places.has(0) || each.path.some((node) => places.has(node))) muted.add(each.id)
    }
  }
  return muted
}
