import { normalTail } from '../distributions/normal-tail.ts'
import type { Cannot } from '../estimates/estimate.ts'
import { type Rate, rateDifferenceScore, requireRate } from '../estimates/rates.ts'
import { type Proportion, proportionScore, requireProportion } from '../estimates/score-proportions.ts'
import { requireAlpha } from './equivalence.ts'

export interface ScoreEquivalence {
  kind: 'test'
  estimate: number
  pValue: number
  pLower: number
  pUpper: number
  equivalent: boolean
}

export interface ScoreNonInferiority {
  kind: 'test'
  estimate: number
  pValue: number
  nonInferior: boolean
}

type Sides =
  | { of: 'proportions'; first: Proportion; second: Proportion; measure: 'difference' | 'ratio' }
  | { of: 'rates'; first: Rate; second: Rate; measure: 'difference' | 'ratio' }

interface Score {
  estimate: number
  at: (value: number) => number
}

/** The measure and its score statistic at a margin, or why there is none. */
function scoreOf(sides: Sides): Score | Cannot<'no-data' | 'no-events'> {
  const empty: Cannot<'no-data'> = { kind: 'cannot', because: 'no-data', detail: 'a side has no cases or exposure' }
  if (sides.of === 'proportions') {
    const { first, second, measure } = sides
    requireProportion(first, 'first')
    requireProportion(second, 'second')
    if (first.trials === 0 || second.trials === 0) return empty
    if (measure === 'ratio' && first.successes + second.successes === 0)
      return { kind: 'cannot', because: 'no-events', detail: 'a ratio needs successes' }
    const [p, q] = [first.successes / first.trials, second.successes / second.trials]
    return {
      estimate: measure === 'difference' ? q - p : q / p,
      at: (value) => standardised(proportionScore(first, second, measure, value)),
    }
  }
  const { first, second, measure } = sides
  requireRate(first, 'first')
  requireRate(second, 'second')
  if (first.exposure === 0 || second.exposure === 0) return empty
  const all = first.events + second.events
  const [p, q] = [first.events / first.exposure, second.events / second.exposure]
  if (measure === 'difference')
    return { estimate: q - p, at: (value) => standardised(rateDifferenceScore(first, second, value)) }
  if (all === 0) return { kind: 'cannot', because: 'no-events', detail: 'a ratio needs events' }
  return {
    estimate: q / p,
    at: (value) => {
      const share = (value * second.exposure) / (first.exposure + value * second.exposure)
      return (second.events - all * share) / Math.sqrt(all * share * (1 - share))
    },
  }
}

function standardised(score: { excess: number; standardError: number }): number {
  return score.standardError === 0
    ? Math.sign(score.excess) * Number.POSITIVE_INFINITY || 0
    : score.excess / score.standardError
}

/**
 * Two one-sided score tests for shares or rates.
 *
 * When to use: equivalence of satisfaction, of complaint rates; the error is worked out under each margin, not at the estimate.
 * Formula in words: the score statistics at both margins, each one-sided against the normal.
 * Sources: Farrington and Manning (1990), Statistics in Medicine 9:1447-1454; Miettinen and Nurminen (1985), ibid. 4:213-226.
 * Arguments: margins on the measure: differences such as -0.03 and 0.03, ratios such as 0.9 and 1.11; alpha default 0.05.
 * Edge cases: no cases 'no-data'; a ratio without events 'no-events'. Errors: RangeError for counts, margins in the wrong order, ratios not
 * above 0, differences of shares outside (-1, 1), alpha. Cost: O(1).
 */
export function scoreEquivalence(
  input: Sides & { lowerMargin: number; upperMargin: number; alpha?: number },
): ScoreEquivalence | Cannot<'no-data' | 'no-events'> {
  const { lowerMargin, upperMargin, alpha = 0.05 } = input
  requireAlpha(alpha)
  if (!(lowerMargin < upperMargin)) throw new RangeError('lowerMargin must lie below upperMargin')
  requireMargin(input, lowerMargin, 'lowerMargin')
  requireMargin(input, upperMargin, 'upperMargin')
  const score = scoreOf(input)
  if ('kind' in score) return score
  const pLower = normalTail(score.at(lowerMargin), 'upper')
  const pUpper = normalTail(score.at(upperMargin), 'lower')
  const pValue = Math.max(pLower, pUpper)
  return { kind: 'test', estimate: score.estimate, pValue, pLower, pUpper, equivalent: pValue <= alpha }
}

/**
 * One-sided score test of non-inferiority for shares or rates.
 *
 * When to use: guardrails on shares and rates. Sources and errors as `scoreEquivalence`.
 * Arguments: `margin` is the worst value of the measure that is still acceptable (for example -0.02, or a ratio of 1.1), `better` the good
 * direction; alpha one-sided, default 0.025. Cost: O(1).
 */
export function scoreNonInferiority(
  input: Sides & { margin: number; better: 'higher' | 'lower'; alpha?: number },
): ScoreNonInferiority | Cannot<'no-data' | 'no-events'> {
  const { margin, better, alpha = 0.025 } = input
  requireAlpha(alpha)
  requireMargin(input, margin, 'margin')
  const score = scoreOf(input)
  if ('kind' in score) return score
  const pValue = normalTail(score.at(margin), better === 'higher' ? 'upper' : 'lower')
  return { kind: 'test', estimate: score.estimate, pValue, nonInferior: pValue <= alpha }
}

function requireMargin(sides: Sides, margin: number, name: string): void {
  if (sides.measure === 'ratio' && !(margin > 0 && margin < Number.POSITIVE_INFINITY))
    throw new RangeError(`${name} must be a ratio above 0, got ${margin}`)
  if (sides.measure === 'difference' && !Number.isFinite(margin)) throw new RangeError(`${name} must be finite`)
  if (sides.of === 'proportions' && sides.measure === 'difference' && !(Math.abs(margin) < 1))
    throw new RangeError(`${name} must lie in (-1, 1), got ${margin}`)
}
