/** How far people mean the same: Krippendorff's alpha and intraclass correlations over judgements with gaps. */
import { krippendorffAlpha } from '#stats/agreement/krippendorff-alpha'
import { intraclassCorrelation } from '#stats/agreement/intraclass-correlation'
import type { AgreementCannot, AgreementReport } from '../../contract/assessing.ts'
import type { Judgement } from './leniency.ts'

type Agreement = NonNullable<AgreementReport['shown']>['agreement'][number]

/** Draws of the bootstrap: fewer where there are so many judgements that a reader would wait. */
const DRAWS_MOST = 1_000
const DRAWS_LEAST = 200
const JUDGEMENTS_DRAWN_LIMIT = 2_000_000

/** Units in rows, raters in columns; a person who judges in two capacities is two raters. */
export function ratingsTable(judgements: readonly Judgement[]): { ratings: (number | null)[][]; raters: number } {
  const unitAt = placesOf(judgements.map(({ unit }) => unit))
  const raterAt = placesOf(judgements.map(nameOf))
  const ratings = Array.from(unitAt, () => Array.from(raterAt, () => null as number | null))
  for (const each of judgements) ratings[unitAt.get(each.unit)!]![raterAt.get(nameOf(each))!] = each.value
  return { ratings, raters: raterAt.size }
}

const nameOf = ({ kind, rater }: Judgement) => `${kind} ${rater}`
const placesOf = <T>(values: readonly T[]) => new Map([...new Set(values)].map((value, place) => [value, place]))

export function agreementOf(
  of: Agreement['of'],
  judgements: readonly Judgement[],
  how: { confidence: number; random: () => number },
): Agreement {
  const { ratings, raters } = ratingsTable(judgements)
  return {
    of,
    raters,
    judgements: judgements.length,
    ...alphaOf(ratings, judgements.length, how),
    ...correlationOf(ratings, how.confidence),
  }
}

function alphaOf(
  ratings: readonly (readonly (number | null)[])[],
  judgements: number,
  { confidence, random }: { confidence: number; random: () => number },
): Pick<Agreement, 'alpha' | 'alphaCannot'> {
  const affordable = Math.floor(JUDGEMENTS_DRAWN_LIMIT / Math.max(1, judgements))
  const draws = Math.min(DRAWS_MOST, Math.max(DRAWS_LEAST, affordable))
  const found = krippendorffAlpha({ ratings, metric: 'interval', bootstrap: { draws, random, confidence } })
  if (found.kind === 'cannot') return { alpha: null, alphaCannot: reasonOf(found.because) }
  const { alpha: estimate, interval, units } = found
  // A sample whose draws never vary has no interval: the estimate stands alone then.
  const [low, high] = interval && interval.usedDraws > 0 ? [interval.lower, interval.upper] : [estimate, estimate]
  return { alpha: { estimate, low, high, units }, alphaCannot: null }
}

function correlationOf(
  ratings: readonly (readonly (number | null)[])[],
  confidence: number,
): Pick<Agreement, 'correlation' | 'correlationCannot'> {
  const block = largestBlock(ratings)
  if (!block) return { correlation: null, correlationCannot: 'too-few' }
  const found = intraclassCorrelation(block, confidence)
  if (found.kind === 'cannot') return { correlation: null, correlationCannot: reasonOf(found.because) }
  const told = ({ estimate, lower, upper }: { estimate: number; lower: number; upper: number }) => ({
    estimate,
    low: lower,
    high: upper,
  })
  const single = told(found.single.absolute)
  const average = told(found.average.absolute)
  const finite = [single, average].every((each) => Object.values(each).every(Number.isFinite))
  if (!finite) return { correlation: null, correlationCannot: 'not-calculable' }
  return { correlation: { single, average, units: found.subjects, raters: found.raters }, correlationCannot: null }
}

/**
 * The units the same raters all judged: of the busiest two, three, … raters the set with the most judgements (of two alike the one with more
 * raters). An intraclass correlation needs every unit judged by every rater; the search is greedy, so a larger set may exist.
 */
export function largestBlock(ratings: readonly (readonly (number | null)[])[]): number[][] | null {
  const width = ratings[0]?.length ?? 0
  const counts = Array.from({ length: width }, (_unused, rater) => ratings.filter((row) => row[rater] !== null).length)
  const busiest = [...counts.keys()].toSorted((a, b) => counts[b]! - counts[a]! || a - b)
  let best: number[][] | null = null
  let left = [...ratings]
  for (const [index, rater] of busiest.entries()) {
    left = left.filter((row) => row[rater] !== null)
    if (left.length < 2) break
    const raters = busiest.slice(0, index + 1)
    const size = left.length * raters.length
    if (raters.length >= 2 && size >= (best === null ? 0 : best.length * best[0]!.length))
      best = left.map((row) => raters.map((each) => row[each]!))
  }
  return best
}

const KNOWN = ['too-few', 'no-variation', 'missing', 'disconnected'] as const
export const reasonOf = (because: string): AgreementCannot =>
  KNOWN.find((known) => known === because) ?? 'not-calculable'
