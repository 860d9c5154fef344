/** What others may say to `measurement`: events, files and mappings, indicators and their series. */
import { z } from 'zod'
import { bilingual, event, grain, instantText, page, pageQuery, plainDate, route } from '#platform/contract'
import { entityKey, rowIssue } from '#organisation/contract'
import { indicatorDefinition } from './contract/definition.ts'

/** Most events one JSON batch may carry; larger amounts go through NDJSON or a file. */
export const EVENTS_PER_BATCH_LIMIT = 10_000

const attributeName = z.string().min(1).max(100)
export const serviceEvent = z.object({
  /** Chosen by the sender, unique in the organisation: sending it again changes nothing, with other content it corrects. */
  id: z.string().min(1).max(200),
  type: z.string().min(1).max(100),
  entity: entityKey,
  /** When it happened. */
  at: instantText,
  attributes: z.record(attributeName, z.string().max(500)).default({}),
  values: z.record(attributeName, z.number()).default({}),
})
export type ServiceEvent = z.infer<typeof serviceEvent>

/** What became of a batch. */
export const recorded = z.object({
  batch: z.string(),
  stored: z.number().int(),
  duplicates: z.number().int(),
  corrected: z.number().int(),
})

/** How a column's text becomes a time, a number or a dimension. */
export const mappingDefinition = z.object({
  eventType: z.string().min(1).max(100),
  /** The column (or columns, joined with "-") holding the entity's key, or one key for the whole file. */
  entity: z.union([z.object({ columns: z.array(z.string()).min(1).max(5) }), z.object({ key: entityKey })]),
  unknownEntities: z.enum(['refuse', 'create']).default('refuse'),
  /** For entities that are created: their kind and the key they stand below. */
  createdBelow: z.object({ kind: z.string().min(1).max(50), parentKey: entityKey.nullable() }).optional(),
  time: z.object({
    column: z.string(),
    /** `auto` reads ISO dates and times, YYYY/M/D, M/D/YYYY h:mm:ss AM; others name the order. */
    format: z
      .enum([
        'auto',
        'iso',
        'year-month-day',
        'month-day-year',
        'day-month-year',
        'epoch-seconds',
        'epoch-milliseconds',
      ])
      .default('auto'),
    /** Zone of times written without one; the organisation's when absent. */
    timeZone: z.string().max(100).optional(),
  }),
  /** Columns that tell rows apart; the event's id is made of them. Absent: of the whole row's content. */
  identity: z.array(z.string()).min(1).max(20).optional(),
  attributes: z
    .array(z.object({ column: z.string(), name: attributeName }))
    .max(50)
    .default([]),
  values: z
    .array(
      z.union([
        z.object({ name: attributeName, column: z.string() }),
        /** Hours between two time columns; empty where either is empty. */
        z.object({ name: attributeName, hoursFrom: z.string(), hoursTo: z.string() }),
      ]),
    )
    .max(50)
    .default([]),
  /** What an empty number means. */
  emptyNumber: z.enum(['absent', 'zero', 'refuse']).default('absent'),
})
export type MappingDefinition = z.infer<typeof mappingDefinition>

export const fileFormat = z.object({
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'gb18030']),
  delimiter: z.enum([',', ';', '\t', '|']),
  lineEnd: z.enum(['lf', 'crlf', 'cr']),
})

export const importState = z.object({
  id: z.string(),
  fileName: z.string(),
  mapping: z.string(),
  dryRun: z.boolean(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'stopped']),
  /** Bytes read of bytes in all: the honest progress. */
  readBytes: z.number(),
  totalBytes: z.number(),
  rows: z.number().int(),
  stored: z.number().int(),
  duplicates: z.number().int(),
  corrected: z.number().int(),
  refused: z.number().int(),
  createdEntities: z.number().int(),
  /** The first issues; all of them page through `importIssues`. */
  issues: z.array(rowIssue),
  /** Why it stopped: a code, a colon, a sentence; e.g. `line-too-long: Line 3 is longer than …`. */
  problem: z.string().nullable(),
  startedAt: instantText.nullable(),
  endedAt: instantText.nullable(),
})
export type ImportState = z.infer<typeof importState>

/** Id of an indicator: small letters, digits and hyphens. */
export const indicatorId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,79}$/, 'small letters, digits and hyphens, starting with a letter')

