import { normalQuantile } from '../../distributions/normal-quantile.ts'
import { normalTail } from '../../distributions/normal-tail.ts'
import type { Cannot } from '../../estimates/estimate.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../../intervals/interval.ts'

export interface Posterior {
  kind: 'posterior'
  /** Chance that the second side is better. */
  chanceToBeat: number
  /** Mean loss of taking the second side if it is worse, 0 where it is better; and of keeping the first if the second is better. */
  lossOfTaking: number
  lossOfKeeping: number
  /** Posterior mean and equal-tailed interval of the effect (see each function for its scale). */
  estimate: number
  lower: number
  upper: number
  confidence: number
}

/**
 * Posterior of an effect with a normal prior.
 *
 * When to use: a view beside the test for people who think in chances; state the prior in the verdict. A prior centred at 0 with the spread
 * of earlier plans' effects shrinks lucky ones.
 * Formula in words: precisions add, means are averaged by precision; chance and losses in closed form.
 * Source: Gelman et al. (2013), Bayesian Data Analysis, section 2.5; expected loss: DeGroot (1970), Optimal Statistical Decisions, section
 * 11.8. Arguments: `effect` second - first with its error; `prior` mean and deviation, Infinity for a flat one; `better` the good direction.
 * Units: those of the effect. It does not protect against stopping when it looks good: its error rate under peeking is not controlled.
 * Edge cases: no error 'constant', not finite 'not-finite'. Errors: RangeError for a prior deviation not above 0, confidence. Cost: O(1).
 */
export function normalPosterior(input: {
  effect: { estimate: number; standardError: number }
  prior: { mean: number; deviation: number }
  better: 'higher' | 'lower'
  confidence?: number
}): (Posterior & { deviation: number }) | Cannot<'constant' | 'not-finite'> {
  const { effect, prior, better, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  if (!(prior.deviation > 0)) throw new RangeError(`prior.deviation must be above 0, got ${prior.deviation}`)
  if (!Number.isFinite(prior.mean)) throw new RangeError(`prior.mean must be finite, got ${prior.mean}`)
  if (effect.standardError < 0) throw new RangeError('effect.standardError must be at least 0')
  if (!Number.isFinite(effect.estimate) || !Number.isFinite(effect.standardError))
    return { kind: 'cannot', because: 'not-finite', detail: 'the effect or its error is not a finite number' }
  if (effect.standardError === 0)
    return { kind: 'cannot', because: 'constant', detail: 'the effect has no measured error' }
  const [data, before] = [effect.standardError ** -2, prior.deviation ** -2]
  const estimate = (effect.estimate * data + prior.mean * before) / (data + before)
  const deviation = 1 / Math.sqrt(data + before)
  const z = ((better === 'higher' ? 1 : -1) * estimate) / deviation
  const reach = normalQuantile((1 - confidence) / 2, 'upper') * deviation
  return {
    kind: 'posterior',
    chanceToBeat: normalTail(z, 'lower'),
    lossOfTaking: deviation * unitLoss(z),
    lossOfKeeping: deviation * unitLoss(-z),
    estimate,
    deviation,
    lower: estimate - reach,
    upper: estimate + reach,
    confidence,
  }
}

/** Mean of max(0, -X) for X normal with mean z and deviation 1: DeGroot (1970), equation 11.8.5. O(1). */
function unitLoss(z: number): number {
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
  return Math.max(0, density - z * normalTail(z, 'upper'))
}
