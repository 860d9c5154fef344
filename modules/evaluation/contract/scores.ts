/** Scores: what came out for a unit in a period, with its certainty and everything it rests on. */
import { z } from 'zod'
import { plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'

export const missingReasons = ['no-value', 'too-few', 'hidden'] as const

export const scorePart = z.object({
  /** Id of the scheme's item. */
  item: z.string(),
  dimension: z.string(),
  /** As measured, in the indicator's unit; null: none. */
  value: z.number().nullable(),
  n: z.number(),
  standardError: z.number().nullable(),
  /** The value that was turned into points: drawn towards the peers where the scheme says so. */
  usedValue: z.number().nullable(),
  points: z.number().nullable(),
  /** Share of the composite by the scheme, and after what is missing was redistributed. */
  weight: z.number(),
  effectiveWeight: z.number(),
  /** What it gave, in points of the composite; null where the aggregation is no sum. */
  contribution: z.number().nullable(),
  /** Points of the composite for one more unit of the value, at this value; null where it cannot be said. */
  gainPerUnit: z.number().nullable(),
  provisional: z.boolean(),
  missingBecause: z.enum(missingReasons).nullable(),
  /** It rests on the answers of few people: it counts, but its figures are not told and n reads 0. */
  isProtected: z.boolean(),
})
export type ScorePart = z.infer<typeof scorePart>

export const funnelPlaces = ['below-99.8', 'below-95', 'inside', 'above-95', 'above-99.8'] as const
export const notRankedReasons = [
  'too-few',
  'missing-required',
  'missing-too-much',
  'too-few-items',
  'too-few-dimensions',
  'not-calculable',
] as const

export const score = z.object({
  entity: z.object({ key: entityKey, name: z.string() }),
  periodStart: plainDate,
  /** Whether the period was over; a live score moves until then. */
  complete: z.boolean(),
  peerGroup: z.string().nullable(),
  /** 0 to 100; null when not ranked. */
  composite: z.number().nullable(),
  standardError: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** 1 to 5. */
  experience: z.number().nullable(),
  stars: z.number().int().nullable(),
  /** What the score alone would give: another one where a gate caps it or the border was not passed far enough. */
  starsUncapped: z.number().int().nullable(),
  /** Id of the gate that caps it. */
  cappedBy: z.string().nullable(),
  /** True where the grade of the period before was kept because the border was not passed far enough. */
  starsHeld: z.boolean(),
  /** Share of the ranked units that are worse (ties half), 0 to 100. */
  percentile: z.number().nullable(),
  rank: z.number().int().nullable(),
  /** Where the rank may lie, at the scheme's confidence. */
  rankLow: z.number().int().nullable(),
  rankHigh: z.number().int().nullable(),
  groupRank: z.number().int().nullable(),
  /** Probability of truly belonging to the top and the bottom share of the units; null where it was not drawn. */
  topProbability: z.number().nullable(),
  bottomProbability: z.number().nullable(),
  /** Against the mean of all units, widened by what chance does to a unit of this size. */
  funnel: z.enum(funnelPlaces).nullable(),
  /** Change from the period before, and whether it is more than chance. */
  change: z.number().nullable(),
  changeSignificant: z.boolean().nullable(),
  starsBefore: z.number().int().nullable(),
  /** Smallest n among the items: what the score rests on. */
  n: z.number(),
  provisional: z.boolean(),
  notRankedBecause: z.enum(notRankedReasons).nullable(),
  /** All its items are protected: nothing of the score is told. */
  isProtected: z.boolean(),
  parts: z.array(scorePart),
})
export type Score = z.infer<typeof score>

/** What all units of a ranking have in common. */
export const rankingSummary = z.object({
  units: z.number().int(),
  ranked: z.number().int(),
  mean: z.number().nullable(),
  overDispersion: z.number(),
  /** Points from which 2, 3, … stars begin, as they came out. */
  starsFrom: z.array(z.number()),
  starsCounts: z.array(z.number().int()),
  above: z.number().int(),
  below: z.number().int(),
  /** How many units count as the top. */
  topCount: z.number().int(),
  /** Prior of each shrunken item by peer group: what small units were drawn towards. */
  priors: z.array(
    z.object({
      item: z.string(),
      peerGroup: z.string().nullable(),
      mean: z.number(),
      /** How many cases it is worth (for means 1 / variance between units); null: units do not differ beyond chance. */
      strength: z.number().nullable(),
    }),
  ),
  /** Mean and standard deviation of each item judged by z-scores, by peer group. */
  moments: z.array(
    z.object({ item: z.string(), peerGroup: z.string().nullable(), mean: z.number(), deviation: z.number() }),
  ),
})
export type RankingSummary = z.infer<typeof rankingSummary>
