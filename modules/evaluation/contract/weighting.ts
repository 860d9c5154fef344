/** Where weights come from: the method and all its inputs are kept with the scheme. */
import { z } from 'zod'
import { grain, instantText, plainDate } from '#platform/contract'

/** Judgements above the diagonal, row by row, 1/9 to 9; null: not compared. For n parts n (n - 1) / 2 of them. */
const judgements = z
  .array(
    z
      .number()
      .gt(0)
      .max(9)
      .min(1 / 9 - 1e-9)
      .nullable(),
  )
  .max(190)

/** One set of parts compared in pairs: the dimensions (`of` null) or the items of one dimension. */
export const comparison = z.object({
  of: z.string().max(80).nullable(),
  judges: z
    .array(
      z.object({ name: z.string().trim().min(1).max(100), weight: z.number().gt(0).max(100).default(1), judgements }),
    )
    .min(1)
    .max(30),
})
export type Comparison = z.infer<typeof comparison>

export const priorityMethods = ['eigenvector', 'geometric-mean'] as const
/** Whose table of random indices the consistency ratio is taken by; they differ in the second digit. */
export const randomIndexTables = ['saaty-1980', 'saaty-2008', 'alonso-lamata-2006'] as const
export const dataMethods = ['entropy', 'critic', 'standard-deviation'] as const
export type DataMethod = (typeof dataMethods)[number]

const analyticHierarchy = z.object({
  method: z.literal('analytic-hierarchy'),
  comparisons: z.array(comparison).min(1).max(21),
  priorities: z.enum(priorityMethods).default('eigenvector'),
  randomIndex: z.enum(randomIndexTables).default('saaty-1980'),
  /** How several judges become one: their judgements (AIJ) or their weights (AIP). */
  combine: z.enum(['judgements', 'priorities']).default('judgements'),
})
/** Calculated from the points of all units in one period; `weights` are those that came out then. */
const fromData = z.object({
  method: z.enum(dataMethods),
  grain: grain.default('month'),
  periodStart: plainDate,
  calculatedAt: instantText.nullable().default(null),
})
const equal = z.object({ method: z.literal('equal') })
const hand = z.object({ method: z.literal('hand') })

const single = z.discriminatedUnion('method', [hand, equal, analyticHierarchy, fromData])
/** The global weights of the items, in the order of the scheme, as each method gave them. */
const blended = z.object({
  method: z.literal('blend'),
  rule: z.enum(['convex', 'multiplicative']).default('convex'),
  parts: z
    .array(
      z.object({ share: z.number().gt(0).max(1), from: single, weights: z.array(z.number().min(0).max(1)).min(1) }),
    )
    .min(2)
    .max(5),
})
export const weighting = z.union([single, blended])
export type Weighting = z.infer<typeof weighting>
export type SingleWeighting = z.infer<typeof single>

export const comparisonReport = z.object({
  of: z.string().nullable(),
  weights: z.array(z.number()),
  /** Consistency ratio; null where it says nothing (fewer than three parts). */
  consistencyRatio: z.number().nullable(),
  /** Judgements (of all judges together) that agree least with the weights, worst first. */
  repairs: z.array(
    z.object({
      row: z.number().int(),
      column: z.number().int(),
      said: z.number(),
      /** The value of the scale nearest to what the other judgements together say. */
      suggested: z.number(),
      ratioAfter: z.number().nullable(),
    }),
  ),
  judges: z.array(z.object({ weights: z.array(z.number()), consistencyRatio: z.number().nullable() })),
  /** How alike the judges' weights are, 0 to 1; null for one judge. */
  consensus: z.number().nullable(),
  /** Why there are no weights: parts nobody compared, judgements off the scale. */
  cannot: z.string().nullable(),
})
export type ComparisonReport = z.infer<typeof comparisonReport>

export const weightsReport = z.object({
  /** Weight of each dimension, and of each item within its dimension; those of the draft where the method says nothing. */
  dimensions: z.array(z.object({ id: z.string(), weight: z.number(), items: z.array(z.number()) })),
  comparisons: z.array(comparisonReport),
  warnings: z.array(
    z.object({
      rule: z.enum(['inconsistent', 'all-equal', 'too-few-units', 'incomplete', 'zero-weight', 'not-calculable']),
      /** The comparison or item it is about; null: the whole. */
      of: z.string().nullable(),
    }),
  ),
})
export type WeightsReport = z.infer<typeof weightsReport>
