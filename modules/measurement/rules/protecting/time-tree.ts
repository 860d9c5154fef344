/**
 * The days of the calendar as a tree, so that every stretch of time people ask about is a union of its nodes: year, half-year, quarter, month,
 * the whole weeks inside a month with the days left over at its ends, day. Weeks that cross the end of a month, fiscal and retail periods
 * are unions of several nodes.
 *
 * What still runs stands beside it: years, half-years and quarters hold their months that are over, the month that runs its weeks that are
 * over, the week that runs its days. So a month of three days does not hide the months before it, and nothing tells of today.
 */
import { dayText, monthStart, type Weekday, weekdayOf } from '#worktime/days'

/** Day numbers, the second not included. */
export type Span = readonly [from: number, until: number]

export interface TimeNode {
  readonly kind: 'year' | 'half-year' | 'quarter' | 'month' | 'week' | 'ends' | 'end' | 'day'
  /** One; two for the days left over at both ends of a month. */
  readonly spans: readonly Span[]
  readonly within: TimeNode | null
}

export interface TimeTree {
  /** Nodes that together are exactly these days, the largest that fit; null where there are none. Opens what must be opened for it. */
  readonly cover: (from: number, until: number) => readonly TimeNode[] | null
  /** The largest nodes inside these days, whatever they leave out. */
  readonly inside: (from: number, until: number) => readonly TimeNode[]
  /** What a node was opened into; null where nobody needed its parts. */
  readonly partsOf: (node: TimeNode) => readonly TimeNode[] | null
  /** Nodes that were not opened, of all that was asked for. */
  readonly leaves: () => readonly TimeNode[]
}

const WEEK = 7
const MONTHS: Partial<Record<TimeNode['kind'], number>> = { year: 12, 'half-year': 6, quarter: 3, month: 1 }
const BELOW: Partial<Record<TimeNode['kind'], TimeNode['kind']>> = {
  year: 'half-year',
  'half-year': 'quarter',
  quarter: 'month',
}

/** First days of the month, the week and the part of the month that today lies in. */
export interface Running {
  readonly month: number
  readonly week: number
  readonly part: number
  readonly today: number
}

export function runningOn(today: number, weekStart: Weekday): Running {
  const [year, month] = dayText(today).split('-').map(Number) as [number, number]
  const first = monthStart(year, month)
  const week = today - ((weekdayOf(today) - weekStart + WEEK) % WEEK)
  return { month: first, week, part: Math.max(first, week), today }
}

/** `today`: the day that is not over. */
export function timeTree(weekStart: Weekday, today: number): TimeTree {
  const running = runningOn(today, weekStart)
  const roots = new Map<string, TimeNode>()
  const opened = new Map<TimeNode, readonly TimeNode[]>()
  const partsOf = (node: TimeNode) => {
    const parts = opened.get(node) ?? partsOfNode(node, weekStart)
    opened.set(node, parts)
    return parts
  }
  const root = (name: string, kind: TimeNode['kind'], span: Span): TimeNode[] => {
    if (span[0] >= span[1]) return []
    const known = roots.get(name) ?? { kind, spans: [span], within: null }
    roots.set(name, known)
    return [known]
  }
  const rootsBetween = (from: number, until: number): TimeNode[] => {
    const years = Array.from({ length: yearOf(until - 1) - yearOf(from) + 1 }, (_unused, step) => yearOf(from) + step)
    const over = years.flatMap((year) =>
      root(String(year), 'year', [monthStart(year, 1), Math.min(monthStart(year + 1, 1), running.month)]),
    )
    if (until <= running.month) return over
    const month = root('month', 'month', [running.month, running.part])
    return [...over, ...month, ...root('part', 'week', [running.part, running.today])]
  }
  const coverWithin = (node: TimeNode, from: number, until: number): TimeNode[] => {
    if (node.spans.every((span) => span[0] >= from && span[1] <= until)) return [node]
    if (node.spans.every((span) => span[1] <= from || span[0] >= until)) return []
    return partsOf(node).flatMap((part) => coverWithin(part, from, until))
  }
  const leavesOf = (node: TimeNode): readonly TimeNode[] => opened.get(node)?.flatMap(leavesOf) ?? [node]
  const inside = (from: number, until: number) =>
    from < until ? rootsBetween(from, until).flatMap((node) => coverWithin(node, from, until)) : []
  return {
    inside,
    cover: (from, until) => {
      if (from >= until) return null
      const nodes = inside(from, until)
      return nodes.reduce((sum, node) => sum + sizeOf(node), 0) === until - from ? nodes : null
    },
    partsOf: (node) => opened.get(node) ?? null,
    leaves: () => [...roots.values()].toSorted((a, b) => a.spans[0]![0] - b.spans[0]![0]).flatMap(leavesOf),
  }
}

const yearOf = (day: number) => Number(dayText(day).slice(0, 4))
const sizeOf = ({ spans }: TimeNode) => spans.reduce((sum, [from, until]) => sum + until - from, 0)

function partsOfNode(node: TimeNode, weekStart: Weekday): TimeNode[] {
  const below = BELOW[node.kind]
  if (below !== undefined) return byMonths(node, below)
  if (node.kind === 'month') return weeksOf(node, weekStart)
  if (node.kind === 'ends') return node.spans.map((span) => ({ kind: 'end', spans: [span], within: node }))
  return node.spans.flatMap(([from, until]) =>
    Array.from({ length: until - from }, (_unused, day): TimeNode => {
      return { kind: 'day', spans: [[from + day, from + day + 1]], within: node }
    }),
  )
}

/** Parts that have not begun, and the month that runs, are none. */
function byMonths(node: TimeNode, kind: TimeNode['kind']): TimeNode[] {
  const [from, end] = node.spans[0]!
  const [year, month] = dayText(from).split('-').map(Number) as [number, number]
  const size = MONTHS[kind]!
  return Array.from({ length: MONTHS[node.kind]! / size }, (_unused, part): TimeNode => {
    const first = month + part * size
    const span: Span = [monthStart(year, first), Math.min(monthStart(year, first + size), end)]
    return { kind, spans: [span], within: node }
  }).filter((part) => part.spans[0]![0] < part.spans[0]![1])
}

/** The days before the first and after the last whole week are one part: each alone would often be a day or two. */
function weeksOf(month: TimeNode, weekStart: Weekday): TimeNode[] {
  const [from, until] = month.spans[0]!
  const first = Math.min(until, from + ((weekStart - weekdayOf(from) + WEEK) % WEEK))
  const weeks: TimeNode[] = []
  let end = first
  for (; end + WEEK <= until; end += WEEK) weeks.push({ kind: 'week', spans: [[end, end + WEEK]], within: month })
  const ends = [[from, first] as const, [end, until] as const].filter((span) => span[0] < span[1])
  if (ends.length === 0) return weeks
  return [...weeks, { kind: ends.length === 1 ? 'end' : 'ends', spans: ends, within: month }]
}
