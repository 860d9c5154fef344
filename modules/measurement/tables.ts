/** PostgreSQL schema `measurement`: definitions, mappings, imports and the book of batches. Facts themselves live in the measurements. */
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { id, instant, organisationId } from '#platform/records/columns'
import type { Fact } from './rules/plan/fact.ts'
import type { ImportState, IndicatorDraft, MappingDefinition, Source, SourceSettings } from './contract.ts'

export const schema = pgSchema('measurement')

/** The first byte and line that were not taken in, and what listeners were not told yet. */
export interface ImportPosition {
  readonly byte: number
  readonly line: number
  readonly untold: Untold | null
}
export interface Untold {
  readonly types: readonly string[]
  /** Epoch milliseconds. */
  readonly from: number
  readonly to: number
  readonly stored: number
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
    /** Null: the file holds events as the API takes them. */
    mappingName: text('mapping_name'),
    /** The mapping as it was when the import was asked for. */
    definition: jsonb('definition').$type<MappingDefinition>(),
    /** The data source the file came from; null for one a person uploaded. */
    sourceId: uuid('source_id'),
    /** What becomes of an event whose content is stored under another id already. */
    onRepeat: text('on_repeat').$type<'unasked' | 'count' | 'refuse'>().notNull().default('unasked'),
    dryRun: boolean('dry_run').notNull(),
    state: text('state').$type<ImportState['state']>().notNull(),
    readBytes: count('read_bytes'),
    totalBytes: count('total_bytes'),
    rows: count('row_count'),
    stored: count('stored'),
    duplicates: count('duplicates'),
    corrected: count('corrected'),
    refused: count('refused'),
    /** Events later than the moment they were read at, within what clocks may run ahead. */
    ahead: count('ahead'),
    repeats: count('repeats'),
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
    source: text('source').$type<'api' | 'stream' | 'file' | 'hook'>().notNull(),
    importId: uuid('import_id'),
    /** The data source it came from, or the key it was sent with: what volumes are told by. */
    origin: text('origin'),
    acknowledgedAt: instant('acknowledged_at').notNull(),
    /** Events sent, of them newly stored, and of them corrected. */
    sent: integer('sent').notNull(),
    stored: integer('stored').notNull(),
    corrected: integer('corrected').notNull().default(0),
    /** Exclusive or of the identities newly stored, as the measurements compute it again. */
    hash: text('hash').notNull(),
    state: text('state').$type<'acknowledged' | 'missing'>().notNull(),
  },
  (table) => [
    index('batch_newest').on(table.organisationId, table.acknowledgedAt.desc().nullsFirst()),
    index('batch_origin').on(table.organisationId, table.origin, table.acknowledgedAt),
  ],
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

