/** Values of indicators over time and side by side. */
import { addPeriods, periodInstant, periodStartOf } from '#platform/periods'
import { type EntityPlace, findEntities, readProfile, requireEntity } from '#organisation/actions/look-up'
import { MeasurementsFailure } from '#platform/measurements/failures'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { invalid, refuse } from '#platform/refusal'
import {
  type Comparison,
  type Indicator,
  type IndicatorDraft,
  measurementRefusals,
  type Point,
  type Series,
} from '../contract.ts'
import { chartOf, funnelOf } from '../rules/charts.ts'
import { emptyPoint, type Pooled, poolPoints, toPoint } from '../rules/points.ts'
import { GROUPED_ATTRIBUTES_LIMIT, LISTED_SUBJECTS_LIMIT, type Subjects } from '../store/compile-series.ts'
import { holdsOthers } from '../store/tree.ts'
import { readSeries as readSums, type SeriesPoint } from '../store/series.ts'
import { currentIndicator, demandCalculable, readIndicator } from './indicators.ts'

/** Units one question may ask for. */
const UNITS_LIMIT = 200_000
/** Groups a split series shows; the rest is added up as "other". */
const GROUPS_SHOWN = 20
/** Periods one question may ask for: eight years of days, a century of months. */
const PERIODS_LIMIT = 3_000
const OTHER = '*'

type Judged = Pick<IndicatorDraft, 'definition' | 'unit' | 'minimumN'>

interface Range {
  readonly grain: Grain
  /** First days of periods; the last one is not part of the range. */
  readonly from: string
  readonly to: string
}

/** What a series is asked with: whose events, and which organisation's days. */
interface Question extends Range {
  readonly indicator: Judged
  readonly subjects: Subjects
  readonly timeZone: string
  readonly groupBy?: readonly string[]
}

async function sumsOf(context: Context, question: Question): Promise<SeriesPoint[]> {
  if (question.from >= question.to) return []
  try {
    return await readSums(context.measurements, context.organisation, {
      definition: question.indicator.definition,
      subjects: question.subjects,
      grain: question.grain,
      from: question.from,
      to: addPeriods(question.to, 'day', -1),
      timeZone: question.timeZone,
      ...(question.groupBy ? { groupBy: question.groupBy, groupsLimit: GROUPS_SHOWN } : {}),
    })
  } catch (error) {
    if (error instanceof MeasurementsFailure && error.code === 'BUSY') refuse(measurementRefusals, 'OVERLOADED')
    throw error
  }
}

/** Tells of a period whether it is over. */
function completeness(context: Context, grain: Grain, timeZone: string): (periodStart: string) => boolean {
  const known = new Map<string, boolean>()
  return (periodStart) => {
    let complete = known.get(periodStart)
    if (complete === undefined) {
      const end = periodInstant(addPeriods(periodStart, grain, 1), timeZone)
      complete = Temporal.Instant.compare(end, context.now) <= 0
      known.set(periodStart, complete)
    }
    return complete
  }
}

type Complete = ReturnType<typeof completeness>

const pointOf = (indicator: Judged, row: SeriesPoint, complete: Complete): Point =>
  toPoint(indicator, row.periodStart, { ...row, sumOfSquares: row.sumOfSquares ?? 0 }, complete(row.periodStart))

/** Periods without an event between the first and the last with one become gaps. */
function withGaps(indicator: Judged, points: readonly Point[], grain: Grain, complete: Complete): Point[] {
  const filled: Point[] = []
  for (const point of points) {
    const before = filled.at(-1)
    if (before) {
      for (
        let period = addPeriods(before.periodStart, grain, 1);
        period < point.periodStart;
        period = addPeriods(period, grain, 1)
      )
        filled.push(emptyPoint(indicator, period, complete(period)))
    }
    filled.push(point)
  }
  return filled
}

const subjectOf = (entity: EntityPlace | null): Subjects =>
  entity === null ? { kind: 'organisation' } : { kind: 'nodes', nodes: [entity.number] }