export const indicatorDraft = z.object({
  id: indicatorId,
  title: bilingual,
  explanation: bilingual,
  unit: z.enum(['percent', 'per-thousand', 'count', 'minutes', 'hours', 'days', 'points', 'yuan', 'number']),
  direction: z.enum(['higher-is-better', 'lower-is-better', 'neutral']),
  target: z.number().nullable().default(null),
  /** Below this n a value is shown as "too few", never judged. */
  minimumN: z.number().int().min(0).default(0),
  definition: indicatorDefinition,
})
export type IndicatorDraft = z.infer<typeof indicatorDraft>
export const indicator = indicatorDraft.extend({
  version: z.number().int(),
  createdAt: instantText,
  createdBy: z.string(),
  retired: z.boolean(),
})
export type Indicator = z.infer<typeof indicator>

/** One value with what it rests on. `value` is in the indicator's unit (a share of 0.934 is 93.4 with unit percent). */
export const point = z.object({
  periodStart: plainDate,
  numerator: z.number(),
  denominator: z.number(),
  n: z.number(),
  value: z.number().nullable(),
  /** 95 % interval where the kind allows one. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Standard error in the indicator's unit where the kind allows one. */
  standardError: z.number().nullable(),
  /** n under the indicator's minimum: grey, not judged. */
  tooFew: z.boolean(),
  /** Whether the period was over when the answer was made. */
  complete: z.boolean(),
})
export type Point = z.infer<typeof point>

export const series = z.object({
  indicator: indicator,
  entity: z.object({ key: entityKey, name: z.string() }).nullable(),
  grain,
  /** One group without names, or one for each combination of the asked attributes. */
  groups: z.array(z.object({ by: z.record(z.string(), z.string()), points: z.array(point) })),
  /** Individuals chart over the complete points of an ungrouped series of 12 or more; null otherwise. */
  chart: z
    .object({
      centre: z.number(),
      lower: z.number(),
      upper: z.number(),
      convention: z.string(),
      signals: z.array(z.object({ periodStart: plainDate, rule: z.string() })),
    })
    .nullable(),
  /** True when groups beyond the limit were left out. */
  truncated: z.boolean(),
})
export type Series = z.infer<typeof series>

export const comparisonRow = z.object({
  entity: z.object({ key: entityKey, name: z.string(), kind: z.string() }),
  point,
  /** Where the unit lies against the funnel of all units; null when too few. */
  funnel: z.enum(['above-99.8', 'above-95', 'inside', 'below-95', 'below-99.8']).nullable(),
  better: z.boolean().nullable(),
})
export const comparison = z.object({
  indicator: indicator,
  periodStart: plainDate,
  centre: z.number().nullable(),
  /** Factor by which the limits were widened because units differ more than chance allows; 1 when they do not. */
  overDispersion: z.number(),
  rows: z.array(comparisonRow),
  /** The limits as curves over n, for the funnel plot. */
  limits: z.array(
    z.object({ n: z.number(), low95: z.number(), high95: z.number(), low998: z.number(), high998: z.number() }),
  ),
  truncated: z.boolean(),
})
export type Comparison = z.infer<typeof comparison>

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

const tag = (path: `/${string}`, method: 'GET' | 'POST' | 'PUT' | 'DELETE', summary: string) =>
  route.errors(measurementRefusals).route({ path, method, summary, tags: ['measurement'] })
const dateRange = { from: plainDate, to: plainDate }

