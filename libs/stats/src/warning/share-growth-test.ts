import { normalQuantile } from '../distributions/normal-quantile.ts'
import { normalTail } from '../distributions/normal-tail.ts'
import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'

/** Cases and how many of them have the attribute. */
export interface CountedShare {
  successes: number
  trials: number
}

export type ShareGrowthResult =
  | {
      kind: 'growth'
      /** Later share over earlier share. */
      ratio: number
      lower: number
      upper: number
      z: number
      pValue: number
      confidence: number
    }
  | { kind: 'cannot'; because: 'no-data' | 'constant'; detail: string }

/**
 * Growth of a share against a stated growth factor: score test of the ratio of two proportions.
 *
 * When to use: shares of unresolved cases, of late answers; against `nullRatio` 1 or a promised or feared factor.
 * Formula in words: (later share - r earlier share) over its standard error under the null, with the shares that fit the data best while
 * their ratio is r (a quadratic); 'miettinen-nurminen' multiplies the variance by N / (N - 1), 'score' does not. Limits: the ratios whose
 * two-sided test just reaches 1 - confidence.
 * Sources: Miettinen and Nurminen (1985), Statistics in Medicine 4:213-226; Farrington and Manning (1990), Statistics in Medicine
 * 9:1447-1454; Koopman (1984), Biometrics 40:513-517.
 * Units: ratio a pure number. Edge cases: a side without cases 'no-data'; no case on either side has the attribute, or all have, 'constant'.
 * Errors: RangeError for counts not whole, successes above trials, nullRatio not above 0. Cost: O(1).
 */
export function shareGrowthTest(input: {
  earlier: CountedShare
  later: CountedShare
  nullRatio: number
  alternative: 'greater' | 'less' | 'two-sided'
  variance: 'score' | 'miettinen-nurminen'
  confidence?: number
}): ShareGrowthResult {
  const { earlier, later, nullRatio, alternative, variance, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  for (const [name, side] of [
    ['earlier', earlier],
    ['later', later],
  ] as const) {
    if (!Number.isInteger(side.trials) || side.trials < 0)
      throw new RangeError(`${name}.trials must be a whole number from 0`)
    if (!Number.isInteger(side.successes) || side.successes < 0 || side.successes > side.trials)
      throw new RangeError(`${name}.successes must be a whole number from 0 to trials`)
  }
  if (!(nullRatio > 0) || nullRatio === Number.POSITIVE_INFINITY)
    throw new RangeError(`nullRatio must be above 0, got ${nullRatio}`)
  if (earlier.trials === 0 || later.trials === 0)
    return { kind: 'cannot', because: 'no-data', detail: 'a side has no cases' }
  const all = earlier.successes + later.successes
  if (all === 0 || all === earlier.trials + later.trials)
    return { kind: 'cannot', because: 'constant', detail: 'all cases are alike on both sides' }
  const z = scoreOf(earlier, later, nullRatio, variance)
  const [up, down] = [normalTail(z, 'upper'), normalTail(z, 'lower')]
  const reach = normalQuantile((1 - confidence) / 2, 'upper')
  const ratio = later.successes / later.trials / (earlier.successes / earlier.trials)
  return {
    kind: 'growth',
    ratio,
    lower: later.successes === 0 ? 0 : crossing(earlier, later, variance, reach),
    upper: earlier.successes === 0 ? Number.POSITIVE_INFINITY : crossing(earlier, later, variance, -reach),
    z,
    pValue: alternative === 'greater' ? up : alternative === 'less' ? down : 2 * Math.min(up, down),
    confidence,
  }
}

function scoreOf(
  earlier: CountedShare,
  later: CountedShare,
  ratio: number,
  variance: 'score' | 'miettinen-nurminen',
): number {
  const [x1, n1, x2, n2] = [earlier.successes, earlier.trials, later.successes, later.trials]
  const count = n1 + n2
  const a = ratio * count
  const b = n1 + x2 + ratio * (n2 + x1)
  const c = x1 + x2
  // The smaller root, in the form that does not cancel.
  const first = (2 * c) / (b + Math.sqrt(Math.max(0, b * b - 4 * a * c)))
  const second = Math.min(1, ratio * first)
  const factor = variance === 'score' ? 1 : count / (count - 1)
  const spread = factor * ((second * (1 - second)) / n2 + (ratio * ratio * first * (1 - first)) / n1)
  const distance = x2 / n2 - (ratio * x1) / n1
  return spread > 0 ? distance / Math.sqrt(spread) : Math.sign(distance) * Number.POSITIVE_INFINITY || 0
}

const HALVINGS = 80

/** The ratio at which the score, which falls as the ratio grows, is `level`. */
function crossing(
  earlier: CountedShare,
  later: CountedShare,
  variance: 'score' | 'miettinen-nurminen',
  level: number,
): number {
  let [low, high] = [-30, 30]
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2
    if (scoreOf(earlier, later, Math.exp(middle), variance) > level) low = middle
    else high = middle
  }
  return Math.exp((low + high) / 2)
}
