/** What others may say to `evaluation`: schemes, runs, rankings with their certainty. */
import { z } from 'zod'
import { bilingual, event, grain, instantText, page, pageQuery, plainDate, route } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { indicatorId } from '#measurement/contract'

export const schemeItem = z.object({
  indicator: indicatorId,
  /** Share of the composite; the weights of a scheme sum to 1. */
  weight: z.number().gt(0).max(1),
  /** Piecewise linear: [value in the indicator's unit, points 0 to 100], values ascending. */
  points: z
    .array(z.tuple([z.number(), z.number().min(0).max(100)]))
    .min(2)
    .max(20),
  required: z.boolean().default(false),
})
export const schemeDraft = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,79}$/),
  title: bilingual,
  grain: grain.default('month'),
  /** Who is ranked: entities of this kind, below this node where given. */
  entityKind: z.string().min(1).max(50),
  below: entityKey.nullable().default(null),
  items: z.array(schemeItem).min(1).max(50),
  /** What becomes of an item without value: its weight goes to the others up to this share of all, else the unit is not ranked. */
  redistributedWeightMost: z.number().min(0).max(0.9).default(0.4),
})
export type SchemeDraft = z.infer<typeof schemeDraft>
export const scheme = schemeDraft.extend({ version: z.number().int(), createdAt: instantText, createdBy: z.string() })
export type Scheme = z.infer<typeof scheme>

export const scorePart = z.object({
  indicator: indicatorId,
  value: z.number().nullable(),
  n: z.number(),
  points: z.number().nullable(),
  /** Weight after what is missing was redistributed. */
  effectiveWeight: z.number(),
  contribution: z.number(),
})
export const score = z.object({
  entity: z.object({ key: entityKey, name: z.string() }),
  periodStart: plainDate,
  /** 0 to 100; null when not ranked. */
  composite: z.number().nullable(),
  standardError: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  rank: z.number().int().nullable(),
  rankBest: z.number().int().nullable(),
  rankWorst: z.number().int().nullable(),
  /** Against the mean of all units, widened by what chance does to a unit of this size. */
  funnel: z.enum(['above-99.8', 'above-95', 'inside', 'below-95', 'below-99.8']).nullable(),
  /** Change from the period before, and whether it is more than chance. */
  change: z.number().nullable(),
  changeSignificant: z.boolean().nullable(),
  /** Smallest n among the items: what the score rests on. */
  n: z.number(),
  notRankedBecause: z.enum(['too-few', 'missing-required', 'missing-too-much']).nullable(),
  parts: z.array(scorePart),
})
export type Score = z.infer<typeof score>

export const evaluationRefusals = {
  WEIGHTS_SUM: { status: 422, message: 'The weights must sum to 1.', data: z.object({ sum: z.number() }) },
  POINTS_ORDER: {
    status: 422,
    message: 'The values of the points must ascend.',
    data: z.object({ indicator: z.string() }),
  },
  SCHEME_UNKNOWN: { status: 404, message: 'There is no scheme with this id.', data: z.object({ id: z.string() }) },
} as const

const tag = (path: `/${string}`, method: 'GET' | 'POST' | 'PUT' | 'DELETE', summary: string) =>
  route.errors(evaluationRefusals).route({ path, method, summary, tags: ['evaluation'] })

export const evaluationContract = {
  listSchemes: tag('/schemes', 'GET', 'Schemes with their newest version')
    .meta({ may: 'evaluation.read' })
    .output(z.array(scheme)),
  readScheme: tag('/schemes/{id}', 'GET', 'One scheme')
    .meta({ may: 'evaluation.read' })
    .input(z.object({ id: z.string() }))
    .output(scheme),
  saveScheme: tag('/schemes/{id}', 'PUT', 'Save a scheme: a new one, or the next version of one')
    .meta({ may: 'schemes.edit' })
    .input(schemeDraft)
    .output(scheme),
  previewScheme: tag('/scheme-previews', 'POST', 'The ranking a scheme would give for a period, before it is saved')
    .meta({ may: 'schemes.edit' })
    .input(z.object({ draft: schemeDraft, periodStart: plainDate }))
    .output(z.array(score)),
  readRanking: tag(
    '/schemes/{id}/ranking',
    'GET',
    'All units of one period: score, interval, rank from best to worst possible, funnel',
  )
    .meta({ may: 'evaluation.read' })
    .input(z.object({ id: z.string(), periodStart: plainDate.optional() }))
    .output(
      z.object({
        scheme,
        periodStart: plainDate.nullable(),
        periods: z.array(plainDate),
        /** When late or corrected events last changed these scores; null: never. */
        revisedAt: instantText.nullable(),
        mean: z.number().nullable(),
        overDispersion: z.number(),
        rows: z.array(score),
      }),
    ),
  readScores: tag('/schemes/{id}/scores', 'GET', 'Scores of one entity over time')
    .meta({ may: 'evaluation.read' })
    .input(z.object({ id: z.string(), entity: entityKey }))
    .output(z.object({ scheme, rows: z.array(score) })),
  runScheme: tag('/schemes/{id}/runs', 'POST', 'Calculate the scores of a range of periods again')
    .meta({ may: 'schemes.edit' })
    .input(z.object({ id: z.string(), from: plainDate, to: plainDate }))
    .output(z.object({ run: z.string(), periods: z.number().int(), scores: z.number().int() })),
  listRuns: tag('/runs', 'GET', 'Calculations, newest first')
    .meta({ may: 'evaluation.read' })
    .input(pageQuery)
    .output(
      page(
        z.object({
          id: z.string(),
          scheme: z.string(),
          version: z.number().int(),
          from: plainDate,
          to: plainDate,
          at: instantText,
          scores: z.number().int(),
        }),
      ),
    ),
}

/** Scores of a scheme were calculated for these periods. */
export const schemeScored = event(
  'evaluation.scored',
  z.object({ scheme: z.string(), version: z.number().int(), run: z.string(), periods: z.array(plainDate).max(2000) }),
)
