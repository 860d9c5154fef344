/** Values of an indicator over time as they are told: for a node or the organisation, and split by attributes. */
import { type EntityPlace, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { invalid } from '#platform/refusal'
import type { Segment } from '../../contract/exploring/segments.ts'
import type { SeriesGrain } from '../../contract/grain.ts'
import type { Indicator, IndicatorDraft } from '../../contract/indicators.ts'
import type { Measured, Point } from '../../contract/point.ts'
import type { Series } from '../../contract/series.ts'
import { markRevised, targetsOf } from '../../exploring/beside-series.ts'
import { segmentOf } from '../../exploring/segments.ts'
import type { Cut } from '../../reading/cut.ts'
import { pointRows, withMissing } from '../../reading/point-rows.ts'
import { guardOf } from '../../reading/protecting/protect.ts'
import { chartOf } from '../../rules/charts.ts'
import { GROUPED_ATTRIBUTES_LIMIT } from '../../store/compile/compile-facts.ts'
import { demandCalculable, readIndicator } from '../indicators.ts'
import { cutFor, subjectOf } from '../series.ts'
import { guardedPoints, toldPoints } from './told-points.ts'

const OTHER = '*'

export async function readSeries(
  context: Context,
  input: {
    id: string
    version?: number | undefined
    entity?: string | undefined
    grain: SeriesGrain
    from: string
    to: string
    by?: string | undefined
    segment?: string | undefined
  },
): Promise<Series> {
  const indicator = await readIndicator(context, input)
  const entity = input.entity === undefined ? null : await requireEntity(context, input.entity)
  const by = attributesOf(input.by)
  if (input.from > input.to && !input.from.includes('T')) invalid('to', 'order', 'The range ends before it begins.')
  const cut = await cutFor(context, input.grain, input.from, input.to)
  const segment = await segmentOf(context, input.segment)
  const shown = {
    indicator,
    entity: entity && { key: entity.key, name: entity.name },
    segment: segment && { id: segment.id, title: segment.title },
    grain: input.grain,
  }
  const frozen = input.version !== undefined
  const asked = { indicator, entity, cut, frozen, segment }
  if (by.length > 0) {
    const { groups, truncated } = await groupedPoints(context, asked, by)
    return { ...shown, groups, targets: [], chart: null, truncated }
  }
  const points = await toldPoints(context, asked)
  const told = { indicator, entity, cut, segment: segment?.id ?? null }
  const marked = segment || frozen ? points : await markRevised(context, told, points)
  const groups = [{ by: {}, points: marked }]
  const targets = await targetsOf(context, told, points)
  return { ...shown, groups, targets, chart: chartOf(points), truncated: false }
}

function attributesOf(text: string | undefined): string[] {
  const names = [...new Set((text ?? '').split(',').map((name) => name.trim()))].filter((name) => name !== '')
  if (names.length > GROUPED_ATTRIBUTES_LIMIT)
    invalid('by', 'limit', `A series is split by at most ${GROUPED_ATTRIBUTES_LIMIT} attributes.`)
  return names
}

interface Asked {
  readonly indicator: Indicator
  readonly entity: EntityPlace | null
  readonly cut: Cut
  readonly frozen: boolean
  readonly segment: Segment | null
}

interface Group {
  readonly by: Record<string, string>
  /** Null: those beyond the largest, added up. */
  readonly names: readonly string[] | null
  readonly points: Map<number, Measured>
}

/** One series for each of the largest groups; those beyond are added up, named by a star. */
async function groupedPoints(
  context: Context,
  asked: Asked,
  by: readonly string[],
): Promise<Pick<Series, 'groups' | 'truncated'>> {
  const { indicator, entity, cut, frozen } = asked
  const guard = await guardOf(context, indicator, frozen)
  const own = guard === null ? { cut, spans: [] } : guard.cut(cut)
  const segment = asked.segment?.conditions ?? []
  const question = { indicator, frozen, segment, cut: own.cut, subjects: subjectOf(entity), groupBy: by }
  const { groups, truncated } = largestFirst(await pointRows(context, question), by)
  const filled = groups.map((group) => ({
    ...group,
    points: withMissing(indicator, group.points, own.cut, context.now),
  }))
  if (guard === null) return { groups: filled.map(({ by: named, points }) => ({ by: named, points })), truncated }
  const number = entity?.number ?? 0
  // A part of a part is compared with nothing: a split within a segment is not told.
  const split = asked.segment ? 'never' : { by }
  const hidden = await guard.hidden({ ...own, entities: [number], split })
  const told = filled.map(({ names, ...group }) => ({
    ...group,
    points: guardedPoints(group.points, cut, own, (period) => names === null || hidden(number, period, names)),
  }))
  return withoutHidden(told, by, truncated)
}

function largestFirst(rows: Awaited<ReturnType<typeof pointRows>>, by: readonly string[]) {
  const groups = new Map<string, Group & { cases: number }>()
  for (const row of rows) {
    const names = row.other ? by.map(() => OTHER) : row.groups
    const key = JSON.stringify([row.other, names])
    const named = Object.fromEntries(by.map((attribute, index) => [attribute, names[index]!]))
    const fresh = { by: named, names: row.other ? null : names, cases: 0, points: new Map<number, Measured>() }
    const group = groups.get(key) ?? fresh
    group.cases += row.other ? 0 : row.point.n
    group.points.set(row.period, row.point)
    groups.set(key, group)
  }
  const ordered: Group[] = [...groups.values()].toSorted((a, b) => b.cases - a.cases)
  return { groups: ordered, truncated: rows.some((row) => row.other) }
}

type Told = Series['groups'][number]

/** Groups of which nothing is told are part of the rest: that there is such a group would already say something. */
function withoutHidden(
  groups: readonly Told[],
  by: readonly string[],
  truncated: boolean,
): Pick<Series, 'groups' | 'truncated'> {
  const silent = (group: Told) => group.points.every((point) => point.value === null)
  const told = groups.filter((group) => !silent(group))
  const rest = groups.filter(silent)
  if (rest.length === 0) return { groups: told, truncated }
  const points = new Map<string, Point>()
  for (const point of rest.flatMap((group) => group.points))
    if (point.n === null || !points.has(point.periodStart)) points.set(point.periodStart, point)
  const ordered = [...points.values()].toSorted((a, b) => (a.periodStart < b.periodStart ? -1 : 1))
  const named = Object.fromEntries(by.map((attribute) => [attribute, OTHER]))
  return { groups: [...told, { by: named, points: ordered }], truncated: true }
}

export async function previewIndicator(
  context: Context,
  input: { draft: IndicatorDraft; entity?: string | undefined; from: string; to: string },
): Promise<Point[]> {
  await demandCalculable(context, input.draft)
  const entity = input.entity === undefined ? null : await requireEntity(context, input.entity)
  if (input.from > input.to) invalid('to', 'order', 'The range ends before it begins.')
  const cut = await cutFor(context, 'month', input.from, input.to)
  return toldPoints(context, { indicator: input.draft, entity, frozen: true, cut })
}
