import { verificationContract } from '#verification/contract'
import { apiOf } from '#platform/web/api.ts'

export const verification = apiOf('verification', verificationContract)
