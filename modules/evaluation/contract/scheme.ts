/** Schemes: what is judged, how values become points, how points become one score. All numbers are configuration, versioned. */
import { z } from 'zod'
import { bilingual, grain, instantText, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { indicatorId } from '#measurement/contract'
import { weighting } from './weighting.ts'

/** Small letters, digits and hyphens. */
const slug = z.string().regex(/^[a-z][a-z0-9-]{1,79}$/, 'small letters, digits and hyphens, starting with a letter')
const points = z.number().min(0).max(100)

/** From a value in the indicator's unit to points, 0 to 100. */
export const transform = z.discriminatedUnion('kind', [
  /** Straight lines between [value, points], values ascending; beyond the ends their points. */
  z.object({
    kind: z.literal('piecewise'),
    points: z
      .array(z.tuple([z.number(), points]))
      .min(2)
      .max(20),
  }),
  /** Full points at the target or better; each unit short of it costs so many points, down to the floor. */
  z.object({
    kind: z.literal('target-gap'),
    target: z.number(),
    pointsPerUnit: z.number().gt(0),
    floor: points.default(0),
  }),
  /** So many points for each standard deviation of the peers better than their mean, which is worth `centre`. */
  z.object({
    kind: z.literal('z-score'),
    centre: points.default(50),
    pointsPerDeviation: z.number().gt(0).max(100).default(10),
  }),
  /** The share of the peers that is worse, ties counted half (mid-rank), times 100. */
  z.object({ kind: z.literal('percentile') }),
  /** From each value on so many points; below the first step none. For fewer is better: up to each value. */
  z.object({
    kind: z.literal('step'),
    steps: z
      .array(z.tuple([z.number(), points]))
      .min(1)
      .max(20),
  }),
])
export type Transform = z.infer<typeof transform>

/** Who judges: EVA-6. `customers` speak through an indicator. */
export const raterKinds = ['self', 'superior', 'third-party', 'customers', 'supervisors'] as const
export const raterKind = z.enum(raterKinds)
export type RaterKind = z.infer<typeof raterKind>

export const itemSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('indicator'), indicator: indicatorId }),
  /** Judged by people on a scale, each kind of rater with its declared weight. */
  z.object({
    kind: z.literal('assessed'),
    title: bilingual,
    question: bilingual.nullable().default(null),
    scale: z.object({ low: z.number(), high: z.number() }),
    raters: z
      .array(
        z.object({
          kind: raterKind,
          weight: z.number().gt(0).max(1),
          /** For `customers`: where their answers are; its values must be on the same scale. */
          indicator: indicatorId.nullable().default(null),
        }),
      )
      .min(1)
      .max(5),
    /** Takes out how lenient each person judges everybody, where raters and units are connected enough to tell. */
    leniency: z.boolean().default(false),
  }),
])
export type ItemSource = z.infer<typeof itemSource>

export const schemeItem = z.object({
  /** Unique in the scheme; by default the indicator's id. */
  id: slug,
  source: itemSource,
  /** Share of its dimension; the weights in a dimension sum to 1. 0: measured and shown, counts for nothing. */
  weight: z.number().min(0).max(1),
  transform,
  /** For data envelopment: whether it is a resource spent or a result. */
  role: z.enum(['result', 'resource']).default('result'),
  required: z.boolean().default(false),
  /** Below this n the value is provisional or missing; null: the indicator's own minimum. */
  minimumN: z.number().int().min(0).nullable().default(null),
  belowMinimum: z.enum(['missing', 'provisional']).default('missing'),
  /** Draws values of small units towards their peers (empirical Bayes); then n below the minimum is provisional, never missing. */
  shrink: z.enum(['none', 'peers']).default('none'),
})
export type SchemeItem = z.infer<typeof schemeItem>

export const dimension = z.object({
  id: slug,
  title: bilingual,
  /** Share of the composite; the weights of all dimensions sum to 1. */
  weight: z.number().min(0).max(1),
  items: z.array(schemeItem).min(1).max(50),
})
export type Dimension = z.infer<typeof dimension>

/** A condition that no score buys off: a serious incident caps the grade. */
export const gate = z.object({
  id: slug,
  title: bilingual,
  indicator: indicatorId,
  operator: z.enum(['more-than', 'at-least', 'less-than', 'at-most']),
  limit: z.number(),
  cap: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('stars'), most: z.number().int().min(1).max(5) }),
    z.object({ kind: z.literal('points'), most: points }),
  ]),
})
export type Gate = z.infer<typeof gate>

/** Units are compared, drawn together and standardised within these. */
export const peerGroups = z.discriminatedUnion('by', [
  z.object({ by: z.literal('none') }),
  z.object({ by: z.literal('region') }),
  z.object({ by: z.literal('parent') }),
  z.object({ by: z.literal('attribute'), attribute: z.string().trim().min(1).max(100) }),
])
export type PeerGroups = z.infer<typeof peerGroups>

export const fuzzyOperators = ['min-max', 'product-max', 'min-bounded-sum', 'weighted-average'] as const
export const aggregation = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('weighted-sum') }),
  /** Points below `leastPoints` count as that many: a zero would wipe out all else. */
  z.object({ kind: z.literal('weighted-product'), leastPoints: z.number().gt(0).max(50).default(1) }),
  z.object({ kind: z.literal('topsis') }),
  /** `v`: how much the majority weighs against the worst regret. */
  z.object({ kind: z.literal('vikor'), v: z.number().min(0).max(1).default(0.5) }),
  z.object({ kind: z.literal('grey-relational'), rho: z.number().gt(0).max(1).default(0.5) }),
  /** Points belong to neighbouring levels (triangles); read as the centroid of the levels. */
  z.object({
    kind: z.literal('fuzzy'),
    operator: z.enum(fuzzyOperators).default('weighted-average'),
    levels: z.array(points).min(2).max(9).default([20, 40, 60, 80, 100]),
  }),
  /** Results for resources: the share of its best possible weighting a unit reaches (Charnes, Cooper, Rhodes 1978). */
  z.object({
    kind: z.literal('data-envelopment'),
    returns: z.enum(['constant', 'variable']).default('variable'),
    orientation: z.enum(['input', 'output']).default('output'),
  }),
])
export type Aggregation = z.infer<typeof aggregation>

