/** When a source is due next. */
import { CronExpressionParser } from 'cron-parser'
import type { SourceSettings } from '../contract.ts'

/** Null where the text is no cron expression of five fields. */
export function nextByCron(cron: string, after: Temporal.Instant, timeZone: string): Temporal.Instant | null {
  if (cron.trim().split(/\s+/).length !== 5) return null
  try {
    const expression = CronExpressionParser.parse(cron, {
      currentDate: new Date(after.epochMilliseconds),
      tz: timeZone,
    })
    return Temporal.Instant.fromEpochMilliseconds(expression.next().getTime())
  } catch {
    return null
  }
}

/** Null for sources that are not asked but tell by themselves. */
export function nextDue(settings: SourceSettings, after: Temporal.Instant, timeZone: string): Temporal.Instant | null {
  if (settings.kind === 'folder') return after.add({ seconds: 30 })
  if (settings.kind !== 'pull') return null
  return 'cron' in settings.schedule
    ? nextByCron(settings.schedule.cron, after, timeZone)
    : after.add({ minutes: settings.schedule.everyMinutes })
}
