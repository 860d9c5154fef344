/**
 * What an indicator is made of. Shared by server and web: `rules/plan` turns it into facts and a way to evaluate them, the
 * compiler turns facts into SQL, the editor draws it as a form, a file holds it as YAML or JSON.
 */
import { z } from 'zod'

/** Names of attributes and values are the sender's words; they reach the store as parameters, never as SQL. */
const factName = z.string().min(1).max(100)
/** A name formulas may use. */
const variable = z.string().regex(/^[a-z][a-zA-Z0-9_]{0,39}$/, 'a small letter, then letters, digits and underscores')
const CONDITIONS_LIMIT = 20
const TERMS_LIMIT = 20
const CONDITION_VALUES_LIMIT = 1000
const FACTS_LIMIT = 20
const MATCH_LIMIT = 5
const FORMULA_LENGTH_LIMIT = 500
/** Longest window between two paired events, in hours: two years. */
const WITHIN_LIMIT_HOURS = 17_544
const ROLLING_LIMIT_DAYS = 1_100
const calendarId = z.string().min(1).max(80)

/**
 * One condition on an event. A missing attribute reads as the empty text: `is-not` and `not-in` hold for it. A missing value
 * fulfils no comparison. `open` and `closed` ask whether the event happened in a calendar's working time.
 */
const condition = z.discriminatedUnion('operator', [
  z.object({ attribute: factName, operator: z.literal('is'), value: z.string().max(500) }),
  z.object({ attribute: factName, operator: z.literal('is-not'), value: z.string().max(500) }),
  z.object({
    attribute: factName,
    operator: z.literal('in'),
    values: z.array(z.string().max(500)).min(1).max(CONDITION_VALUES_LIMIT),
  }),
  z.object({
    attribute: factName,
    operator: z.literal('not-in'),
    values: z.array(z.string().max(500)).min(1).max(CONDITION_VALUES_LIMIT),
  }),
  z.object({ attribute: factName, operator: z.literal('given') }),
  z.object({ attribute: factName, operator: z.literal('not-given') }),
  z.object({ value: factName, operator: z.literal('at-least'), limit: z.number() }),
  z.object({ value: factName, operator: z.literal('more-than'), limit: z.number() }),
  z.object({ value: factName, operator: z.literal('at-most'), limit: z.number() }),
  z.object({ value: factName, operator: z.literal('less-than'), limit: z.number() }),
  z.object({ calendar: calendarId, operator: z.literal('open') }),
  z.object({ calendar: calendarId, operator: z.literal('closed') }),
])
export type Condition = z.infer<typeof condition>

export const conditions = z.array(condition).max(CONDITIONS_LIMIT)

/** The name that stands for "one for each event" instead of a value the events carry. */
export const EVENTS = 'events'

/**
 * A summand: coefficient x (number of events, or the total of a value), over the events that fulfil `where`. `eventType` only
 * where it differs from the definition's own (complaints per thousand visits).
 */
const term = z.object({
  of: factName,
  coefficient: z
    .number()
    .refine((number) => number !== 0, 'a coefficient of 0 adds nothing')
    .default(1),
  where: conditions.default([]),
  eventType: factName.optional(),
})
export type Term = z.infer<typeof term>

const terms = z.array(term).min(1).max(TERMS_LIMIT)
const oneValue = z
  .array(term.refine((each) => each.of !== EVENTS, 'needs a value the events carry, not their number'))
  .length(1)
const base = { eventType: factName, where: conditions.default([]) }
const stream = z.object(base)
export type EventStream = z.infer<typeof stream>

/**
 * Two events of one story: each `from` event with the first `to` event after it that agrees in the `match` attributes (and in
 * the entity, unless `acrossEntities`) within `withinHours`. Without a match it is *open* until the window is over, then *late*:
 * - `exclude`: only matched pairs are looked at.
 * - `censor`: open ones are left out until their window is over; late ones count (as not converted, or with the whole window).
 * - `count-late`: open ones count like late ones from the first moment.
 */
const pair = z.object({
  from: stream,
  to: stream,
  match: z.array(factName).min(1).max(MATCH_LIMIT),
  acrossEntities: z.boolean().default(false),
  withinHours: z.number().gt(0).max(WITHIN_LIMIT_HOURS),
  open: z.enum(['exclude', 'censor', 'count-late']).default('censor'),
})
export type Pair = z.infer<typeof pair>

/** A named, filtered state of one event stream: formulas use `name.n`, `name.sum`, `name.mean`, `name.min`, `name.max`, `name.last`, `name.distinct`. */
const namedFact = z.object({
  name: variable,
  ...base,
  /** A value the events carry, or `events`. */
  of: factName.default(EVENTS),
  /** For `name.distinct`: the attribute whose different values are counted. */
  distinct: factName.optional(),
})
export type NamedFact = z.infer<typeof namedFact>

