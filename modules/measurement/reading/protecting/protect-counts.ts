/** How many answers every unit has in the leaves of a tree of time: n alone, of all units at once, added up along the tree. */
import { periodInstant } from '#platform/periods'
import type { Context } from '#platform/context'
import { dayText } from '#worktime/days'
import type { Condition } from '../../contract/definition.ts'
import type { TimeNode, TimeTree } from '../../rules/protecting/time-tree.ts'
import type { Period } from '../cut.ts'
import type { Judged } from '../sums.ts'
import { sumsOfFacts, type SumsRow } from '../sums.ts'
import type { Units } from './protect-units.ts'

export interface CountsAsked {
  readonly indicator: Judged
  readonly units: Units
  readonly time: TimeTree
  readonly timeZone: string
  /** Split by attributes, or by which of these conditions hold. */
  readonly groupBy?: readonly string[]
  readonly marks?: readonly (readonly Condition[])[]
}

export interface AnswerCounts {
  /** By place of the unit, with all below it. */
  readonly all: (node: TimeNode) => Float64Array
  /** Of one group, named by the texts of its attributes as JSON; null where it was not told apart from the rest. */
  readonly of: (group: string) => ((node: TimeNode) => Float64Array) | null
  readonly groups: readonly string[]
}

/** As the indicator's own n, whatever its values do with small samples. */
const plain = (indicator: Judged): Judged => ({
  ...indicator,
  minimumN: 0,
  belowMinimum: 'provisional',
  rollUp: 'ratio-of-sums',
  missing: { noEvents: 'gap' },
})

export async function countAnswers(context: Context, asked: CountsAsked): Promise<AnswerCounts> {
  const { units, time } = asked
  const leaves = time.leaves()
  const { periods, leafOf } = piecesOf(leaves, asked.timeZone)
  const rows = await sumsOfFacts(context, {
    indicator: plain(asked.indicator),
    subjects: units.few === null ? { kind: 'all' } : { kind: 'nodes', nodes: units.few },
    cut: { grain: 'day', timeZone: asked.timeZone, periods },
    ...(asked.groupBy ? { groupBy: asked.groupBy } : {}),
    ...(asked.marks ? { marks: asked.marks } : {}),
  })
  const empty = () => leaves.map(() => new Float64Array(units.above.length))
  const all = empty()
  const groups = new Map<string, Float64Array[]>()
  for (const row of rows) {
    const leaf = leafOf[row.period]
    if (leaf === undefined) continue
    const place = units.placeOf.get(row.entity) ?? 0
    all[leaf]![place]! += row.sums.n
    if (row.groups.length === 0 || row.other) continue
    const name = JSON.stringify(row.groups)
    const own = groups.get(name) ?? empty()
    groups.set(name, own)
    own[leaf]![place]! += row.sums.n
  }
  const added = adder(time, leaves, units)
  const wholes = await wholeOf(context, asked, periods, leafOf)
  const ready = new Map([...groups].map(([name, counts]) => [name, added(counts, wholes(name))]))
  return {
    all: added(all, wholes(null)),
    of: (group) => ready.get(group) ?? null,
    groups: [...ready.keys()].toSorted(),
  }
}

/**
 * Where the units are not all there are, each was asked for with all below it, and the whole by itself; else the whole is their sum with
 * what nobody in the tree was told of.
 */
async function wholeOf(
  context: Context,
  asked: CountsAsked,
  periods: readonly Period[],
  leafOf: readonly (number | undefined)[],
): Promise<(group: string | null) => Float64Array | null> {
  if (asked.units.few === null) return () => null
  const rows: SumsRow[] = await sumsOfFacts(context, {
    indicator: plain(asked.indicator),
    subjects: { kind: 'organisation' },
    cut: { grain: 'day', timeZone: asked.timeZone, periods },
    ...(asked.groupBy ? { groupBy: asked.groupBy } : {}),
    ...(asked.marks ? { marks: asked.marks } : {}),
  })
  return (group) => {
    const counts = new Float64Array(asked.time.leaves().length)
    for (const row of rows) {
      const leaf = leafOf[row.period]
      if (leaf !== undefined && (group === null || (!row.other && JSON.stringify(row.groups) === group)))
        counts[leaf]! += row.sums.n
    }
    return counts
  }
}

/** Stretches one after the other without gaps, and the leaf each belongs to. */
function piecesOf(leaves: readonly TimeNode[], timeZone: string) {
  const spans = leaves
    .flatMap((leaf, place) =>
      leaf.spans.map((span) => ({ from: span[0], until: span[1], leaf: place as number | undefined })),
    )
    .toSorted((a, b) => a.from - b.from)
  const filled = spans.flatMap((span, index) => {
    const next = spans[index + 1]
    return next && next.from > span.until ? [span, { from: span.until, until: next.from, leaf: undefined }] : [span]
  })
  const moment = (day: number) => periodInstant(dayText(day), timeZone).epochMilliseconds
  // A day the zone left out has no moments of its own.
  const real = filled.filter((span) => moment(span.until) > moment(span.from))
  return {
    periods: real.map(
      (span): Period => ({ start: dayText(span.from), from: moment(span.from), until: moment(span.until) }),
    ),
    leafOf: real.map((span) => span.leaf),
  }
}

/** Adds up along the tree of units and along that of time, each stretch once. */
function adder(time: TimeTree, leaves: readonly TimeNode[], units: Units) {
  const placeOf = new Map(leaves.map((leaf, place) => [leaf, place]))
  return (own: readonly Float64Array[], whole: Float64Array | null) => {
    if (whole === null) for (const column of own) upwards(column, units.above)
    else for (const [leaf, column] of own.entries()) column[0] = whole[leaf]!
    const known = new Map<TimeNode, Float64Array>()
    const counts = (node: TimeNode): Float64Array => {
      const before = known.get(node)
      if (before) return before
      const parts = time.partsOf(node)
      const sum = parts === null ? own[placeOf.get(node)!]! : added(parts.map(counts))
      known.set(node, sum)
      return sum
    }
    return counts
  }
}

function upwards(column: Float64Array, above: Int32Array): void {
  for (let unit = above.length - 1; unit > 0; unit -= 1) column[above[unit]!]! += column[unit]!
}

function added(columns: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(columns[0]!.length)
  for (const column of columns) for (let unit = 0; unit < sum.length; unit += 1) sum[unit]! += column[unit]!
  return sum
}
