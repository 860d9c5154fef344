import { requireConfidence, USUAL_CONFIDENCE } from '../../intervals/interval.ts'
import { bracketedRoot } from '../../noncentral/bracketed-root.ts'
import type { Boundary } from './boundary.ts'
import { exitChances } from './recursion.ts'

export interface StageWiseEstimate {
  kind: 'estimate'
  /** Median-unbiased: as likely too high as too low, whenever the trial stopped. */
  estimate: number
  lower: number
  upper: number
  /** Two-sided (one-sided in a one-sided design) by the same ordering of outcomes. */
  pValue: number
  /** The plain estimate, too extreme on average after an early stop. */
  plain: number
  confidence: number
}

/**
 * Estimate, interval and p-value after a group-sequential test stopped, by stage-wise ordering.
 *
 * When to use: always after a boundary was crossed: the plain estimate and interval are too extreme.
 * Formula in words: outcomes are ordered by stopping earlier above, then by z, then by stopping earlier below; the chance of an outcome at
 * least as high as the observed one, as a function of the effect, is set to one half and to half of 1 - confidence on either side.
 * Sources: Armitage (1957), Biometrika 44:9-26; Tsiatis, Rosner and Mehta (1984), Biometrics 40:797-803; Fairbanks and Madsen (1982),
 * Biometrika 69:69-74 (p-value); Jennison and Turnbull (2000), sections 8.2-8.5.
 * Arguments: the boundary; `look` from 1, at which it stopped (or ended without crossing, for reasons other than the data); `z` there;
 * `standardError` of the plain estimate there. Units: those of the estimate, which is z times the standard error.
 * Convention: the ordering needs no look after the stop. Errors: RangeError for look, standardError, z, confidence. Cost: some 45 recursions.
 */
export function stageWiseEstimate(input: {
  boundary: Boundary
  look: number
  z: number
  standardError: number
  confidence?: number
}): StageWiseEstimate {
  const { boundary, look, z, standardError, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  if (!Number.isInteger(look) || look < 1 || look > boundary.fractions.length)
    throw new RangeError(`look must be a whole number from 1 to ${boundary.fractions.length}, got ${look}`)
  if (!(standardError > 0)) throw new RangeError(`standardError must be above 0, got ${standardError}`)
  if (!Number.isFinite(z)) throw new RangeError(`z must be finite, got ${z}`)
  const fractions = boundary.fractions.slice(0, look)
  const upper = [...boundary.upper.slice(0, look - 1), z]
  const lower = [...boundary.lower.slice(0, look - 1), Number.NEGATIVE_INFINITY]
  // Chance of an outcome at least as high: earlier exits above, or z here.
  const atLeast = (drift: number) =>
    exitChances({ fractions, upper, lower, drift }).upper.reduce((sum, chance) => sum + chance, 0)
  const root = Math.sqrt(fractions.at(-1)!)
  const centre = z / root
  const solve = (chance: number) => {
    let reach = 3 / root
    while (atLeast(centre - reach) > chance || atLeast(centre + reach) < chance) reach *= 1.6
    return bracketedRoot((drift) => atLeast(drift) - chance, centre - reach, centre + reach, 1e-10)
  }
  // The drift is the mean of z at fraction 1: effect = drift x root(fraction) x standard error at this look.
  const unit = root * standardError
  const tail = (1 - confidence) / 2
  const above = atLeast(0)
  // Earlier exits below, or z here: summed on its own side, so that small chances keep their digits.
  const below = exitChances({
    fractions,
    upper: [...boundary.upper.slice(0, look - 1), Number.POSITIVE_INFINITY],
    lower: [...boundary.lower.slice(0, look - 1), z],
    drift: 0,
  }).lower.reduce((sum, chance) => sum + chance, 0)
  return {
    kind: 'estimate',
    estimate: solve(0.5) * unit,
    lower: solve(tail) * unit,
    upper: solve(1 - tail) * unit,
    pValue: boundary.sided === 'two' ? Math.min(1, 2 * Math.min(above, below)) : above,
    plain: z * standardError,
    confidence,
  }
}
