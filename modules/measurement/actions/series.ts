/** Values of indicators over time: for a node or the organisation, unit by unit, and split by attributes. */
import { type EntityPlace, findEntities, readProfile, requireEntity } from '#organisation/actions/look-up'
import { readPeriodSettings } from '#organisation/actions/calendars'
import type { Context } from '#platform/context'
import { addPeriods } from '#platform/periods'
import type { Grain } from '#platform/contract'
import { invalid } from '#platform/refusal'
import type { Condition } from '../contract/definition.ts'
import type { SeriesGrain } from '../contract/grain.ts'
import type { Indicator, IndicatorDraft } from '../contract/indicators.ts'
import type { Measured } from '../contract/point.ts'
import type { Series } from '../contract/series.ts'
import { markRevised, targetsOf } from '../exploring/beside-series.ts'
import { segmentOf } from '../exploring/segments.ts'
import { type Cut, cutOf } from '../reading/cut.ts'
import { pointRows, type PointRow, withMissing } from '../reading/point-rows.ts'
import type { Judged } from '../reading/sums.ts'
import { chartOf } from '../rules/charts.ts'
import { type Pooled, poolPoints } from '../rules/points.ts'
import { GROUPED_ATTRIBUTES_LIMIT } from '../store/compile/compile-facts.ts'
import { LISTED_SUBJECTS_LIMIT, type Subjects } from '../store/compile/subjects.ts'
import { holdsOthers } from '../store/tree.ts'
import { demandCalculable, readIndicator } from './indicators.ts'

/** Units one question may ask for. */
const UNITS_LIMIT = 200_000
const OTHER = '*'

type Versioned = Judged & { readonly version?: number }

/** `from` and `to` as in `cutOf`. */
export async function cutFor(context: Context, grain: SeriesGrain, from: string, to: string): Promise<Cut> {
  const { timeZone } = await readProfile(context)
  return cutOf(grain, from, to, { timeZone, periods: await readPeriodSettings(context) })
}

/** For those who count periods themselves (rules, scores, proofs): the calendar's, weeks always from Monday on. */
export async function calendarCut(context: Context, { grain, from, to }: Range): Promise<Cut> {
  const { timeZone } = await readProfile(context)
  const settings = { timeZone, periods: { ...(await readPeriodSettings(context)), weekStart: 1 as const } }
  return cutOf(grain, from, addPeriods(to, 'day', -1), settings)
}

const subjectOf = (entity: EntityPlace | null): Subjects =>
  entity === null ? { kind: 'organisation' } : { kind: 'nodes', nodes: [entity.number] }

const byPeriod = (rows: readonly PointRow[]) => new Map(rows.map(({ period, point }) => [period, point]))

interface Range {
  readonly grain: Grain
  /** First days of periods; the last one is not part of the range. */
  readonly from: string
  readonly to: string
}

/**
 * The series of an entity with all below it, or of the whole organisation, each period by the version in force at its begin;
 * `frozen`: by the version given. `from` and `to` are first days of periods, `to` is not included.
 */
export async function seriesPoints(
  context: Context,
  input: { indicator: Versioned; entity: EntityPlace | null; frozen?: boolean } & Range,
): Promise<Measured[]> {
  if (input.from >= input.to) return []
  return pointsOfCut(context, { ...input, cut: await calendarCut(context, input) })
}

export async function pointsOfCut(
  context: Context,
  input: {
    indicator: Versioned
    entity: EntityPlace | null
    frozen?: boolean
    cut: Cut
    segment?: readonly Condition[]
  },
): Promise<Measured[]> {
  const { indicator, cut, frozen = false, segment = [] } = input
  const rows = await pointRows(context, { indicator, frozen, cut, segment, subjects: subjectOf(input.entity) })
  return withMissing(indicator, byPeriod(rows), cut, context.now)
}

export interface UnitSeries {
  readonly entity: EntityPlace
  /** By first day; periods without events are missing unless the definition fills them. */
  readonly points: ReadonlyMap<string, Measured>
  /** Several points, of this unit or of others, as one value: the ratio of sums. */
  readonly pool: (points: readonly Measured[]) => Pooled | null
}

/**
 * One series for each entity of a kind, each with all below it, by key. Without a kind the node `below` itself as the only
 * unit; without either the whole organisation, which then goes by number 0.
 */
export async function seriesOfUnits(
  context: Context,
  input: { indicator: Versioned; kind: string | null; below: string | null } & Range,
): Promise<UnitSeries[]> {
  if (input.from < input.to) return unitsOfCut(context, { ...input, cut: await calendarCut(context, input) })
  const pool = (several: readonly Measured[]) => poolPoints(input.indicator, several)
  const { name } = await readProfile(context)
  const units = await unitsOf(context, input.kind, input.below, name)
  return units.map((entity) => ({ entity, points: new Map<string, Measured>(), pool }))
}

