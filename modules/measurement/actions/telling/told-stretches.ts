/** Which parts of a range are told of answers where single values are looked at. */
import type { EntityPlace } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { dayOf, periodInstant } from '#platform/periods'
import { dayNumber, dayText } from '#worktime/days'
import type { Segment } from '../../contract/exploring/segments.ts'
import type { Indicator } from '../../contract/indicators.ts'
import { guardOf } from '../../reading/protecting/protect.ts'
import { splitOf } from './told-points.ts'

interface Range {
  /** Epoch milliseconds, the second not included. */
  readonly from: number
  readonly until: number
  readonly timeZone: string
}

/** Null where everything is told. Periods that are told as such, the largest that fit: their sum tells no more than they do. */
export async function toldStretches(
  context: Context,
  indicator: Indicator,
  entity: EntityPlace | null,
  { from, until, timeZone }: Range,
  segment: Segment | null,
): Promise<{ from: number; until: number }[] | null> {
  const guard = await guardOf(context, indicator)
  if (guard === null) return null
  const moment = (day: number) => periodInstant(dayText(day), timeZone).epochMilliseconds
  const day = (at: number) => dayNumber(dayOf(Temporal.Instant.fromEpochMilliseconds(at), timeZone))
  // Whole days only: the first that begins in the range, the last that ends in it.
  const first = moment(day(from)) < from ? day(from) + 1 : day(from)
  const spans = await guard.stretches({
    entity: entity?.number ?? 0,
    days: [first, day(until)],
    ...(await splitOf(context, segment)),
  })
  return spans.map((span) => ({ from: moment(span[0]), until: moment(span[1]) }))
}
