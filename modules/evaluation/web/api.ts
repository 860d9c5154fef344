import { evaluationContract } from '#evaluation/contract'
import { apiOf } from '#platform/web/api.ts'

export const evaluation = apiOf('evaluation', evaluationContract)