/**
 * The series of an entity with all below it, or of the whole organisation: periods with events and the gaps between them.
 * `from` and `to` are first days of periods, `to` is not included.
 */
export async function seriesPoints(
  context: Context,
  input: { indicator: Judged; entity: EntityPlace | null; grain: Grain; from: string; to: string },
): Promise<Point[]> {
  const { indicator, grain, from, to } = input
  const { timeZone } = await readProfile(context)
  const rows = await sumsOf(context, { indicator, grain, from, to, timeZone, subjects: subjectOf(input.entity) })
  const complete = completeness(context, grain, timeZone)
  return withGaps(
    indicator,
    rows.map((row) => pointOf(indicator, row, complete)),
    grain,
    complete,
  )
}

export interface UnitSeries {
  readonly entity: EntityPlace
  /** By first day; periods without events are missing. */
  readonly points: ReadonlyMap<string, Point>
  /** Several points, of this unit or of others, as one value: the ratio of sums. */
  readonly pool: (points: readonly Point[]) => Pooled | null
}

/**
 * One series for each entity of a kind, each with all below it, by key. Without a kind the node `below` itself as the only
 * unit; without either the whole organisation, which then goes by number 0.
 */
export async function seriesOfUnits(
  context: Context,
  input: { indicator: Judged; kind: string | null; below: string | null; grain: Grain; from: string; to: string },
): Promise<UnitSeries[]> {
  const { indicator, kind, below, grain, from, to } = input
  const profile = await readProfile(context)
  const units = await unitsOf(context, kind, below, profile.name)
  const complete = completeness(context, grain, profile.timeZone)
  const points = new Map(units.map((unit) => [unit.number, new Map<string, Point>()]))
  for (const subjects of await subjectsOf(context, units, kind, below)) {
    for (const row of await sumsOf(context, { indicator, grain, from, to, timeZone: profile.timeZone, subjects }))
      points.get(row.entity)?.set(row.periodStart, pointOf(indicator, row, complete))
  }
  const pool = (several: readonly Point[]) => poolPoints(indicator, several)
  return units.map((entity) => ({ entity, points: points.get(entity.number)!, pool }))
}

async function unitsOf(
  context: Context,
  kind: string | null,
  below: string | null,
  name: string,
): Promise<EntityPlace[]> {
  if (kind !== null) return findEntities(context, { kind, below, limit: UNITS_LIMIT })
  if (below !== null) return [await requireEntity(context, below)]
  return [{ key: '', number: 0, name, kind: 'organisation', path: [] }]
}

/** Units without anything below them are asked for by kind, however many; others are listed, so that what lies below counts too. */
async function subjectsOf(
  context: Context,
  units: readonly EntityPlace[],
  kind: string | null,
  below: string | null,
): Promise<Subjects[]> {
  if (units.length === 0) return []
  if (kind === null && below === null) return [{ kind: 'organisation' }]
  if (kind !== null && !(await holdsOthers(context.measurements, context.organisation, kind))) {
    const node = below === null ? {} : { below: (await requireEntity(context, below)).number }
    return [{ kind: 'all', entityKind: kind, ...node }]
  }
  const subjects: Subjects[] = []
  for (let start = 0; start < units.length; start += LISTED_SUBJECTS_LIMIT) {
    const nodes = units.slice(start, start + LISTED_SUBJECTS_LIMIT).map((unit) => unit.number)
    subjects.push({ kind: 'nodes', nodes })
  }
  return subjects
}

/** The periods that touch two days, both included. Refuses with INVALID what is upside down or too long. */
function rangeOf(grain: Grain, from: string, to: string): Range {
  if (from > to) invalid('to', 'order', 'The range ends before it begins.')
  const range = { grain, from: periodStartOf(from, grain), to: addPeriods(periodStartOf(to, grain), grain, 1) }
  if (addPeriods(range.from, grain, PERIODS_LIMIT) < range.to)
    invalid(
      'to',
      'limit',
      `At most ${PERIODS_LIMIT} periods are shown at once. Ask for a shorter range or a longer period.`,
    )
  return range
}

