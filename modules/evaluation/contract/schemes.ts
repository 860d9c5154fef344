/** Routes to schemes and their versions, runs and comparisons. */
import { z } from 'zod'
import { grain, instantText, page, pageQuery, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { tag } from './refusals.ts'
import { adoption, scheme, schemeDraft, schemeIssue } from './scheme.ts'
import { score } from './scores.ts'
import { weightsReport } from './weighting.ts'

const schemeId = z.object({ id: z.string() })
const versionOf = z.object({ id: z.string(), version: z.coerce.number().int().min(1) })

export const runKinds = ['periodic', 'live', 'replay', 'correction'] as const

export const run = z.object({
  id: z.uuid(),
  scheme: z.string(),
  version: z.number().int(),
  kind: z.enum(runKinds),
  grain,
  from: plainDate,
  to: plainDate,
  at: instantText,
  codeVersion: z.string(),
  scores: z.number().int(),
})
export type Run = z.infer<typeof run>

/** One unit under two versions. */
export const compared = z.object({
  entity: z.object({ key: entityKey, name: z.string() }),
  before: z.object({
    composite: z.number().nullable(),
    rank: z.number().int().nullable(),
    stars: z.number().int().nullable(),
  }),
  after: z.object({
    composite: z.number().nullable(),
    rank: z.number().int().nullable(),
    stars: z.number().int().nullable(),
  }),
  /** What made the difference, largest first: points of the composite by item; `rest`: interplay, gates, missing items. */
  because: z.array(
    z.object({
      item: z.string(),
      cause: z.enum(['weight', 'points', 'added', 'removed', 'rest']),
      difference: z.number(),
    }),
  ),
})
export type Compared = z.infer<typeof compared>
export const comparisonOfVersions = z.object({
  grain,
  periodStart: plainDate,
  before: scheme,
  after: scheme,
  units: z.number().int(),
  rises: z.number().int(),
  falls: z.number().int(),
  starsChanged: z.number().int(),
  /** Agreement of the two orders: Kendall's tau-b; null for fewer than two units. */
  agreement: z.number().nullable(),
  topKept: z.number().int(),
  topCount: z.number().int(),
  rows: z.array(compared),
})
export type ComparisonOfVersions = z.infer<typeof comparisonOfVersions>

export const schemeRoutes = {
  listSchemes: tag('/schemes', 'GET', 'Schemes: the version in force, else the newest proposal')
    .meta({ may: 'evaluation.read' })
    .output(z.array(scheme)),
  readScheme: tag('/schemes/{id}', 'GET', 'One scheme: the version in force, or the one asked for')
    .meta({ may: 'evaluation.read' })
    .input(schemeId.extend({ version: z.coerce.number().int().min(1).optional() }))
    .output(scheme),
  schemeVersions: tag('/schemes/{id}/versions', 'GET', 'All versions, newest first')
    .meta({ may: 'evaluation.read' })
    .input(schemeId)
    .output(z.array(scheme)),
  checkScheme: tag('/scheme-checks', 'POST', 'Whether a draft could be saved: every issue with its field')
    .meta({ may: 'schemes.edit' })
    .input(schemeDraft)
    .output(z.array(schemeIssue)),
  calculateWeights: tag(
    '/scheme-weights',
    'POST',
    'The weights a draft’s method gives, with consistency, repair hints and warnings',
  )
    .meta({ may: 'schemes.edit' })
    .input(schemeDraft)
    .output(weightsReport),
  saveScheme: tag(
    '/schemes/{id}',
    'PUT',
    'Save a scheme as its next version: as a proposal, or adopted at once where `adopt` says how',
  )
    .meta({ may: 'schemes.edit' })
    .input(schemeDraft.extend({ adopt: adoption.optional() }))
    .output(scheme),
  adoptScheme: tag('/schemes/{id}/versions/{version}/adoption', 'POST', 'Adopt a proposed version from a day on')
    .meta({ may: 'schemes.edit' })
    .input(versionOf.extend({ adoption }))
    .output(scheme),
  previewScheme: tag('/scheme-previews', 'POST', 'The ranking a draft would give for a period, before it is saved')
    .meta({ may: 'schemes.edit' })
    .input(z.object({ draft: schemeDraft, grain: grain.optional(), periodStart: plainDate }))
    .output(z.array(score)),
  runScheme: tag('/schemes/{id}/runs', 'POST', 'Calculate the scores of a range of periods again')
    .meta({ may: 'schemes.edit' })
    .input(schemeId.extend({ grain: grain.optional(), from: plainDate, to: plainDate }))
    .output(z.object({ run: z.string(), periods: z.number().int(), scores: z.number().int() })),
  replayScheme: tag(
    '/schemes/{id}/versions/{version}/replays',
    'POST',
    'Calculate past periods by any version, beside the scores that count',
  )
    .meta({ may: 'schemes.edit' })
    .input(versionOf.extend({ grain: grain.optional(), from: plainDate, to: plainDate }))
    .output(run),
  compareVersions: tag(
    '/schemes/{id}/comparisons',
    'GET',
    'Two versions over one period side by side: who rises, who falls, and why',
  )
    .meta({ may: 'evaluation.read' })
    .input(
      schemeId.extend({
        before: z.coerce.number().int().min(1),
        after: z.coerce.number().int().min(1),
        grain: grain.optional(),
        periodStart: plainDate.optional(),
      }),
    )
    .output(comparisonOfVersions),
  listRuns: tag('/runs', 'GET', 'Calculations, newest first')
    .meta({ may: 'evaluation.read' })
    .input(pageQuery.extend({ scheme: z.string().optional() }))
    .output(page(run)),
}
