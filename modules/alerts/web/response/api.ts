/** Calls of response plans, drills and sharing. */
import { alertsContract, drillRoutes, responseRoutes, sharingRoutes } from '#alerts/contract'
import { apiOf } from '#platform/web/api.ts'

/** Query keys begin with this name. */
export const RESPONSES = 'alert-responses'
export const responses = apiOf(RESPONSES, { ...responseRoutes, ...drillRoutes, ...sharingRoutes })

/** Whether the server gives these routes: parts of other pages that rest on them stay away without. */
export const responsesServed: boolean = 'listResponses' in alertsContract
export const READ_AGAIN = ['alerts', RESPONSES] as const
