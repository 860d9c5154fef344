/** What people ask beside a proof: which design to choose, what a measure returns, how much of everything works. */
import { z } from 'zod'
import { plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { indicatorId } from '#measurement/contract'
import { proofMethod } from '#plans/contract'

/** A design a plan could choose, by what the history says of it. */
const candidate = z.object({
  design: z.enum([...proofMethod.options, 'randomised-customers', 'randomised-outlets', 'switchback']),
  feasible: z.boolean(),
  /** Approval freezes it here; designs by lot are run as experiments. */
  freezes: z.boolean(),
  /** At the smallest effect, over the planned time. */
  power: z.number().nullable(),
  /** Smallest effect found with a power of 0.8. */
  detectable: z.number().nullable(),
  /** Periods after the measure for a power of 0.8; null when time alone does not bring it, or it is not known. */
  periodsNeeded: z.number().int().nullable(),
})
export type Candidate = z.infer<typeof candidate>

export const advice = z.object({
  /** Strongest first. */
  candidates: z.array(candidate),
  warnings: z.array(
    z.object({
      code: z.enum([
        'short-baseline',
        'season-unseen',
        'week-unmodelled',
        'no-comparison',
        'few-comparisons',
        'low-power',
        'regression-to-the-mean',
      ]),
      value: z.number(),
    }),
  ),
  /** What the last stretch will give back by itself. */
  fallBack: z
    .object({
      lastValue: z.number(),
      shrunkenBaseline: z.number(),
      byItself: z.number(),
      pickedAtWorst: z.boolean(),
    })
    .nullable(),
  /** Last periods of the baseline that had better be left out. */
  runUpPeriods: z.number().int(),
  periodsBefore: z.number().int(),
  periodsAfter: z.number().int(),
  /** Units looked at as comparison: those asked for, or else others of the same kind. */
  comparison: z.array(z.object({ key: entityKey, name: z.string() })),
  unit: z.string(),
})
export type Advice = z.infer<typeof advice>

export const adviceQuestion = z.object({
  indicator: indicatorId,
  entity: entityKey,
  /** Empty: others of the same kind are proposed. */
  comparison: z.array(entityKey).max(60).default([]),
  varies: z.enum(['customers', 'days', 'windows', 'outlets', 'nothing']).default('nothing'),
  grain: z.enum(['day', 'week', 'month']),
  baselineFrom: plainDate,
  interventionOn: plainDate,
  endsOn: plainDate,
  smallestEffect: z.number().positive(),
  seasonPeriods: z.number().int().min(0).max(366).default(0),
})
export type AdviceQuestion = z.infer<typeof adviceQuestion>

const portfolioGroup = z.object({
  /** Kind of plan, or indicator. */
  group: z.string(),
  plans: z.number().int(),
  effective: z.number().int(),
  noRelevantDifference: z.number().int(),
  harmful: z.number().int(),
  undecided: z.number().int(),
  waived: z.number().int(),
  /** Share proved effective, in [0, 1], with its 95 % interval. */
  share: z.number(),
  low: z.number(),
  high: z.number(),
  /** Drawn towards the share of all (beta-binomial); otherwise the group's own with a Wilson interval. */
  shrunken: z.boolean(),
})
export type PortfolioGroup = z.infer<typeof portfolioGroup>

export const portfolio = z.object({
  byKind: z.array(portfolioGroup),
  byIndicator: z.array(portfolioGroup),
  /** Measures shown to work, newest first: effect in multiples of the smallest worth having. */
  worked: z.array(
    z.object({
      planId: z.string(),
      planTitle: z.string(),
      indicator: indicatorId,
      entity: z.string(),
      timesPromised: z.number(),
    }),
  ),
})

/** Least, most likely and most. */
const range = z
  .object({
    least: z.number().min(0).max(1e12),
    likely: z.number().min(0).max(1e12),
    most: z.number().min(0).max(1e12),
  })
  .refine(({ least, likely, most }) => least <= likely && likely <= most, {
    message: 'least, likely, most in this order',
  })
export const returnQuestion = z.object({
  planId: z.string(),
  costYuan: range,
  /** Worth of one unit of improvement for one period. */
  yuanPerUnit: range,
  /** Periods the effect lasts. */
  periods: range,
})
export type ReturnQuestion = z.infer<typeof returnQuestion>
const interval = z.object({ low: z.number(), median: z.number(), high: z.number() })
export const returnAnswer = z.object({
  netYuan: interval,
  benefitYuan: interval,
  chancePositive: z.number(),
  /** With it the same draws come again. */
  seed: z.number().int(),
  draws: z.number().int(),
})
export type ReturnAnswer = z.infer<typeof returnAnswer>
