/** One period of a scheme: from what was measured of all units to their points and composites, with errors. Pure, the same in server and browser. */
import { missingReasons, notRankedReasons } from '../../contract/scores.ts'
import type { SchemeDraft } from '../../contract/scheme.ts'
import { flatItems, type FlatItem } from '../schemes/flat-items.ts'
import { aggregatorOf, isRelative } from './aggregate.ts'
import { effectiveWeights, weightPlan } from './effective-weights.ts'
import { capPoints } from './gates.ts'
import { momentsOf, type PointsFunction, pointsFunction } from './points.ts'
import { HIDDEN, type ItemColumn, membersOf, NO_VALUE, PRESENT, type Readings, TOO_FEW } from './readings.ts'
import { type Prior, shrinkColumn } from './shrink.ts'

export type MissingReason = (typeof missingReasons)[number]
export type NotRankedReason = (typeof notRankedReasons)[number]

export interface ComposedItem {
  /** What was turned into points: the value, drawn towards the peers where the scheme says so. NaN where missing. */
  readonly used: Float64Array
  readonly usedErrors: Float64Array
  readonly points: Float64Array
  readonly pointErrors: Float64Array
  /** `PRESENT`, or why it is missing. */
  readonly missing: Uint8Array
  readonly provisional: Uint8Array
  /** One for each peer group; null where the peers allow none. */
  readonly functions: readonly (PointsFunction | null)[]
}

export interface Composed {
  readonly items: readonly ComposedItem[]
  /** Effective weights, one column for each item. */
  readonly weights: readonly Float64Array[]
  /** NaN where not ranked. Gates that cap points are applied in `composite`, not in `uncapped`. */
  readonly composite: Float64Array
  readonly uncapped: Float64Array
  readonly errors: Float64Array
  /** 0 ranked, else 1 + place in `notRankedReasons`. */
  readonly reasons: Uint8Array
  /** Smallest n among the items that counted. */
  readonly ns: Float64Array
  readonly provisional: Uint8Array
  readonly priors: readonly Prior[]
  /** Where z-scores stand, by item and place of the peer group. */
  readonly moments: readonly Moments[]
}

export interface Moments {
  readonly item: string
  readonly group: number
  readonly mean: number
  readonly deviation: number
}

const reasonCode = (reason: NotRankedReason) => 1 + notRankedReasons.indexOf(reason)
export const reasonOf = (code: number): NotRankedReason | null => (code === 0 ? null : notRankedReasons[code - 1]!)
export const missingReasonOf = (code: number): MissingReason | null =>
  code === PRESENT ? null : missingReasons[code - 1]!

/** `random` is needed for relative aggregations only, whose errors are drawn. */
export function compose(draft: SchemeDraft, readings: Readings, random: () => number): Composed {
  const flat = flatItems(draft)
  const members = membersOf(readings)
  const priors: Prior[] = []
  const moments: Moments[] = []
  const around = { readings, members, priors, moments }
  const items = flat.map((item, place) => composeItem(item, readings.items[place]!, around))
  const weighed = weigh(draft, flat, items, readings)
  const aggregate = aggregatorOf(draft, flat)
  const { composite, errors } = aggregate({ items, weights: weighed.weights, reasons: weighed.reasons, random })
  if (isRelative(draft.aggregation)) markNotCalculable(composite, weighed.reasons)
  const uncapped = composite.slice()
  capPoints(draft.gates, readings.gates, composite)
  return { items, ...weighed, composite, uncapped, errors, priors, moments }
}

interface Surroundings {
  readonly readings: Readings
  readonly members: readonly Int32Array[]
  readonly priors: Prior[]
  readonly moments: Moments[]
}

