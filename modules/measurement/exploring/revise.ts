/** What news does to published values: those that may differ are computed again and compared. */
import type { Context } from '#platform/context'
import { currentIndicator } from '../actions/indicators.ts'
import { partsOf, touchedBy } from '../actions/reach.ts'
import { cutFor } from '../actions/series.ts'
import type { Indicator } from '../contract/indicators.ts'
import { partOf } from '../reading/cut.ts'
import { calendarsNamed } from '../rules/plan/calendars-named.ts'
import { publishedIndicators, publishedWithin } from '../store/exploring/publications.ts'
import { recordRevision } from './publications.ts'

/** Late or corrected events. */
export async function reviseForEvents(
  context: Context,
  news: { eventTypes: readonly string[]; from: string; to: string },
): Promise<void> {
  for (const indicator of await published(context)) {
    const span = await touchedBy(context, indicator, news)
    if (span === null) continue
    const touched = { from: Temporal.Instant.from(span.from), to: Temporal.Instant.from(span.to) }
    await revise(context, indicator, touched, 'events')
  }
}

/** Another version of the indicator, or of one it rests on. */
export async function reviseForDefinition(context: Context, news: { id: string }): Promise<void> {
  for (const indicator of await published(context)) {
    const parts = await partsOf(context, indicator)
    if (parts.some((part) => part.id === news.id)) await revise(context, indicator, null, 'definition')
  }
}

/** Other opening hours. */
export async function reviseForCalendar(context: Context, news: { id: string; fromDay: string }): Promise<void> {
  const from = Temporal.PlainDate.from(news.fromDay).toZonedDateTime('UTC').toInstant().subtract({ hours: 24 })
  for (const indicator of await published(context)) {
    const parts = await partsOf(context, indicator)
    if (parts.some((part) => calendarsNamed(part).includes(news.id)))
      await revise(context, indicator, { from, to: context.now }, 'definition')
  }
}

async function published(context: Context): Promise<Indicator[]> {
  const indicators: Indicator[] = []
  for (const id of await publishedIndicators(context)) indicators.push(await currentIndicator(context, id))
  return indicators
}

async function revise(
  context: Context,
  indicator: Indicator,
  span: { from: Temporal.Instant; to: Temporal.Instant } | null,
  cause: 'events' | 'definition',
): Promise<void> {
  for (const { indicator: id, grain, periodStart, kind } of await publishedWithin(context, indicator.id, span)) {
    const cut = partOf(await cutFor(context, grain, periodStart, periodStart), 0, 1)
    await recordRevision(context, { indicator, period: { indicator: id, grain, periodStart, kind }, cut, cause })
  }
}
