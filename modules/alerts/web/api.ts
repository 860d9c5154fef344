import { alertsContract } from '#alerts/contract'
import { apiOf } from '#platform/web/api.ts'

export const alerts = apiOf('alerts', alertsContract)
