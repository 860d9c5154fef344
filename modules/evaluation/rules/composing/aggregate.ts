/**
 * From points of items to one composite. Sums, products and fuzzy composites look at one unit; the others at all units together, so
 * their errors are found by drawing the values anew. Sources and conventions stand with the functions of the weighting library.
 */
import { envelopmentAnalysis } from '#weighting/efficiency/envelopment-analysis'
import { greyRelation } from '#weighting/aggregation/grey-relation'
import { topsis } from '#weighting/aggregation/topsis'
import { vikor } from '#weighting/aggregation/vikor'
import { weightedProduct } from '#weighting/aggregation/weighted-product'
import { fuzzyEvaluation } from '#weighting/fuzzy/fuzzy-evaluation'
import { gradeMemberships } from '#weighting/fuzzy/membership'
import { normalQuantile } from '#stats/distributions/normal-quantile'
import type { Aggregation, SchemeDraft } from '../../contract/scheme.ts'
import type { FlatItem } from '../schemes/flat-items.ts'
import type { ComposedItem } from './compose.ts'

export interface AggregatorInput {
  readonly items: readonly ComposedItem[]
  readonly weights: readonly Float64Array[]
  readonly reasons: Uint8Array
  readonly random: () => number
}
export interface Aggregated {
  readonly composite: Float64Array
  readonly errors: Float64Array
}
type Aggregator = (input: AggregatorInput) => Aggregated

const RELATIVE: readonly Aggregation['kind'][] = ['topsis', 'vikor', 'grey-relational', 'data-envelopment']
/** Compared with all others at once: every item must be there. */
export const isRelative = ({ kind }: Aggregation): boolean => RELATIVE.includes(kind)
/** How often values are drawn anew for the error of a relative composite: its own error is then known to some 5 %. */
const REDRAWS = 200
const FULL = 100

export function aggregatorOf(draft: SchemeDraft, flat: readonly FlatItem[]): Aggregator {
  const { aggregation } = draft
  switch (aggregation.kind) {
    case 'weighted-sum':
      return weightedSum
    case 'weighted-product':
      return ofOneUnit((points, weights) => weightedProduct(floored(points, aggregation.leastPoints), weights, REFUSE))
    case 'fuzzy':
      return ofOneUnit((points, weights) => fuzzyPoints(aggregation, points, weights))
    default:
      return relative(aggregation, flat)
  }
}
const REFUSE = { kind: 'refuse' } as const
const floored = (points: readonly number[], least: number) => points.map((each) => Math.max(each, least))

const weightedSum: Aggregator = ({ items, weights, reasons }) => {
  const count = reasons.length
  const composite = new Float64Array(count)
  const errors = new Float64Array(count)
  for (const [place, { points, pointErrors, missing }] of items.entries()) {
    const own = weights[place]!
    for (let unit = 0; unit < count; unit += 1) {
      if (missing[unit]) continue
      composite[unit]! += own[unit]! * points[unit]!
      errors[unit]! += (own[unit]! * pointErrors[unit]!) ** 2
    }
  }
  for (let unit = 0; unit < count; unit += 1) {
    errors[unit] = Math.sqrt(errors[unit]!)
    if (reasons[unit] !== 0) composite[unit] = errors[unit] = Number.NaN
  }
  return { composite, errors }
}

/** Half a point to either side: small against 100, large against rounding. */
const NUDGE_POINTS = 0.5

/** Any function of one unit's points; its error by the delta method with slopes from nudging each item. */
function ofOneUnit(value: (points: readonly number[], weights: readonly number[]) => number): Aggregator {
  return ({ items, weights, reasons }) => {
    const count = reasons.length
    const composite = new Float64Array(count).fill(Number.NaN)
    const errors = new Float64Array(count).fill(Number.NaN)
    for (let unit = 0; unit < count; unit += 1) {
      if (reasons[unit] !== 0) continue
      const known = items.flatMap((item, place) => (item.missing[unit] ? [] : [place]))
      const points = known.map((place) => items[place]!.points[unit]!)
      const own = known.map((place) => weights[place]![unit]!)
      composite[unit] = value(points, own)
      let variance = 0
      for (const [index, place] of known.entries()) {
        const error = items[place]!.pointErrors[unit]!
        if (error === 0) continue
        const at = (nudged: number) => value(points.with(index, Math.min(FULL, Math.max(0, nudged))), own)
        const slope = (at(points[index]! + NUDGE_POINTS) - at(points[index]! - NUDGE_POINTS)) / (2 * NUDGE_POINTS)
        variance += (slope * error) ** 2
      }
      errors[unit] = Math.sqrt(variance)
    }
    return { composite, errors }
  }
}

