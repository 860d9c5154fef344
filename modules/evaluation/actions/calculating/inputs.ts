/** What the units of a scheme are judged by, loaded once for a range of periods: the frozen input of every calculation. */
import { chanceOf, currentIndicator, versionsWithin } from '#measurement/actions/indicators'
import { seriesOfUnits, type UnitSeries } from '#measurement/actions/series'
import { type EntityTraits, findEntityTraits, lookUpEntityNumbers } from '#organisation/actions/look-up'
import { normalQuantile } from '#stats/distributions/normal-quantile'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { addPeriods } from '#platform/periods'
import { refuse } from '#platform/refusal'
import { evaluationRefusals, type SchemeDraft } from '../../contract.ts'
import type { ItemColumn, Readings } from '../../rules/composing/readings.ts'
import { flatItems } from '../../rules/schemes/flat-items.ts'
import { ENVELOPMENT_UNITS_LIMIT } from '../../rules/schemes/issues.ts'
import { assessedColumn } from '../assessed-column.ts'
import { hiddenItems } from '../protecting.ts'

/** Units one by one; beyond, schemes are scored from prepared sums inside the store. */
export const UNITS_LIMIT = 20_000
const Z_95 = normalQuantile(0.975)

type Point = UnitSeries['points'] extends ReadonlyMap<string, infer P> ? P : never

export interface PeriodInputs {
  readonly periodStart: string
  /** Units with a value of any item, in the order of the columns. */
  readonly units: readonly EntityTraits[]
  readonly readings: Readings
}

export interface Inputs {
  readonly at: (periodStart: string) => PeriodInputs
  /** Versions of the indicators that judged a period; more than one where a new one began inside it. */
  readonly versionsOf: (periodStart: string) => Promise<Record<string, number>>
}

interface Source {
  readonly indicator: string
  readonly byUnit: ReadonlyMap<number, UnitSeries['points']>
  readonly minimumN: number
  readonly better: 'more' | 'less'
  readonly scatter: ItemColumn['scatter']
  readonly scale: number
}

/** `from` and `to`: first days of the first and the last period. Refuses more than `UNITS_LIMIT` units. */
export async function loadInputs(
  context: Context,
  draft: SchemeDraft,
  range: { grain: Grain; from: string; to: string },
): Promise<Inputs> {
  const { entityKind, below } = draft
  const found = await findEntityTraits(context, { below, kind: entityKind, limit: UNITS_LIMIT + 1 })
  if (found.length > UNITS_LIMIT)
    refuse(evaluationRefusals, 'TOO_MANY_UNITS', { units: found.length, limit: UNITS_LIMIT, because: 'one-by-one' })
  const { kind } = draft.aggregation
  if (kind === 'data-envelopment' && found.length > ENVELOPMENT_UNITS_LIMIT)
    refuse(evaluationRefusals, 'TOO_MANY_UNITS', { units: found.length, limit: ENVELOPMENT_UNITS_LIMIT, because: kind })
  // In the order of their numbers, in which they are kept too: whoever calculates the same again draws the same.
  found.sort((a, b) => a.number - b.number)
  const groups = await groupsOf(context, draft, found)
  const sources = new Map<string, Source>()
  const sourceOf = async (id: string): Promise<Source> => {
    const known = sources.get(id)
    if (known) return known
    const loaded = await loadSource(context, draft, id, range)
    sources.set(id, loaded)
    return loaded
  }
  const items = flatItems(draft)
  const columns: ((units: readonly EntityTraits[], periodStart: string) => ItemColumn)[] = []
  for (const item of items) {
    if (item.source.kind === 'indicator') {
      const source = await sourceOf(item.source.indicator)
      columns.push((units, periodStart) => columnOf(source, units, periodStart))
    } else columns.push(await assessedColumn(context, draft, { ...item, source: item.source }, range))
  }
  const gates: Source[] = []
  for (const gate of draft.gates) gates.push(await sourceOf(gate.indicator))
  const periods = periodsOf(range)
  const hidden = await hiddenItems(context, draft, { ...range, periods, entities: found.map((unit) => unit.number) })
  const lone = (unit: EntityTraits, periodStart: string) => (place: number) =>
    hidden(unit.number, periodStart, items[place]!.id)
  return {
    at: (periodStart) => inputsAt(periodStart, { found, groups, columns, gates, lone }),
    versionsOf: async (periodStart) => {
      const last = addPeriods(periodStart, range.grain, 1)
      const named: [string, number][] = []
      // One after the other: they share the transaction's connection.
      for (const id of sources.keys())
        named.push([id, (await versionsWithin(context, id, periodStart, last))[0]?.version ?? 0])
      return Object.fromEntries(named)
    },
  }
}

async function loadSource(
  context: Context,
  { entityKind, below }: SchemeDraft,
  id: string,
  { grain, from, to }: { grain: Grain; from: string; to: string },
): Promise<Source> {
  const indicator = await currentIndicator(context, id)
  const end = addPeriods(to, grain, 1)
  const series = await seriesOfUnits(context, { indicator, kind: entityKind, below, grain, from, to: end })
  const { scatter, scale } = chanceOf(indicator)
  return {
    indicator: id,
    byUnit: new Map(series.map((unit) => [unit.entity.number, unit.points])),
    minimumN: indicator.minimumN,
    better: indicator.direction === 'lower-is-better' ? 'less' : 'more',
    scatter,
    scale,
  }
}

