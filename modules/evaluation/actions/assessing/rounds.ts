/** What is open for whoever asks: rounds of judging, and the units in them. */
import { ownDuties } from '#organisation/actions/duties'
import { type EntityPlace, findEntities, readToday } from '#organisation/actions/look-up'
import { z } from 'zod'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { readCursor, toPage, writeCursor } from '#platform/paging'
import { periodStartOf } from '#platform/periods'
import { invalid, refuse } from '#platform/refusal'
import {
  type AssessmentRound,
  evaluationRefusals,
  type ItemSource,
  type RaterKind,
  type Scheme,
  type UnitToAssess,
} from '../../contract.ts'
import { type Capacity, capacityOf, type Duty } from '../../rules/assessing/capacity.ts'
import { closesOn, isOpen, openRounds, type Round } from '../../rules/assessing/rounds.ts'
import { flatItems } from '../../rules/schemes/flat-items.ts'
import { type Adopted, overlapOn, versionOn } from '../../rules/schemes/versions.ts'
import { type AssessmentRow, assessmentsOf } from '../../store/assessments.ts'
import { adoptedVersions } from '../../store/schemes.ts'
import { UNITS_LIMIT } from '../calculating/inputs.ts'

type Assessed = Extract<ItemSource, { kind: 'assessed' }>
export interface AssessedItem {
  readonly id: string
  readonly source: Assessed
  /** Kinds of rater that are people signing in; customers speak through an indicator. */
  readonly asked: readonly RaterKind[]
}

/** Items for people to judge of the versions that judge the period, the one in force first. */
export function assessedItems(adopted: readonly (Scheme & Adopted)[], periodStart: string): AssessedItem[] {
  const judging = [versionOn(adopted, periodStart), overlapOn(adopted, periodStart)].filter((one) => one !== null)
  const items = judging.flatMap(flatItems).flatMap(({ id, source }) => {
    if (source.kind !== 'assessed') return []
    const people = source.raters.filter((rater) => rater.kind !== 'customers' && rater.indicator === null)
    return [{ id, source, asked: people.map((rater) => rater.kind) }]
  })
  return items.filter((item, place) => items.findIndex((other) => other.id === item.id) === place)
}

export const myDuties = (context: Context): Promise<readonly Duty[]> => ownDuties(context)

interface OpenUnit {
  readonly entity: EntityPlace
  readonly items: readonly (AssessedItem & { readonly as: RaterKind })[]
}

export const capacityIn = (duties: readonly Duty[], unit: EntityPlace, item: AssessedItem): Capacity =>
  capacityOf(duties, unit.path, item.asked)

function openUnits(duties: readonly Duty[], units: readonly EntityPlace[], items: readonly AssessedItem[]): OpenUnit[] {
  return units.flatMap((entity) => {
    const own = items.flatMap((item) => {
      const { kind } = capacityIn(duties, entity, item)
      return kind === null ? [] : [{ ...item, as: kind }]
    })
    return own.length === 0 ? [] : [{ entity, items: own }]
  })
}

const unitsOf = ({ entityKind, below }: Scheme, context: Context) =>
  findEntities(context, { kind: entityKind, below, limit: UNITS_LIMIT })

interface Asked {
  readonly scheme: Scheme
  readonly grain: Grain
  readonly round: Round
}

const keyOf = (row: Pick<AssessmentRow, 'item' | 'entity'>) => `${row.item} ${row.entity}`

function toRound(
  { scheme, grain, round }: Asked,
  units: readonly OpenUnit[],
  mine: ReadonlySet<string>,
): AssessmentRound {
  const wanted = units.flatMap(({ entity, items }) =>
    items.map((item) => keyOf({ item: item.id, entity: entity.number })),
  )
  return {
    scheme: { id: scheme.id, title: scheme.title },
    grain,
    ...round,
    units: units.length,
    expected: wanted.length,
    given: wanted.filter((key) => mine.has(key)).length,
  }
}

