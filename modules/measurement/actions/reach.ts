/** What news of events means for an indicator: whether its values change, and over which stretch of time. */
import type { Context } from '#platform/context'
import type { Indicator } from '../contract/indicators.ts'
import { DERIVED_DEPTH_LIMIT } from '../reading/derived.ts'
import { effectOf, eventTypesOf } from '../rules/plan/event-types.ts'
import { currentIndicators } from '../store/records/indicators.ts'

/** Instants as text, as in `measurement.recorded`. */
interface News {
  readonly eventTypes: readonly string[]
  readonly from: string
  readonly to: string
}

/**
 * The stretch in which the indicator's values may differ after these events; null when none may. Late events of pairs reach
 * back, those of windows and stocks forward; a derived indicator is touched through its parts.
 */
export async function touchedBy(
  context: Context,
  indicator: Indicator,
  news: News,
): Promise<{ from: string; to: string } | null> {
  let from: Temporal.Instant | null = null
  let to = Temporal.Instant.from(news.to)
  for (const { definition } of await partsOf(context, indicator)) {
    if (!eventTypesOf(definition).some((type) => news.eventTypes.includes(type))) continue
    const { hoursBefore, daysAfter } = effectOf(definition)
    const begin = Temporal.Instant.from(news.from).subtract({ minutes: Math.ceil(hoursBefore * 60) })
    const end = daysAfter === null ? context.now : Temporal.Instant.from(news.to).add({ hours: 24 * daysAfter })
    if (from === null || Temporal.Instant.compare(begin, from) < 0) from = begin
    if (Temporal.Instant.compare(end, to) > 0) to = end
  }
  return from === null ? null : { from: from.toString(), to: to.toString() }
}

/** The indicator and all it rests on. */
export async function partsOf(context: Context, indicator: Indicator): Promise<Indicator[]> {
  const all = [indicator]
  let level = [indicator]
  for (let depth = 0; depth < DERIVED_DEPTH_LIMIT && level.length > 0; depth += 1) {
    const ids = level.flatMap(({ definition }) =>
      definition.kind === 'derived' ? definition.parts.map((part) => part.indicator) : [],
    )
    level = await currentIndicators(context, [...new Set(ids)])
    all.push(...level)
  }
  return all
}
