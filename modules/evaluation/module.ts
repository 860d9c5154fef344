import { measurementRecorded } from '#measurement/contract'
import { defineModule, listener } from '#platform/module'
import {
  listRuns,
  listSchemes,
  previewScheme,
  reactToEvents,
  readRanking,
  readScheme,
  readScores,
  runScheme,
  saveScheme,
  scoreDue,
} from './actions/score.ts'
import { evaluationContract } from './contract.ts'

export const evaluationModule = defineModule({
  name: 'evaluation',
  contract: evaluationContract,
  handles: { listSchemes, readScheme, saveScheme, previewScheme, readRanking, readScores, runScheme, listRuns },
  listens: [listener(measurementRecorded, 'evaluation.reactToEvents', reactToEvents)],
  every: [{ name: 'evaluation.scoreDue', cron: '3 * * * *', action: scoreDue }],
})
