/**
 * Values of small units drawn towards their peers (empirical Bayes): shares by beta-binomial, events for an exposure by gamma-Poisson, means
 * by normal-normal. Priors by moments (Kleinman 1973, Marshall 1991, DerSimonian and Laird 1986): closed forms of sums, so that the store can
 * work them out for a million units in the same way.
 */
import { betaMoments } from '#stats/shrinkage/beta-binomial-prior'
import { betweenVariance } from '#stats/shrinkage/between-variance'
import { gammaMoments } from '#stats/shrinkage/gamma-poisson-prior'
import type { ItemColumn } from './readings.ts'

export interface Prior {
  readonly item: string
  /** Place of the peer group. */
  readonly group: number
  /** In the indicator's unit. */
  readonly mean: number
  /** How many cases the prior is worth; for means 1 / variance between units. Infinity: units do not differ beyond chance. */
  readonly strength: number
}

/** Fewer peers say nothing about what is usual. */
export const PEERS_NEEDED = 3

/** Draws `used` and `usedErrors` in place; groups that are too small, or all alike in a way that tells nothing, stay as they are. */
export function shrinkColumn(
  item: string,
  column: ItemColumn,
  drawn: { readonly used: Float64Array; readonly usedErrors: Float64Array },
  members: readonly Int32Array[],
): Prior[] {
  const priors: Prior[] = []
  for (const [group, own] of members.entries()) {
    const units = own.filter((unit) => !Number.isNaN(drawn.used[unit]!))
    if (units.length < PEERS_NEEDED) continue
    const prior = shrinkGroup(column, drawn, units)
    if (prior) priors.push({ item, group, ...prior })
  }
  return priors
}

type Drawn = Parameters<typeof shrinkColumn>[2]
type Found = Pick<Prior, 'mean' | 'strength'> | null

function shrinkGroup(column: ItemColumn, drawn: Drawn, units: Int32Array): Found {
  if (column.scatter === 'binomial') return shrinkShares(column, drawn, units)
  if (column.scatter === 'poisson') return shrinkRates(column, drawn, units)
  return shrinkMeans(drawn, units)
}

/** What is the same in both: n cases of the unit's own against the prior's strength. */
function draw(value: number, n: number, { mean, strength }: Pick<Prior, 'mean' | 'strength'>): number {
  return strength === Infinity ? mean : (n * value + strength * mean) / (n + strength)
}

function shrinkShares({ ns, scale }: ItemColumn, { used, usedErrors }: Drawn, units: Int32Array): Found {
  const counted = Array.from(units, (unit) => ({ successes: (used[unit]! / scale) * ns[unit]!, trials: ns[unit]! }))
  const successes = counted.reduce((sum, each) => sum + each.successes, 0)
  const trials = counted.reduce((sum, each) => sum + each.trials, 0)
  if (successes <= 0 || successes >= trials || counted.every((each) => each.trials <= 1)) return null
  const { mean, concentration } = betaMoments(counted)
  const prior = { mean, strength: concentration ?? Infinity }
  for (const unit of units) {
    const n = ns[unit]!
    const share = draw(used[unit]! / scale, n, prior)
    used[unit] = share * scale
    // The posterior is a beta distribution of n + strength trials.
    usedErrors[unit] = Math.sqrt((share * (1 - share)) / (n + prior.strength + 1)) * scale
  }
  return { mean: mean * scale, strength: prior.strength }
}

function shrinkRates({ ns, scale }: ItemColumn, { used, usedErrors }: Drawn, units: Int32Array): Found {
  const counted = Array.from(units, (unit) => ({ count: (used[unit]! / scale) * ns[unit]!, exposure: ns[unit]! }))
  if (counted.every((each) => each.count === 0)) return null
  const { mean, shape } = gammaMoments(counted)
  const prior = { mean, strength: shape === null ? Infinity : shape / mean }
  for (const unit of units) {
    const exposure = ns[unit]!
    const rate = draw(used[unit]! / scale, exposure, prior)
    used[unit] = rate * scale
    // The posterior is a gamma distribution whose rate is exposure + strength.
    usedErrors[unit] = Math.sqrt(rate / (exposure + prior.strength)) * scale
  }
  return { mean: mean * scale, strength: prior.strength }
}

function shrinkMeans({ used, usedErrors }: Drawn, units: Int32Array): Found {
  const uncertain = units.filter((unit) => usedErrors[unit]! > 0)
  if (uncertain.length < PEERS_NEEDED) return null
  const groups = Array.from(uncertain, (unit) => ({ estimate: used[unit]!, standardError: usedErrors[unit]! }))
  const { mean, variance } = betweenVariance(groups, 'dersimonian-laird')
  for (const unit of uncertain) {
    const error = usedErrors[unit]!
    const own = variance / (variance + error * error)
    used[unit] = own * used[unit]! + (1 - own) * mean
    usedErrors[unit] = Math.sqrt(own) * error
  }
  return { mean, strength: 1 / variance }
}
