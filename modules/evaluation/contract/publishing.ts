/** Routes to what is published of a ranking: from a draft over a preview for the rated to a league table that stays as it was. */
import { z } from 'zod'
import { bilingual, grain, instantText, page, pageQuery, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { appealCounts } from './appeals.ts'
import { track } from './ranking.ts'
import { tag } from './refusals.ts'
import { rankingSummary, score, scorePart } from './scores.ts'

export const publicationStates = ['draft', 'preview', 'published', 'corrected', 'withdrawn', 'discarded'] as const
export const publicationState = z.enum(publicationStates)
export type PublicationState = z.infer<typeof publicationState>

/** What people do with a publication; `correct` comes with the publication of a later one, `replace` with an upheld appeal. */
export const publicationActs = ['preview', 'publish', 'discard', 'withdraw', 'correct', 'replace'] as const
export const publicationAct = z.enum(publicationActs)
export type PublicationAct = z.infer<typeof publicationAct>

/** Why a preview cannot be published yet. */
export const publishingObstacles = ['window-open', 'appeals-undecided'] as const

/** What an upheld appeal changed in the frozen inputs. */
export const appliedAdjustment = z.object({
  appeal: z.uuid(),
  entity: z.object({ key: entityKey, name: z.string() }),
  kind: z.enum(['leave-out', 'set', 'gate']),
  /** Id of the item or of the gate. */
  of: z.string(),
  before: z.object({ value: z.number().nullable(), n: z.number(), standardError: z.number().nullable() }),
  after: z.object({ value: z.number().nullable(), n: z.number(), standardError: z.number().nullable() }),
  reason: z.string(),
})
export type AppliedAdjustment = z.infer<typeof appliedAdjustment>

export const publication = z.object({
  id: z.uuid(),
  scheme: z.object({ id: z.string(), title: bilingual }),
  version: z.number().int(),
  grain,
  periodStart: plainDate,
  track,
  state: publicationState,
  /** The run whose scores these are, and the calculation it goes back to; others where appeals were upheld. */
  run: z.uuid(),
  baseRun: z.uuid(),
  codeVersion: z.string(),
  /** Whether the league table is open to anyone once published. */
  open: z.boolean(),
  units: z.number().int(),
  ranked: z.number().int(),
  draftedAt: instantText,
  draftedBy: z.string(),
  previewedAt: instantText.nullable(),
  previewedBy: z.string().nullable(),
  /** Objections are taken before this instant. */
  appealsUntil: instantText.nullable(),
  publishedAt: instantText.nullable(),
  publishedBy: z.string().nullable(),
  /** When it was discarded, withdrawn or corrected, by whom and why. */
  endedAt: instantText.nullable(),
  endedBy: z.string().nullable(),
  endedBecause: z.string(),
  /** The publication this one takes the place of, and the one that took its place. */
  corrects: z.uuid().nullable(),
  correctedBy: z.uuid().nullable(),
  /** Why it corrects; empty for a first publication. */
  reason: z.string(),
  /** The same period by the version that goes on beside this one: both go forward together. */
  companion: z.uuid().nullable(),
  adjustments: z.array(appliedAdjustment),
  appeals: appealCounts,
  /** Events came late, were corrected, or somebody calculated again: a calculation later than the one published. */
  newer: z.object({ at: instantText, differs: z.boolean() }).nullable(),
  file: z.object({ name: z.string(), sizeBytes: z.number().int(), sha256: z.string() }).nullable(),
  summary: rankingSummary,
  /** What whoever asks may do with it now. */
  may: z.array(z.enum(['preview', 'publish', 'discard', 'withdraw', 'correct', 'appeal'])),
  /** Why it cannot be published yet, whoever asks. */
  obstacles: z.array(z.enum(publishingObstacles)),
  /** Whether whoever asks sees all units, or those they are responsible for. */
  sees: z.enum(['all', 'own']),
})
export type Publication = z.infer<typeof publication>

/** A unit as it is published; `withheld`: too few cases to be ranked, so nothing of it is shown. */
export const publishedScore = score.omit({ n: true, parts: true }).extend({
  n: z.number().nullable(),
  withheld: z.boolean(),
  parts: z.array(scorePart.extend({ n: z.number().nullable() })),
})
export type PublishedScore = z.infer<typeof publishedScore>

const ownScore = publishedScore.extend({
  /** Whether whoever asks is responsible for the unit and may object now. */
  mine: z.boolean(),
  mayAppeal: z.boolean(),
})
export type PublicationRow = z.infer<typeof ownScore>

const publicationId = z.object({ id: z.uuid() })
const because = z.string().trim().min(1).max(2000)

export const publishingRoutes = {
  listPublications: tag(
    '/score-publications',
    'GET',
    'Publications of rankings, newest first: published ones, and previews and drafts for those who may see them',
  )
    .meta({ may: 'evaluation.read' })
    .input(
      pageQuery.extend({
        scheme: z.string().optional(),
        grain: grain.optional(),
        periodStart: plainDate.optional(),
        track: track.optional(),
        state: publicationState.optional(),
      }),
    )
    .output(page(publication)),
  readPublication: tag('/score-publications/{id}', 'GET', 'One publication of a ranking')
    .meta({ may: 'evaluation.read' })
    .input(publicationId)
    .output(publication),
  listPublishedScores: tag(
    '/score-publications/{id}/scores',
    'GET',
    'Scores as published, in the order of ranks; of a preview, the rated see their own units',
  )
    .meta({ may: 'evaluation.read' })
    .input(
      pageQuery.extend({
        id: z.uuid(),
        search: z.string().trim().max(100).optional(),
        only: z.enum(['outside', 'changed', 'not-ranked', 'mine']).optional(),
      }),
    )
    .output(page(ownScore)),
  draftPublication: tag(
    '/score-publications',
    'POST',
    'Begin to publish a complete period as it stands calculated; in an overlap, both versions',
  )
    .meta({ may: 'scores.publish' })
    .input(
      z.object({
        scheme: z.string(),
        grain: grain.optional(),
        periodStart: plainDate,
        /** Takes the place of this published one, of the same period and track, with the newest calculation. */
        corrects: z.uuid().nullable().default(null),
        /** Needed with `corrects`. */
        reason: z.string().trim().max(2000).default(''),
      }),
    )
    .output(z.array(publication)),
  previewPublication: tag(
    '/score-publications/{id}/preview',
    'POST',
    'Show a draft to those responsible for the rated units; the time for objections begins',
  )
    .meta({ may: 'scores.publish' })
    .input(publicationId)
    .output(publication),
  publishPublication: tag(
    '/score-publications/{id}/publication',
    'POST',
    'Publish a preview whose time for objections is over and whose objections are decided; signs its file',
  )
    .meta({ may: 'scores.publish' })
    .input(publicationId)
    .output(publication),
  discardPublication: tag('/score-publications/{id}/discarding', 'POST', 'Give up a draft or preview')
    .meta({ may: 'scores.publish' })
    .input(publicationId.extend({ reason: because }))
    .output(publication),
  withdrawPublication: tag(
    '/score-publications/{id}/withdrawal',
    'POST',
    'Take back what was published; that it was, when, and why it was taken back stays readable',
  )
    .meta({ may: 'scores.publish' })
    .input(publicationId.extend({ reason: because }))
    .output(publication),
}
