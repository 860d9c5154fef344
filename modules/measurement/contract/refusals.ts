/** What `measurement` may say no with, and how its routes begin. */
import { z } from 'zod'
import { plainDate, route } from '#platform/contract'
import { rowIssue } from '#organisation/contract'

/** What is wrong with a definition: the field's path, the rule, and what its sentence is filled with. */
export const definitionIssue = z.object({
  field: z.string(),
  rule: z.string(),
  message: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

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
  TOO_MANY_NODES: {
    status: 422,
    message: 'So many nodes cannot be looked at one by one. Choose a smaller part of the tree, or one kind of entity.',
    data: z.object({ nodes: z.number(), limit: z.number() }),
  },
  INDICATOR_UNKNOWN: {
    status: 404,
    message: 'There is no indicator with this id.',
    data: z.object({ id: z.string() }),
  },
  INDICATOR_RETIRED: { status: 409, message: 'This indicator is retired.', data: z.object({ id: z.string() }) },
  EFFECTIVE_OVERLAP: {
    status: 409,
    message: 'A version already judges from a later day. Begin on that day or later.',
    data: z.object({ version: z.number().int(), from: z.string() }),
  },
  DEFINITION_INVALID: {
    status: 422,
    message: 'The definition cannot be calculated.',
    data: z.object({ issues: z.array(definitionIssue) }),
  },
  FILE_UNREADABLE: {
    status: 422,
    message: 'The file cannot be read as a table.',
    data: z.object({
      reason: z.enum([
        'empty',
        'binary',
        'line-too-long',
        'no-header',
        'encoding',
        'too-many-columns',
        'too-large',
        'broken',
        'unpacks-too-large',
      ]),
      detail: z.string(),
    }),
  },
  MAPPING_MISFIT: {
    status: 422,
    message: 'The mapping names columns the file does not have.',
    data: z.object({ missing: z.array(z.string()), columns: z.array(z.string()) }),
  },
  MAPPING_NEEDED: {
    status: 422,
    message: 'The rows are no events as the API takes them. Choose a mapping that says what the columns are.',
    data: z.object({ columns: z.array(z.string()) }),
  },
  SOURCE_UNSUITABLE: {
    status: 409,
    message: 'A source of this kind cannot do this.',
    data: z.object({ kind: z.string() }),
  },
  FOLDER_NOT_ALLOWED: {
    status: 422,
    message:
      'No folder may be watched here: the setting BIHUAN_WATCH_FOLDER names the one below which folders are allowed.',
    data: z.object({ folder: z.string() }),
  },
  ADDRESS_NOT_ALLOWED: {
    status: 422,
    message:
      'Only http and https addresses outside the private network are asked, unless the setting BIHUAN_PULL_PRIVATE is "allow".',
    data: z.object({ host: z.string() }),
  },
  SIGNATURE_WRONG: { status: 401, message: 'The signature, the time or the id of this message is missing or wrong.' },
  SOURCE_PAUSED: { status: 409, message: 'This source is paused and takes nothing.' },
  SEGMENT_UNKNOWN: { status: 404, message: 'There is no segment with this id.', data: z.object({ id: z.string() }) },
  SEGMENT_CHANGED: {
    status: 409,
    message: 'Somebody saved this segment in the meantime. Look at it and change it again.',
    data: z.object({ id: z.string(), version: z.number().int() }),
  },
  PERIOD_RUNNING: {
    status: 409,
    message: 'Only a period that is over can be published.',
    data: z.object({ periodStart: z.string() }),
  },
  NOT_PUBLISHED: {
    status: 404,
    message: 'Nothing was published for this period, or not yet at that time.',
    data: z.object({ periodStart: z.string() }),
  },
  FIGURES_INVALID: {
    status: 422,
    message: 'Some figures are not valid. None was recorded.',
    data: z.object({ issues: z.array(rowIssue) }),
  },
  UNIT_MISMATCH: {
    status: 422,
    message: 'The figure has another unit than the indicator.',
    data: z.object({ unit: z.string(), expected: z.string() }),
  },
  FIGURE_SUPERSEDED: { status: 409, message: 'Another figure already takes the place of this one.' },
  IMPORT_OVER: { status: 409, message: 'This import has already ended.' },
  CUSTOMERS_NOT_SET: {
    status: 409,
    message: 'Nobody has chosen yet which attribute of events holds the pseudonym of a customer.',
  },
  CUSTOMER_ATTRIBUTE_UNKNOWN: {
    status: 422,
    message: 'No event carries this attribute.',
    data: z.object({ attribute: z.string() }),
  },
  CUSTOMER_ATTRIBUTE_PERSONAL: {
    status: 422,
    message:
      'The values of this attribute look like personal data. Replace them by pseudonyms before they are recorded here.',
    data: z.object({ attribute: z.string(), kind: z.string() }),
  },
} as const

/** The start of each route of this module. */
export const tag = (path: `/${string}`, method: 'GET' | 'POST' | 'PUT' | 'DELETE', summary: string) =>
  route.errors(measurementRefusals).route({ path, method, summary, tags: ['measurement'] })
/** Days, both included. */
export const dateRange = { from: plainDate, to: plainDate }
