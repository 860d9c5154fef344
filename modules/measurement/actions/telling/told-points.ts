/** Points of an indicator as people and programs are told them: what would tell of too few answers is protected. */
import type { EntityPlace } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Segment } from '../../contract/exploring/segments.ts'
import type { Indicator } from '../../contract/indicators.ts'
import type { Point } from '../../contract/point.ts'
import type { Cut } from '../../reading/cut.ts'
import { type GuardedCut, guardOf } from '../../reading/protecting/protect.ts'
import type { Split } from '../../reading/protecting/protect-cells.ts'
import type { Judged } from '../../reading/sums.ts'
import { protectPoints } from '../../rules/protecting/protected-point.ts'
import { segmentsByAge } from '../../store/exploring/segments.ts'
import { pointsOfCut, unitsOfCut } from '../series.ts'

type Versioned = Judged & Partial<Pick<Indicator, 'version'>>

/** Oldest segments first; those beyond are compared with these only. */
const SEGMENTS_COMPARED_LIMIT = 60

/** Segments are told where they differ enough from the whole and from each other. */
export async function segmentSplit(context: Context, segment: Segment): Promise<Split> {
  const all = await segmentsByAge(context)
  const place = all.findIndex((each) => each.id === segment.id)
  const compared =
    place < SEGMENTS_COMPARED_LIMIT
      ? all.slice(0, SEGMENTS_COMPARED_LIMIT)
      : [...all.slice(0, SEGMENTS_COMPARED_LIMIT - 1), all[place]!]
  const segments = compared.map((each) => each.conditions)
  return { segments, asked: Math.min(place, SEGMENTS_COMPARED_LIMIT - 1) }
}

/** One series of an entity or of the whole organisation. */
export async function toldPoints(
  context: Context,
  asked: { indicator: Versioned; entity: EntityPlace | null; cut: Cut; frozen?: boolean; segment?: Segment | null },
): Promise<Point[]> {
  const { indicator, entity, cut, frozen = false } = asked
  const segment = asked.segment?.conditions ?? []
  const guard = await guardOf(context, indicator, frozen)
  if (guard === null) return pointsOfCut(context, { indicator, entity, cut, frozen, segment })
  const own = guard.cut(cut)
  const points = await pointsOfCut(context, { indicator, entity, cut: own.cut, frozen, segment })
  const number = entity?.number ?? 0
  const hidden = await guard.hidden({ ...own, entities: [number], ...(await splitOf(context, asked.segment)) })
  return guardedPoints(points, cut, own, (period) => hidden(number, period))
}

export async function splitOf(context: Context, segment: Segment | null | undefined): Promise<{ split?: Split }> {
  return segment ? { split: await segmentSplit(context, segment) } : {}
}

/** Points of the cut a guard gave, as they stand in the cut that was asked for: what runs is not over. */
export function guardedPoints(
  points: readonly Point[],
  asked: Cut,
  { cut }: GuardedCut,
  hidden: (period: number) => boolean,
): Point[] {
  const places = new Map(asked.periods.map((period, place) => [period.start, place]))
  const placed = points.map((point) => {
    const place = places.get(point.periodStart)!
    return cut.periods[place]!.until < asked.periods[place]!.until ? { ...point, complete: false } : point
  })
  // A period nobody answered in tells of nobody.
  return protectPoints(placed, (point) => point.n !== 0 && hidden(places.get(point.periodStart)!))
}

export interface ToldUnit {
  readonly entity: EntityPlace
  /** By first day. */
  readonly points: ReadonlyMap<string, Point>
}

/** One series for each unit. */
export async function toldUnits(
  context: Context,
  asked: Omit<Parameters<typeof unitsOfCut>[1], 'segment'> & { segment?: Segment | null },
): Promise<ToldUnit[]> {
  const { segment: saved, ...rest } = asked
  const segment = saved?.conditions ?? []
  const guard = await guardOf(context, rest.indicator)
  if (guard === null) return unitsOfCut(context, { ...rest, segment })
  const own = guard.cut(rest.cut)
  const units = await unitsOfCut(context, { ...rest, segment, cut: own.cut })
  const entities = units.map(({ entity }) => entity.number)
  const hidden = await guard.hidden({ ...own, entities, ...(await splitOf(context, saved)) })
  return units.map(({ entity, points }) => {
    const told = guardedPoints([...points.values()], rest.cut, own, (period) => hidden(entity.number, period))
    return { entity, points: new Map(told.map((point) => [point.periodStart, point])) }
  })
}
