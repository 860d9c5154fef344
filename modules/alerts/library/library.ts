/** The library of response plans as it comes; an organisation changes one by saving its own under the same id. */
import type { ResponsePlanDraft } from '../contract/response.ts'
import { financePlans } from './finance.ts'
import { healthPlans } from './health.ts'
import { informationPlans } from './information.ts'
import { premisesPlans } from './premises.ts'
import { dailyPlans } from './daily-running.ts'
import { publicPlans } from './public.ts'
import { securityPlans } from './security.ts'

export const responseLibrary: readonly ResponsePlanDraft[] = [
  ...premisesPlans,
  ...dailyPlans,
  ...informationPlans,
  ...publicPlans,
  ...healthPlans,
  ...securityPlans,
  ...financePlans,
]
