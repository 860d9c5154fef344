/** A fact: the state of one filtered event stream over some entities and a stretch of time. Only facts touch events. */
import type { Condition, EventStream, Pair } from '../../contract/definition.ts'

/**
 * Where rows come from: events of one type, or one row for each `from` event of a pair. A pair's row carries the values
 * `hours` (to its match, or the whole window where it counts as late) and `matched` (1 or 0).
 */
export type Source =
  | { readonly kind: 'events'; readonly eventType: string }
  | { readonly kind: 'pairs'; readonly pair: Pair; readonly same: boolean }

/** What one row must have to be counted: the conditions, and the value where one is named. */
export interface Part {
  readonly value: string | null
  readonly where: readonly Condition[]
}

export type Figure = 'n' | 'total' | 'squares' | 'lowest' | 'highest' | 'last' | 'quantile' | 'distinct'

export interface Fact {
  readonly source: Source
  /** All must hold. */
  readonly where: readonly Condition[]
  /** Rows that fulfil all conditions of any of these groups are left out. */
  readonly without: readonly (readonly Condition[])[]
  /** A row counts when it has any of these. */
  readonly parts: readonly Part[]
  /** The amount whose sum, squares and ends are kept: 1 for each row, or a value. */
  readonly amount: { readonly of: 'rows' } | { readonly of: 'value'; readonly name: string }
  readonly low: number | null
  readonly high: number | null
  readonly figures: readonly Figure[]
  readonly quantile: number | null
  /** The attribute whose different values are counted. */
  readonly distinct: string | null
}

/** Figures that were not asked for are 0 or null. */
export interface FactState {
  readonly n: number
  readonly total: number
  readonly squares: number
  readonly lowest: number | null
  readonly highest: number | null
  /** The newest row's amount. */
  readonly last: number | null
  readonly quantile: number | null
  readonly distinct: number
}

export const EMPTY_STATE: FactState = {
  n: 0,
  total: 0,
  squares: 0,
  lowest: null,
  highest: null,
  last: null,
  quantile: null,
  distinct: 0,
}

/** States that may be added up over periods or entities without looking at events again. */
export const ADDITIVE: ReadonlySet<Figure> = new Set(['n', 'total', 'squares', 'lowest', 'highest'])

export function addStates(one: FactState, other: FactState): FactState {
  const end = (pick: (a: number, b: number) => number, a: number | null, b: number | null) =>
    a === null ? b : b === null ? a : pick(a, b)
  return {
    n: one.n + other.n,
    total: one.total + other.total,
    squares: one.squares + other.squares,
    lowest: end(Math.min, one.lowest, other.lowest),
    highest: end(Math.max, one.highest, other.highest),
    last: other.last ?? one.last,
    quantile: null,
    distinct: 0,
  }
}

export interface FactOptions {
  readonly parts?: readonly Part[]
  readonly value?: string | null
  readonly quantile?: number
  readonly distinct?: string
  readonly low?: number | null
  readonly high?: number | null
}

export function factOf(
  source: Source,
  where: readonly Condition[],
  figures: readonly Figure[],
  options: FactOptions = {},
): Fact {
  const { value = null, parts = [{ value, where: [] }], low = null, high = null } = options
  const { quantile = null, distinct = null } = options
  const amount = value === null ? ({ of: 'rows' } as const) : ({ of: 'value', name: value } as const)
  return { source, where, without: [], parts, amount, low, high, figures, quantile, distinct }
}

export const eventSource = (eventType: string): Source => ({ kind: 'events', eventType })
export const streamSource = ({ eventType }: EventStream): Source => eventSource(eventType)
