/** What a value is compared with: its own history, its peers, the figure of the industry. */
import { z } from 'zod'
import { instantText, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { seriesGrain } from '../grain.ts'
import { indicatorId, indicatorUnit } from '../indicators.ts'
import { tag } from '../refusals.ts'
import { segmentId } from './segments.ts'

/** Fewer peers than this would show single ones. */
export const PEERS_NEEDED = 5
export const FIGURES_PER_IMPORT_LIMIT = 1_000
export const FIGURES_TEXT_LIMIT = 500_000

const periodStart = z.union([plainDate, instantText])

/** Of one period. */
export const historyBaseline = z.object({
  periodStart,
  /** The same period of earlier years (of minutes and hours: of earlier weeks), or else the periods just before. */
  basis: z.enum(['season', 'before']),
  mean: z.number(),
  /** Standard deviation of the values the mean is taken of. */
  spread: z.number(),
  /** Periods the mean is taken of. */
  n: z.number().int(),
})
export type HistoryBaseline = z.infer<typeof historyBaseline>

export const peersBaseline = z.object({
  periodStart,
  median: z.number(),
  lowerQuartile: z.number(),
  upperQuartile: z.number(),
  /** Peers with a value, never fewer than five; the entity itself is not among them. */
  n: z.number().int(),
})
export type PeersBaseline = z.infer<typeof peersBaseline>

const figureFields = {
  value: z.number(),
  unit: indicatorUnit,
  /** The days it is about, both included. */
  from: plainDate,
  to: plainDate,
  source: z.string().trim().min(1).max(300),
  publishedOn: plainDate,
  /** How many cases or houses it rests on, where the source says so. */
  n: z.number().positive().nullable().default(null),
  note: z.string().trim().max(500).default(''),
}
export const industryFigure = z.object({
  id: z.string(),
  indicator: indicatorId,
  ...figureFields,
  /** The figure this one corrects. */
  supersedes: z.string().nullable(),
  /** Another figure took its place. */
  superseded: z.boolean(),
  recordedAt: instantText,
  recordedBy: z.string(),
})
export type IndustryFigure = z.infer<typeof industryFigure>

export const baselines = z.object({
  history: z.array(historyBaseline),
  /** Null without an entity: the whole has no peers. */
  peers: z.object({ kind: z.string(), needed: z.number().int(), periods: z.array(peersBaseline) }).nullable(),
  /** Those about days of the range that were not superseded. */
  industry: z.array(industryFigure),
})
export type Baselines = z.infer<typeof baselines>

export const baselineRoutes = {
  readBaselines: tag('/indicators/{id}/baselines', 'GET', 'Own history with season, peers and industry figures')
    .meta({ may: 'measurements.read' })
    .input(
      z.object({
        id: indicatorId,
        entity: entityKey.optional(),
        segment: segmentId.optional(),
        grain: seriesGrain.default('month'),
        from: periodStart,
        to: periodStart,
      }),
    )
    .output(baselines),
  listIndustryFigures: tag('/indicators/{id}/industry-figures', 'GET', 'Figures of the industry, newest first')
    .meta({ may: 'measurements.read' })
    .input(z.object({ id: indicatorId }))
    .output(z.array(industryFigure)),
  saveIndustryFigure: tag(
    '/indicators/{id}/industry-figures',
    'POST',
    'Record a figure of the industry with its source and date; it is never changed, only superseded',
  )
    .meta({ may: 'indicators.edit' })
    .input(z.object({ id: indicatorId, ...figureFields, supersedes: z.uuid().nullable().default(null) }))
    .output(industryFigure),
  importIndustryFigures: tag(
    '/industry-figures',
    'POST',
    'Record figures from CSV text with the columns indicator, value, unit, from, to, source, published, n, note; all or none',
  )
    .meta({ may: 'indicators.edit' })
    .input(z.object({ csv: z.string().min(1).max(FIGURES_TEXT_LIMIT) }))
    .output(z.object({ recorded: z.number().int() })),
}
