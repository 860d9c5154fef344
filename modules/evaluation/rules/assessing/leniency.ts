/** Takes out how lenient each rater judges everybody (two-way additive model, `libs/stats` agreement). */
import { type LeniencyResult, raterLeniency } from '#stats/agreement/rater-leniency'
import type { RaterKind } from '../../contract/scheme.ts'

export interface Judgement {
  readonly kind: RaterKind
  readonly rater: string
  readonly unit: number
  readonly value: number
}

/** Of one kind of rater: superiors are compared with superiors. */
export function leniencyOf(judgements: readonly Judgement[], confidence?: number): LeniencyResult {
  const ratings = judgements.map(({ rater, unit, value }) => ({ unit: String(unit), rater, score: value }))
  return raterLeniency(ratings, confidence)
}

/** Each judgement less its rater's leniency; those of a kind whose raters cannot be compared stay as they are. */
export function corrected(judgements: readonly Judgement[]): Judgement[] {
  return [...Map.groupBy(judgements, (each) => each.kind).values()].flatMap((own) => {
    const found = leniencyOf(own)
    if (found.kind === 'cannot') return own
    const leniency = new Map(found.raters.map((each) => [each.rater, each.leniency]))
    return own.map((each) => ({ ...each, value: each.value - leniency.get(each.rater)! }))
  })
}
