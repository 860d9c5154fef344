/** Files, how their columns become events, and imports that run in the background. */
import { z } from 'zod'
import { instantText, page, pageQuery } from '#platform/contract'
import { entityKey, rowIssue } from '#organisation/contract'
import { attributeName } from './events.ts'
import { tag } from '../refusals.ts'

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
  /** Of a workbook: the sheet. Absent: the first that is not hidden. */
  sheet: z.string().min(1).max(100).optional(),
  /** What an empty number means. */
  emptyNumber: z.enum(['absent', 'zero', 'refuse']).default('absent'),
})
export type MappingDefinition = z.infer<typeof mappingDefinition>

/** What a file turned out to be; its name says nothing. */
export const fileFormat = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('csv'),
    encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'gb18030']),
    delimiter: z.enum([',', ';', '\t', '|']),
    lineEnd: z.enum(['lf', 'crlf', 'cr']),
  }),
  z.object({ kind: z.enum(['json', 'ndjson', 'parquet']) }),
  z.object({ kind: z.literal('xlsx'), sheet: z.string(), sheets: z.array(z.string()) }),
])

export const importState = z.object({
  id: z.string(),
  fileName: z.string(),
  /** Null: the file holds events as the API takes them, and needs none. */
  mapping: z.string().nullable(),
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
  /** Events later than the moment they were read at: a sender's clock runs ahead. Over a day is refused. */
  ahead: z.number().int(),
  /** Events whose content is stored under another id already; asked of data sources only. */
  repeats: z.number().int(),
  createdEntities: z.number().int(),
  /** The first issues; all of them page through `importIssues`. */
  issues: z.array(rowIssue),
  /** Why it stopped: a code, a colon, a sentence; e.g. `line-too-long: Line 3 is longer than …`. */
  problem: z.string().nullable(),
  startedAt: instantText.nullable(),
  endedAt: instantText.nullable(),
})
export type ImportState = z.infer<typeof importState>

export const importRoutes = {
  previewFile: tag(
    '/files/{file}/preview',
    'POST',
    'Look into an uploaded file: encoding, columns, first rows, a suggested mapping',
  )
    .meta({ may: 'imports.run' })
    .input(z.object({ file: z.string().max(100), sheet: z.string().max(100).optional() }))
    .output(
      z.object({
        format: fileFormat,
        /** Its rows are events as the API takes them: no mapping is needed. */
        events: z.boolean(),
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
    .input(
      z.object({
        file: z.string().max(100),
        mapping: z.string().max(100).nullable(),
        dryRun: z.boolean().default(false),
      }),
    )
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
  sourceRow: tag('/imports/{id}/source-row', 'GET', 'The row of the imported file an event came from')
    .meta({ may: 'imports.run', transaction: 'own', audited: true })
    .input(z.object({ id: z.uuid(), event: z.string().min(1).max(200) }))
    .output(
      z.discriminatedUnion('found', [
        z.object({
          found: z.literal(true),
          fileName: z.string(),
          /** Counted from 1, the head line too. */
          line: z.number().int(),
          columns: z.array(z.string()),
          cells: z.array(z.string()),
        }),
        z.object({
          found: z.literal(false),
          fileName: z.string(),
          because: z.enum(['gone', 'late', 'absent', 'protected']),
        }),
      ]),
    ),
  stopImport: tag('/imports/{id}/stop', 'POST', 'Stop a running import; what is stored stays')
    .meta({ may: 'imports.run' })
    .input(z.object({ id: z.string() }))
    .output(importState),
  resumeImport: tag('/imports/{id}/resume', 'POST', 'Go on with an import that was stopped or failed')
    .meta({ may: 'imports.run' })
    .input(z.object({ id: z.string() }))
    .output(importState),
}
