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
 * Funnel plot of means: which units differ from the pooled mean by more than chance allows for their size.
 *
 * When to use: comparing mean scores or mean minutes of branches with different numbers of cases.
 * Formula in words: target +- z times pooled standard deviation times root(phi / n), z for 95 % and 99.8 %; phi as in `proportionFunnel`.
 * Source: Spiegelhalter (2005), Statistics in Medicine 24:1185-1202, normal limits, over-dispersion and winsorising.
 * Arguments: `standardDeviation` the pooled spread of single cases within units, > 0; `target` default the case-weighted mean.
 * Units: those of the mean. Assumes counts large enough for normal means.
 * Edge cases: a unit without cases gets 'no-data'; fewer than two units with cases 'too-few-units'; standardDeviation 0 'constant';
 * a mean that is not finite in a unit with cases 'not-finite'.
 * Errors: RangeError for counts not whole or negative, a negative standardDeviation.
 * Convention: a unit exactly on a limit is inside. Cost: O(I log I).
 */
export function meanFunnel(input: {
  units: readonly { count: number; mean: number }[]
  standardDeviation: number
  target?: number | undefined
  dispersion?: DispersionRule
  winsorisedShare?: number
}): FunnelResult {
  const { units, standardDeviation, dispersion = 'significant', winsorisedShare = USUAL_WINSORISED_SHARE } = input
  units.forEach((unit, index) => {
    if (Number.isInteger(unit.count) && unit.count >= 0) return
    throw new RangeError(`units[${index}].count must be a whole number from 0, got ${unit.count}`)
  })
  if (!(standardDeviation >= 0)) throw new RangeError(`standardDeviation must be at least 0, got ${standardDeviation}`)
  const filled = units.filter((unit) => unit.count > 0)
  if (filled.length < 2) {
    return { kind: 'cannot', because: 'too-few-units', detail: `${filled.length} units have cases; two are needed` }
  }
  if (!filled.every((unit) => Number.isFinite(unit.mean)) || !Number.isFinite(standardDeviation)) {
    return { kind: 'cannot', because: 'not-finite', detail: 'a mean or the standard deviation is not a finite number' }
  }
  if (standardDeviation === 0) return { kind: 'cannot', because: 'constant', detail: 'the standard deviation is 0' }
  const cases = filled.reduce((sum, unit) => sum + unit.count, 0)
  const target = input.target ?? filled.reduce((sum, unit) => sum + unit.count * unit.mean, 0) / cases
  if (!Number.isFinite(target)) throw new RangeError(`target must be finite, got ${target}`)
  const zOf = (unit: { count: number; mean: number }) =>
    (unit.mean - target) / (standardDeviation / Math.sqrt(unit.count))
  const spread = overDispersion(filled.map(zOf), winsorisedShare, dispersion)
  const deviation = standardDeviation * Math.sqrt(spread.overDispersed ? spread.phi : 1)
  const judge = (unit: { count: number; mean: number }): FunnelUnit => {
    if (unit.count === 0) return { value: null, z: null, limits: null, verdict: 'no-data' }
    const limits = limitsAround(target, deviation / Math.sqrt(unit.count))
    return { value: unit.mean, z: zOf(unit), limits, verdict: funnelVerdict(unit.mean, limits) }
  }
  return { kind: 'funnel', target, ...spread, units: units.map(judge) }
}

function limitsAround(target: number, error: number): FunnelLimits {
  const wide = normalQuantile(0.001, 'upper') * error
  const narrow = normalQuantile(0.025, 'upper') * error
  return { lower95: target - narrow, upper95: target + narrow, lower998: target - wide, upper998: target + wide }
}
