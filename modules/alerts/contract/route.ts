/** What the routes of `alerts` have in common. */
import { z } from 'zod'
import { route } from '#platform/contract'
import { alertRefusals } from './refusals.ts'

export const tag = (path: `/${string}`, method: 'GET' | 'POST' | 'PUT' | 'DELETE', summary: string) =>
  route.errors(alertRefusals).route({ path, method, summary, tags: ['alerts'] })
export const byId = z.object({ id: z.string() })
export const remark = z.string().trim().max(2000)
