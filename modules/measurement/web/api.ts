import { measurementContract } from '#measurement/contract'
import { apiOf } from '#platform/web/api.ts'

export const measurement = apiOf('measurement', measurementContract)
