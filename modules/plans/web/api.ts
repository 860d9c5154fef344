import { plansContract } from '#plans/contract'
import { apiOf } from '#platform/web/api.ts'

export const plans = apiOf('plans', plansContract)
