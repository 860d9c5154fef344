/** What is told beside the values of a series: the target of each period, and which values were revised after publication. */
import type { EntityPlace } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { AppliedTarget } from '../contract/exploring/targets.ts'
import { publicationGrain } from '../contract/exploring/publications.ts'
import type { Indicator } from '../contract/indicators.ts'
import type { Point } from '../contract/point.ts'
import type { Cut } from '../reading/cut.ts'
import { revisedPeriods } from '../store/exploring/publications.ts'
import { targetsInForce } from './targets-in-force.ts'

interface About {
  readonly indicator: Indicator
  readonly entity: EntityPlace | null
  readonly segment: string | null
  readonly cut: Cut
}

export async function targetsOf(
  context: Context,
  { indicator, entity, segment }: About,
  points: readonly Point[],
): Promise<(AppliedTarget | null)[]> {
  const inForce = await targetsInForce(context, indicator)
  const path = entity?.path ?? []
  return points.map(({ periodStart }) => inForce({ segment, path, day: periodStart.slice(0, 10) }))
}

/** Adds the note `revised` to the points whose published value was changed by a revision. */
export async function markRevised(
  context: Context,
  { indicator, entity, cut }: About,
  points: readonly Point[],
): Promise<Point[]> {
  const grain = publicationGrain.safeParse(cut.grain)
  const [first, last] = [points[0]?.periodStart, points.at(-1)?.periodStart]
  if (!grain.success || first === undefined || last === undefined) return [...points]
  const until = Temporal.PlainDate.from(last).add({ days: 1 }).toString()
  const asked = { indicator: indicator.id, grain: grain.data, entities: [entity?.number ?? 0], from: first, until }
  const revised = new Set((await revisedPeriods(context, asked)).map((row) => row.periodStart))
  return points.map((point) =>
    revised.has(point.periodStart) ? { ...point, notes: [...(point.notes ?? []), 'revised'] } : point,
  )
}
