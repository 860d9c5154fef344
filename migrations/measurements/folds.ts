/**
 * What is computed from events ahead of questions: facts by day and by month, and a copy of the newest events in the order of
 * time. All of it can be made again from the events, hence without fsync; docs/decisions/0006-folded-facts.md.
 */
import type { StoreSize } from '../../platform/measurements/measurements.ts'
import { createTable, type MeasurementMigration, type TableTemplate } from '../../platform/measurements/schema.ts'

const UNSAFE_IS_FINE = { fsync_after_insert: 0, fsync_part_directory: 0, min_rows_to_fsync_after_merge: 0 }

const state = [
  'n Float64',
  'total Float64',
  'squares Float64',
  'lowest Float64',
  'highest Float64',
  'version UInt64',
  'removed UInt8',
]

/** State of a fact for one entity on one day of the organisation's zone. `lowest` is infinite where there is no amount. */
const factDay: TableTemplate = {
  name: 'fact_day',
  columns: ['organisation UUID', 'fact UInt64', 'entity UInt64', 'day Date', ...state],
  engine: 'ReplacingMergeTree',
  engineColumns: ['version', 'removed'],
  partitionBy: 'toYYYYMM(day)',
  orderBy: '(organisation, fact, entity, day)',
  shardBy: 'sipHash64(organisation, entity)',
  settings: UNSAFE_IS_FINE,
}

const factMonth: TableTemplate = {
  ...factDay,
  name: 'fact_month',
  columns: ['organisation UUID', 'fact UInt64', 'entity UInt64', 'month Date', ...state],
  partitionBy: 'toYYYYMM(month)',
  orderBy: '(organisation, fact, entity, month)',
}

/** Copies of the events of the last two days, so that a minute is found without looking at a month. */
const recentEvent: TableTemplate = {
  name: 'recent_event',
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
  ],
  engine: 'ReplacingMergeTree',
  engineColumns: ['received_at', 'removed'],
  partitionBy: 'toYYYYMMDD(occurred_at)',
  orderBy: '(organisation, event_type, occurred_at, entity, identity)',
  shardBy: 'sipHash64(organisation, entity)',
  settings: UNSAFE_IS_FINE,
}

export const foldingMigration = (size: StoreSize): MeasurementMigration => ({
  name: '0002-folded-facts-recent-events',
  statements: [factDay, factMonth, recentEvent].flatMap((template) => createTable(template, size)),
})
