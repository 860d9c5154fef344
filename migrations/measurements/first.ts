/** The first tables of the measurements. Forward only: an applied statement is never edited, a new file follows. */
import type { StoreSize } from '../../platform/measurements/measurements.ts'
import {
  createDatabase,
  createTable,
  type MeasurementMigration,
  type TableTemplate,
} from '../../platform/measurements/schema.ts'
import { foldingMigration } from './folds.ts'
import { scoresMigration } from './scores.ts'

/**
 * One row for each event; docs/decisions/0002-exactly-once-events.md tells how it stays one. `identity` is the hash of the
 * event's id, `content` the hash of all else the sender said. A correction is a newer row with the same sorting key; one
 * that moves an event to another key also writes the old key with `removed` = 1. `batch` is the batch that first brought
 * the event and never changes, `correction` the batch that last corrected it (nil: none). Both stay until they are read
 * with FINAL. The order serves one event type over many entities and one entity over time.
 */
const event: TableTemplate = {
  name: 'event',
  columns: [
    'organisation UUID',
    'entity UInt64',
    'event_type LowCardinality(String)',
    'event_id String',
    'identity UInt64',
    'content UInt64',
    "occurred_at DateTime64(3, 'UTC') CODEC(Delta(8), LZ4)",
    "received_at DateTime64(6, 'UTC') CODEC(Delta(8), LZ4)",
    'batch UUID',
    'correction UUID',
    'removed UInt8',
    'attributes Map(LowCardinality(String), String)',
    'values Map(LowCardinality(String), Float64)',
    'INDEX identity_known identity TYPE bloom_filter(0.0001) GRANULARITY 4',
    'INDEX correction_known correction TYPE minmax GRANULARITY 16',
  ],
  engine: 'ReplacingMergeTree',
  engineColumns: ['received_at', 'removed'],
  partitionBy: 'toYYYYMM(occurred_at)',
  orderBy: '(organisation, event_type, entity, occurred_at, identity)',
  shardBy: 'sipHash64(organisation, entity)',
}

/** Where an entity stands in the tree: itself and all above it. Written from the organisation's news, newest version last. */
const entityPlace: TableTemplate = {
  name: 'entity_place',
  columns: [
    'organisation UUID',
    'entity UInt64',
    'kind LowCardinality(String)',
    'ancestors Array(UInt64)',
    'version UInt64',
    'removed UInt8',
  ],
  engine: 'ReplacingMergeTree',
  engineColumns: ['version', 'removed'],
  orderBy: '(organisation, entity)',
  shardBy: 'sipHash64(organisation, entity)',
}

/** Facts computed later (scores): append only; which run counts is a pointer in the records. */
const result: TableTemplate = {
  name: 'result',
  columns: [
    'organisation UUID',
    'kind LowCardinality(String)',
    'grain LowCardinality(String)',
    'period_start Date',
    'run UUID',
    'subject UInt64',
    'value Float64',
    'detail String CODEC(ZSTD(3))',
    "recorded_at DateTime64(3, 'UTC')",
  ],
  engine: 'MergeTree',
  partitionBy: 'toYear(period_start)',
  orderBy: '(organisation, kind, grain, period_start, run, subject)',
  shardBy: 'sipHash64(organisation, subject)',
}

export function measurementMigrations(size: StoreSize): MeasurementMigration[] {
  const tables = [event, entityPlace, result].flatMap((template) => createTable(template, size))
  return [
    { name: '0001-events-places-results', statements: [createDatabase(size), ...tables] },
    foldingMigration(size),
    scoresMigration(size),
  ]
}
