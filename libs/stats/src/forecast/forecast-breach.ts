import { normalTail } from '../distributions/normal-tail.ts'
import type { Forecast } from './smoothing-forecast.ts'

export interface BreachForecast {
  /** Chance, for every step, that the value of that period alone lies beyond the target. */
  chanceAtStep: number[]
  /** Chance that some value up to that step lies beyond it, from simulated courses. */
  chanceBy: number[]
  /** Largest standard error of `chanceBy` through simulation. */
  simulationError: number
  /** First step whose mean lies beyond the target; null when none does. */
  expectedStep: number | null
  /** First step by which the target has been passed with at least the asked chance; null when none. */
  likelyStep: number | null
}

/**
 * When, and how probably, a forecast passes a target.
 *
 * When to use: "at this rate complaints pass the limit in March": to warn before it happens, with its chance.
 * Formula in words: at each step the normal tail beyond the target; by each step the share of simulated courses that passed it so far, which
 * allows for values hanging together.
 * Source: Hyndman, Koehler, Ord and Snyder (2008), section 6.3 (simulated sample paths); Ripley (1987), Stochastic Simulation (error).
 * Arguments: `side` in which direction of the target a breach lies; `chance` for `likelyStep`; `random` uniform numbers in [0, 1).
 * Errors: RangeError for a target not finite, a chance outside (0, 1), paths not whole from 100. Cost: O(paths horizon squared).
 */
export function forecastBreach(input: {
  forecast: Forecast
  target: number
  side: 'above' | 'below'
  chance: number
  paths: number
  random: () => number
}): BreachForecast {
  const { forecast, target, side, chance, paths, random } = input
  if (!Number.isFinite(target)) throw new RangeError(`target must be finite, got ${target}`)
  if (!(chance > 0 && chance < 1)) throw new RangeError(`chance must lie in (0, 1), got ${chance}`)
  if (!Number.isInteger(paths) || paths < 100)
    throw new RangeError(`paths must be a whole number from 100, got ${paths}`)
  const beyond = (value: number): boolean => (side === 'above' ? value > target : value < target)
  const passed = forecast.points.map(() => 0)
  for (let course = 0; course < paths; course++) {
    const first = forecast.path(random).findIndex(beyond)
    if (first >= 0) for (let h = first; h < passed.length; h++) passed[h]! += 1
  }
  const chanceBy = passed.map((count) => count / paths)
  const expected = forecast.points.find(({ mean }) => beyond(mean))
  const likely = chanceBy.findIndex((value) => value >= chance)
  return {
    chanceAtStep: forecast.points.map(({ mean, standardError }) =>
      normalTail((target - mean) / standardError, side === 'above' ? 'upper' : 'lower'),
    ),
    chanceBy,
    simulationError: Math.max(...chanceBy.map((p) => Math.sqrt((p * (1 - p)) / paths))),
    expectedStep: expected?.step ?? null,
    likelyStep: likely < 0 ? null : likely + 1,
  }
}
