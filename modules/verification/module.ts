import { planApproved } from '#plans/contract'
import { defineModule, listener } from '#platform/module'
import { adviseDesign } from './actions/advise.ts'
import { concludeDue, concludeProof, waiveProof } from './actions/conclude.ts'
import { freezeDesign } from './actions/freeze.ts'
import { readPortfolio, simulateReturn } from './actions/portfolio.ts'
import { listProofs, readProof } from './actions/read.ts'
import { watchEffects } from './actions/watch.ts'
import { verificationContract } from './contract.ts'

export const verificationModule = defineModule({
  name: 'verification',
  contract: verificationContract,
  handles: { listProofs, readProof, adviseDesign, readPortfolio, simulateReturn, concludeProof, waiveProof },
  listens: [listener(planApproved, 'verification.freezeDesign', freezeDesign)],
  every: [
    { name: 'verification.concludeDue', cron: '17 * * * *', action: concludeDue },
    { name: 'verification.watchEffects', cron: '27 5 * * *', action: watchEffects },
  ],
})
