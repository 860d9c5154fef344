/** Scores of units: append only, but for the running period, which is written anew until it is over. Which run counts is a pointer in the records. */
import type { StoreSize } from '../../platform/measurements/measurements.ts'
import {
  createTable,
  type MeasurementMigration,
  type TableTemplate,
} from '../../platform/measurements/schema.ts'

const place = [
  'organisation UUID',
  'scheme LowCardinality(String)',
  'grain LowCardinality(String)',
  'period_start Date',
  'run UUID',
  'entity UInt64',
  'version UInt64',
]
const keyed = {
  engine: 'ReplacingMergeTree',
  engineColumns: ['version'],
  partitionBy: 'toYear(period_start)',
  orderBy: '(organisation, scheme, grain, period_start, run, entity)',
  shardBy: 'sipHash64(organisation, entity)',
} as const

/** Where each unit of a run stands: narrow, so that a million are put in order at once. `stars` 0 and `rank` 0: not ranked, for the reason `reason`. */
const score: TableTemplate = {
  ...keyed,
  name: 'score',
  columns: [
    ...place,
    'peer_group LowCardinality(String)',
    'composite Float64',
    'uncapped Float64',
    'error Float64',
    'stars UInt8',
    'stars_uncapped UInt8',
    'stars_held UInt8',
    'gate Int16',
    'percentile Float32',
    'rank UInt32',
    'rank_low UInt32',
    'rank_high UInt32',
    'group_rank UInt32',
    'top Float32',
    'bottom Float32',
    'n Float64',
    'provisional UInt8',
    'reason UInt8',
  ],
}

/**
 * What each score rests on: `values`, `ns`, `errors` as measured and `used` (drawn towards the peers), `points` and `slopes` have one entry for each
 * item in the scheme's order; `flags` why an item is missing (0: it is not) plus 8 where it is provisional. NaN stands for what is not there. The
 * columns before them are written where the store itself scores, and ranked from there.
 */
const scorePart: TableTemplate = {
  ...keyed,
  name: 'score_part',
  columns: [
    ...place,
    'composite Float64',
    'uncapped Float64',
    'error Float64',
    'n Float64',
    'gate Int16',
    'most_stars UInt8',
    'provisional UInt8',
    'reason UInt8',
    ...['values', 'ns', 'errors', 'used', 'points'].map((name) => `${name} Array(Float64) CODEC(LZ4)`),
    'slopes Array(Float32) CODEC(LZ4)',
    'flags Array(UInt8) CODEC(LZ4)',
    'gate_values Array(Float64) CODEC(LZ4)',
  ],
}

export const scoresMigration = (size: StoreSize): MeasurementMigration => ({
  name: '0003-scores',
  statements: [score, scorePart].flatMap((template) => createTable(template, size)),
})