/** Where events come from by themselves: a watched folder, an address asked on a schedule, a signed webhook, a key. */
export const source = schema.table(
  'source',
  {
    organisationId: organisationId(),
    id: id(),
    title: text('title').notNull(),
    kind: text('kind').$type<Exclude<Source['kind'], 'upload'>>().notNull(),
    mappingName: text('mapping_name'),
    ownerId: text('owner_id'),
    enabled: boolean('enabled').notNull(),
    expectWithinMinutes: integer('expect_within_minutes'),
    refuseRepeats: boolean('refuse_repeats').notNull(),
    settings: jsonb('settings').$type<SourceSettings>().notNull(),
    /** What nobody may read again: the signing secret, or the headers of a request. Sealed with the installation's secret. */
    sealed: text('sealed'),
    /** What the last answer said about its content, so that the next request can ask for news only. */
    seen: jsonb('seen').$type<{ etag: string | null; lastModified: string | null; file: string | null }>(),
    nextAt: instant('next_at'),
    lastArrivalAt: instant('last_arrival_at'),
    /** Silence counts from here when nothing has arrived: when it was made or set to work again. */
    watchedSince: instant('watched_since').notNull(),
    freshness: text('freshness').$type<Source['freshness']>().notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [index('source_title').on(table.organisationId, table.title)],
)

/** One attempt of a source to bring data. What came of a file is counted by its import; a webhook's messages of an hour are one run. */
export const sourceRun = schema.table(
  'source_run',
  {
    organisationId: organisationId(),
    id: id(),
    sourceId: uuid('source_id').notNull(),
    importId: uuid('import_id'),
    /** The kept file and its name, where there is one. */
    file: text('file'),
    fileName: text('file_name'),
    /** Of a webhook: the hour its messages are counted in. */
    hour: instant('hour'),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    state: text('state').$type<'running' | 'done' | 'unchanged' | 'failed'>().notNull(),
    problem: text('problem'),
    bytes: count('bytes'),
    messages: count('messages'),
    rows: count('row_count'),
    stored: count('stored'),
    duplicates: count('duplicates'),
    corrected: count('corrected'),
    refused: count('refused'),
    ahead: count('ahead'),
    repeats: count('repeats'),
    issueCount: integer('issue_count').notNull().default(0),
  },
  (table) => [
    index('source_run_file').on(table.organisationId, table.sourceId, table.file),
    index('source_run_newest').on(table.organisationId, table.sourceId, table.startedAt.desc().nullsFirst(), table.id),
    uniqueIndex('source_run_hour').on(table.organisationId, table.sourceId, table.hour),
  ],
)

/** A file of a watched folder as it was last seen: taken when two looks find it the same, and once for each content. */
export const watchedFile = schema.table(
  'watched_file',
  {
    organisationId: organisationId(),
    sourceId: uuid('source_id').notNull(),
    name: text('name').notNull(),
    sizeBytes: count('size_bytes'),
    changedMilliseconds: bigint('changed_milliseconds', { mode: 'number' }).notNull(),
    /** The content that was taken under this name; null while the file is only watched. */
    taken: text('taken'),
    seenAt: instant('seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.sourceId, table.name] })],
)

/** Messages a webhook delivered, by the id their sender gave them: the same again is answered as the first time. */
export const hookMessage = schema.table(
  'hook_message',
  {
    organisationId: organisationId(),
    sourceId: uuid('source_id').notNull(),
    messageId: text('message_id').notNull(),
    answeredAt: instant('answered_at').notNull(),
    answer: jsonb('answer').$type<Readonly<Record<string, number>>>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.sourceId, table.messageId] }),
    index('hook_message_age').on(table.organisationId, table.answeredAt),
  ],
)

/** Facts of indicators in use that are kept by day and month in the measurements. */
export const foldFact = schema.table(
  'fold_fact',
  {
    organisationId: organisationId(),
    /** Hash of what the fact is: the same fact of two indicators is one. */
    id: bigint('id', { mode: 'number' }).notNull(),
    eventType: text('event_type').notNull(),
    fact: jsonb('fact').$type<Fact>().notNull(),
    /** Days from here on are folded; null: none yet. */
    filledFrom: date('filled_from', { mode: 'string' }),
    /** All days are folded. */
    filled: boolean('filled').notNull().default(false),
    askedAt: instant('asked_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
)

/** Days and months whose events changed since they were folded. A mark that rises while one folds stays. */
export const foldMark = schema.table(
  'fold_mark',
  {
    organisationId: organisationId(),
    eventType: text('event_type').notNull(),
    /** `day`: a day of UTC, which touches two days of the organisation; `month`: first day of a month of its own. */
    grain: text('grain').$type<'day' | 'month'>().notNull(),
    start: date('start', { mode: 'string' }).notNull(),
    rise: bigint('rise', { mode: 'number' }).notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.eventType, table.grain, table.start] })],
)

/** What a customer is here: the attribute of events that holds the pseudonym, and what else is told of a dealing. */
export const customerSetting = schema.table(
  'customer_setting',
  {
    organisationId: organisationId(),
    attribute: text('attribute').notNull(),
    dealingTypes: jsonb('dealing_types').$type<string[] | null>(),
    moneyValue: text('money_value'),
    channelAttribute: text('channel_attribute'),
    ratingValue: text('rating_value'),
    complaintTypes: jsonb('complaint_types').$type<string[]>().notNull(),
    changedAt: instant('changed_at').notNull(),
    changedBy: text('changed_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId] })],
)
