import type { Cannot } from '../../estimates/estimate.ts'
import { USUAL_CONFIDENCE } from '../../intervals/interval.ts'
import { type Arrangement, randomisationInterval } from './randomisation-interval.ts'

export interface SteppedWedgeEffect {
  kind: 'estimate'
  /** Weighted mean over periods of treated mean - untreated mean. */
  estimate: number
  lower: number
  upper: number
  pValue: number
  method: 'exact' | 'sampled'
  arrangements: number
  /** Difference and weight of each period that has both treated and untreated clusters. */
  periods: { period: number; difference: number; weight: number }[]
  confidence: number
}

const EXACT_LIMIT = 20_000
const USUAL_SAMPLES = 5_000

/**
 * Effect of a stepped wedge by comparison within periods, tested by permuting which cluster had which sequence.
 *
 * When to use: staggered introduction over branches whose order was drawn at random. Chosen over a mixed model because it needs no model of
 * time or of correlation and keeps its size with few clusters; it gives up what before/after within clusters would tell, so it needs more of
 * them: where `steppedWedgeDesign`, which assumes a mixed model, promises 80 % power this test had 54 to 56 % (12 and 24 branches, correlation
 * 0.05; reference/calibrate-experiments.ts).
 * Formula in words: in each period the mean of treated less the mean of untreated clusters; periods weighted by the harmonic size n1 n0 / (n1 +
 * n0); the sequences are given to the clusters in all ways (or `samples` random ways), p and interval as `randomisationInterval`.
 * Sources: Thompson, Davey, Fielding, Hargreaves and Hayes (2018), Statistics in Medicine 37:2487-2500 (within-period, cluster summaries,
 * permutation); weights by cluster numbers, as equal variances imply.
 * Arguments: `outcomes` clusters x periods, cluster-period means (or rates), null where missing; `treated` same shape, 0 or 1; `strata` one
 * name per cluster when the order was drawn within strata (then sampled); `random` in [0, 1) when more than 20,000 arrangements exist.
 * Units: those of the outcome. Assumes one constant effect; unequal cluster-period sizes are not weighted.
 * Edge cases: no period with both kinds 'no-overlap'; fewer than three clusters 'too-few'; values not finite 'not-finite'; all within-period
 * values equal 'constant'. Errors: RangeError for shapes, entries, samples, sampling without `random`. Cost: O(arrangements clusters periods).
 */
export function steppedWedgeEffect(input: {
  outcomes: readonly (readonly (number | null)[])[]
  treated: readonly (readonly number[])[]
  strata?: readonly string[]
  confidence?: number
  samples?: number
  random?: () => number
}): SteppedWedgeEffect | Cannot<'no-overlap' | 'too-few' | 'not-finite' | 'constant'> {
  const { outcomes, treated, strata, confidence = USUAL_CONFIDENCE, samples = USUAL_SAMPLES, random } = input
  requireWedge(outcomes, treated, strata, samples)
  if (outcomes.length < 3) return { kind: 'cannot', because: 'too-few', detail: 'at least three clusters are needed' }
  if (!outcomes.flat().every((value) => value === null || Number.isFinite(value)))
    return { kind: 'cannot', because: 'not-finite', detail: 'an outcome is not a finite number' }
  const identity = outcomes.map((_, i) => i)
  const actual = withinPeriods(outcomes, treated, identity)
  if (actual.periods.length === 0)
    return { kind: 'cannot', because: 'no-overlap', detail: 'no period has both treated and untreated clusters' }
  const flat = actual.periods.every(({ period }) => {
    const seen = outcomes.flatMap((row) => (row[period] === null ? [] : [row[period]!]))
    return seen.every((value) => value === seen[0])
  })
  if (flat) return { kind: 'cannot', because: 'constant', detail: 'within each period all clusters are equal' }
  const arrangements: Arrangement[] = []
  const given = masked(outcomes, treated)
  const look = (order: readonly number[]) => {
    const { estimate: outcome } = withinPeriods(outcomes, treated, order)
    const { estimate: treatment } = withinPeriods(given, treated, order)
    // An order that leaves a period without one kind has fewer periods; without any it says nothing.
    if (Number.isFinite(outcome)) arrangements.push({ outcome, treatment })
  }
  const kinds = sequenceKinds(treated)
  const exact = !strata && arrangementsOf(kinds) <= EXACT_LIMIT
  if (exact) listOrders(kinds, look)
  else {
    if (!random) throw new RangeError('random must be given: there are too many arrangements to list')
    look(identity)
    for (let sample = 0; sample < samples; sample++) look(shuffledOrder(identity, strata, random))
  }
  const { estimate } = actual
  const test = randomisationInterval({ estimate, arrangements, confidence })
  const method = exact ? 'exact' : 'sampled'
  return {
    kind: 'estimate',
    estimate,
    ...test,
    method,
    arrangements: arrangements.length,
    periods: actual.periods,
    confidence,
  }
}