function composeItem(item: FlatItem, column: ItemColumn, around: Surroundings): ComposedItem {
  const { readings, members, priors, moments } = around
  const { count, groups } = readings
  const minimumN = item.minimumN ?? column.minimumN
  const used = column.values.slice()
  const usedErrors = column.errors.slice()
  const missing = new Uint8Array(count)
  const provisional = new Uint8Array(count)
  const drawn = item.shrink === 'peers' && column.scatter !== 'unknown'
  for (let unit = 0; unit < count; unit += 1) {
    if (Number.isNaN(used[unit]!)) missing[unit] = column.hidden[unit] ? HIDDEN : NO_VALUE
    else if (column.ns[unit]! < minimumN) {
      if (drawn || item.belowMinimum === 'provisional') provisional[unit] = 1
      else missing[unit] = TOO_FEW
    }
    if (missing[unit]) used[unit] = usedErrors[unit] = Number.NaN
  }
  if (drawn) priors.push(...shrinkColumn(item.id, column, { used, usedErrors }, members))
  const peers = members.map((own) => sortedOf(used, own))
  const functions = peers.map((own) => pointsFunction(item.transform, column.better, own))
  if (item.transform.kind === 'z-score')
    for (const [group, own] of peers.entries())
      if (own.length > 1) moments.push({ item: item.id, group, ...momentsOf(own) })
  const points = new Float64Array(count).fill(Number.NaN)
  const pointErrors = new Float64Array(count)
  for (let unit = 0; unit < count; unit += 1) {
    const value = used[unit]!
    if (Number.isNaN(value)) continue
    const own = functions[groups[unit]!]
    if (!own) {
      missing[unit] = NO_VALUE
      continue
    }
    points[unit] = own.points(value)
    const error = usedErrors[unit]!
    pointErrors[unit] = error > 0 ? own.error(value, error) : 0
  }
  return { used, usedErrors, points, pointErrors, missing, provisional, functions }
}

function sortedOf(values: Float64Array, places: Int32Array): Float64Array {
  const known = new Float64Array(places.length)
  let count = 0
  for (const place of places) if (!Number.isNaN(values[place]!)) known[count++] = values[place]!
  return known.subarray(0, count).sort()
}

/** Effective weights, who is ranked, and what a unit rests on. */
function weigh(draft: SchemeDraft, flat: readonly FlatItem[], items: readonly ComposedItem[], readings: Readings) {
  const { count } = readings
  const plan = weightPlan(flat, draft.missing)
  const weights = flat.map(() => new Float64Array(count))
  const reasons = new Uint8Array(count)
  const provisional = new Uint8Array(count)
  const ns = new Float64Array(count)
  const present = new Uint8Array(flat.length)
  const own = new Float64Array(flat.length)
  for (let unit = 0; unit < count; unit += 1) {
    let [least, known, tooFew, lacking] = [Infinity, 0, false, false]
    const dimensions = new Set<number>()
    for (let place = 0; place < flat.length; place += 1) {
      const item = items[place]!
      present[place] = item.missing[unit] === PRESENT ? 1 : 0
      if (present[place]) {
        known += 1
        dimensions.add(flat[place]!.dimensionPlace)
        least = Math.min(least, readings.items[place]!.ns[unit]!)
        if (item.provisional[unit]) provisional[unit] = 1
      } else {
        if (item.missing[unit] === TOO_FEW) tooFew = true
        if (flat[place]!.required) lacking = true
      }
    }
    ns[unit] = known > 0 ? least : 0
    const enough = effectiveWeights(plan, present, own)
    if (known > 0) for (let place = 0; place < flat.length; place += 1) weights[place]![unit] = own[place]!
    reasons[unit] = reasonCodeOf(draft, { enough: enough === 'enough', lacking, tooFew, known, least, dimensions })
  }
  return { weights, reasons, ns, provisional }
}

interface Counted {
  readonly enough: boolean
  readonly lacking: boolean
  readonly tooFew: boolean
  readonly known: number
  readonly least: number
  readonly dimensions: ReadonlySet<number>
}

function reasonCodeOf({ eligibility }: SchemeDraft, counted: Counted): number {
  const { enough, lacking, tooFew, known, least, dimensions } = counted
  if (!enough) return reasonCode(tooFew ? 'too-few' : 'missing-too-much')
  if (lacking) return reasonCode(tooFew ? 'too-few' : 'missing-required')
  if (known < eligibility.leastItems) return reasonCode('too-few-items')
  if (dimensions.size < eligibility.leastDimensions) return reasonCode('too-few-dimensions')
  if (least < eligibility.leastN) return reasonCode('too-few')
  return 0
}

function markNotCalculable(composite: Float64Array, reasons: Uint8Array): void {
  for (let unit = 0; unit < composite.length; unit += 1)
    if (reasons[unit] === 0 && Number.isNaN(composite[unit]!)) reasons[unit] = reasonCode('not-calculable')
}