export const grades = z.object({
  bands: z.discriminatedUnion('kind', [
    /** Points from which 2, 3, 4, 5 stars begin, ascending. */
    z.object({ kind: z.literal('fixed'), from: z.array(points).min(1).max(4) }),
    /** Shares of the units with 1, 2, … stars, from the lowest; they sum to 1. */
    z.object({ kind: z.literal('quantile'), shares: z.array(z.number().gt(0).max(1)).min(2).max(5) }),
    /** Groups with the least spread inside (exact one-dimensional k-means). */
    z.object({ kind: z.literal('k-means'), count: z.number().int().min(2).max(5) }),
  ]),
  /** A grade changes only when the score passes the border by so many points. */
  hysteresisPoints: z.number().min(0).max(20).default(0),
})
export type Grades = z.infer<typeof grades>

export const schemeDraft = z.object({
  id: slug,
  title: bilingual,
  explanation: z.object({ zh: z.string().max(2000), en: z.string().max(2000) }).default({ zh: '', en: '' }),
  /** Periods that are scored; the first is the usual one. */
  grains: z.array(grain).min(1).max(6).default(['month']),
  /** Who is ranked: entities of this kind, below this node where given. */
  entityKind: z.string().min(1).max(50),
  below: entityKey.nullable().default(null),
  peerGroups: peerGroups.default({ by: 'none' }),
  dimensions: z.array(dimension).min(1).max(20),
  /** How the weights came about, with all inputs, so that anybody can follow. */
  weighting: weighting.default({ method: 'hand' }),
  aggregation: aggregation.default({ kind: 'weighted-sum' }),
  gates: z.array(gate).max(20).default([]),
  /** What becomes of the weight of an item without value; beyond `mostShare` of all weight the unit is not ranked. */
  missing: z
    .object({
      rule: z.enum(['redistribute-in-dimension', 'redistribute-all', 'not-ranked']),
      mostShare: z.number().min(0).max(0.9),
    })
    .default({ rule: 'redistribute-in-dimension', mostShare: 0.4 }),
  eligibility: z
    .object({
      leastItems: z.number().int().min(1).max(50),
      leastDimensions: z.number().int().min(1).max(20),
      leastN: z.number().int().min(0),
    })
    .default({ leastItems: 1, leastDimensions: 1, leastN: 0 }),
  grades: grades.default({ bands: { kind: 'fixed', from: [60, 70, 80, 90] }, hysteresisPoints: 1 }),
  /** From the composite to the experience score of 1 to 5, as straight lines. */
  experience: z
    .array(z.tuple([points, z.number().min(1).max(5)]))
    .min(2)
    .max(20)
    .default([
      [0, 1],
      [100, 5],
    ]),
  certainty: z
    .object({
      /** Level of all intervals. */
      confidence: z.number().min(0.5).max(0.999),
      /** How often the ranking is drawn anew to see how far chance moves it. */
      draws: z.number().int().min(200).max(5000),
      /** Share of the units that counts as the top (and as the bottom). */
      topShare: z.number().gt(0).max(0.5),
    })
    .default({ confidence: 0.95, draws: 1000, topShare: 0.1 }),
  publishing: z
    .object({
      /** Days the rated may object before a ranking is published. */
      appealDays: z.number().int().min(0).max(90),
      /** Whether the league table is open to anyone, without signing in. */
      open: z.boolean(),
    })
    .default({ appealDays: 7, open: false }),
})
export type SchemeDraft = z.infer<typeof schemeDraft>
/** A draft as one writes it: what has a default may be left out. */
export type SchemeDraftInput = z.input<typeof schemeDraft>

/** What was seen around the organisation when the scheme was changed (PEST): the reason kept with the version. */
export const environmentScan = z.object({
  political: z.string().max(2000).default(''),
  economic: z.string().max(2000).default(''),
  social: z.string().max(2000).default(''),
  technical: z.string().max(2000).default(''),
})
export type EnvironmentScan = z.infer<typeof environmentScan>

export const adoption = z.object({
  /** The first day this version judges; null: from the beginning (first version only). */
  effectiveFrom: plainDate.nullable().default(null),
  /** Up to this day the version before goes on beside it and both are published; null: no overlap. */
  overlapUntil: plainDate.nullable().default(null),
  reason: z.string().trim().max(2000).default(''),
  scan: environmentScan.nullable().default(null),
})
export type Adoption = z.infer<typeof adoption>

export const scheme = schemeDraft.extend({
  version: z.number().int(),
  /** Proposed versions judge nothing yet; they can be replayed over any past period. */
  state: z.enum(['proposed', 'adopted']),
  adoption: adoption.nullable(),
  createdAt: instantText,
  createdBy: z.string(),
  adoptedAt: instantText.nullable(),
  adoptedBy: z.string().nullable(),
})
export type Scheme = z.infer<typeof scheme>

/** What keeps a draft from being saved, by field. */
export const schemeIssue = z.object({
  /** As in `dimensions.0.items.2.transform`. */
  field: z.string(),
  rule: z.string(),
  message: z.string(),
  /** Warnings may be saved. */
  severity: z.enum(['error', 'warning']),
})
export type SchemeIssue = z.infer<typeof schemeIssue>
