import { measurementRecorded } from '#measurement/contract'
import { defineModule, listener } from '#platform/module'
import { readAgreement } from './actions/assessing/agreement.ts'
import { giveAssessment } from './actions/assessing/give.ts'
import { listAssessmentRounds, listUnitsToAssess } from './actions/assessing/rounds.ts'
import { compareVersions, readSensitivity } from './actions/comparing.ts'
import { calculateWeights, previewScheme, readInputs } from './actions/drafts.ts'
import { readDistribution, readRanking, readScores } from './actions/ranking.ts'
import { listRuns, reactToEvents, replayScheme, runScheme, scoreDue, scoreLive } from './actions/runs.ts'
import { adoptScheme, checkScheme, listSchemes, readScheme, saveScheme, schemeVersions } from './actions/schemes.ts'
import { evaluationContract } from './contract.ts'

export const evaluationModule = defineModule({
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
  },
  listens: [listener(measurementRecorded, 'evaluation.reactToEvents', reactToEvents)],
  every: [
    { name: 'evaluation.scoreDue', cron: '3 * * * *', action: scoreDue },
    { name: 'evaluation.scoreLive', cron: '* * * * *', action: scoreLive },
  ],
})
