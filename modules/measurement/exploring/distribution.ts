/** The single values behind an indicator. */
import { requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { currentIndicator } from '../actions/indicators.ts'
import { cutFor } from '../actions/series.ts'
import { toldStretches } from '../actions/telling/told-stretches.ts'
import type { Distribution } from '../contract/exploring/distribution.ts'
import type { Indicator } from '../contract/indicators.ts'
import { endOf } from '../reading/cut.ts'
import { openHoursOf } from '../reading/open-hours.ts'
import { binEnds, SINGLE_VALUES_LIMIT, valuesFact } from '../rules/exploring/distribution.ts'
import { withSegment } from '../rules/exploring/segments.ts'
import { scaleOf } from '../rules/plan/shape.ts'
import type { DistributionQuestion } from '../store/compile/compile-distribution.ts'
import { readBars, readSummary, type Summary } from '../store/exploring/distribution.ts'
import { segmentOf } from './segments.ts'

/** By the newest version. Null for kinds that are not made of single values. */
export async function readDistribution(
  context: Context,
  input: {
    id: string
    entity?: string | undefined
    segment?: string | undefined
    from: string
    to: string
  },
): Promise<Distribution | null> {
  const indicator = await currentIndicator(context, input.id)
  const segment = await segmentOf(context, input.segment)
  const wanted = valuesFact({ ...indicator, definition: withSegment(indicator.definition, segment?.conditions ?? []) })
  if (wanted === null) return null
  const { fact, factor } = wanted
  const cut = await cutFor(context, input.from.includes('T') ? 'hour' : 'day', input.from, input.to)
  const [from, until] = [cut.periods[0]!.from, endOf(cut)]
  const { kinds } = indicator.population
  const entity = input.entity === undefined ? null : await requireEntity(context, input.entity)
  const stretches = await toldStretches(context, indicator, entity, { from, until, timeZone: cut.timeZone }, segment)
  if (stretches?.length === 0) return NOTHING
  const whose = entity ? { kind: 'nodes' as const, nodes: [entity.number] } : { kind: 'organisation' as const }
  const question: DistributionQuestion = {
    fact,
    subjects: { ...whose, ...(kinds.length > 0 ? { population: kinds } : {}) },
    starts: [from],
    until,
    asOf: context.now.epochMilliseconds,
    calendars: await openHoursOf(context, [fact], from, until),
    ...(stretches ? { stretches } : {}),
  }
  const summary = await readSummary(context.measurements, context.organisation, question)
  return summary === null ? NOTHING : barsOf(context, question, summary, factor * hoursScale(indicator))
}

const NOTHING: Distribution = {
  n: 0,
  mean: null,
  standardDeviation: null,
  least: null,
  greatest: null,
  quantiles: [],
  kind: 'values',
  bars: [],
}

/** Amounts are single values: of shares (within so many hours) they stay in hours; only durations told in minutes or days are brought to them. */
const hoursScale = (indicator: Indicator) =>
  indicator.definition.kind === 'duration' && indicator.unit !== 'percent' ? scaleOf(indicator) : 1

async function barsOf(
  context: Context,
  question: DistributionQuestion,
  summary: Summary,
  factor: number,
): Promise<Distribution> {
  const { n, mean, deviation, least, greatest, quantiles, different } = summary
  const at = (share: number) => quantiles.find((each) => each.share === share)!.value
  const single = different <= SINGLE_VALUES_LIMIT
  const ends = single ? null : binEnds(at(0.01), at(0.99))
  const found = await readBars(context.measurements, context.organisation, question, ends)
  const scaled = (value: number) => value * factor
  const end = (place: number) => (ends?.[place] === undefined ? null : scaled(ends[place]))
  return {
    n,
    mean: scaled(mean),
    standardDeviation: deviation === null ? null : scaled(deviation),
    least: scaled(least),
    greatest: scaled(greatest),
    quantiles: quantiles.map(({ share, value }) => ({ share, value: scaled(value) })),
    kind: single ? 'values' : 'bins',
    bars:
      ends === null
        ? found.map(({ place, count }) => ({ low: scaled(place), high: scaled(place), count }))
        : filledBars(ends.length, found).map(({ place, count }) => ({ low: end(place - 1), high: end(place), count })),
  }
}

/** Every bar between the ends, empty ones too; the open ones outside only where they hold something. */
function filledBars(endCount: number, found: readonly { place: number; count: number }[]) {
  const counts = new Map(found.map(({ place, count }) => [place, count]))
  return Array.from({ length: endCount + 1 }, (_, place) => ({ place, count: counts.get(place) ?? 0 })).filter(
    ({ place, count }) => count > 0 || (place > 0 && place < endCount),
  )
}