/** The same for any cut. */
export async function unitsOfCut(
  context: Context,
  input: {
    indicator: Versioned
    kind: string | null
    below: string | null
    cut: Cut
    segment?: readonly Condition[]
    /** Instead of a kind or a node. */
    listed?: readonly EntityPlace[]
  },
): Promise<UnitSeries[]> {
  const { indicator, kind, below, cut, segment = [], listed } = input
  const { name } = await readProfile(context)
  const units = listed ?? (await unitsOf(context, kind, below, name))
  const points = new Map(units.map((unit) => [unit.number, new Map<number, Measured>()]))
  const asked = listed ? listedSubjects(listed) : await subjectsOf(context, units, kind, below)
  for (const subjects of asked) {
    for (const { entity, period, point } of await pointRows(context, { indicator, cut, subjects, segment }))
      points.get(entity)?.set(period, point)
  }
  const pool = (several: readonly Measured[]) => poolPoints(indicator, several)
  return units.map((entity) => {
    const own = filled(indicator, points.get(entity.number)!, cut, context.now)
    return { entity, points: new Map(own.map((point) => [point.periodStart, point])), pool }
  })
}

function filled(
  indicator: Judged,
  own: ReadonlyMap<number, Measured>,
  cut: Cut,
  now: Temporal.Instant,
): readonly Measured[] {
  const { noEvents } = indicator.missing ?? { noEvents: 'gap' }
  if (noEvents === 'gap' || (noEvents === 'carry' && own.size === 0)) return [...own.values()]
  return withMissing(indicator, own, cut, now)
}

export async function unitsOf(
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
export async function subjectsOf(
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
  return listedSubjects(units)
}

function listedSubjects(units: readonly EntityPlace[]): Subjects[] {
  const subjects: Subjects[] = []
  for (let start = 0; start < units.length; start += LISTED_SUBJECTS_LIMIT) {
    const nodes = units.slice(start, start + LISTED_SUBJECTS_LIMIT).map((unit) => unit.number)
    subjects.push({ kind: 'nodes', nodes })
  }
  return subjects
}

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
  const asked = { indicator, entity, cut, frozen, segment: segment?.conditions ?? [] }
  if (by.length > 0) {
    const { groups, truncated } = await groupedPoints(context, asked, by)
    return { ...shown, groups, targets: [], chart: null, truncated }
  }
  const points = await pointsOfCut(context, asked)
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

/** One series for each of the largest groups; those beyond are added up, named by a star. */
async function groupedPoints(
  context: Context,
  asked: {
    indicator: Indicator
    entity: EntityPlace | null
    cut: Cut
    frozen: boolean
    segment: readonly Condition[]
  },
  by: readonly string[],
): Promise<Pick<Series, 'groups' | 'truncated'>> {
  const { indicator, entity, cut, ...rest } = asked
  const rows = await pointRows(context, { indicator, cut, ...rest, subjects: subjectOf(entity), groupBy: by })
  const groups = new Map<string, { by: Record<string, string>; cases: number; points: Map<number, Measured> }>()
  for (const row of rows) {
    const names = row.other ? by.map(() => OTHER) : row.groups
    const key = JSON.stringify([row.other, names])
    const named = Object.fromEntries(by.map((attribute, index) => [attribute, names[index]!]))
    const group = groups.get(key) ?? { by: named, cases: 0, points: new Map<number, Measured>() }
    group.cases += row.other ? 0 : row.point.n
    group.points.set(row.period, row.point)
    groups.set(key, group)
  }
  const largestFirst = [...groups.values()].toSorted((a, b) => b.cases - a.cases)
  return {
    groups: largestFirst.map((group) => ({
      by: group.by,
      points: withMissing(indicator, group.points, cut, context.now),
    })),
    truncated: rows.some((row) => row.other),
  }
}

export async function previewIndicator(
  context: Context,
  input: { draft: IndicatorDraft; entity?: string | undefined; from: string; to: string },
): Promise<Measured[]> {
  await demandCalculable(context, input.draft)
  const entity = input.entity === undefined ? null : await requireEntity(context, input.entity)
  if (input.from > input.to) invalid('to', 'order', 'The range ends before it begins.')
  const cut = await cutFor(context, 'month', input.from, input.to)
  return pointsOfCut(context, { indicator: input.draft, entity, frozen: true, cut })
}