function inputsAt(
  periodStart: string,
  loaded: {
    readonly found: readonly EntityTraits[]
    readonly groups: readonly string[]
    readonly columns: readonly ((units: readonly EntityTraits[], periodStart: string) => ItemColumn)[]
    readonly gates: readonly Source[]
    /** Whether the value of the item at a place rests on the answers of few people. */
    readonly lone: (unit: EntityTraits, periodStart: string) => (place: number) => boolean
  },
): PeriodInputs {
  const all = loaded.columns.map((column) => column(loaded.found, periodStart))
  for (const [place, unit] of loaded.found.entries()) withoutLone(all, place, loaded.lone(unit, periodStart))
  const measured = loaded.found.flatMap((_unit, place) =>
    all.some(({ values, hidden }) => !Number.isNaN(values[place]!) || hidden[place] === 1) ? [place] : [],
  )
  const units = measured.map((place) => loaded.found[place]!)
  const named = measured.map((place) => loaded.groups[place]!)
  const groupNames = [...new Set(named)].toSorted()
  const placeOf = new Map(groupNames.map((name, place) => [name, place]))
  const pick = (column: Float64Array) => Float64Array.from(measured, (place) => column[place]!)
  return {
    periodStart,
    units,
    readings: {
      count: units.length,
      groups: Int32Array.from(named, (name) => placeOf.get(name)!),
      groupNames,
      items: all.map((column) => ({
        ...column,
        values: pick(column.values),
        ns: pick(column.ns),
        errors: pick(column.errors),
        hidden: Uint8Array.from(measured, (place) => column.hidden[place]!),
      })),
      gates: loaded.gates.map((source) =>
        Float64Array.from(units, (unit) => source.byUnit.get(unit.number)?.get(periodStart)?.value ?? Number.NaN),
      ),
    },
  }
}

/**
 * A single item that rests on few people does not count: the score less the others would be what they answered. Nor do any where there is
 * nothing else. Two or more beside others do: only their sum follows.
 */
function withoutLone(columns: readonly ItemColumn[], unit: number, lone: (place: number) => boolean): void {
  const there = [...columns.keys()].filter((place) => !Number.isNaN(columns[place]!.values[unit]!))
  const few = there.filter(lone)
  if (few.length !== 1 && few.length !== there.length) return
  for (const place of few) {
    columns[place]!.values[unit] = Number.NaN
    columns[place]!.errors[unit] = Number.NaN
    columns[place]!.hidden[unit] = 1
  }
}

function periodsOf({ grain, from, to }: { grain: Grain; from: string; to: string }): string[] {
  const periods: string[] = []
  for (let period = from; period <= to; period = addPeriods(period, grain, 1)) periods.push(period)
  return periods
}

function columnOf(source: Source, units: readonly EntityTraits[], periodStart: string): ItemColumn {
  const values = new Float64Array(units.length).fill(Number.NaN)
  const errors = new Float64Array(units.length).fill(Number.NaN)
  const ns = new Float64Array(units.length)
  const hidden = new Uint8Array(units.length)
  for (const [place, unit] of units.entries()) {
    const point = source.byUnit.get(unit.number)?.get(periodStart)
    if (!point) continue
    ns[place] = point.n
    hidden[place] = point.value === null && point.notes?.includes('hidden') ? 1 : 0
    if (point.value === null) continue
    values[place] = point.value
    errors[place] = errorOf(point, source)
  }
  const { minimumN, better, scatter, scale } = source
  return { values, errors, ns, hidden, minimumN, better, scatter, scale }
}

/**
 * Half the width of the 95 % interval in standard deviations: for shares Wilson's, so that 0 of 3 is no certainty, where the plain formula
 * gives 0. Events for an exposure scatter as counts do, with one event at least.
 */
export function errorOf(
  point: Pick<Point, 'low' | 'high' | 'standardError' | 'numerator' | 'denominator'>,
  { scatter, scale }: Pick<Source, 'scatter' | 'scale'>,
): number {
  if (point.low !== null && point.high !== null) return (point.high - point.low) / (2 * Z_95)
  if (point.standardError !== null) return point.standardError
  if (scatter === 'poisson' && point.denominator > 0)
    return (Math.sqrt(Math.max(1, point.numerator)) / point.denominator) * scale
  return Number.NaN
}

/** The peer group of each unit, by name; without groups all are in one without a name. */
async function groupsOf(
  context: Context,
  { peerGroups }: SchemeDraft,
  units: readonly EntityTraits[],
): Promise<string[]> {
  switch (peerGroups.by) {
    case 'none':
      return units.map(() => '')
    case 'region':
      return units.map((unit) => unit.region ?? '')
    case 'attribute':
      return units.map((unit) => unit.attributes[peerGroups.attribute] ?? '')
    case 'parent': {
      const parents = units.map((unit) => unit.path.at(-2) ?? 0)
      const places = await lookUpEntityNumbers(context, [...new Set(parents)])
      return parents.map((parent) => places.get(parent)?.name ?? '')
    }
  }
}
