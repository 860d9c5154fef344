/** From counts to decisions: which cells of one definition are hidden. */
import { monthStart, dayText, type Weekday } from '#worktime/days'
import type { Context } from '#platform/context'
import type { Condition } from '../../contract/definition.ts'
import type { ProtectionDraft } from '../../contract/protection.ts'
import { decideGroups, type Line } from '../../rules/protecting/decide-groups.ts'
import { decideUnits, type Told } from '../../rules/protecting/decide-units.ts'
import { entangled } from '../../rules/protecting/entangled.ts'
import { type Running, type Span, type TimeNode, timeTree } from '../../rules/protecting/time-tree.ts'
import { type AnswerCounts, countAnswers } from './protect-counts.ts'
import type { Hidden } from './protect.ts'
import { type Units, unitsOfTree } from './protect-units.ts'
import type { Judged } from '../sums.ts'

/** A question about parts of the answers: by attributes, or one of the saved segments, whose order decides which gives way. */
export type Split =
  | { readonly by: readonly string[] }
  | { readonly segments: readonly (readonly Condition[])[]; readonly asked: number }
  /** Filters nobody can compare with all others. */
  | 'never'

export interface CellsAsked {
  readonly indicator: Judged
  /** Days of each period; null where none are told or another version judges. */
  readonly spans: readonly (Span | null)[]
  readonly entities: readonly number[]
  readonly split?: Split
  readonly timeZone: string
  readonly weekStart: Weekday
  readonly running: Running
  readonly setting: ProtectionDraft
}

/** Decides with everything that stands beside what is asked, so that a single question and a whole table get the same answer. */
export async function decideCells(context: Context, asked: CellsAsked): Promise<Hidden> {
  const { split } = asked
  if (split === 'never') return () => true
  const units = await unitsOfTree(context, asked.setting, asked.entities)
  if (split && 'by' in split) return splitByAttributes(context, asked, units, split.by)
  const { time, covers } = coversOf(asked, asked.spans)
  const counted = { indicator: asked.indicator, units, time, timeZone: asked.timeZone }
  if (time.leaves().length === 0) return () => true
  if (!split) {
    const { all } = await countAnswers(context, counted)
    return hiddenWhere(units, covers, decideUnits(units, time, all))
  }
  const counts = await countAnswers(context, { ...counted, marks: split.segments })
  const told = decideUnits(units, time, counts.all)
  return hiddenWhere(units, covers, segmentTold(units, time, counts, told, split.asked))
}

type Covers = readonly (readonly TimeNode[] | null)[]

function coversOf({ weekStart, running }: CellsAsked, spans: CellsAsked['spans']) {
  const time = timeTree(weekStart, running.today)
  return { time, covers: spans.map((span) => span && time.cover(...span)) as Covers }
}

/** A period is told where all its nodes are. Units that are not in the tree are never told. */
function hiddenWhere(units: Units, covers: Covers, told: Told): Hidden {
  return (entity, period) => {
    const place = units.placeOf.get(entity)
    const nodes = covers[period]
    if (place === undefined || !nodes) return true
    return !nodes.every((node) => told(node)[place] === 1)
  }
}

/** Conditions as marks: place k of a mark says whether segment k holds. */
function segmentTold(
  units: Units,
  time: Parameters<typeof decideGroups>[1],
  counts: AnswerCounts,
  told: Told,
  segment: number,
): Told {
  const marked = counts.groups.map((name) => ({ mark: (JSON.parse(name) as string[])[0]!, of: counts.of(name)! }))
  const inside = (node: TimeNode) => {
    const sum = new Float64Array(units.above.length)
    for (const { mark, of } of marked)
      if (mark[segment] === '1') for (const [unit, n] of of(node).entries()) sum[unit]! += n
    return sum
  }
  const decided = decideGroups(units, time, {
    groups: 1,
    counts: (node) => [inside(node)],
    lines: [{ members: [0], counts: counts.all, told, open: true }],
    barred: (node, _group, unit) => {
      const own = new Map(marked.map(({ mark, of }) => [mark, of(node)[unit]!]))
      return entangled(own, segment, units.limits[unit]!)
    },
  })
  return (node) => decided(node)[0]!
}

