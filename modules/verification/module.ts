import { planApproved } from '#plans/contract'
import { defineModule, listener } from '#platform/module'
import { concludeDue, concludeProof, freezeDesign, listProofs, readProof } from './actions/prove.ts'
import { verificationContract } from './contract.ts'

export const verificationModule = defineModule({
  name: 'verification',
  contract: verificationContract,
  handles: { listProofs, readProof, concludeProof },
  listens: [listener(planApproved, 'verification.freezeDesign', freezeDesign)],
  every: [{ name: 'verification.concludeDue', cron: '17 * * * *', action: concludeDue }],
})
