/** What a rule asks: shared by the editor, the server and the evaluation. Levels are given by colour, the mildest first. */
import { z } from 'zod'
import { indicatorId } from '#measurement/contract'

export const colour = z.enum(['yellow', 'orange', 'red'])
export type Colour = z.infer<typeof colour>

/** By colour; null: this colour is not raised. The unit stands in the name of the field that holds them. */
const levels = z.object({
  yellow: z.number().nullable().default(null),
  orange: z.number().nullable().default(null),
  red: z.number().nullable().default(null),
})
export type Levels = z.infer<typeof levels>

const positive = (most: number) =>
  z.object({
    yellow: z.number().gt(0).max(most).nullable().default(null),
    orange: z.number().gt(0).max(most).nullable().default(null),
    red: z.number().gt(0).max(most).nullable().default(null),
  })

/** What a value is held against. */
const baseline = z.discriminatedUnion('of', [
  /** The unit's own pooled value over the periods before. */
  z.object({ of: z.literal('own'), periods: z.number().int().min(3).max(104).default(12) }),
  /** The unit's own pooled value over the same season of years before (the same month, the same week). */
  z.object({ of: z.literal('season'), years: z.number().int().min(1).max(5).default(2) }),
  /** The pooled value of all watched units in the same period. */
  z.object({ of: z.literal('peers') }),
  /** The target set for the unit, else that of the organisation. */
  z.object({ of: z.literal('target') }),
  /** A figure of the industry, in the indicator's unit. */
  z.object({ of: z.literal('industry'), value: z.number() }),
])
export type BaselineChoice = z.infer<typeof baseline>

/** Charts of `libs/stats`; `auto` takes the one the indicator's kind calls for, with Laney's limits for large denominators. */
export const chartKind = z.enum(['auto', 'xmr', 'p', 'laney-p', 'u', 'laney-u', 'c', 't', 'g'])
export type ChartKind = z.infer<typeof chartKind>
/** Named and dated, since sources differ: see `libs/stats/run-rules`. `anhoej` are the two runs tests. */
export const ruleSetName = z.enum([
  'western-electric-1956',
  'nelson-1984',
  'montgomery-2013',
  'nhs-making-data-count-2019',
  'anhoej-2014',
])
export type RuleSetChoice = z.infer<typeof ruleSetName>

const eventCondition = z.object({
  attribute: z.string().trim().min(1).max(100),
  operator: z.enum(['is', 'is-not']),
  value: z.string().max(500),
})

const phrase = z.string().trim().min(1).max(100)

