/** Takes out how lenient each rater judges everybody. */
import type { RaterKind } from '../../contract/scheme.ts'

export interface Judgement {
  readonly kind: RaterKind
  readonly rater: string
  readonly unit: number
  readonly value: number
}
