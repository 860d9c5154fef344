/** By which way and when somebody is told, from what they prefer. */
import type { Importance, Preferences, QuietHours, Way } from '../contract.ts'

/** A kind chosen by name goes before the importance. */
export function wayFor(preferences: Preferences, kind: string, importance: Importance): Way {
  return preferences.kinds.find((each) => each.kind === kind)?.way ?? preferences.ways[importance]
}

/** Whether the inbox shows it; what is urgent always is. */
export function shownInInbox(preferences: Preferences, kind: string, importance: Importance): boolean {
  return importance === 'urgent' || (preferences.kinds.find((each) => each.kind === kind)?.inbox ?? true)
}

/** The end of the quiet hours an instant lies in; null outside of them. An empty span (from = until) is never quiet. */
export function quietUntil(quiet: QuietHours | null, at: Temporal.Instant, timeZone: string): Temporal.Instant | null {
  if (quiet === null || quiet.from === quiet.until) return null
  const today = at.toZonedDateTimeISO(timeZone).toPlainDate()
  const overnight = quiet.from > quiet.until
  // Those that began yesterday may still hold.
  for (const first of [today.subtract({ days: 1 }), today]) {
    const begin = instantOf(first, quiet.from, timeZone)
    const end = instantOf(overnight ? first.add({ days: 1 }) : first, quiet.until, timeZone)
    if (Temporal.Instant.compare(begin, at) <= 0 && Temporal.Instant.compare(at, end) < 0) return end
  }
  return null
}

/** The next time the digest's hour strikes, after an instant. */
export function nextDigest(hour: number, at: Temporal.Instant, timeZone: string): Temporal.Instant {
  const today = at.toZonedDateTimeISO(timeZone).toPlainDate()
  const time = `${String(hour).padStart(2, '0')}:00`
  const strike = instantOf(today, time, timeZone)
  return Temporal.Instant.compare(strike, at) > 0 ? strike : instantOf(today.add({ days: 1 }), time, timeZone)
}

const instantOf = (day: Temporal.PlainDate, time: string, timeZone: string): Temporal.Instant =>
  day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).toInstant()

/** When a message leaves the house, gathered or alone; null: it does not. What is urgent and wanted at once passes quiet hours. */
export function leaving(
  preferences: Preferences,
  told: { readonly kind: string; readonly importance: Importance },
  now: Temporal.Instant,
  timeZone: string,
): { readonly dueAt: Temporal.Instant; readonly digest: boolean } | null {
  const way = wayFor(preferences, told.kind, told.importance)
  if (way === 'off') return null
  const digest = way === 'digest'
  const wanted = digest ? nextDigest(preferences.digestHour, now, timeZone) : now
  if (!digest && told.importance === 'urgent') return { dueAt: now, digest }
  return { dueAt: quietUntil(preferences.quiet, wanted, timeZone) ?? wanted, digest }
}
