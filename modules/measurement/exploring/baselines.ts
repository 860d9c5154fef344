/** Own history, peers and industry figures beside a series. */
import { requireEntity } from '#organisation/actions/look-up'
import { readPeriodSettings } from '#organisation/actions/calendars'
import type { Context } from '#platform/context'
import { currentIndicator } from '../actions/indicators.ts'
import { cutFor } from '../actions/series.ts'
import { toldPoints, toldUnits } from '../actions/telling/told-points.ts'
import type { Baselines } from '../contract/exploring/baselines.ts'
import { PEERS_NEEDED } from '../contract/exploring/baselines.ts'
import type { SeriesGrain } from '../contract/grain.ts'
import { type Cut, PERIODS_LIMIT, stepsOf } from '../reading/cut.ts'
import { historyOf, peersOf, periodsBack } from '../rules/exploring/baselines.ts'
import { figuresOf } from './industry-figures.ts'
import { segmentOf } from './segments.ts'

const CLOCK_SECONDS: Partial<Record<SeriesGrain, number>> = { minute: 60, hour: 3600 }

export async function readBaselines(
  context: Context,
  input: {
    id: string
    entity?: string | undefined
    segment?: string | undefined
    grain: SeriesGrain
    from: string
    to: string
  },
): Promise<Baselines> {
  const indicator = await currentIndicator(context, input.id)
  const place = input.entity === undefined ? null : await requireEntity(context, input.entity)
  const segment = await segmentOf(context, input.segment)
  const cut = await cutFor(context, input.grain, input.from, input.to)
  const long = await longer(context, cut, input.to)
  const points = await toldPoints(context, { indicator, entity: place, cut: long, segment })
  const known = new Map(points.map((point) => [point.periodStart, point.tooFew ? null : point.value]))
  const starts = long.periods.map((period) => period.start)
  const values = starts.map((start) => known.get(start) ?? null)
  const first = starts.indexOf(cut.periods[0]!.start)
  const days = { from: cut.periods[0]!.start.slice(0, 10), to: cut.periods.at(-1)!.start.slice(0, 10) }
  const figures = await figuresOf(context, indicator.id)
  return {
    history: historyOf(input.grain, values, starts, first),
    peers: place === null ? null : await peersBeside(context, indicator, place, cut, segment),
    industry: figures.filter((figure) => !figure.superseded && figure.from <= days.to && figure.to >= days.from),
  }
}

/** The cut with the periods before it that its history needs. */
async function longer(context: Context, cut: Cut, to: string): Promise<Cut> {
  const first = cut.periods[0]!
  const back = Math.min(periodsBack(cut.grain), PERIODS_LIMIT - cut.periods.length)
  const seconds = CLOCK_SECONDS[cut.grain]
  if (seconds !== undefined) {
    const begin = Temporal.Instant.fromEpochMilliseconds(first.from).subtract({ seconds: back * seconds })
    const end = Temporal.Instant.fromEpochMilliseconds(cut.periods.at(-1)!.until)
    return cutFor(context, cut.grain, begin.toString(), end.toString())
  }
  const steps = stepsOf(cut.grain as Exclude<SeriesGrain, 'minute' | 'hour'>, await readPeriodSettings(context))
  return cutFor(context, cut.grain, steps.add(first.start, -back), to)
}

/** Entities of the same kind, wherever they stand in the tree; the entity itself left out. */
async function peersBeside(
  context: Context,
  indicator: Awaited<ReturnType<typeof currentIndicator>>,
  place: Awaited<ReturnType<typeof requireEntity>>,
  cut: Cut,
  segment: Awaited<ReturnType<typeof segmentOf>>,
): Promise<Baselines['peers']> {
  const units = await toldUnits(context, { indicator, kind: place.kind, below: null, cut, segment })
  const others = units.filter((unit) => unit.entity.number !== place.number)
  const periods = cut.periods.flatMap(({ start }) => {
    const values = others.flatMap(({ points }) => {
      const point = points.get(start)
      return point && !point.tooFew ? (point.value ?? []) : []
    })
    return peersOf(start, values) ?? []
  })
  return { kind: place.kind, needed: PEERS_NEEDED, periods }
}
