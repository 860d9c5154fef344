/** Routes to scores: rankings, one unit over time, what weights do to the order. */
import { z } from 'zod'
import { grain, instantText, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { tag } from './refusals.ts'
import { scheme, schemeDraft } from './scheme.ts'
import { rankingSummary, score } from './scores.ts'

/** The version in force, or the one before it that is published beside it during an overlap. */
export const track = z.enum(['main', 'overlap'])
export type Track = z.infer<typeof track>

const scored = z.object({
  periodStart: plainDate,
  complete: z.boolean(),
  /** When late or corrected events last changed these scores; null: never. */
  revisedAt: instantText.nullable(),
  version: z.number().int(),
})
export type ScoredPeriod = z.infer<typeof scored>

const which = {
  grain: grain.optional(),
  track: track.default('main'),
}
export const RANKING_PAGE_LIMIT = 1_000

export const ranking = z.object({
  scheme,
  grain,
  track,
  run: z.uuid().nullable(),
  period: scored.nullable(),
  periods: z.array(scored),
  /** Whether another version is published beside this one in the period. */
  overlap: z.boolean(),
  summary: rankingSummary.nullable(),
  rows: z.array(score),
  nextCursor: z.string().nullable(),
})
export type Ranking = z.infer<typeof ranking>

const unitInputs = z.object({
  entity: z.object({ key: entityKey, name: z.string() }),
  peerGroup: z.string().nullable(),
  values: z.array(z.number().nullable()),
  ns: z.array(z.number()),
  errors: z.array(z.number().nullable()),
  hidden: z.array(z.boolean()),
  gates: z.array(z.number().nullable()),
  starsBefore: z.number().int().nullable(),
})
export type UnitInputs = z.infer<typeof unitInputs>

/** What a period was calculated from, so that a screen can calculate the same with other weights at once. */
export const schemeInputs = z.object({
  periodStart: plainDate,
  grain,
  complete: z.boolean(),
  items: z.array(
    z.object({
      minimumN: z.number(),
      better: z.enum(['more', 'less']),
      scatter: z.enum(['binomial', 'poisson', 'normal', 'unknown']),
      scale: z.number(),
    }),
  ),
  units: z.array(unitInputs),
})
export type SchemeInputs = z.infer<typeof schemeInputs>

const weightRange = z.object({
  item: z.string(),
  weight: z.number(),
  /** How far the weight may move before another unit leads; null: it has all the weight. */
  leader: z.object({ from: z.number(), to: z.number() }).nullable(),
  /** How far it may move before any two neighbours of those shown change places. */
  order: z.object({ from: z.number(), to: z.number() }).nullable(),
  /** Who would overtake whom first, to either side. */
  swaps: z.array(z.object({ weight: z.number(), ahead: z.string(), overtakes: z.string() })),
})
const drawnPlace = z.object({
  entity: z.object({ key: entityKey, name: z.string() }),
  rank: z.number().int(),
  best: z.number().int(),
  worst: z.number().int(),
  low: z.number().int(),
  high: z.number().int(),
  median: z.number(),
  topShare: z.number(),
})
export const sensitivity = z.object({
  periodStart: plainDate,
  grain,
  /** Units with all items: only their order can be asked about. */
  units: z.number().int(),
  left: z.number().int(),
  ranges: z.array(weightRange),
  /** Ranks while the weights move a little around their values, and over all weights there are. */
  nearby: z.array(drawnPlace),
  anywhere: z.array(drawnPlace),
  /** Share of the top units that stay at the top in at least half of the draws over all weights. */
  topKept: z.number().nullable(),
  because: z.enum(['too-few-units', 'not-a-sum']).nullable(),
})
export type Sensitivity = z.infer<typeof sensitivity>

export const rankingRoutes = {
  readRanking: tag(
    '/schemes/{id}/ranking',
    'GET',
    'Units of one period in the order of their ranks: score, interval, stars, range of ranks, funnel, and what each item gave',
  )
    .meta({ may: 'evaluation.read' })
    .input(
      z.object({
        id: z.string(),
        ...which,
        periodStart: plainDate.optional(),
        /** A replay or an earlier calculation instead of the one that answers for the period. */
        run: z.uuid().optional(),
        search: z.string().trim().max(100).optional(),
        peerGroup: z.string().max(200).optional(),
        stars: z.coerce.number().int().min(1).max(5).optional(),
        only: z.enum(['outside', 'changed', 'not-ranked']).optional(),
        cursor: z.string().max(200).optional(),
        limit: z.coerce.number().int().min(1).max(RANKING_PAGE_LIMIT).default(200),
      }),
    )
    .output(ranking),
  readScores: tag('/schemes/{id}/scores', 'GET', 'Scores of one unit over time')
    .meta({ may: 'evaluation.read' })
    .input(z.object({ id: z.string(), entity: entityKey, ...which }))
    .output(z.object({ scheme, grain, rows: z.array(score) })),
  readDistribution: tag(
    '/schemes/{id}/distribution',
    'GET',
    'Score, error and n of all ranked units of a period, for funnel plots and histograms',
  )
    .meta({ may: 'evaluation.read' })
    .input(z.object({ id: z.string(), ...which, periodStart: plainDate.optional() }))
    .output(
      z.object({
        periodStart: plainDate.nullable(),
        /** True where only some of very many units are given, drawn by their number. */
        sampled: z.boolean(),
        units: z.array(
          z.object({
            key: entityKey,
            name: z.string(),
            composite: z.number(),
            standardError: z.number(),
            n: z.number(),
          }),
        ),
      }),
    ),
  readInputs: tag(
    '/schemes/{id}/inputs',
    'POST',
    'What the units of a period are judged by, for a draft of the scheme: the editor calculates with it at once',
  )
    .meta({ may: 'schemes.edit' })
    .input(z.object({ id: z.string(), draft: schemeDraft, grain: grain.optional(), periodStart: plainDate.optional() }))
    .output(schemeInputs),
  readSensitivity: tag(
    '/schemes/{id}/sensitivity',
    'GET',
    'How far weights may move before the order changes, and ranks over random weights',
  )
    .meta({ may: 'evaluation.read' })
    .input(
      z.object({
        id: z.string(),
        ...which,
        periodStart: plainDate.optional(),
        /** How many units from the top the order is asked about. */
        shown: z.coerce.number().int().min(2).max(50).default(20),
      }),
    )
    .output(sensitivity),
}
