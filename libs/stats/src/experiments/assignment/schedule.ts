import { uniformOf } from './assign.ts'

export interface WeightedArm {
  name: string
  /** Places of this arm in a block, a whole number above 0. */
  weight: number
}

function requireWeights(arms: readonly WeightedArm[]): void {
  if (arms.length < 1) throw new RangeError('arms must hold at least one arm')
  if (new Set(arms.map((arm) => arm.name)).size !== arms.length) throw new RangeError('arms must have different names')
  arms.forEach((arm, i) => {
    if (!Number.isInteger(arm.weight) || arm.weight < 1)
      throw new RangeError(`arms[${i}].weight must be a positive whole number, got ${arm.weight}`)
  })
}

/**
 * A schedule of arms for days or windows, in random permuted blocks, the same whenever it is made from the same salt.
 *
 * When to use: switchback experiments and anything where time is what is randomised; with `stratum` the weekday (or hour of day) every
 * weekday has both arms equally often.
 * Formula in words: the slots of a stratum are taken in order, in blocks of `repeats` times all weights; each block holds every arm as often as
 * its weight says, shuffled; a last short block takes the first places of a shuffled full one, so arms never differ by more than a block.
 * Sources: Hill (1951) and Zelen (1974), J Chronic Diseases 27:365-375 (permuted blocks); Fisher and Yates (1938) (the shuffle); chance from
 * SipHash of salt, stratum, block and place (see `assigner`).
 * Arguments: `slots` in order of time with their stratum; `repeats` default 1. Small blocks balance better, large ones are harder to foresee.
 * Returns one arm name per slot. Errors: RangeError for weights, repeats, an empty salt. Cost: O(slots).
 */
export function randomisedSchedule(input: {
  slots: readonly { stratum?: string }[]
  arms: readonly WeightedArm[]
  salt: string
  repeats?: number
}): string[] {
  const { slots, arms, salt, repeats = 1 } = input
  requireWeights(arms)
  if (!Number.isInteger(repeats) || repeats < 1)
    throw new RangeError(`repeats must be a positive whole number, got ${repeats}`)
  const uniform = uniformOf(salt)
  const places = arms.flatMap((arm) => Array.from({ length: arm.weight * repeats }, () => arm.name))
  const waiting = new Map<string, { block: number; names: string[] }>()
  return slots.map(({ stratum = '' }) => {
    let state = waiting.get(stratum)
    if (!state || state.names.length === 0) {
      const block = state ? state.block + 1 : 0
      state = { block, names: shuffled(places, (place) => uniform(`${block}/${place}`, stratum)) }
      waiting.set(stratum, state)
    }
    return state.names.shift()!
  })
}

/** Fisher and Yates (1938), in the order of Durstenfeld (1964). */
function shuffled(names: readonly string[], chance: (place: number) => number): string[] {
  const result = [...names]
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(chance(i) * (i + 1))
    ;[result[i], result[j]] = [result[j]!, result[i]!]
  }
  return result
}

/**
 * Stratified randomisation of a list of units (branches, agents): equal numbers of arms within each stratum.
 *
 * When to use: a known, short list; strata of what predicts the outcome (size, region), two to eight units each.
 * Formula in words: within each stratum the units are ordered by their hash and arms given in permuted blocks, as `randomisedSchedule`.
 * Sources: Zelen (1974); Kernan et al. (1999), J Clinical Epidemiology 52:19-26 (when to stratify). The order of the list does not matter.
 * Returns a map from unit to arm. Errors: RangeError for repeated units, weights, an empty salt. Cost: O(n log n).
 */
export function stratifiedRandomisation(input: {
  units: readonly { unit: string; stratum?: string }[]
  arms: readonly WeightedArm[]
  salt: string
}): Map<string, string> {
  const { units, arms, salt } = input
  if (new Set(units.map(({ unit }) => unit)).size !== units.length) throw new RangeError('units must not repeat')
  const uniform = uniformOf(`${salt}/order`)
  const ordered = units
    .map(({ unit, stratum = '' }) => ({ unit, stratum, at: uniform(unit, stratum) }))
    .sort((a, b) => a.at - b.at || (a.unit < b.unit ? -1 : 1))
  const names = randomisedSchedule({ slots: ordered, arms, salt })
  return new Map(ordered.map(({ unit }, i) => [unit, names[i]!]))
}