export async function readSeries(
  context: Context,
  input: {
    id: string
    version?: number | undefined
    entity?: string | undefined
    grain: Grain
    from: string
    to: string
    by?: string | undefined
  },
): Promise<Series> {
  const indicator = await readIndicator(context, input)
  const entity = input.entity === undefined ? null : await requireEntity(context, input.entity)
  const range = rangeOf(input.grain, input.from, input.to)
  const by = attributesOf(input.by)
  const shown = entity && { key: entity.key, name: entity.name }
  if (by.length === 0) {
    const points = await seriesPoints(context, { indicator, entity, ...range })
    const groups = [{ by: {}, points }]
    return { indicator, entity: shown, grain: input.grain, groups, chart: chartOf(points), truncated: false }
  }
  const { groups, truncated } = await groupedPoints(context, indicator, entity, range, by)
  return { indicator, entity: shown, grain: input.grain, groups, chart: null, truncated }
}

function attributesOf(text: string | undefined): string[] {
  const names = [...new Set((text ?? '').split(',').map((name) => name.trim()))].filter((name) => name !== '')
  if (names.length > GROUPED_ATTRIBUTES_LIMIT)
    invalid('by', 'limit', `A series is split by at most ${GROUPED_ATTRIBUTES_LIMIT} attributes.`)
  return names
}

/** One series for each of the largest groups; those beyond are added up, named by a star. */
async function groupedPoints(
  context: Context,
  indicator: Indicator,
  entity: EntityPlace | null,
  range: Range,
  by: readonly string[],
): Promise<Pick<Series, 'groups' | 'truncated'>> {
  const { timeZone } = await readProfile(context)
  const rows = await sumsOf(context, { indicator, ...range, timeZone, subjects: subjectOf(entity), groupBy: by })
  const complete = completeness(context, range.grain, timeZone)
  const groups = new Map<string, { by: Record<string, string>; cases: number; points: Point[] }>()
  for (const row of rows) {
    const names = row.other ? by.map(() => OTHER) : row.groups
    const key = JSON.stringify([row.other, names])
    const named = Object.fromEntries(by.map((attribute, index) => [attribute, names[index]!]))
    const group = groups.get(key) ?? { by: named, cases: 0, points: [] }
    group.cases += row.other ? 0 : row.n
    group.points.push(pointOf(indicator, row, complete))
    groups.set(key, group)
  }
  const largestFirst = [...groups.values()].toSorted((a, b) => b.cases - a.cases)
  return {
    groups: largestFirst.map((group) => ({
      by: group.by,
      points: withGaps(indicator, group.points, range.grain, complete),
    })),
    truncated: rows.some((row) => row.other),
  }
}

export async function previewIndicator(
  context: Context,
  input: { draft: IndicatorDraft; entity?: string | undefined; from: string; to: string },
): Promise<Point[]> {
  demandCalculable(input.draft)
  const entity = input.entity === undefined ? null : await requireEntity(context, input.entity)
  return seriesPoints(context, { indicator: input.draft, entity, ...rangeOf('month', input.from, input.to) })
}

/** One period, all units: those that can be judged first, by value, best first. */
export async function compareEntities(
  context: Context,
  input: {
    id: string
    periodStart: string
    grain: Grain
    kind?: string | undefined
    below?: string | undefined
    limit: number
  },
): Promise<Comparison> {
  const indicator = await currentIndicator(context, input.id)
  const periodStart = periodStartOf(input.periodStart, input.grain)
  const kind = input.kind ?? (await kindBelow(context, input.below))
  const units = await seriesOfUnits(context, {
    indicator,
    kind,
    below: input.below ?? null,
    grain: input.grain,
    from: periodStart,
    to: addPeriods(periodStart, input.grain, 1),
  })
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