/**
 * The largest groups of a year are told apart in all its periods, so that a question about one month knows the same groups as one about
 * the year. Groups beyond are part of the rest, which is never told.
 */
async function splitByAttributes(
  context: Context,
  asked: CellsAsked,
  units: Units,
  by: readonly string[],
): Promise<Hidden> {
  const years = new Map<number, Hidden>()
  const pieces = asked.spans.map((span) => span && byYear(span))
  for (const year of new Set(pieces.flatMap((own) => own?.map((piece) => piece.year) ?? []))) {
    const spans = pieces.map((own) => own?.find((piece) => piece.year === year)?.span ?? null)
    years.set(year, await splitOfYear(context, { ...asked, spans }, units, by))
  }
  return (entity, period, group) => {
    const own = pieces[period]
    return !own || own.some(({ year }) => years.get(year)!(entity, period, group))
  }
}

function byYear([from, until]: Span): { year: number; span: Span }[] {
  const [first, last] = [from, until - 1].map((day) => Number(dayText(day).slice(0, 4))) as [number, number]
  return Array.from({ length: last - first + 1 }, (_unused, step) => {
    const year = first + step
    return { year, span: [Math.max(from, monthStart(year, 1)), Math.min(until, monthStart(year + 1, 1))] as const }
  })
}

async function splitOfYear(context: Context, asked: CellsAsked, units: Units, by: readonly string[]): Promise<Hidden> {
  const { time, covers } = coversOf(asked, asked.spans)
  if (time.leaves().length === 0) return () => true
  const counted = { indicator: asked.indicator, units, time, timeZone: asked.timeZone, groupBy: by }
  const counts = await countAnswers(context, counted)
  const told = decideUnits(units, time, counts.all)
  const names = counts.groups.map((name) => JSON.parse(name) as string[])
  const whole = { counts: counts.all, told }
  const lines =
    by.length < 2 ? [{ ...whole, members: [...names.keys()] }] : linesOfTwo(units, time, counts, names, whole)
  const decided = decideGroups(units, time, {
    groups: names.length,
    counts: (node) => counts.groups.map((name) => counts.of(name)!(node)),
    lines,
  })
  const placeOf = new Map(counts.groups.map((name, place) => [name, place]))
  return (entity, period, group) => {
    const place = group && placeOf.get(JSON.stringify(group))
    if (place === undefined) return true
    return hiddenWhere(units, covers, (node) => decided(node)[place]!)(entity, period)
  }
}

/** Two attributes: each pair is part of a group of either, which must itself be told. */
function linesOfTwo(
  units: Units,
  time: Parameters<typeof decideGroups>[1],
  counts: AnswerCounts,
  names: readonly (readonly string[])[],
  whole: Pick<Line, 'counts' | 'told'>,
): Line[] {
  return [0, 1].flatMap((side) => {
    const values = [...new Set(names.map((name) => name[side]!))]
    const members = values.map((value) => [...names.keys()].filter((place) => names[place]![side] === value))
    const sums = members.map((own) => (node: TimeNode) => {
      const sum = new Float64Array(units.above.length)
      for (const place of own)
        for (const [unit, n] of counts.of(counts.groups[place]!)!(node).entries()) sum[unit]! += n
      return sum
    })
    const decided = decideGroups(units, time, {
      groups: values.length,
      counts: (node) => sums.map((sum) => sum(node)),
      lines: [{ ...whole, members: [...values.keys()] }],
    })
    return members.map(
      (own, place): Line => ({ members: own, counts: sums[place]!, told: (node) => decided(node)[place]! }),
    )
  })
}