const quantile = z.number().gt(0).lt(1)
const formula = z.string().trim().min(1).max(FORMULA_LENGTH_LIMIT)

/**
 * - `count`: numerator of events, e.g. complaints. `sum`: total of values.
 * - `mean`: one value over the number of events that carry it; `quantile`: one value's quantile over the same events.
 * - `ratio`: numerator over denominator (complaints per 10,000 parcels: coefficient 10000).
 * - `proportion`: the same, where the numerator counts a part of the denominator's trials, so that n is the denominator.
 *   "Within four hours" = (attendances - breaches) / attendances is numerator [attendances, -1 x breaches].
 * - `distinct`: how many different values an attribute has (served customers).
 * - `duration`: hours between paired events: their mean, a quantile, or the share within a limit.
 * - `conversion`: the share of `from` events that are followed by a `to` event.
 * - `repeat`: the share of events followed by another of the same stream (repeat contact, repurchase).
 * - `cumulative`: a count or sum over the last so many days, since the begin of a longer period, or since the beginning.
 * - `backlog`: opened minus closed since the beginning, as it stands at the end of the period.
 * - `level`: readings of a state; each entity's last (least, greatest, mean) reading of the period, added up over entities.
 * - `survey`: ratings on a scale: their mean, the share from `topFrom` on (top box), or the net promoter score.
 * - `expression`: a formula over named facts. `derived`: a formula over other indicators.
 */
export const indicatorDefinition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('count'), ...base, numerator: terms }),
  z.object({ kind: z.literal('sum'), ...base, numerator: terms }),
  z.object({ kind: z.literal('mean'), ...base, numerator: oneValue }),
  z.object({ kind: z.literal('ratio'), ...base, numerator: terms, denominator: terms }),
  z.object({ kind: z.literal('proportion'), ...base, numerator: terms, denominator: terms }),
  z.object({ kind: z.literal('quantile'), ...base, numerator: oneValue, quantile }),
  z.object({ kind: z.literal('distinct'), ...base, attribute: factName }),
  z.object({
    kind: z.literal('duration'),
    pair,
    statistic: z.discriminatedUnion('of', [
      z.object({ of: z.literal('mean') }),
      z.object({ of: z.literal('quantile'), quantile }),
      z.object({ of: z.literal('within'), limitHours: z.number().gt(0).max(WITHIN_LIMIT_HOURS) }),
    ]),
  }),
  z.object({ kind: z.literal('conversion'), pair }),
  z.object({
    kind: z.literal('repeat'),
    ...base,
    match: z.array(factName).min(1).max(MATCH_LIMIT),
    acrossEntities: z.boolean().default(false),
    withinHours: z.number().gt(0).max(WITHIN_LIMIT_HOURS),
  }),
  z.object({
    kind: z.literal('cumulative'),
    ...base,
    numerator: terms,
    window: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('rolling'), days: z.number().int().min(1).max(ROLLING_LIMIT_DAYS) }),
      z.object({ kind: z.literal('to-date'), since: z.enum(['month', 'quarter', 'year']) }),
      z.object({ kind: z.literal('lifetime') }),
    ]),
  }),
  z.object({ kind: z.literal('backlog'), opened: stream, closed: stream }),
  z.object({
    kind: z.literal('level'),
    ...base,
    value: factName,
    take: z.enum(['last', 'least', 'greatest', 'mean']).default('last'),
  }),
  z.object({
    kind: z.literal('survey'),
    ...base,
    value: factName,
    scale: z.object({ low: z.number(), high: z.number() }),
    score: z.discriminatedUnion('of', [
      z.object({ of: z.literal('mean') }),
      z.object({ of: z.literal('top-box'), from: z.number() }),
      /** Share from `promotersFrom` on minus share up to `detractorsTo` (Reichheld, 2003: 9 and 6 of 10). */
      z.object({ of: z.literal('net-promoter'), promotersFrom: z.number(), detractorsTo: z.number() }),
    ]),
  }),
  /** `nOf`: the fact whose n the value rests on; the largest n when absent. */
  z.object({
    kind: z.literal('expression'),
    facts: z.array(namedFact).min(1).max(FACTS_LIMIT),
    formula,
    nOf: variable.optional(),
  }),
  z.object({
    kind: z.literal('derived'),
    parts: z
      .array(z.object({ name: variable, indicator: z.string().min(1).max(80) }))
      .min(1)
      .max(FACTS_LIMIT),
    formula,
  }),
])
export type IndicatorDefinition = z.infer<typeof indicatorDefinition>
export type DefinitionKind = IndicatorDefinition['kind']
