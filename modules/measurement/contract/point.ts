/** One value of an indicator with its certainty. */
import { z } from 'zod'
import { instantText, plainDate } from '#platform/contract'

/** What a reader must know about a point beside its figures. */
export const pointNote = z.enum([
  /** Drawn towards the organisation's value because n is small. */
  'shrunk',
  /** n is under the minimum and the definition hides such values. */
  'hidden',
  /** No events: the value of the period before, or a zero, by definition. */
  'carried',
  'zero',
  /** Some events were left out with evidence. */
  'excluded',
  /** More events claimed an exclusion than its share allows: none was left out. */
  'exclusion-void',
  /** The period was published, and the value is another one since. */
  'revised',
  /** So few answers of people that telling it would tell of single ones: no figure is told, not even n. */
  'protected',
])

/** One value with what it rests on. `value` is in the indicator's unit (a share of 0.934 is 93.4 with unit percent). */
export const point = z.object({
  /** First day of the period; for hours and minutes the instant it begins. */
  periodStart: z.union([plainDate, instantText]),
  numerator: z.number(),
  denominator: z.number(),
  /** Null where the point is protected. */
  n: z.number().nullable(),
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
  notes: z.array(pointNote).optional(),
})
export type Point = z.infer<typeof point>
/** As it was calculated, before anybody asked who may be told. */
export type Measured = Point & { readonly n: number }
export type PointNote = z.infer<typeof pointNote>
