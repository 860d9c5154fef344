/** What others may say to `evaluation`: schemes and their weights, scores and rankings with their certainty. */
import { z } from 'zod'
import { event, grain, plainDate } from '#platform/contract'
import { appealRoutes } from './contract/appeals.ts'
import { assessingRoutes } from './contract/assessing.ts'
import { consequenceRoutes } from './contract/consequences.ts'
import { leagueRoutes } from './contract/leagues.ts'
import { publicationState, publishingRoutes } from './contract/publishing.ts'
import { rankingRoutes, track } from './contract/ranking.ts'
import { schemeRoutes } from './contract/schemes.ts'

export {
  type Adjustment,
  type Appeal,
  APPEAL_ATTACHMENTS_LIMIT,
  type AppealState,
  type AttachedFile,
} from './contract/appeals.ts'
export {
  type AgreementCannot,
  type AgreementReport,
  type AssessmentRound,
  ASSESSMENT_DAYS_AFTER,
  type UnitToAssess,
} from './contract/assessing.ts'
export {
  type Consequence,
  type ConsequenceDraft,
  type ConsequenceDraftInput,
  type ConsequenceValues,
  type Delivery,
  type Subscription,
  SUBSCRIPTIONS_LIMIT,
  type WebhookEvent,
  webhookEvents,
} from './contract/consequences.ts'
export { type LeagueLine, type LeagueTable, type SignCheck } from './contract/leagues.ts'
export {
  type AppliedAdjustment,
  type Publication,
  type PublicationAct,
  type PublicationRow,
  type PublicationState,
  type PublishedScore,
} from './contract/publishing.ts'
export { evaluationRefusals } from './contract/refusals.ts'
export {
  type Ranking,
  RANKING_PAGE_LIMIT,
  type SchemeInputs,
  type ScoredPeriod,
  type Sensitivity,
  type Track,
  type UnitInputs,
} from './contract/ranking.ts'
export {
  type Adoption,
  type Aggregation,
  type Dimension,
  type EnvironmentScan,
  type Gate,
  type Grades,
  type ItemSource,
  type PeerGroups,
  raterKinds,
  type RaterKind,
  type Scheme,
  schemeDraft,
  type SchemeDraft,
  type SchemeDraftInput,
  type SchemeIssue,
  type SchemeItem,
  type Transform,
} from './contract/scheme.ts'
export { type Compared, type ComparisonOfVersions, type Run } from './contract/schemes.ts'
export { type RankingSummary, type Score, type ScorePart } from './contract/scores.ts'
export {
  type Comparison,
  type ComparisonReport,
  type SingleWeighting,
  type Weighting,
  type WeightsReport,
} from './contract/weighting.ts'

export const evaluationContract = {
  ...schemeRoutes,
  ...rankingRoutes,
  ...assessingRoutes,
  ...publishingRoutes,
  ...appealRoutes,
  ...consequenceRoutes,
  ...leagueRoutes,
}

/** Scores of a scheme were calculated for these periods. */
export const schemeScored = event(
  'evaluation.scored',
  z.object({
    scheme: z.string(),
    version: z.number().int(),
    run: z.string(),
    grain,
    complete: z.boolean(),
    periods: z.array(plainDate).max(2000),
  }),
)

/** A publication of a ranking moved on: shown to the rated, published, corrected, withdrawn or given up. */
export const publicationMoved = event(
  'evaluation.publicationMoved',
  z.object({
    publication: z.uuid(),
    scheme: z.string(),
    version: z.number().int(),
    grain,
    periodStart: plainDate,
    track,
    state: publicationState,
    corrects: z.uuid().nullable(),
    correctedBy: z.uuid().nullable(),
  }),
)

/** An objection was made, taken back or decided. */
export const appealMoved = event(
  'evaluation.appealMoved',
  z.object({ appeal: z.uuid(), publication: z.uuid(), entity: z.string(), state: z.string() }),
)

/** Messages to subscribed addresses wait to be sent. */
export const messagesQueued = event('evaluation.messagesQueued', z.object({ messages: z.number().int() }))
