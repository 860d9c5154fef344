import { noticesContract } from '#notices/contract'
import { apiOf } from '#platform/web/api.ts'

export const notices = apiOf('notices', noticesContract)
