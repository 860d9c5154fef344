import { defineModule } from '#platform/module'
import { listPlans, myTasks, readPlan } from './actions/read-plans.ts'
import {
  approvePlan,
  draftPlan,
  editPlan,
  progressTask,
  requestChange,
  reviewPlan,
  submitPlan,
  withdrawPlan,
} from './actions/step-plan.ts'
import { suggestPlan } from './actions/suggest-plan.ts'
import { plansContract } from './contract.ts'

export const plansModule = defineModule({
  name: 'plans',
  contract: plansContract,
  handles: {
    listPlans,
    readPlan,
    suggestPlan,
    draftPlan,
    editPlan,
    submitPlan,
    reviewPlan,
    approvePlan,
    requestChange,
    withdrawPlan,
    progressTask,
    myTasks,
  },
})
