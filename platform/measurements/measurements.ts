/**
 * The store of facts that never change: chDB inside the process by default, a ClickHouse server by one setting. The same
 * engine in both sizes, hence the same SQL; see docs/decisions/0001-chdb-in-process-or-child.md.
 */
import type { Parameters } from './parameters.ts'

/** The database all tables live in, in both sizes. */
export const DATABASE = 'bihuan'
export const QUERY_EXECUTION_SECONDS = 30
export const INSERT_EXECUTION_SECONDS = 120
export const COMMAND_EXECUTION_SECONDS = 600
export const QUERY_MEMORY_LIMIT_BYTES = 4 * 1024 ** 3
/** Monthly partitions one insert may touch: two years of history are 25, the whole span events may lie in some 1,300. */
export const PARTITIONS_PER_INSERT_LIMIT = 1_300
/** Longest text of one statement with its parameters. */
export const STATEMENT_LENGTH_LIMIT = 32_000_000

export type StoreSize = 'embedded' | 'cluster'

export interface QueryLimits {
  readonly maxExecutionSeconds?: number
  /** Settings of this query only: names and plain values written by us, never by a user. */
  readonly settings?: Readonly<Record<string, string | number>>
}

/** Rows as objects, as lines of JSON, or in ClickHouse's RowBinary with the columns in the order of `columns`. */
export type InsertPayload =
  | { readonly rows: readonly Readonly<Record<string, unknown>>[] }
  | { readonly jsonLines: Uint8Array }
  | { readonly rowBinary: Uint8Array; readonly columns: readonly RowBinaryColumn[] }

interface RowBinaryColumn {
  readonly name: string
  /** The type the bytes are written in; the engine casts it to the column's own. */
  readonly type: string
}

interface InsertOptions {
  /** Names the content: a repeated insert with the same token changes nothing. Another content needs another token. */
  readonly token: string
}

/** Every failure of these is a `MeasurementsFailure`. 64-bit integers come as numbers, exact up to 2^53. */
export interface Measurements {
  /** Which of the two renderings of the tables this store has. */
  readonly size: StoreSize
  /** True when no other process can write here, so that what this process wrote in turn never crossed another's writing. */
  readonly exclusive: boolean
  /** Stands for this opening of the store: what is remembered about its content hangs on it, also through wrappers. */
  readonly opening: object
  /** `sql` without FORMAT. Values go in as `{name:Type}` placeholders; times are text or epoch numbers with explicit zone. */
  readonly query: <T>(sql: string, parameters?: Parameters, limits?: QueryLimits) => Promise<T[]>
  /**
   * The same for numbers only, many of them: every column a Float64, row after row in one array. About ten times faster than rows of
   * objects. A Nullable or other column is a mistake of the statement and fails as one.
   */
  readonly numbers: (sql: string, parameters?: Parameters, limits?: QueryLimits) => Promise<Float64Array>
  /** Settles when the engine has the rows on disk. At most about 100,000 rows at a time, one block each. */
  readonly insert: (table: string, payload: InsertPayload, options: InsertOptions) => Promise<void>
  readonly command: (sql: string, parameters?: Parameters, limits?: QueryLimits) => Promise<void>
  readonly healthy: () => Promise<boolean>
  /** Refuses new work, waits for the work under way, releases the directory. Safe to call twice. */
  readonly close: () => Promise<void>
}

export interface EmbeddedOptions {
  /** Folder of the embedded engine; made if absent. One process at a time may hold it. */
  readonly directory: string
}
export interface ServerOptions {
  /** `http(s)://user:password@host:8123`; the database is always `bihuan`. */
  readonly url: string
  /** True for a cluster with Keeper: replicated tables and a distributed one before them. A single server needs none. */
  readonly cluster?: boolean
}

export async function openMeasurements(options: EmbeddedOptions | ServerOptions): Promise<Measurements> {
  // Either engine is loaded only when asked for: chDB's library alone takes half a gigabyte of address space.
  if ('url' in options) return (await import('./server.ts')).openServer(options)
  return (await import('./embedded.ts')).openEmbedded(options)
}
