/**
 * The records: PostgreSQL, either our own child process over a directory or a server named by `BIHUAN_RECORDS_URL`.
 * Two doors: `owner` sees everything (migrations, sign-in), `inOrganisation` sees one organisation's rows only.
 */
import { type NodePgDatabase, type NodePgTransaction, drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Logger } from 'pino'
import { RecordsUnavailable } from './faults.ts'
import { type Supervisor, startSupervisor } from './supervisor.ts'
import { inOrganisation, prepareServer } from './transactions.ts'

/** The open transaction of one organisation, as Drizzle knows it. */
export type RecordsTransaction = NodePgTransaction<Record<string, never>, Record<string, never>>
export type RecordsOwner = NodePgDatabase

export interface Records {
  /** As the owner of all tables, past row-level security: for migrations, sign-in and the floor's own bookkeeping. */
  readonly owner: RecordsOwner
  readonly ownerPool: pg.Pool
  /** One transaction that sees and writes the rows of one organisation only. Nothing is tried again by itself. */
  readonly inOrganisation: <T>(organisationId: string, work: (records: RecordsTransaction) => Promise<T>) => Promise<T>
  /** Whether a statement comes back within the time limit. */
  readonly healthy: () => Promise<boolean>
  readonly close: () => Promise<void>
}

export const OWNER_CONNECTIONS_LIMIT = 12
export const ORGANISATION_CONNECTIONS_LIMIT = 40
/** How long a caller waits for a free connection before it is refused. */
export const CONNECTION_WAIT_MILLISECONDS = 10_000
/** No statement of a request may run longer; long folds belong in jobs that work in steps. */
export const STATEMENT_LIMIT_MILLISECONDS = 60_000
/** A transaction that nobody drives any more gives its locks back after this time. */
export const IDLE_TRANSACTION_LIMIT_MILLISECONDS = 120_000
export const LOCK_WAIT_LIMIT_MILLISECONDS = 15_000
export const HEALTH_LIMIT_MILLISECONDS = 2_000
/** How long `close` waits for statements in hand. */
export const CLOSE_LIMIT_MILLISECONDS = 5_000
/** A connection is kept this long for the next request; making one costs some milliseconds. */
const IDLE_CONNECTION_MILLISECONDS = 60_000
/** PostgreSQL 15 is the oldest server the migrations are tried on. */
export const OLDEST_SERVER_VERSION = 150_000

export interface RecordsOptions {
  /** Where the embedded database keeps its files; not used when `url` is given. */
  readonly directory: string
  /** A PostgreSQL server instead of the embedded one; absent, `BIHUAN_RECORDS_URL` decides. Empty means embedded. */
  readonly url?: string | undefined
  readonly log: Logger
  /** Called when the embedded database crashed too often to be restarted. Without it the process ends with the reason. */
  readonly lost?: ((reason: RecordsUnavailable) => void) | undefined
}

/** Opens the records; throws `DirectoryLocked` or `RecordsUnavailable` with the reason in plain words. */
export async function openRecords(options: RecordsOptions): Promise<Records> {
  const url = (options.url ?? process.env.BIHUAN_RECORDS_URL)?.trim()
  if (url) return connectRecords({ connection: { connectionString: url }, log: options.log })
  const lost = options.lost ?? endProcess(options.log)
  const supervisor = await startSupervisor({ directory: options.directory, log: options.log, lost })
  try {
    return await connectRecords({ ...supervisor, log: options.log, supervisor })
  } catch (error) {
    await supervisor.stop()
    throw error
  }
}

/** Connects to a running server. Whoever passes a supervisor hands it over: `close` stops it. */
export async function connectRecords(options: {
  readonly connection: pg.PoolConfig
  /** The login of requests; without it they come in as the owner and take their role for each transaction. */
  readonly requestConnection?: pg.PoolConfig
  readonly log: Logger
  readonly supervisor?: Supervisor
}): Promise<Records> {
  const { log } = options
  const ownerPool = openPool(options.connection, OWNER_CONNECTIONS_LIMIT, 'bihuan owner', log)
  const organisationPool = openPool(
    limited(options.requestConnection ?? options.connection),
    ORGANISATION_CONNECTIONS_LIMIT,
    'bihuan',
    log,
  )
  const closePools = () => Promise.all([ownerPool.end(), organisationPool.end()])
  try {
    await checkVersion(ownerPool)
    await prepareServer(ownerPool)
  } catch (error) {
    await closePools()
    throw error
  }
  return {
    owner: drizzle({ client: ownerPool }),
    ownerPool,
    inOrganisation: (organisationId, work) => inOrganisation(organisationPool, organisationId, work),
    healthy: () => answers(ownerPool),
    close: async () => {
      // A statement that still runs is cut off by the server's end, or left to the server that is not ours.
      await within(CLOSE_LIMIT_MILLISECONDS, closePools(), undefined)
      await options.supervisor?.stop()
    },
  }
}

function openPool(connection: pg.PoolConfig, max: number, name: string, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    max,
    application_name: name,
    connectionTimeoutMillis: CONNECTION_WAIT_MILLISECONDS,
    idleTimeoutMillis: IDLE_CONNECTION_MILLISECONDS,
    keepAlive: true,
  })
  // Without a listener an idle connection that the server closes would end the whole process.
  // Only its words are logged: the error carries the whole connection with its keys.
  pool.on('error', (error) => {
    if (!pool.ending) log.warn({ reason: error.message }, 'an idle connection to the records was lost')
  })
  return pool
}

function limited(connection: pg.PoolConfig): pg.PoolConfig {
  return {
    ...connection,
    statement_timeout: STATEMENT_LIMIT_MILLISECONDS,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_LIMIT_MILLISECONDS,
    lock_timeout: LOCK_WAIT_LIMIT_MILLISECONDS,
  }
}

async function checkVersion(pool: pg.Pool): Promise<void> {
  let version: { number: number; text: string }
  try {
    const answer = await pool.query(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as text`,
    )
    version = answer.rows[0]
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new RecordsUnavailable('server-unreachable', `The records database does not answer: ${why}`, error)
  }
  if (version.number < OLDEST_SERVER_VERSION) {
    throw new RecordsUnavailable(
      'server-too-old',
      `The records database is PostgreSQL ${version.text}; Bihuan needs version 15 or newer.`,
    )
  }
}

async function answers(pool: pg.Pool): Promise<boolean> {
  const asked = pool.query('select 1').then(
    () => true,
    () => false,
  )
  return within(HEALTH_LIMIT_MILLISECONDS, asked, false)
}

async function within<T, L>(limitMilliseconds: number, work: Promise<T>, late: L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<L>((resolve) => {
    timer = setTimeout(resolve, limitMilliseconds, late)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}

function endProcess(log: Logger): (reason: RecordsUnavailable) => void {
  return (reason) => {
    log.fatal({ err: reason }, reason.message)
    process.exitCode = 1
    // Leaves the logger a moment to write before the process ends.
    setTimeout(() => process.exit(1), 100)
  }
}
