import { binomialTail } from '../distributions/binomial-tail.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import {
  type DispersionRule,
  type FunnelLimits,
  type FunnelResult,
  type FunnelUnit,
  funnelVerdict,
  overDispersion,
  USUAL_WINSORISED_SHARE,
} from './funnel-core.ts'

/**
 * Funnel plot of proportions: which units differ from the pooled share by more than chance allows for their size.
 *
 * When to use: comparing branches, windows or teams with different numbers of cases, without a league table.
 * Formula in words: limits at tail probabilities 2.5 % and 0.1 % around the target for each denominator; exact binomial with interpolation
 * between neighbouring counts, or target +- z root(phi target (1 - target) / n). phi is the mean squared z-score after the outermost
 * shares were pulled in to their quantiles (winsorised). With phi applied the limits are always of the second kind.
 * Source: Spiegelhalter (2005), Statistics in Medicine 24:1185-1202, exact limits, over-dispersion and winsorising.
 * Arguments: `target` a share agreed beforehand, default the pooled one; `limits` 'exact' or 'normal'; `winsorisedShare` at each end;
 * `dispersion`: 'significant' (widen only when phi > 1 and I phi exceeds the 95 % point of chi-square on I), 'above-one', 'never'.
 * Units: counts in, shares out. Assumes independent units and cases.
 * Edge cases: a unit without cases gets 'no-data'; fewer than two units with cases 'too-few-units'; a target of 0 or 1 'constant'.
 * Errors: RangeError for counts not whole, successes above trials, target outside [0, 1].
 * Convention: a unit exactly on a limit is inside. Winsorising makes the test of phi = 1 cautious (phi is below 1 on average when
 * chance alone is at work). Cost: O(I log I) plus, for exact limits, O(log n) binomial tails per unit and limit.
 */
export function proportionFunnel(input: {
  units: readonly { successes: number; trials: number }[]
  target?: number | undefined
  limits?: 'exact' | 'normal'
  dispersion?: DispersionRule
  winsorisedShare?: number
}): FunnelResult {
  const { units, limits = 'exact', dispersion = 'significant', winsorisedShare = USUAL_WINSORISED_SHARE } = input
  units.forEach(requireCounts)
  const trials = units.reduce((sum, unit) => sum + unit.trials, 0)
  const target = input.target ?? (trials > 0 ? units.reduce((sum, unit) => sum + unit.successes, 0) / trials : 0)
  if (!(target >= 0 && target <= 1)) throw new RangeError(`target must lie in [0, 1], got ${target}`)
  const withCases = units.filter((unit) => unit.trials > 0).length
  if (withCases < 2)
    return { kind: 'cannot', because: 'too-few-units', detail: `${withCases} units have cases; two are needed` }
  if (target === 0 || target === 1)
    return { kind: 'cannot', because: 'constant', detail: `the target share is ${target}` }
  const zOf = (unit: { successes: number; trials: number }) =>
    (unit.successes / unit.trials - target) / Math.sqrt((target * (1 - target)) / unit.trials)
  const spread = overDispersion(units.filter((unit) => unit.trials > 0).map(zOf), winsorisedShare, dispersion)
  const known = new Map<number, FunnelLimits>()
  const limitsFor = (count: number): FunnelLimits => {
    const found = known.get(count)
    if (found) return found
    const exact = limits === 'exact' && !spread.overDispersed
    const made = exact ? exactLimits(target, count) : normalLimits(target, count, spread.overDispersed ? spread.phi : 1)
    known.set(count, made)
    return made
  }
  const judge = (unit: { successes: number; trials: number }): FunnelUnit => {
    if (unit.trials === 0) return { value: null, z: null, limits: null, verdict: 'no-data' }
    const value = unit.successes / unit.trials
    const own = limitsFor(unit.trials)
    return { value, z: zOf(unit), limits: own, verdict: funnelVerdict(value, own) }
  }
  return { kind: 'funnel', target, ...spread, units: units.map(judge) }
}

function requireCounts(unit: { successes: number; trials: number }, index: number): void {
  if (!Number.isInteger(unit.trials) || unit.trials < 0) {
    throw new RangeError(`units[${index}].trials must be a whole number from 0, got ${unit.trials}`)
  }
  if (!Number.isInteger(unit.successes) || unit.successes < 0 || unit.successes > unit.trials) {
    throw new RangeError(`units[${index}].successes must be a whole number up to trials, got ${unit.successes}`)
  }
}

function normalLimits(target: number, trials: number, phi: number): FunnelLimits {
  const error = Math.sqrt((phi * target * (1 - target)) / trials)
  const wide = normalQuantile(0.001, 'upper') * error
  const narrow = normalQuantile(0.025, 'upper') * error
  return {
    lower95: Math.max(0, target - narrow),
    upper95: Math.min(1, target + narrow),
    lower998: Math.max(0, target - wide),
    upper998: Math.min(1, target + wide),
  }
}

function exactLimits(target: number, trials: number): FunnelLimits {
  return {
    lower95: exactLimit(target, trials, 0.025),
    upper95: exactLimit(target, trials, 0.975),
    lower998: exactLimit(target, trials, 0.001),
    upper998: exactLimit(target, trials, 0.999),
  }
}

/** Interpolated quantile: the smallest count whose lower tail reaches p, pulled back by the share of its own probability that lies beyond p. */
function exactLimit(target: number, trials: number, p: number): number {
  let low = 0
  let high = trials
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (binomialTail(middle, trials, target, 'lower') >= p) high = middle
    else low = middle + 1
  }
  const reached = binomialTail(low, trials, target, 'lower')
  const before = low === 0 ? 0 : binomialTail(low - 1, trials, target, 'lower')
  const back = (reached - p) / (reached - before)
  return Math.min(1, Math.max(0, (low - back) / trials))
}
