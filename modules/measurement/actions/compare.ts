/** One period, all units side by side. */
import { type EntityPlace, findEntities, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { SeriesGrain } from '../contract/grain.ts'
import type { Indicator } from '../contract/indicators.ts'
import type { Point } from '../contract/point.ts'
import type { Comparison } from '../contract/series.ts'
import { segmentOf } from '../exploring/segments.ts'
import { funnelOf } from '../rules/charts.ts'
import { currentIndicator } from './indicators.ts'
import { partOf } from '../reading/cut.ts'
import { cutFor } from './series.ts'
import { toldUnits } from './telling/told-points.ts'

/** Entities looked at to find the kind that is compared. */
const UNITS_LIMIT = 200_000

/** One period, all units: those that can be judged first, by value, best first. */
export async function compareEntities(
  context: Context,
  input: {
    id: string
    periodStart: string
    grain: SeriesGrain
    kind?: string | undefined
    below?: string | undefined
    children?: boolean | undefined
    segment?: string | undefined
    limit: number
  },
): Promise<Comparison> {
  const indicator = await currentIndicator(context, input.id)
  const cut = partOf(await cutFor(context, input.grain, input.periodStart, lastMoment(input.periodStart)), 0, 1)
  const periodStart = cut.periods[0]!.start
  const segment = await segmentOf(context, input.segment)
  const whose = input.children
    ? { kind: null, listed: await childrenOf(context, input.below) }
    : { kind: input.kind ?? (await kindBelow(context, input.below)) }
  const units = await toldUnits(context, { indicator, ...whose, below: input.below ?? null, cut, segment })
  const measured = units.flatMap(({ entity, points }) => {
    const point = points.get(periodStart)
    return point ? [{ entity, point }] : []
  })
  const funnel = funnelOf(
    indicator,
    measured.map(({ point }) => point),
  )
  const rows = measured.map(({ entity, point }, index) => ({
    entity: { key: entity.key, name: entity.name, kind: entity.kind },
    point,
    funnel: funnel.verdicts[index]!,
    better: betterOf(indicator, funnel.verdicts[index]!),
  }))
  const ordered = rows.toSorted(
    (a, b) => orderOf(a.point, b.point, indicator) || (a.entity.key < b.entity.key ? -1 : 1),
  )
  const { centre, overDispersion, limits } = funnel
  return {
    indicator,
    periodStart,
    centre,
    overDispersion,
    limits: [...limits],
    rows: ordered.slice(0, input.limit),
    truncated: ordered.length > input.limit,
  }
}

/** A day ends with itself; the period that begins at an instant holds at least its first second. */
const lastMoment = (start: string) =>
  start.includes('T') ? Temporal.Instant.from(start).add({ seconds: 1 }).toString() : start

/** What lies directly below a node; the roots without one. */
async function childrenOf(context: Context, below: string | undefined): Promise<EntityPlace[]> {
  const parent = below === undefined ? null : await requireEntity(context, below)
  const all = await findEntities(context, { below: below ?? null, limit: UNITS_LIMIT })
  const depth = parent ? parent.path.length + 1 : 1
  return all.filter(({ path }) => path.length === depth)
}

/** Without a kind, units are compared on the level with most of them: there comparing says most. */
async function kindBelow(context: Context, below: string | undefined): Promise<string | null> {
  const all = await findEntities(context, { below: below ?? null, limit: UNITS_LIMIT })
  const counts = new Map<string, number>()
  for (const { kind, key } of all) if (key !== below) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null
}

function betterOf(indicator: Indicator, verdict: Comparison['rows'][number]['funnel']): boolean | null {
  if (verdict === null || verdict === 'inside' || indicator.direction === 'neutral') return null
  return verdict.startsWith('above') === (indicator.direction === 'higher-is-better')
}

function orderOf(a: Point, b: Point, indicator: Indicator): number {
  if ((a.value === null) !== (b.value === null)) return a.value === null ? 1 : -1
  if (a.tooFew !== b.tooFew) return a.tooFew ? 1 : -1
  const rising = (a.value ?? 0) - (b.value ?? 0)
  return indicator.direction === 'lower-is-better' ? rising : -rising
}
