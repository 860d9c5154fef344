/**
 * Values of indicators over time, for a node or the organisation and unit by unit, as they are calculated. What is told to people goes through
 * `telling`: answers of few people are protected there.
 */
import { type EntityPlace, findEntities, readProfile, requireEntity } from '#organisation/actions/look-up'
import { readPeriodSettings } from '#organisation/actions/calendars'
import type { Context } from '#platform/context'
import { addPeriods } from '#platform/periods'
import type { Grain } from '#platform/contract'
import type { Condition } from '../contract/definition.ts'
import type { SeriesGrain } from '../contract/grain.ts'
import type { Measured } from '../contract/point.ts'
import { type Cut, cutOf } from '../reading/cut.ts'
import { pointRows, type PointRow, withMissing } from '../reading/point-rows.ts'
import type { Judged } from '../reading/sums.ts'
import { type Pooled, poolPoints } from '../rules/points.ts'
import { LISTED_SUBJECTS_LIMIT, type Subjects } from '../store/compile/subjects.ts'
import { holdsOthers } from '../store/tree.ts'

/** Units one question may ask for. */
const UNITS_LIMIT = 200_000

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

export const subjectOf = (entity: EntityPlace | null): Subjects =>
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
