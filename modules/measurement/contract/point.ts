/** One value of an indicator with its certainty. */
import { z } from 'zod'
import { plainDate } from '#platform/contract'

/** One value with what it rests on. `value` is in the indicator's unit (a share of 0.934 is 93.4 with unit percent). */
export const point = z.object({
  periodStart: plainDate,
  numerator: z.number(),
  denominator: z.number(),
  n: z.number(),
  value: z.number().nullable(),
  /** 95 % interval where the kind allows one. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Standard error in the indicator's unit where the kind allows one. */
  standardError: z.number().nullable(),
  /** n under the indicator's minimum: grey, not judged. */
  tooFew: z.boolean(),
  /** Whether the period was over when the answer was made. */
  complete: z.boolean(),
})
export type Point = z.infer<typeof point>