export async function listAssessmentRounds(context: Context): Promise<AssessmentRound[]> {
  const duties = await myDuties(context)
  const day = await readToday(context)
  const rounds: AssessmentRound[] = []
  for (const [id, adopted] of Map.groupBy(await adoptedVersions(context), (scheme) => scheme.id)) {
    const scheme = adopted.at(-1)!
    const open = scheme.grains.flatMap((grain) => openRounds(grain, day).map((round) => ({ scheme, grain, round })))
    const judged = open.filter(({ round }) => assessedItems(adopted, round.periodStart).length > 0)
    const units = judged.length === 0 ? [] : await unitsOf(scheme, context)
    for (const asked of judged) {
      const { periodStart } = asked.round
      const mine = await mineIn(context, { id, grain: asked.grain, periodStart })
      const found = toRound(asked, openUnits(duties, units, assessedItems(adopted, periodStart)), new Set(mine.keys()))
      if (found.units > 0) rounds.push(found)
    }
  }
  return rounds.toSorted((a, b) => (a.closesOn < b.closesOn ? -1 : a.closesOn > b.closesOn ? 1 : 0))
}

async function mineIn(
  context: Context,
  { id, grain, periodStart }: { id: string; grain: Grain; periodStart: string },
): Promise<Map<string, AssessmentRow>> {
  const of = { scheme: id, grain, from: periodStart, to: periodStart, person: context.who.id }
  return new Map((await assessmentsOf(context, of)).map((row) => [keyOf(row), row]))
}

/** The scheme's versions in force, its assessed items, and that the period is open; refuses otherwise. */
export async function requireRound(
  context: Context,
  asked: { scheme: string; grain: Grain; periodStart: string },
): Promise<Asked & { items: AssessedItem[] }> {
  const adopted = await adoptedVersions(context, asked.scheme)
  const scheme = adopted.at(-1)
  if (!scheme) return refuse(evaluationRefusals, 'SCHEME_UNKNOWN', { id: asked.scheme })
  const { grain, periodStart } = asked
  if (!scheme.grains.includes(grain))
    refuse(evaluationRefusals, 'GRAIN_NOT_SCORED', { grain, grains: [...scheme.grains] })
  if (periodStartOf(periodStart, grain) !== periodStart)
    invalid('periodStart', 'period', 'This is not the first day of a period of this length.')
  const day = await readToday(context)
  const last = closesOn(periodStart, grain)
  if (!isOpen(periodStart, grain, day))
    refuse(evaluationRefusals, 'ASSESSMENT_CLOSED', { periodStart, opensOn: periodStart, closesOn: last })
  const running = openRounds(grain, day)[0]!.periodStart === periodStart
  return {
    scheme: versionOn(adopted, periodStart) ?? scheme,
    grain,
    round: { periodStart, closesOn: last, running },
    items: assessedItems(adopted, periodStart),
  }
}

const unitPlace = z.tuple([z.string().max(200)])

export async function listUnitsToAssess(
  context: Context,
  input: {
    scheme: string
    grain: Grain
    periodStart: string
    search?: string | undefined
    only?: 'open' | 'given' | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<{ round: AssessmentRound; rows: UnitToAssess[]; nextCursor: string | null }> {
  const asked = await requireRound(context, input)
  const units = openUnits(await myDuties(context), await unitsOf(asked.scheme, context), asked.items)
  const mine = await mineIn(context, { id: input.scheme, grain: input.grain, periodStart: input.periodStart })
  const words = input.search?.toLowerCase() ?? ''
  const [after] = readCursor(input.cursor, unitPlace) ?? []
  const has = ({ entity, items }: OpenUnit) =>
    items.every((item) => mine.has(keyOf({ item: item.id, entity: entity.number })))
  const rows = units.filter(
    (unit) =>
      (after === undefined || unit.entity.key > after) &&
      `${unit.entity.name} ${unit.entity.key}`.toLowerCase().includes(words) &&
      (input.only === undefined || has(unit) === (input.only === 'given')),
  )
  const { shown, nextCursor } = toPage(rows, input.limit, ({ entity }) => writeCursor(entity.key))
  return {
    round: toRound(asked, units, new Set(mine.keys())),
    rows: shown.map((unit) => toUnit(unit, mine)),
    nextCursor,
  }
}

const toUnit = ({ entity, items }: OpenUnit, mine: ReadonlyMap<string, AssessmentRow>): UnitToAssess => ({
  entity: { key: entity.key, name: entity.name },
  items: items.map(({ id, source, as }) => {
    const row = mine.get(keyOf({ item: id, entity: entity.number }))
    const { title, question, scale } = source
    const given = row ? { value: row.value, remark: row.remark, at: row.at.toString() } : null
    return { item: id, title, question, scale, as, mine: given }
  }),
})
