/** The embedded PostgreSQL: started as our child over a directory of ours, watched, restarted, and ended with us. */
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'
import { type Programs, type RunAs, chooseUser, findPrograms, mustReachPrograms } from './binaries.ts'
import {
  DATABASE,
  type Places,
  SUPERUSER,
  childEnvironment,
  initialise,
  mustHaveSpace,
  placesIn,
  prepareDirectory,
  prepareSockets,
  readPassword,
  requestPassword,
} from './cluster.ts'
import { lockDirectory } from './directory-lock.ts'
import { RecordsUnavailable } from './faults.ts'
import { REQUEST_USER } from './transactions.ts'
import { endOrphan, endProcess, noteOf, readPostmaster } from './postmaster.ts'
import { keepLogSmall, lastLines, openLog } from './server-log.ts'

export const START_LIMIT_MILLISECONDS = 60_000
/** A database that fails this often within ten minutes is not restarted again. */
export const CRASHES_LIMIT = 5
const CRASHES_WINDOW_MILLISECONDS = 600_000
const RESTART_DELAY_MILLISECONDS = 500
const LOOK_MILLISECONDS = 10
const SERVER_CONNECTIONS_LIMIT = 100

export interface SupervisorOptions {
  readonly directory: string
  readonly log: Logger
  readonly lost: (reason: RecordsUnavailable) => void
  /** False only for tests that throw the files away: nothing is forced to the disk. */
  readonly durable?: boolean
  readonly startLimitMilliseconds?: number
  readonly spaceNeededBytes?: number
}

export interface Login {
  readonly host: string
  readonly user: string
  readonly password: string
  readonly database: string
}

export interface Supervisor {
  /** How to connect as the owner, to the database `bihuan`. */
  readonly connection: Login
  /** How requests connect: a user with no right of its own, so that leaving its role gains nothing. */
  readonly requestConnection: Login
  /** The running server's process, for tests and for the page of numbers. */
  readonly pid: () => number | undefined
  readonly stop: () => Promise<void>
}

interface House {
  readonly places: Places
  readonly programs: Programs
  readonly user: RunAs | undefined
  readonly options: SupervisorOptions
}

