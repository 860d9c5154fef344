import type { DeliveryProblem } from '../contract.ts'

/** What became of one attempt to send. */
export interface Outcome {
  /** Null where it arrived. */
  readonly problem: DeliveryProblem | null
  readonly status: number | null
  /** What the other side said, before secrets are taken out of it. */
  readonly answer: string
  /** How long the target is left alone. */
  readonly restSeconds: number
}

export const failedWith = (problem: DeliveryProblem, answer = ''): Outcome => ({
  problem,
  status: null,
  answer,
  restSeconds: 0,
})
