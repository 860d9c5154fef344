/** What an indicator is made of. Shared by server and web: the compiler turns it into SQL, the editor draws it as a form. */
import { z } from 'zod'

/** Names of attributes and values are the sender's words; they reach the store as parameters, never as SQL. */
const factName = z.string().min(1).max(100)
const CONDITIONS_LIMIT = 20
const TERMS_LIMIT = 20
const CONDITION_VALUES_LIMIT = 1000

/** One condition on an attribute. A missing attribute reads as the empty text: `is-not` holds for it, `is` does not. */
const condition = z.discriminatedUnion('operator', [
  z.object({ attribute: factName, operator: z.literal('is'), value: z.string().max(500) }),
  z.object({ attribute: factName, operator: z.literal('is-not'), value: z.string().max(500) }),
  z.object({
    attribute: factName,
    operator: z.literal('in'),
    values: z.array(z.string().max(500)).min(1).max(CONDITION_VALUES_LIMIT),
  }),
])
export type Condition = z.infer<typeof condition>

const conditions = z.array(condition).max(CONDITIONS_LIMIT)

/** The name that stands for "one for each event" instead of a value the events carry. */
export const EVENTS = 'events'

/** A summand: coefficient x (number of events, or the total of a value), over the events that fulfil `where`. */
const term = z.object({
  of: factName,
  coefficient: z
    .number()
    .refine((number) => number !== 0, 'a coefficient of 0 adds nothing')
    .default(1),
  where: conditions.default([]),
})
export type Term = z.infer<typeof term>

const terms = z.array(term).min(1).max(TERMS_LIMIT)
const oneValue = z
  .array(term.refine((each) => each.of !== EVENTS, 'needs a value the events carry, not their number'))
  .length(1)
const base = { eventType: factName, where: conditions.default([]) }

/**
 * - `count`: numerator of events, e.g. complaints. `sum`: total of values.
 * - `mean`: one value over the number of events that carry it; `quantile`: one value's quantile over the same events.
 * - `ratio`: numerator over denominator (complaints per 10,000 parcels: coefficient 10000).
 * - `proportion`: the same, where the numerator counts a part of the denominator's trials, so that n is the denominator.
 *   "Within four hours" = (attendances - breaches) / attendances is numerator [attendances, -1 x breaches].
 */
export const indicatorDefinition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('count'), ...base, numerator: terms }),
  z.object({ kind: z.literal('sum'), ...base, numerator: terms }),
  z.object({ kind: z.literal('mean'), ...base, numerator: oneValue }),
  z.object({ kind: z.literal('ratio'), ...base, numerator: terms, denominator: terms }),
  z.object({ kind: z.literal('proportion'), ...base, numerator: terms, denominator: terms }),
  z.object({ kind: z.literal('quantile'), ...base, numerator: oneValue, quantile: z.number().gt(0).lt(1) }),
])
export type IndicatorDefinition = z.infer<typeof indicatorDefinition>
