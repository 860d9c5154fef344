import { requireConfidence, USUAL_CONFIDENCE } from '../intervals/interval.ts'
import { logGamma } from '../special/log-gamma.ts'
import { regularisedBeta } from '../special/regularised-beta.ts'

export type LowCountResult =
  | {
      kind: 'forecast'
      /** Events per unit of exposure expected now. */
      rate: number
      /** Events expected in the next period, and the central interval of their number. */
      mean: number
      lower: number
      upper: number
      /** Share of what was known that is kept from one period to the next; 1 for a constant rate. */
      memory: number
      /** P(count at or above), for any count. */
      upperTail: (count: number) => number
      confidence: number
    }
  | { kind: 'cannot'; because: 'too-few' | 'all-zero'; detail: string }

const MEMORIES = [1, 0.98, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5]

/**
 * Forecast of a low count: a rate that drifts, its next count negative binomial.
 *
 * When to use: a few events a period (complaints of one shop a week), where a normal band would reach below 0.
 * Formula in words: what is known of the rate is a gamma variable with a events on b exposure; every period both shrink by the memory and
 * take up the new count and exposure; the next count is negative binomial with size a and chance b / (b + exposure). Unless given, the
 * memory is the one, of 1, 0.98, … 0.5, under which the counts after the first non-zero one were likeliest.
 * Source: Harvey and Fernandes (1989), Journal of Business and Economic Statistics 7:407-417.
 * Arguments: `history` in order of time, exposure 0 a period passed over; `nextExposure` above 0. Units: counts.
 * Edge cases: fewer than three periods with exposure 'too-few'; no events 'all-zero' (the rate has no scale yet).
 * Errors: RangeError for counts not whole, exposures negative, memory outside (0, 1]. Convention: interval by equal tails, conservative.
 * Cost: O(n), interval O(upper).
 */
export function lowCountForecast(input: {
  history: readonly { events: number; exposure: number }[]
  nextExposure: number
  memory: number | 'likeliest'
  confidence?: number
}): LowCountResult {
  const { history, nextExposure, memory, confidence = USUAL_CONFIDENCE } = input
  requireConfidence(confidence)
  requireLowCounts(input)
  const used = history.filter(({ exposure }) => exposure > 0)
  if (used.length < 3)
    return { kind: 'cannot', because: 'too-few', detail: `${used.length} periods with exposure; three are needed` }
  if (used.every(({ events }) => events === 0))
    return { kind: 'cannot', because: 'all-zero', detail: 'the history holds no events' }
  const chosen = memory === 'likeliest' ? likeliest(used) : memory
  const { a, b } = learn(used, chosen)
  const size = chosen * a
  const known = chosen * b
  const chance = known / (known + nextExposure)
  const upperTail = (count: number): number => {
    if (!Number.isInteger(count) || count < 0) throw new RangeError(`count must be a whole number from 0, got ${count}`)
    return count === 0 ? 1 : regularisedBeta(size, count, chance, 'upper', 'probability', 1 - chance)
  }
  const tail = (1 - confidence) / 2
  let lower = 0
  while (1 - upperTail(lower + 1) <= tail) lower += 1
  let upper = lower
  while (upperTail(upper + 1) > tail) upper += 1
  const rate = a / b
  return { kind: 'forecast', rate, mean: rate * nextExposure, lower, upper, memory: chosen, upperTail, confidence }
}

function learn(
  used: readonly { events: number; exposure: number }[],
  memory: number,
): { a: number; b: number; logLikelihood: number } {
  let [a, b, logLikelihood] = [0, 0, 0]
  for (const { events, exposure } of used) {
    const [size, known] = [memory * a, memory * b]
    if (size > 0) {
      const whole = known + exposure
      logLikelihood += logGamma(size + events) - logGamma(size) - logGamma(events + 1)
      logLikelihood += size * Math.log(known / whole) + events * Math.log(exposure / whole)
    }
    a = size + events
    b = known + exposure
  }
  return { a, b, logLikelihood }
}

function likeliest(used: readonly { events: number; exposure: number }[]): number {
  const tried = MEMORIES.map((memory) => ({ memory, value: learn(used, memory).logLikelihood }))
  return tried.reduce((best, next) => (next.value > best.value ? next : best)).memory
}

function requireLowCounts(input: {
  history: readonly { events: number; exposure: number }[]
  nextExposure: number
  memory: number | 'likeliest'
}): void {
  const { history, nextExposure, memory } = input
  if (!(nextExposure > 0) || nextExposure === Number.POSITIVE_INFINITY)
    throw new RangeError(`nextExposure must be above 0, got ${nextExposure}`)
  if (memory !== 'likeliest' && !(memory > 0 && memory <= 1))
    throw new RangeError(`memory must lie in (0, 1], got ${memory}`)
  history.forEach(({ events, exposure }, i) => {
    if (!Number.isInteger(events) || events < 0)
      throw new RangeError(`history[${i}].events must be a whole number from 0`)
    if (!(exposure >= 0) || exposure === Number.POSITIVE_INFINITY)
      throw new RangeError(`history[${i}].exposure must be finite and at least 0`)
  })
}
