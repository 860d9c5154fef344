import { alertsContract } from '#alerts/contract'
import { evaluationContract } from '#evaluation/contract'
import { measurementContract } from '#measurement/contract'
import { plansContract } from '#plans/contract'
import { reportsContract } from '#reports/contract'
import { apiOf } from '#platform/web/api.ts'

export const reports = apiOf('reports', reportsContract)
export const measurement = apiOf('measurement', measurementContract)
export const evaluation = apiOf('evaluation', evaluationContract)
export const alerts = apiOf('alerts', alertsContract)
export const plans = apiOf('plans', plansContract)
