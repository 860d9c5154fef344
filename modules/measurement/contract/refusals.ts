/** What `measurement` may say no with, and how its routes begin. */
import { z } from 'zod'
import { plainDate, route } from '#platform/contract'
import { rowIssue } from '#organisation/contract'

export const measurementRefusals = {
  ENTITY_UNKNOWN: {
    status: 422,
    message: 'Some events name an entity that does not exist. Create it first or correct the key.',
    data: z.object({ issues: z.array(rowIssue) }),
  },
  TIME_OUT_OF_RANGE: {
    status: 422,
    message: 'Some events lie before 1990 or more than a day ahead.',
    data: z.object({ issues: z.array(rowIssue) }),
  },
  BATCH_INVALID: {
    status: 422,
    message: 'Some events are not valid. Nothing of this batch was stored.',
    data: z.object({ issues: z.array(rowIssue) }),
  },
  OVERLOADED: { status: 503, message: 'The stores are busy. Send the same batch again in a few seconds.' },
  INDICATOR_UNKNOWN: {
    status: 404,
    message: 'There is no indicator with this id.',
    data: z.object({ id: z.string() }),
  },
  INDICATOR_RETIRED: { status: 409, message: 'This indicator is retired.', data: z.object({ id: z.string() }) },
  DEFINITION_INVALID: {
    status: 422,
    message: 'The definition cannot be calculated.',
    data: z.object({ issues: z.array(z.object({ field: z.string(), rule: z.string(), message: z.string() })) }),
  },
  FILE_UNREADABLE: {
    status: 422,
    message: 'The file cannot be read as a table.',
    data: z.object({
      reason: z.enum(['empty', 'binary', 'line-too-long', 'no-header', 'encoding', 'too-many-columns', 'too-large']),
      detail: z.string(),
    }),
  },
  MAPPING_MISFIT: {
    status: 422,
    message: 'The mapping names columns the file does not have.',
    data: z.object({ missing: z.array(z.string()), columns: z.array(z.string()) }),
  },
  IMPORT_OVER: { status: 409, message: 'This import has already ended.' },
} as const

/** The start of each route of this module. */
export const tag = (path: `/${string}`, method: 'GET' | 'POST' | 'PUT' | 'DELETE', summary: string) =>
  route.errors(measurementRefusals).route({ path, method, summary, tags: ['measurement'] })
/** Days, both included. */
export const dateRange = { from: plainDate, to: plainDate }