export const condition = z.discriminatedUnion('kind', [
  /** The value reaches a level, in the bad direction of the indicator. In the indicator's unit. */
  z.object({ kind: z.literal('threshold'), levels }),
  /** The value is worse than its baseline by so many percent of the baseline. */
  z.object({ kind: z.literal('deviation'), baseline, levelsPercent: positive(100_000) }),
  /** The value grew (for higher-is-better: fell) by so many percent against the period before, or the same one a year before. */
  z.object({
    kind: z.literal('growth'),
    against: z.enum(['previous', 'year-before']),
    /** So many periods are taken together on either side: small units need longer windows to be judged at all. */
    windowPeriods: z.number().int().min(1).max(12).default(1),
    levelsPercent: positive(100_000),
    /** Counts that come in bunches: their scatter is learnt from so many periods before; 0 takes events as independent. */
    dispersionPeriods: z.number().int().min(0).max(104).default(0),
  }),
  /** A signal of a control chart, by a named rule set; by default only signals to the bad side. */
  z.object({
    kind: z.literal('chart'),
    chart: chartKind.default('auto'),
    ruleSet: ruleSetName.default('nhs-making-data-count-2019'),
    /** Identifiers of rules of the set that count; empty: all. */
    only: z.array(z.string().max(40)).max(12).default([]),
    periods: z.number().int().min(12).max(260).default(24),
    /** The first so many points set the limits; null: all of them. */
    baselinePeriods: z.number().int().min(8).max(260).nullable().default(null),
    /** First days of periods from which confirmed changes hold: limits are drawn anew from there. */
    changes: z.array(z.iso.date()).max(20).default([]),
    bothSides: z.boolean().default(false),
    /** A point beyond the limits; any other signal. */
    colours: z
      .object({ beyond: colour.default('orange'), pattern: colour.default('yellow') })
      .default({ beyond: 'orange', pattern: 'yellow' }),
  }),
  /** The level changed for good somewhere in the last periods; percent of the level before. */
  z.object({
    kind: z.literal('change-point'),
    periods: z.number().int().min(12).max(260).default(36),
    /** A change counts when it lies within so many periods of the newest. */
    within: z.number().int().min(1).max(52).default(6),
    levelsPercent: positive(100_000),
  }),
  /** The value lies beyond the band in which it was expected, from its own course and season. Confidence of the band in percent. */
  z.object({
    kind: z.literal('forecast-band'),
    periods: z.number().int().min(12).max(260).default(36),
    /** Periods of one season; null: none. */
    season: z.number().int().min(2).max(53).nullable().default(null),
    levelsConfidencePercent: z
      .object({
        yellow: z.number().min(50).max(99.999).nullable().default(null),
        orange: z.number().min(50).max(99.999).nullable().default(null),
        red: z.number().min(50).max(99.999).nullable().default(null),
      })
      .default({ yellow: 95, orange: 99, red: 99.9 }),
  }),
  /** The target will probably be missed within the horizon, if things go on. Chance in percent. */
  z.object({
    kind: z.literal('forecast-miss'),
    periods: z.number().int().min(12).max(260).default(36),
    season: z.number().int().min(2).max(53).nullable().default(null),
    horizon: z.number().int().min(1).max(12).default(3),
    /** In the indicator's unit; null: the target set for the unit. */
    target: z.number().nullable().default(null),
    levelsChancePercent: positive(100),
  }),
  /** What is asked for exceeds what is there: the indicator over the one of capacity, in percent. */
  z.object({ kind: z.literal('shortage'), capacity: indicatorId, levelsPercent: positive(100_000) }),
  /** So many events of one kind at one unit that agree in these attributes (category, cause), within the window. */
  z.object({
    kind: z.literal('repeated'),
    eventType: z.string().trim().min(1).max(100),
    where: z.array(eventCondition).max(10).default([]),
    same: z.array(z.string().trim().min(1).max(100)).max(3).default([]),
    /** Count different values of this attribute (customers) rather than events: complaints by a group. */
    distinct: z.string().trim().min(1).max(100).nullable().default(null),
    windowHours: z.number().gt(0).max(8784),
    levels: positive(1_000_000),
  }),
  /** Words or phrases in text as it comes in, unless denied nearby; so many mentions within the window. */
  z.object({
    kind: z.literal('keyword'),
    phrases: z.array(phrase).min(1).max(100),
    /** Phrases that make a mention harmless where they contain it ("no complaint at all"). */
    except: z.array(phrase).max(100).default([]),
    /** Mentions that are denied ("not a complaint", 不投诉) do not count. */
    skipDenied: z.boolean().default(true),
    windowHours: z.number().gt(0).max(8784).default(24),
    levels: positive(1_000_000),
  }),
  /** Nothing came in from a unit for so many hours although it usually does. */
  z.object({
    kind: z.literal('silence'),
    eventType: z.string().trim().min(1).max(100),
    levelsHours: positive(8784),
  }),
  /** At least so many of these rules fire at the same unit; the worst of their colours, or a stated one. */
  z.object({
    kind: z.literal('combination'),
    rules: z.array(z.string().max(80)).min(2).max(10),
    atLeast: z.number().int().min(1).max(10).default(2),
    colour: colour.nullable().default(null),
  }),
])
export type Condition = z.infer<typeof condition>
export type ConditionKind = Condition['kind']
export type ConditionOf<K extends ConditionKind> = Extract<Condition, { kind: K }>

/** Kinds that judge a value of an indicator, period by period. */
export const INDICATOR_KINDS = [
  'threshold',
  'deviation',
  'growth',
  'chart',
  'change-point',
  'forecast-band',
  'forecast-miss',
  'shortage',
] as const satisfies readonly ConditionKind[]
export type IndicatorKind = (typeof INDICATOR_KINDS)[number]
export const judgesIndicator = (kind: ConditionKind): kind is IndicatorKind =>
  (INDICATOR_KINDS as readonly ConditionKind[]).includes(kind)
