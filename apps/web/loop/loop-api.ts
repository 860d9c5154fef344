/** The loop page reads from every module. */
import { alertsContract } from '#alerts/contract'
import { evaluationContract } from '#evaluation/contract'
import { measurementContract } from '#measurement/contract'
import { plansContract } from '#plans/contract'
import { apiOf } from '#platform/web/api.ts'
import { verificationContract } from '#verification/contract'

export const alerts = apiOf('alerts', alertsContract)
export const evaluation = apiOf('evaluation', evaluationContract)
export const measurement = apiOf('measurement', measurementContract)
export const plans = apiOf('plans', plansContract)
export const verification = apiOf('verification', verificationContract)
