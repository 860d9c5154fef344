/** Is a difference more than chance? One-sided p-values: exact for counts and shares, so that small units are not shamed. */
import { binomialTail } from '#stats/distributions/binomial-tail'
import { normalTail } from '#stats/distributions/normal-tail'
import { poissonTail } from '#stats/distributions/poisson-tail'
import { studentTTail } from '#stats/distributions/student-t-tail'
import { dispersedGrowthTest } from '#stats/warning/dispersed-growth-test'
import { growthPValue } from '#stats/warning/growth-test'
import { shareGrowthPValue } from '#stats/warning/share-growth-p-value'
import { historyDispersion } from '#stats/warning/history-dispersion'
import { type Direction, worseBy } from '../levels.ts'
import { type Figures, type Panel, standardErrorOf } from './panel.ts'

type Kind = Pick<Panel, 'scatter' | 'scale'>

const whole = (value: number) => Number.isInteger(value) && value >= 0
const up = (direction: Direction) => (direction === 'higher-is-better' ? ('lower' as const) : ('upper' as const))

/**
 * Probability of a value this bad or worse if the truth were just the level. Binomial and Poisson tails for shares, rates and counts, Student's
 * t for means, normal where only an error is known. NaN: cannot be told.
 */
export function beyondLevel(kind: Kind, now: Figures, level: number, direction: Direction): number {
  const { numerator, denominator, n } = now
  const at = level / kind.scale
  const tail = up(direction)
  if (kind.scatter === 'binomial' && whole(numerator) && whole(denominator) && numerator <= denominator)
    return binomialTail(numerator, denominator, Math.min(1, Math.max(0, at)), tail)
  if (kind.scatter === 'poisson' && whole(numerator) && denominator > 0)
    return poissonTail(numerator, Math.max(0, at) * denominator, tail)
  if (kind.scatter === 'count' && whole(numerator)) return poissonTail(numerator, Math.max(0, at) * now.periods, tail)
  return byError(
    worseBy(now.value, level, direction),
    [standardErrorOf(kind, now)],
    kind.scatter === 'normal' ? n - 1 : Infinity,
  )
}

/** Probability of a difference this bad or worse if both had the same truth. Conditional tests for counts and shares. */
export function beyondReference(kind: Kind, now: Figures, reference: Figures, direction: Direction): number {
  const alternative = direction === 'higher-is-better' ? 'less' : 'greater'
  const both = [now, reference]
  const counted = both.every(({ numerator }) => whole(numerator))
  if (
    kind.scatter === 'binomial' &&
    counted &&
    both.every(({ numerator, denominator }) => whole(denominator) && numerator <= denominator)
  ) {
    const side = ({ numerator, denominator }: Figures) => ({ successes: numerator, trials: denominator })
    return shareGrowthPValue({ earlier: side(reference), later: side(now), alternative })
  }
  if ((kind.scatter === 'poisson' || kind.scatter === 'count') && counted)
    return growthPValue({
      earlier: exposed(kind, reference),
      later: exposed(kind, now),
      nullRatio: 1,
      alternative,
      method: 'mid-p',
    })
  const errors = [standardErrorOf(kind, now), standardErrorOf(kind, reference)]
  const freedom = kind.scatter === 'normal' ? welchFreedom(errors, [now.n - 1, reference.n - 1]) : Infinity
  return byError(worseBy(now.value, reference.value, direction), errors, freedom)
}

const exposed = ({ scatter }: Kind, { numerator, denominator, periods }: Figures) => ({
  events: numerator,
  exposure: scatter === 'count' ? periods : denominator,
})

/** As `beyondReference` for counts whose scatter is learnt from their history, which may be more than independent events would have. */
export function beyondDispersed(
  kind: Kind,
  now: Figures,
  reference: Figures,
  history: readonly Figures[],
  direction: Direction,
): number {
  const plain = beyondReference(kind, now, reference, direction)
  if (kind.scatter !== 'poisson' && kind.scatter !== 'count') return plain
  const usable = history
    .map((each) => exposed(kind, each))
    .filter(({ events, exposure }) => whole(events) && exposure > 0)
  const found = historyDispersion({ history: usable, method: 'pearson' })
  if (found.kind === 'cannot' || found.factor <= 1) return plain
  const test = dispersedGrowthTest({
    earlier: exposed(kind, reference),
    later: exposed(kind, now),
    nullRatio: 1,
    alternative: direction === 'higher-is-better' ? 'less' : 'greater',
    dispersion: { kind: 'quasi-poisson', factor: found.factor, degreesOfFreedom: found.degreesOfFreedom },
  })
  return test.kind === 'cannot' ? plain : Math.max(plain, test.pValue)
}

/** Welch (1947) and Satterthwaite (1946). */
function welchFreedom(errors: readonly number[], freedoms: readonly number[]): number {
  const variances = errors.map((error) => error ** 2)
  const below = variances.reduce((sum, variance, place) => sum + variance ** 2 / Math.max(1, freedoms[place]!), 0)
  return below === 0 ? Infinity : (variances[0]! + variances[1]!) ** 2 / below
}

function byError(worse: number, errors: readonly number[], freedom: number): number {
  if (errors.some(Number.isNaN)) return Number.NaN
  const error = Math.hypot(...errors)
  if (error === 0) return worse > 0 ? 0 : 1
  if (freedom < 1) return Number.NaN
  return freedom === Infinity ? normalTail(worse / error, 'upper') : studentTTail(worse / error, freedom, 'upper')
}