function requireWedge(
  outcomes: readonly (readonly (number | null)[])[],
  treated: readonly (readonly number[])[],
  strata: readonly string[] | undefined,
  samples: number,
): void {
  const periods = treated[0]?.length ?? 0
  if (outcomes.length !== treated.length) throw new RangeError('outcomes and treated must have the same clusters')
  outcomes.forEach((row, i) => {
    if (row.length !== periods || treated[i]!.length !== periods)
      throw new RangeError('outcomes and treated must have the same periods')
    if (treated[i]!.some((value) => value !== 0 && value !== 1))
      throw new RangeError(`treated[${i}] must hold 0 and 1 only`)
  })
  if (strata && strata.length !== outcomes.length) throw new RangeError(`strata must have ${outcomes.length} names`)
  if (!Number.isInteger(samples) || samples < 1)
    throw new RangeError(`samples must be a positive whole number, got ${samples}`)
}

/** The treatment itself as an outcome, missing where the outcome is. */
function masked(
  outcomes: readonly (readonly (number | null)[])[],
  treated: readonly (readonly number[])[],
): (number | null)[][] {
  return outcomes.map((row, i) => row.map((value, t) => (value === null ? null : treated[i]![t]!)))
}

/** The weighted difference when cluster i has the sequence of cluster order[i]. */
function withinPeriods(
  outcomes: readonly (readonly (number | null)[])[],
  treated: readonly (readonly number[])[],
  order: readonly number[],
): { estimate: number; periods: { period: number; difference: number; weight: number }[] } {
  const periods: { period: number; difference: number; weight: number }[] = []
  let [sum, weights] = [0, 0]
  for (let period = 0; period < treated[0]!.length; period++) {
    const totals = [0, 0]
    const counts = [0, 0]
    for (let i = 0; i < outcomes.length; i++) {
      const value = outcomes[i]![period]!
      if (value === null) continue
      const kind = treated[order[i]!]![period]!
      totals[kind]! += value
      counts[kind]!++
    }
    const [untreated, given] = counts as [number, number]
    if (untreated === 0 || given === 0) continue
    const difference = totals[1]! / given - totals[0]! / untreated
    const weight = (untreated * given) / (untreated + given)
    periods.push({ period, difference, weight })
    sum += weight * difference
    weights += weight
  }
  return { estimate: sum / weights, periods }
}

/** For each cluster the first cluster with the same sequence. */
function sequenceKinds(treated: readonly (readonly number[])[]): number[] {
  const seen = new Map<string, number>()
  return treated.map((row, i) => {
    const name = row.join('')
    if (!seen.has(name)) seen.set(name, i)
    return seen.get(name)!
  })
}

/** Number of different orders: n! over the factorials of the repeats, Infinity when far above the limit. */
function arrangementsOf(kinds: readonly number[]): number {
  const counts = new Map<number, number>()
  let count = 1
  kinds.forEach((kind, i) => {
    const repeat = (counts.get(kind) ?? 0) + 1
    counts.set(kind, repeat)
    count = (count * (i + 1)) / repeat
  })
  return Math.round(count)
}

/** All different orders of a multiset: Knuth (2011), The Art of Computer Programming 4A, algorithm 7.2.1.2 L. */
function listOrders(kinds: readonly number[], look: (order: readonly number[]) => void): void {
  const order = [...kinds].sort((a, b) => a - b)
  for (;;) {
    look(order)
    let j = order.length - 2
    while (j >= 0 && order[j]! >= order[j + 1]!) j--
    if (j < 0) return
    let l = order.length - 1
    while (order[j]! >= order[l]!) l--
    ;[order[j], order[l]] = [order[l]!, order[j]!]
    for (let [a, b] = [j + 1, order.length - 1]; a < b; a++, b--) [order[a], order[b]] = [order[b]!, order[a]!]
  }
}

function shuffledOrder(
  identity: readonly number[],
  strata: readonly string[] | undefined,
  random: () => number,
): number[] {
  const order = [...identity]
  const groups = new Map<string, number[]>()
  for (const i of identity) {
    const name = strata?.[i] ?? ''
    groups.set(name, [...(groups.get(name) ?? []), i])
  }
  for (const group of groups.values()) {
    for (let i = group.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      const [a, b] = [group[i]!, group[j]!]
      ;[order[a], order[b]] = [order[b]!, order[a]!]
    }
  }
  return order
}