/** Throws `DirectoryLocked` or `RecordsUnavailable`; on return the server accepts connections. */
export async function startSupervisor(options: SupervisorOptions): Promise<Supervisor> {
  const places = placesIn(options.directory)
  const programs = await findPrograms()
  const user = await chooseUser()
  await mustReachPrograms(programs, user)
  await prepareDirectory(places, user)
  await mustHaveSpace(places, options.spaceNeededBytes)
  const lock = await lockDirectory(places.directory)
  const house = { places, programs, user, options }
  try {
    await initialise(places, programs, user, options.durable ?? true)
    await endOrphan(places.cluster, options.log)
    prepareSockets(places, user)
    const connection = { host: places.sockets, user: SUPERUSER, password: readPassword(places), database: DATABASE }
    const requestConnection = { ...connection, user: REQUEST_USER, password: requestPassword(connection.password) }
    const watched = await startWatched(house)
    try {
      await ensureDatabase(connection, requestConnection)
    } catch (error) {
      await watched.stop()
      throw error
    }
    const stop = async () => {
      await watched.stop()
      lock.release()
    }
    return { connection, requestConnection, pid: watched.pid, stop }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function ensureDatabase(connection: Login, request: Login): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres' })
  await client.connect()
  try {
    const answer = await client.query('select 1 from pg_database where datname = $1', [connection.database])
    if (answer.rowCount === 0) await client.query(`create database ${connection.database}`)
    const known = await client.query('select 1 from pg_roles where rolname = $1', [request.user])
    if (known.rowCount === 0) {
      await client.query(`create role ${request.user} login noinherit nosuperuser password '${request.password}'`)
    }
  } finally {
    await client.end()
  }
}

/** Keeps one server running until `stop`: starts it again after a crash, later each time, and gives up in the end. */
async function startWatched(house: House): Promise<{ pid: () => number | undefined; stop: () => Promise<void> }> {
  const { log, lost } = house.options
  let stopping = false
  let server = await startServer(house)
  let restarting: Promise<void> | undefined
  const crashes: number[] = []
  const tidyLog = keepLogSmall(house.places.log)

  const restart = async (): Promise<void> => {
    while (!stopping) {
      const now = performance.now()
      crashes.push(now)
      const recent = crashes.filter((at) => now - at < CRASHES_WINDOW_MILLISECONDS).length
      const reason = lastLines(house.places.log)
      log.error({ recent, reason }, 'the records database ended unexpectedly')
      if (recent > CRASHES_LIMIT) {
        return lost(
          new RecordsUnavailable('crashed-too-often', `The records database crashed ${recent} times. ${reason}`),
        )
      }
      await wait(RESTART_DELAY_MILLISECONDS * 2 ** (recent - 1), undefined, { ref: false })
      if (stopping) return
      try {
        server = await startServer(house)
        watch()
        log.info({ pid: server.child.pid }, 'the records database runs again')
        return
      } catch (error) {
        log.error({ err: error }, 'the records database could not be started again')
      }
    }
  }
  const watch = () => {
    void server.ended.then(() => {
      if (!stopping) restarting = restart()
    })
  }
  watch()
  return {
    pid: () => server.child.pid,
    stop: async () => {
      stopping = true
      tidyLog()
      await restarting
      server.child.ref()
      await endServer(server)
    },
  }
}

interface Server {
  readonly child: ChildProcess
  readonly ended: Promise<void>
  readonly hasEnded: () => boolean
  readonly endGuardian: () => void
}

async function endServer(server: Server): Promise<void> {
  if (!server.hasEnded() && server.child.pid) await endProcess(server.child.pid, () => !server.hasEnded())
  server.endGuardian()
}

/** Starts the server and waits until it accepts connections; a time limit stands over all tries together. */
async function startServer(house: House): Promise<Server> {
  const { places, options } = house
  const limitMilliseconds = options.startLimitMilliseconds ?? START_LIMIT_MILLISECONDS
  const end = performance.now() + limitMilliseconds
  for (;;) {
    const server = spawnServer(house)
    const state = await becomesReady(server, places, end)
    if (state === 'ready') {
      server.child.unref()
      return server
    }
    const reason = lastLines(places.log)
    await endServer(server)
    if (state === 'late') {
      const text = `The records database did not start within ${limitMilliseconds} ms. ${reason}`
      throw new RecordsUnavailable('start-timeout', text)
    }
    // Connections of a killed server end by themselves within moments; until then its memory counts as in use.
    if (!/shared memory block|lock file/.test(reason) || performance.now() > end) {
      throw new RecordsUnavailable('start-failed', `The records database did not start. ${reason}`)
    }
    await wait(RESTART_DELAY_MILLISECONDS)
  }
}

async function becomesReady(server: Server, places: Places, end: number): Promise<'ready' | 'ended' | 'late'> {
  for (;;) {
    if (server.hasEnded()) return 'ended'
    if (performance.now() >= end) return 'late'
    const note = readPostmaster(places.cluster)
    if (note?.ready && note.pid === server.child.pid) return 'ready'
    await wait(LOOK_MILLISECONDS)
  }
}

function spawnServer(house: House): Server {
  const { places, programs, user, options } = house
  const as = user ? { uid: user.uid, gid: user.gid } : {}
  const log = openLog(places.log)
  const settings = Object.entries(settingsOf(places, options.durable ?? true)).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  // Detached: Ctrl-C in a terminal goes to us alone, and we end the server after our own work.
  const child = spawn(programs.postgres, ['-D', places.cluster, ...settings], {
    ...as,
    cwd: '/',
    env: childEnvironment(),
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
  })
  log.close()
  let over = false
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      over = true
      resolve()
    }
    child.once('exit', end)
    child.once('error', (error) => {
      options.log.error({ err: error }, 'the records database could not be run')
      end()
    })
  })
  return {
    child,
    ended,
    hasEnded: () => over,
    endGuardian: child.pid ? spawnGuardian(child.pid, places, as) : () => {},
  }
}

/**
 * A tiny shell that reads from a pipe of ours. However we end, the kernel closes the pipe, and the shell stops the
 * server if it still is the one we started. Where there is no shell, the next start ends what is left.
 */
function spawnGuardian(pid: number, places: Places, as: { uid?: number; gid?: number }): () => void {
  const script = 'while read -r _; do :; done; read -r pid _ < "$2" && [ "$pid" = "$1" ] && kill -INT "$1"'
  const guardian = spawn('/bin/sh', ['-c', script, 'bihuan-guardian', String(pid), noteOf(places.cluster)], {
    ...as,
    cwd: '/',
    env: childEnvironment(),
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guardian.once('error', () => {})
  guardian.stdin?.once('error', () => {})
  guardian.unref()
  ;(guardian.stdin as unknown as { unref?: () => void } | null)?.unref?.()
  return () => guardian.stdin?.end()
}

function settingsOf(places: Places, durable: boolean): Record<string, string | number> {
  const onDisk = durable ? 'on' : 'off'
  return {
    listen_addresses: '',
    unix_socket_directories: places.sockets,
    unix_socket_permissions: '0700',
    max_connections: SERVER_CONNECTIONS_LIMIT,
    shared_buffers: '160MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_wal_size: '1GB',
    fsync: onDisk,
    synchronous_commit: onDisk,
    full_page_writes: onDisk,
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    logging_collector: 'off',
    log_checkpoints: 'off',
    log_min_duration_statement: '2s',
    // Parameters of a slow or failed statement may hold personal data; the log keeps the statement only.
    log_parameter_max_length: 0,
    jit: 'off',
  }
}
