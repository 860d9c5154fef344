/** Schema `measurement`, what exploring keeps: segments, targets, industry figures, notes, pins, publications. */
import { sql } from 'drizzle-orm'
import { bigint, boolean, date, doublePrecision, index, integer, jsonb, primaryKey, text } from 'drizzle-orm/pg-core'
import { uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, organisationId } from '#platform/records/columns'
import type { Condition } from '../contract/definition.ts'
import type { PublicationGrain, RevisionReason } from '../contract/exploring/publications.ts'
import type { IndicatorUnit } from '../contract/indicators.ts'
import { schema } from '../tables.ts'

/** Every version of every segment; a row is never changed. */
export const segment = schema.table(
  'segment',
  {
    organisationId: organisationId(),
    id: text('id').notNull(),
    version: integer('version').notNull(),
    titleZh: text('title_zh').notNull(),
    titleEn: text('title_en').notNull(),
    conditions: jsonb('conditions').$type<Condition[]>().notNull(),
    archived: boolean('archived').notNull(),
    savedAt: instant('saved_at').notNull(),
    savedBy: text('saved_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id, table.version] })],
)

/** Never changed but for being withdrawn; the newest of equal reach and day holds. */
export const target = schema.table(
  'target',
  {
    organisationId: organisationId(),
    id: id(),
    indicator: text('indicator').notNull(),
    segment: text('segment'),
    entity: bigint('entity', { mode: 'number' }),
    value: doublePrecision('value'),
    bandLow: doublePrecision('band_low'),
    bandHigh: doublePrecision('band_high'),
    effectiveFrom: date('effective_from', { mode: 'string' }).notNull(),
    source: text('source').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: text('recorded_by').notNull(),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBy: text('withdrawn_by'),
  },
  (table) => [index('target_indicator').on(table.organisationId, table.indicator)],
)

export const industryFigure = schema.table(
  'industry_figure',
  {
    organisationId: organisationId(),
    id: id(),
    indicator: text('indicator').notNull(),
    value: doublePrecision('value').notNull(),
    unit: text('unit').$type<IndicatorUnit>().notNull(),
    from: date('from_day', { mode: 'string' }).notNull(),
    to: date('to_day', { mode: 'string' }).notNull(),
    source: text('source').notNull(),
    publishedOn: date('published_on', { mode: 'string' }).notNull(),
    n: doublePrecision('n'),
    note: text('note').notNull(),
    /** Each figure is corrected once at most: the correction may be corrected again. */
    supersedes: uuid('supersedes'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: text('recorded_by').notNull(),
  },
  (table) => [
    index('industry_figure_indicator').on(table.organisationId, table.indicator),
    uniqueIndex('industry_figure_supersedes').on(table.organisationId, table.supersedes),
  ],
)

export const annotation = schema.table(
  'annotation',
  {
    organisationId: organisationId(),
    id: id(),
    indicator: text('indicator'),
    entity: bigint('entity', { mode: 'number' }),
    from: date('from_day', { mode: 'string' }).notNull(),
    to: date('to_day', { mode: 'string' }),
    textZh: text('text_zh').notNull(),
    textEn: text('text_en').notNull(),
    /** The module that wrote it, and the name it knows it by: written again, it takes the other's place. */
    origin: text('origin'),
    originKey: text('origin_key'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: text('recorded_by').notNull(),
    removedAt: instant('removed_at'),
    removedBy: text('removed_by'),
  },
  (table) => [
    index('annotation_days').on(table.organisationId, table.from),
    uniqueIndex('annotation_origin')
      .on(table.organisationId, table.origin, table.originKey)
      .where(sql`${table.removedAt} is null`),
  ],
)

export const pin = schema.table(
  'pin',
  {
    organisationId: organisationId(),
    personId: text('person_id').notNull(),
    indicator: text('indicator').notNull(),
    pinnedAt: instant('pinned_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.personId, table.indicator] })],
)

/** One revision of a published period; its values lie with the facts, under its id as run. A row is never changed. */
export const publication = schema.table(
  'publication',
  {
    organisationId: organisationId(),
    id: id(),
    indicator: text('indicator').notNull(),
    version: integer('version').notNull(),
    grain: text('grain').$type<PublicationGrain>().notNull(),
    periodStart: date('period_start', { mode: 'string' }).notNull(),
    /** Empty: only the whole organisation. */
    kind: text('kind').notNull(),
    /** The period as instants, the second not included. */
    fromAt: instant('from_at').notNull(),
    untilAt: instant('until_at').notNull(),
    revision: integer('revision').notNull(),
    reason: text('reason').$type<RevisionReason>().notNull(),
    units: integer('units').notNull(),
    changed: integer('changed').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: text('recorded_by').notNull(),
  },
  (table) => [
    uniqueIndex('publication_revision').on(
      table.organisationId,
      table.indicator,
      table.grain,
      table.periodStart,
      table.kind,
      table.revision,
    ),
    index('publication_span').on(table.organisationId, table.indicator, table.untilAt),
  ],
)

/** Values a revision changed; 0 is the whole organisation. */
export const publicationChange = schema.table(
  'publication_change',
  {
    organisationId: organisationId(),
    publicationId: uuid('publication_id').notNull(),
    entity: bigint('entity', { mode: 'number' }).notNull(),
    before: doublePrecision('before'),
    after: doublePrecision('after'),
    nBefore: doublePrecision('n_before').notNull(),
    nAfter: doublePrecision('n_after').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.publicationId, table.entity] })],
)