const OPERATORS = {
  'min-max': 'min-max',
  'product-max': 'product-max',
  'min-bounded-sum': 'min-bounded-sum',
  'weighted-average': 'product-bounded-sum',
} as const

function fuzzyPoints(
  { operator, levels }: Extract<Aggregation, { kind: 'fuzzy' }>,
  points: readonly number[],
  weights: readonly number[],
): number {
  const memberships = points.map((each) => gradeMemberships(each, levels))
  const found = fuzzyEvaluation({ memberships, weights, operator: OPERATORS[operator], gradeValues: levels })
  return found.kind === 'cannot' ? Number.NaN : (found.centroid ?? Number.NaN)
}

/** A composite for each row of used values and points, 0 to 100; null where the rows allow none. */
type RelativeRule = (rows: {
  points: readonly (readonly number[])[]
  values: readonly (readonly number[])[]
}) => readonly number[] | null

function relativeRule(aggregation: Aggregation, flat: readonly FlatItem[], weights: readonly number[]): RelativeRule {
  const directions = flat.map(() => 'benefit' as const)
  switch (aggregation.kind) {
    case 'topsis':
      return ({ points: rows }) => {
        const found = topsis({ rows, weights, directions, normalisation: 'none' })
        return found.kind === 'cannot' ? null : found.units.map(({ closeness }) => FULL * closeness)
      }
    case 'vikor':
      return ({ points: rows }) => {
        const found = vikor({ rows, weights, directions, majority: aggregation.v })
        return found.kind === 'cannot' ? null : found.units.map(({ index }) => FULL * (1 - index))
      }
    case 'grey-relational':
      return ({ points: rows }) => {
        const reference = { kind: 'ideal' } as const
        const found = greyRelation({ rows, weights, directions, reference, distinguishing: aggregation.rho })
        return found.kind === 'cannot' ? null : found.grades.map((grade) => FULL * grade)
      }
    case 'data-envelopment':
      return ({ values }) => {
        const part = (role: FlatItem['role']) =>
          values.map((row) => row.filter((_value, place) => flat[place]!.role === role))
        const model = aggregation.returns === 'constant' ? 'ccr' : 'bcc'
        const { orientation } = aggregation
        const found = envelopmentAnalysis({
          inputs: part('resource'),
          outputs: part('result'),
          model,
          orientation,
          slackUnits: 'relative',
        })
        return found.kind === 'cannot' ? null : found.units.map(({ efficiency }) => FULL * efficiency)
      }
    default:
      throw new Error(`${aggregation.kind} looks at one unit`)
  }
}

function relative(aggregation: Aggregation, flat: readonly FlatItem[]): Aggregator {
  const rule = relativeRule(
    aggregation,
    flat,
    flat.map((item) => item.globalWeight),
  )
  const redraws = aggregation.kind === 'data-envelopment' ? 0 : REDRAWS
  return ({ items, reasons, random }) => {
    const count = reasons.length
    const composite = new Float64Array(count).fill(Number.NaN)
    const errors = new Float64Array(count).fill(Number.NaN)
    const units = Array.from({ length: count }, (_unused, unit) => unit).filter(
      (unit) => reasons[unit] === 0 && items.every((item) => !item.missing[unit]),
    )
    const rowsOf = (pick: (item: ComposedItem, unit: number) => number) =>
      units.map((unit) => items.map((item) => pick(item, unit)))
    const found = rule({
      points: rowsOf((item, unit) => item.points[unit]!),
      values: rowsOf((item, unit) => item.used[unit]!),
    })
    if (!found) return { composite, errors }
    for (const [index, unit] of units.entries()) composite[unit] = found[index]!
    const sums = new Float64Array(units.length)
    const squares = new Float64Array(units.length)
    for (let drawn = 0; drawn < redraws; drawn += 1) {
      const points = rowsOf((item, unit) => within(item.points[unit]! + item.pointErrors[unit]! * deviate(random)))
      const again = rule({ points, values: [] })
      for (let index = 0; index < units.length; index += 1) {
        const difference = (again?.[index] ?? found[index]!) - found[index]!
        sums[index]! += difference
        squares[index]! += difference ** 2
      }
    }
    for (const [index, unit] of units.entries()) {
      const mean = sums[index]! / redraws
      errors[unit] = redraws === 0 ? 0 : Math.sqrt(Math.max(0, squares[index]! / redraws - mean * mean))
    }
    return { composite, errors }
  }
}

const within = (points: number) => Math.min(FULL, Math.max(0, points))
/** A standard normal deviate by the inverse of its distribution; 0 and 1 cannot be asked. */
const deviate = (random: () => number) => normalQuantile(Math.min(1 - 2 ** -53, Math.max(2 ** -53, random())))
