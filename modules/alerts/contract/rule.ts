/** A rule: whom it watches, what it asks, how sure it must be, and how steadily it speaks. */
import { z } from 'zod'
import { bilingual, grain, instantText, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { indicatorId } from '#measurement/contract'
import { condition } from './condition.ts'

export const ruleId = z.string().regex(/^[a-z][a-z0-9-]{1,79}$/, 'a small letter, then letters, digits and hyphens')

/** Whom it watches. */
const watch = z.object({
  /** Every entity of this kind; null: the node `below` itself, or without it the whole organisation. */
  entityKind: z.string().max(50).nullable().default(null),
  below: entityKey.nullable().default(null),
  /** Every node of the tree under `below` (with it), each with all below it, instead of one kind. */
  everyNode: z.boolean().default(false),
})

/** Weak signals that belong together become one alert above them. */
const pooling = z.object({
  /** So many units below one node, and this share of those judged there, must fire before the node speaks for them. */
  leastUnits: z.number().int().min(2).max(1000).default(3),
  leastSharePercent: z.number().gt(0).max(100).default(30),
  /** Also where no unit fires alone, when all of them together do. */
  together: z.boolean().default(true),
})

export const ruleDraft = z.object({
  id: ruleId,
  title: bilingual,
  /** Null for kinds that judge events themselves. */
  indicator: indicatorId.nullable().default(null),
  grain: grain.default('month'),
  watch,
  condition,
  /** Fire only when the difference is more than chance at this level of confidence; 0 switches the test off. */
  confidence: z.number().min(0).max(0.99999).default(0.99),
  /** Of the units named by one run, at most this share is expected to be innocent (Benjamini and Hochberg); null: each unit by itself. */
  falseDiscoveryShare: z.number().gt(0).lt(1).nullable().default(null),
  /** Fewer cases than this are never judged. */
  minimumN: z.number().int().min(0).max(1_000_000).default(10),
  pooling: pooling.nullable().default(null),
  /** Also judge the period that runs now, whenever events come in: for levels that are passed once and for all. */
  alsoRunning: z.boolean().default(false),
  /** In periods of the rule's grain; for rules over events in evaluations. */
  steadiness: z
    .object({
      /** Must hold so many times in a row before it fires; until then it is pending. */
      forPeriods: z.number().int().min(1).max(52).default(1),
      /** Must be quiet so many times in a row before it is gone; until then it is recovering. */
      quietPeriods: z.number().int().min(1).max(52).default(1),
      /** Once firing, levels are eased by so many percent before it counts as quiet (hysteresis). */
      easePercent: z.number().min(0).max(50).default(0),
      noData: z.enum(['keep', 'quiet', 'alert']).default('keep'),
    })
    .default({ forPeriods: 1, quietPeriods: 1, easePercent: 0, noData: 'keep' }),
  /** Response plan proposed with its alerts; null: matched by the plans themselves. */
  responsePlan: z.string().max(80).nullable().default(null),
  active: z.boolean().default(true),
  /** The first period it judges; earlier ones stay silent. */
  startsOn: plainDate,
})
export type RuleDraft = z.infer<typeof ruleDraft>
export type RuleDraftInput = z.input<typeof ruleDraft>

/** How its evaluation goes. */
export const ruleHealth = z.object({
  state: z.enum(['waiting', 'fine', 'error']),
  /** The last period judged. */
  evaluatedTo: plainDate.nullable(),
  lastRunAt: instantText.nullable(),
  lastMilliseconds: z.number().nullable(),
  /** Evaluations that were due and did not take place in time, since the rule began. */
  missed: z.number().int(),
  /** Why it cannot be evaluated: a code of the refusals. */
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Units by the state of their signal; normal ones are all others. */
  pending: z.number().int(),
  firing: z.number().int(),
  recovering: z.number().int(),
  noData: z.number().int(),
})
export type RuleHealth = z.infer<typeof ruleHealth>

export const rule = ruleDraft.extend({
  version: z.number().int(),
  evaluatedTo: plainDate.nullable(),
  createdAt: instantText,
  createdBy: z.string(),
  health: ruleHealth,
})
export type Rule = z.infer<typeof rule>