export const measurementContract = {
  recordEvents: tag(
    '/events',
    'POST',
    'Record a batch of service events; answered when they are on disk. For more than 10,000 use /api/events.ndjson',
  )
    .meta({ may: 'measurements.record', transaction: 'own' })
    .input(z.object({ events: z.array(z.unknown()).min(1).max(EVENTS_PER_BATCH_LIMIT) }))
    .output(recorded),
  listEvents: tag('/events', 'GET', 'Single events, newest first')
    .meta({ may: 'measurements.read' })
    .input(
      pageQuery.extend({
        entity: entityKey.optional(),
        type: z.string().max(100).optional(),
        from: plainDate.optional(),
        to: plainDate.optional(),
      }),
    )
    .output(page(serviceEvent.extend({ receivedAt: instantText, entityName: z.string() }))),
  eventTypes: tag('/event-types', 'GET', 'Types of event that were recorded, with their attributes and values')
    .meta({ may: 'measurements.read' })
    .output(
      z.array(
        z.object({
          type: z.string(),
          count: z.number(),
          first: instantText.nullable(),
          last: instantText.nullable(),
          attributes: z.array(z.string()),
          values: z.array(z.string()),
        }),
      ),
    ),

  previewFile: tag(
    '/files/{file}/preview',
    'POST',
    'Look into an uploaded file: encoding, columns, first rows, a suggested mapping',
  )
    .meta({ may: 'imports.run' })
    .input(z.object({ file: z.string().max(100) }))
    .output(
      z.object({
        format: fileFormat,
        columns: z.array(
          z.object({
            name: z.string(),
            looksLike: z.enum(['time', 'number', 'text', 'empty']),
            samples: z.array(z.string()),
          }),
        ),
        rows: z.array(z.array(z.string())),
        suggestion: mappingDefinition.nullable(),
      }),
    ),
  listMappings: tag('/mappings', 'GET', 'Saved mappings')
    .meta({ may: 'imports.run' })
    .output(z.array(z.object({ name: z.string(), definition: mappingDefinition }))),
  saveMapping: tag('/mappings/{name}', 'PUT', 'Save a mapping under a name')
    .meta({ may: 'imports.run' })
    .input(z.object({ name: z.string().trim().min(1).max(100), definition: mappingDefinition }))
    .output(z.object({ name: z.string(), definition: mappingDefinition })),
  startImport: tag(
    '/imports',
    'POST',
    'Take in an uploaded file in the background; the same file again stores nothing twice',
  )
    .meta({ may: 'imports.run' })
    .input(z.object({ file: z.string().max(100), mapping: z.string().max(100), dryRun: z.boolean().default(false) }))
    .output(importState),
  listImports: tag('/imports', 'GET', 'Imports, newest first')
    .meta({ may: 'imports.run' })
    .input(pageQuery)
    .output(page(importState)),
  readImport: tag('/imports/{id}', 'GET', 'How far an import is')
    .meta({ may: 'imports.run' })
    .input(z.object({ id: z.string() }))
    .output(importState),
  importIssues: tag('/imports/{id}/issues', 'GET', 'Rows that were refused, with line numbers')
    .meta({ may: 'imports.run' })
    .input(pageQuery.extend({ id: z.string() }))
    .output(page(rowIssue)),
  stopImport: tag('/imports/{id}/stop', 'POST', 'Stop a running import; what is stored stays')
    .meta({ may: 'imports.run' })
    .input(z.object({ id: z.string() }))
    .output(importState),
  resumeImport: tag('/imports/{id}/resume', 'POST', 'Go on with an import that was stopped or failed')
    .meta({ may: 'imports.run' })
    .input(z.object({ id: z.string() }))
    .output(importState),

  listIndicators: tag('/indicators', 'GET', 'Indicators with their newest version')
    .meta({ may: 'measurements.read' })
    .input(pageQuery.extend({ search: z.string().trim().max(100).optional() }))
    .output(page(indicator)),
  readIndicator: tag('/indicators/{id}', 'GET', 'One indicator, newest or asked version')
    .meta({ may: 'measurements.read' })
    .input(z.object({ id: indicatorId, version: z.coerce.number().int().min(1).optional() }))
    .output(indicator),
  saveIndicator: tag('/indicators/{id}', 'PUT', 'Save a definition: a new indicator, or the next version of one')
    .meta({ may: 'indicators.edit' })
    .input(indicatorDraft)
    .output(indicator),
  previewIndicator: tag(
    '/indicator-previews',
    'POST',
    'What a definition would give for the organisation, month by month, before it is saved',
  )
    .meta({ may: 'indicators.edit' })
    .input(z.object({ draft: indicatorDraft, entity: entityKey.optional(), ...dateRange }))
    .output(z.array(point)),
  retireIndicator: tag('/indicators/{id}', 'DELETE', 'Retire an indicator; its history stays')
    .meta({ may: 'indicators.edit' })
    .input(z.object({ id: indicatorId }))
    .output(z.object({})),
  readSeries: tag(
    '/indicators/{id}/series',
    'GET',
    'Values over time for an entity with all below it, or for the whole organisation',
  )
    .meta({ may: 'measurements.read' })
    .input(
      z.object({
        id: indicatorId,
        version: z.coerce.number().int().min(1).optional(),
        entity: entityKey.optional(),
        grain: grain.default('month'),
        ...dateRange,
        /** Attributes to split by, at most two, separated by commas. */
        by: z.string().max(200).optional(),
      }),
    )
    .output(series),
  compareEntities: tag('/indicators/{id}/comparison', 'GET', 'One period, all entities, with funnel limits')
    .meta({ may: 'measurements.read' })
    .input(
      z.object({
        id: indicatorId,
        periodStart: plainDate,
        grain: grain.default('month'),
        kind: z.string().max(50).optional(),
        below: entityKey.optional(),
        limit: z.coerce.number().int().min(1).max(2000).default(500),
      }),
    )
    .output(comparison),
}

/** Events were recorded: which types, between which instants. Revised values follow from it. */
export const measurementRecorded = event(
  'measurement.recorded',
  z.object({ eventTypes: z.array(z.string()).max(1000), from: instantText, to: instantText, stored: z.number().int() }),
)
/** A definition got a new version or was retired. */
export const indicatorChanged = event(
  'measurement.indicatorChanged',
  z.object({ id: z.string(), version: z.number().int() }),
)
