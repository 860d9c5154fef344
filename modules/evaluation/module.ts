import { measurementRecorded } from '#measurement/contract'
import type { Attachments } from '#platform/attachments/attachments'
import type { Files } from '#platform/files/files'
import { defineModule, type Handles, listener } from '#platform/module'
import type { Webhooks } from '#platform/outbound/webhooks'
import type { Signer } from '#platform/signing/signer'
import { readAgreement } from './actions/assessing/agreement.ts'
import { giveAssessment } from './actions/assessing/give.ts'
import { listAssessmentRounds, listUnitsToAssess } from './actions/assessing/rounds.ts'
import { compareVersions, readSensitivity } from './actions/comparing.ts'
import {
  listConsequences,
  readConsequence,
  removeConsequence,
  saveConsequence,
  tryConsequence,
} from './actions/consequences/consequences.ts'
import {
  createSubscription,
  deleteSubscription,
  forgetMessages,
  listDeliveries,
  listSubscriptions,
  retryDelivery,
  rotateSubscriptionSecret,
  saveSubscription,
  sendMessages,
  tellSubscribers,
  testSubscription,
} from './actions/consequences/telling.ts'
import { calculateWeights, previewScheme, readInputs } from './actions/drafts.ts'
import { listAppeals, makeAppeal, readAppeal, retractAppeal } from './actions/publishing/appeals.ts'
import { decideAppeal, tryAdjustments } from './actions/publishing/deciding.ts'
import { draftPublication } from './actions/publishing/drafting.ts'
import { checkSign, listLeagueRows, listLeagueTables, readLeagueTable } from './actions/publishing/leagues.ts'
import {
  discardPublication,
  previewPublication,
  publishPublication,
  withdrawPublication,
} from './actions/publishing/moving.ts'
import { listPublications, listPublishedScores, readPublication } from './actions/publishing/reading.ts'
import { readDistribution, readRanking, readScores } from './actions/ranking.ts'
import { listRuns, reactToEvents, replayScheme, runScheme, scoreDue, scoreLive } from './actions/runs.ts'
import { adoptScheme, checkScheme, listSchemes, readScheme, saveScheme, schemeVersions } from './actions/schemes.ts'
import { evaluationContract, messagesQueued, publicationMoved } from './contract.ts'
import { evaluationDownloads } from './downloads.ts'

export interface EvaluationParts {
  readonly signer: Signer
  readonly attachments: Attachments
  readonly webhooks: Webhooks
  /** Where signed files of publications are kept. */
  readonly files: Files
  /** Whether addresses of private networks may be told of publications. */
  readonly privateAllowed: boolean
}

export const evaluationModule = (parts: EvaluationParts) =>
  defineModule({
    name: 'evaluation',
    contract: evaluationContract,
    handles: {
      listSchemes,
      readScheme,
      schemeVersions,
      checkScheme,
      calculateWeights,
      saveScheme,
      adoptScheme,
      previewScheme,
      runScheme,
      replayScheme,
      compareVersions,
      listRuns,
      readRanking,
      readScores,
      readDistribution,
      readInputs,
      readSensitivity,
      listAssessmentRounds,
      listUnitsToAssess,
      giveAssessment,
      readAgreement,
      ...publishing(parts),
      ...following(parts),
      listLeagueTables,
      readLeagueTable,
      listLeagueRows,
      checkSign,
    },
    listens: [
      listener(measurementRecorded, 'evaluation.reactToEvents', reactToEvents),
      listener(publicationMoved, 'evaluation.tellSubscribers', (context, moved) =>
        tellSubscribers(parts, context, moved),
      ),
      listener(messagesQueued, 'evaluation.sendMessages', (context) => sendMessages(parts, context)),
    ],
    every: [
      { name: 'evaluation.scoreDue', cron: '3 * * * *', action: scoreDue },
      { name: 'evaluation.scoreLive', cron: '* * * * *', action: scoreLive },
      { name: 'evaluation.sendAgain', cron: '* * * * *', action: (context) => sendMessages(parts, context) },
      { name: 'evaluation.forgetMessages', cron: '41 4 * * *', action: (context) => forgetMessages(parts, context) },
    ],
    downloads: evaluationDownloads(parts),
  })

const publishing = (parts: EvaluationParts) =>
  ({
    listPublications,
    readPublication,
    listPublishedScores,
    draftPublication,
    previewPublication,
    publishPublication: (context, input) => publishPublication(parts, context, input),
    discardPublication,
    withdrawPublication,
    listAppeals: (context, input) => listAppeals(parts.attachments, context, input),
    readAppeal: (context, input) => readAppeal(parts.attachments, context, input),
    makeAppeal: (context, input) => makeAppeal(parts.attachments, context, input),
    retractAppeal: (context, input) => retractAppeal(parts.attachments, context, input),
    tryAdjustments,
    decideAppeal: (context, input) => decideAppeal(parts.attachments, context, input),
  }) satisfies Partial<Handles<typeof evaluationContract>>

const following = (parts: EvaluationParts) =>
  ({
    listConsequences,
    readConsequence: (context, input) => readConsequence(parts.signer, context, input),
    saveConsequence,
    tryConsequence,
    deleteConsequence: removeConsequence,
    listSubscriptions: (context) => listSubscriptions(parts, context),
    createSubscription: (context, input) => createSubscription(parts, context, input),
    saveSubscription: (context, input) => saveSubscription(parts, context, input),
    rotateSubscriptionSecret: (context, input) => rotateSubscriptionSecret(parts, context, input),
    deleteSubscription: (context, input) => deleteSubscription(parts, context, input),
    testSubscription: (context, input) => testSubscription(parts, context, input),
    listDeliveries: (context, input) => listDeliveries(parts, context, input),
    retryDelivery: (context, input) => retryDelivery(parts, context, input),
  }) satisfies Partial<Handles<typeof evaluationContract>>
