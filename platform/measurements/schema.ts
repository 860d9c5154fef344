/** One template for the tables of both sizes: a plain MergeTree here, a replicated shard with a Distributed table before it there. */
import { must } from '../refusal.ts'
import { DATABASE, type Measurements, type StoreSize } from './measurements.ts'

export interface TableTemplate {
  readonly name: string
  /** Lines of columns and indices, as in CREATE TABLE. */
  readonly columns: readonly string[]
  readonly engine: 'MergeTree' | 'ReplacingMergeTree'
  /** Column names the engine takes, e.g. version and mark of removal. */
  readonly engineColumns?: readonly string[]
  readonly partitionBy?: string
  readonly orderBy: string
  /** What decides the shard; scoring an entity must never cross shards. */
  readonly shardBy: string
  readonly settings?: Readonly<Record<string, number>>
}

export interface MeasurementMigration {
  readonly name: string
  readonly statements: string[]
}

const ON_CLUSTER = " ON CLUSTER '{cluster}'"
/** The replica's path in Keeper, one for each table and shard; the words in braces are macros of the server. */
const REPLICA = "'/clickhouse/tables/{uuid}/{shard}', '{replica}'"
/**
 * Off by default in the engine: without the window a repeated insert is counted twice. The other three let an insert be
 * answered only when it would survive a power cut, and keep that true after parts were merged.
 */
const TABLE_SETTINGS = {
  non_replicated_deduplication_window: 1000,
  fsync_after_insert: 1,
  fsync_part_directory: 1,
  min_rows_to_fsync_after_merge: 1,
}

export function createDatabase(size: StoreSize): string {
  return `CREATE DATABASE IF NOT EXISTS ${DATABASE}${size === 'cluster' ? ON_CLUSTER : ''} ENGINE = Atomic`
}

/** Statements that bear being run twice. */
export function createTable(template: TableTemplate, size: StoreSize): string[] {
  must(/^[a-z_]+$/.test(template.name), 'a table name is small letters and underscores')
  const distributed = size === 'cluster'
  const own = template.engineColumns ?? []
  const engine = distributed
    ? `Replicated${template.engine}(${[REPLICA, ...own].join(', ')})`
    : `${template.engine}(${own.join(', ')})`
  const settings = Object.entries({ ...TABLE_SETTINGS, ...template.settings })
  const shard = distributed ? `${template.name}_shard` : template.name
  const table = [
    `CREATE TABLE IF NOT EXISTS ${DATABASE}.${shard}${distributed ? ON_CLUSTER : ''} (`,
    template.columns.map((line) => `  ${line}`).join(',\n'),
    `) ENGINE = ${engine}`,
    ...(template.partitionBy ? [`PARTITION BY ${template.partitionBy}`] : []),
    `ORDER BY ${template.orderBy}`,
    `SETTINGS ${settings.map(([name, value]) => `${name} = ${value}`).join(', ')}`,
  ].join('\n')
  if (!distributed) return [table]
  const before = `CREATE TABLE IF NOT EXISTS ${DATABASE}.${template.name}${ON_CLUSTER} AS ${DATABASE}.${shard} ENGINE = Distributed('{cluster}', ${DATABASE}, ${shard}, ${template.shardBy})`
  return [table, before]
}

/** The migrations as the runner of both stores wants them: a name, the text that must not change, and the work. */
export function migrationSteps(measurements: Measurements, migrations: readonly MeasurementMigration[]) {
  return migrations.map((migration) => ({
    name: migration.name,
    sha256Source: migration.statements.join(';\n'),
    run: async () => {
      for (const statement of migration.statements) await measurements.command(statement)
    },
  }))
}
