/** PostgreSQL schema `measurement`: definitions, mappings, imports and the book of batches. Facts themselves live in the measurements. */
import { bigint, boolean, index, integer, jsonb, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { id, instant, organisationId } from '#platform/records/columns'
import type { ImportState, IndicatorDraft, MappingDefinition } from './contract.ts'

export const schema = pgSchema('measurement')

/** The first byte and line that were not taken in, and what listeners were not told yet. */
export interface ImportPosition {
  readonly byte: number
  readonly line: number
  readonly untold: { readonly from: number; readonly to: number; readonly stored: number } | null
}

const count = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0)

/** Every version of every indicator; a row is never changed. */
export const indicator = schema.table(
  'indicator',
  {
    organisationId: organisationId(),
    id: text('id').notNull(),
    version: integer('version').notNull(),
    draft: jsonb('draft').$type<IndicatorDraft>().notNull(),
    /** SHA-256 of the draft with its keys in order: the same content gets no new version. */
    sha256: text('sha256').notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id, table.version] })],
)

export const retiredIndicator = schema.table(
  'retired_indicator',
  {
    organisationId: organisationId(),
    id: text('id').notNull(),
    retiredAt: instant('retired_at').notNull(),
    retiredBy: text('retired_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
)

export const mapping = schema.table(
  'mapping',
  {
    organisationId: organisationId(),
    name: text('name').notNull(),
    definition: jsonb('definition').$type<MappingDefinition>().notNull(),
    savedAt: instant('saved_at').notNull(),
    savedBy: text('saved_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.name] })],
)

export const fileImport = schema.table(
  'file_import',
  {
    organisationId: organisationId(),
    id: id(),
    file: text('file').notNull(),
    fileName: text('file_name').notNull(),
    mappingName: text('mapping_name').notNull(),
    /** The mapping as it was when the import was asked for. */
    definition: jsonb('definition').$type<MappingDefinition>().notNull(),
    dryRun: boolean('dry_run').notNull(),
    state: text('state').$type<ImportState['state']>().notNull(),
    readBytes: count('read_bytes'),
    totalBytes: count('total_bytes'),
    rows: count('row_count'),
    stored: count('stored'),
    duplicates: count('duplicates'),
    corrected: count('corrected'),
    refused: count('refused'),
    createdEntities: count('created_entities'),
    issueCount: integer('issue_count').notNull().default(0),
    problem: text('problem'),
    askedAt: instant('asked_at').notNull(),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
    /** Who works on it: a new claim makes the older worker let go. Free again when `claimedUntil` is past. */
    claim: uuid('claim'),
    claimedUntil: instant('claimed_until'),
    /** Faults since the last step forward; too many end the import. */
    faults: integer('faults').notNull().default(0),
    /** Where to go on, and what was stored but not announced yet: both move with the counts, in one statement. */
    position: jsonb('position').$type<ImportPosition>(),
  },
  (table) => [
    index('file_import_newest').on(table.organisationId, table.askedAt.desc().nullsFirst(), table.id),
    index('file_import_open').on(table.organisationId).where(sql`${table.state} in ('waiting', 'running')`),
  ],
)

/** Rows a file import refused, bounded; the rest is only counted. */
export const importIssue = schema.table(
  'import_issue',
  {
    organisationId: organisationId(),
    importId: uuid('import_id').notNull(),
    number: integer('number').notNull(),
    row: bigint('row_number', { mode: 'number' }).notNull(),
    field: text('field').notNull(),
    rule: text('rule').notNull(),
    message: text('message').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.importId, table.number] })],
)

/**
 * The book of batches: written, with what was stored, before the sender is answered. A start compares it with what the
 * measurements hold, so that nothing acknowledged can be lost unnoticed.
 */
export const batch = schema.table(
  'batch',
  {
    organisationId: organisationId(),
    id: id(),
    source: text('source').$type<'api' | 'stream' | 'file'>().notNull(),
    importId: uuid('import_id'),
    acknowledgedAt: instant('acknowledged_at').notNull(),
    /** Events sent, and of them newly stored. */
    sent: integer('sent').notNull(),
    stored: integer('stored').notNull(),
    /** Exclusive or of the identities newly stored, as the measurements compute it again. */
    hash: text('hash').notNull(),
    state: text('state').$type<'acknowledged' | 'missing'>().notNull(),
  },
  (table) => [index('batch_newest').on(table.organisationId, table.acknowledgedAt.desc().nullsFirst())],
)

/** What was stored and not announced yet, one line for each type of event: many small batches become one piece of news. */
export const untoldEvents = schema.table(
  'untold_events',
  {
    organisationId: organisationId(),
    eventType: text('event_type').notNull(),
    from: instant('from_at').notNull(),
    to: instant('to_at').notNull(),
    stored: bigint('stored', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.eventType] })],
)
