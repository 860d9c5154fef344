/** Does the effect last? Each period after the proof is held against what the verdict showed. */
import { effectDecay } from '#stats/lasting/effect-decay'
import { watchPromise } from '#stats/lasting/promise-watch'
import type { Proof, Watch } from '../contract.ts'

/** Sigmas: with half a sigma as reference a false relapse once in some 900 periods (Hawkins and Olwell 1998). */
const DECISION = 5
const LEAST_REFERENCE = 0.5

export interface Watched {
  readonly interventionOn: string
  readonly endsOn: string
  /** Mean effect the verdict showed, with its sign. */
  readonly effect: number
  /** As kept with the verdict. */
  readonly points: readonly Pick<Proof['points'][number], 'periodStart' | 'value' | 'counterfactual'>[]
  readonly comparison: readonly Pick<Proof['comparison'][number], 'points'>[]
  /** Periods since the end of the proof, as they are now. */
  readonly later: readonly {
    readonly periodStart: string
    readonly value: number | null
    readonly comparison: readonly (number | null)[]
  }[]
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null)

/**
 * The line without the measure is held at the level it had in the proof: drawn on as a trend it would say less with every period. With
 * comparison units it moves as they do. Relapse is a cumulative shortfall (Page 1954) for which half of the effect has to be gone for a while.
 */
export function watchEffect(
  watched: Watched,
): Pick<Watch, 'periods' | 'relapsedSince' | 'fadingP' | 'halfLifePeriods'> {
  const { interventionOn, effect } = watched
  const compared = watched.comparison.map(({ points }) => new Map(points.map((one) => [one.periodStart, one.value])))
  const after = watched.points.filter(
    ({ periodStart, value, counterfactual }) =>
      periodStart >= interventionOn && value !== null && counterfactual !== null,
  )
  const others = (periodStart: string) => known(compared.map((unit) => unit.get(periodStart) ?? null))
  const base = known(
    after.map(({ periodStart }) => (others(periodStart).length > 0 ? mean(others(periodStart)) : null)),
  )
  const level = mean(after.map(({ counterfactual }) => counterfactual!))
  const usual = base.length > 0 ? mean(base) : null
  const seen = after.map(({ value, periodStart }) => {
    const moved = usual === null || others(periodStart).length === 0 ? 0 : mean(others(periodStart)) - usual
    return value! - level - moved
  })
  const periods = watched.later.flatMap(({ periodStart, value, comparison }) => {
    if (value === null) return []
    const now = known(comparison)
    const moved = usual === null || now.length === 0 ? 0 : mean(now) - usual
    return [{ periodStart, effect: value - level - moved }]
  })
  const sigma = Math.sqrt(seen.reduce((sum, one) => sum + (one - mean(seen)) ** 2, 0) / Math.max(1, seen.length - 1))
  const nothing = { periods, relapsedSince: null, fadingP: null, halfLifePeriods: null }
  if (periods.length === 0 || !(sigma > 0) || effect === 0) return nothing
  const effects = periods.map((one, since) => ({ since: since + 1, effect: one.effect }))
  const watch = watchPromise({
    effects,
    promised: effect,
    sigma,
    reference: Math.max(LEAST_REFERENCE, Math.abs(effect) / 4 / sigma),
    decision: DECISION,
  })
  if (watch.kind === 'cannot') return nothing
  const decay = effectDecay({ effects, lag: 'automatic' })
  return {
    periods,
    relapsedSince: watch.shortSince === null ? null : periods[watch.shortSince - 1]!.periodStart,
    fadingP: decay.kind === 'cannot' ? null : decay.fadingPValue,
    halfLifePeriods: decay.kind === 'cannot' ? null : decay.halfLife,
  }
}
