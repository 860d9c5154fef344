/** chDB inside this process: several connections to one directory, one query at a time on each. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Session } from 'chdb'
import { processLives } from '../records/directory-lock.ts'
import { asFailure, MeasurementsFailure } from './failures.ts'
import { createLanes, type Lanes } from './lanes.ts'
import {
  COMMAND_EXECUTION_SECONDS,
  DATABASE,
  type EmbeddedOptions,
  INSERT_EXECUTION_SECONDS,
  type InsertPayload,
  type Measurements,
  PARTITIONS_PER_INSERT_LIMIT,
  QUERY_EXECUTION_SECONDS,
  QUERY_MEMORY_LIMIT_BYTES,
  type QueryLimits,
  STATEMENT_LENGTH_LIMIT,
} from './measurements.ts'
import { asNumbers } from './as-numbers.ts'
import { checkParameters, literal, type Parameters, parameterText } from './parameters.ts'

/** libuv has four threads by default and a running query holds one; one stays free for files and names. */
export const READ_CONNECTIONS = 2
/** Writing has a connection of its own, so that long readings do not hold up what comes in. */
export const WRITE_CONNECTIONS = 1
export const QUEUE_LENGTH_LIMIT = 200
/** How long a close waits for queries under way; their own time limit ends them in any case. */
export const CLOSE_DRAIN_MILLISECONDS = 60_000

type Connection = InstanceType<typeof Session>

/** Binary rows go through a file of the spool, which the engine reads itself; rows of JSON through the connection. */
function inserting(spool: string, writing: Lanes<Connection>) {
  let spooled = 0

  return async (table: string, payload: InsertPayload, token: string): Promise<void> => {
    if ('rowBinary' in payload) {
      spooled += 1
      const file = join(spool, `${spooled}.bin`)
      try {
        await writeFile(file, payload.rowBinary)
        await writing.run((connection) => run(connection, insertFromFile(table, payload, file, token), INSERTING))
      } finally {
        await rm(file, { force: true })
      }
      return
    }
    const bytes = 'jsonLines' in payload ? payload.jsonLines : Buffer.from(jsonLines(payload.rows))
    const settings = insertSettings(token)
    await writing.run((connection) =>
      connection.insert({ table: qualified(table), values: bytes, format: 'JSONEachRow', settings }),
    )
  }
}

/**
 * Throws `MeasurementsFailure`: DIRECTORY_IN_USE when another live process holds the directory or this one holds
 * another, UNUSABLE when the engine cannot read what is there. After a kill the engine itself sets aside unfinished parts.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Measurements> {
  const engineDirectory = join(options.directory, 'engine')
  const spool = join(options.directory, 'spool')
  await mkdir(engineDirectory, { recursive: true })
  const { chdb, connections } = await connect(engineDirectory)
  // Left over from a process that was killed during an insert; whoever sent it was not answered and sends it again.
  await rm(spool, { recursive: true, force: true })
  await mkdir(spool, { recursive: true })

  const reading = createLanes(connections.slice(0, READ_CONNECTIONS), QUEUE_LENGTH_LIMIT)
  const writing = createLanes(connections.slice(READ_CONNECTIONS), QUEUE_LENGTH_LIMIT)
  let closing: Promise<void> | undefined
  const insert = inserting(spool, writing)
  return {
    size: 'embedded',
    exclusive: true,
    opening: {},
    query: (sql, parameters = {}, limits = {}) =>
      failing(async () => {
        const text = statement(sql, parameters, limits, QUERY_EXECUTION_SECONDS)
        return parseLines(await reading.run((connection) => run(connection, text, 'JSONEachRow')))
      }),
    numbers: (sql, parameters = {}, limits = {}) =>
      failing(async () => {
        const text = statement(sql, parameters, limits, QUERY_EXECUTION_SECONDS)
        const answer = await reading.run((connection) => connection.queryAsync(text, { format: 'RowBinary' }))
        return asNumbers(answer.bytes())
      }),
    insert: (table, payload, { token }) => failing(() => insert(table, payload, token)),
    command: (sql, parameters = {}, limits = {}) =>
      failing(async () => {
        const text = statement(sql, parameters, limits, COMMAND_EXECUTION_SECONDS)
        await writing.run((connection) => run(connection, text, 'Null'))
      }),
    healthy: () =>
      reading
        .run((connection) => run(connection, 'SELECT 1', 'Null'))
        .then(
          () => true,
          () => false,
        ),
    close: () => (closing ??= close()),
  }
  async function close(): Promise<void> {
    await Promise.all([reading.drain(CLOSE_DRAIN_MILLISECONDS), writing.drain(CLOSE_DRAIN_MILLISECONDS)])
    for (const connection of connections) connection.close()
    await chdb.drainPending()
  }
}

async function connect(directory: string): Promise<{ chdb: typeof import('chdb'); connections: Connection[] }> {
  const chdb = await import('chdb')
  const connections: Connection[] = []
  try {
    for (let made = 0; made < READ_CONNECTIONS + WRITE_CONNECTIONS; made += 1)
      connections.push(new chdb.Session(directory))
    await connections[0]!.queryAsync(`CREATE DATABASE IF NOT EXISTS ${DATABASE} ENGINE = Atomic`)
    for (const connection of connections) {
      const always = { max_query_size: STATEMENT_LENGTH_LIMIT, max_memory_usage: QUERY_MEMORY_LIMIT_BYTES, ...OUTPUT }
      await connection.queryAsync(`SET ${assignments(always)}`)
    }
    return { chdb, connections }
  } catch (error) {
    for (const connection of connections) connection.close()
    await chdb.drainPending()
    throw await openingFailure(directory, error)
  }
}

const OUTPUT = {
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_denormals: 0,
  date_time_input_format: 'best_effort',
  session_timezone: 'UTC',
} as const

/** chDB tells the reason of a failed opening on the error stream only; the holder's pid stands in its status file. */
async function openingFailure(directory: string, error: unknown): Promise<MeasurementsFailure> {
  const message = error instanceof Error ? error.message : String(error)
  if (/one active data directory|different data directory|Cannot open a session/i.test(message)) {
    const text = `This process already holds another directory of measurements; ${directory} cannot be opened beside it.`
    return new MeasurementsFailure('DIRECTORY_IN_USE', text, error)
  }
  const holder = Number(/PID: (\d+)/.exec(await readFile(join(directory, 'status'), 'utf8').catch(() => ''))?.[1] ?? 0)
  if (holder !== process.pid && processLives(holder)) {
    const text = `The measurements in ${directory} are in use by the running process ${holder}. Stop it, or use another directory.`
    return new MeasurementsFailure('DIRECTORY_IN_USE', text, error)
  }
  const text = `The measurements in ${directory} cannot be opened, although no other process holds them: ${message}. Look for a full disk, missing rights or damage; the engine's own words stand on the error stream. The last backup can be restored into an empty directory.`
  return new MeasurementsFailure('UNUSABLE', text, error)
}

const INSERTING = 'Null'

async function run(connection: Connection, text: string, format: string): Promise<string> {
  return (await connection.queryAsync(text, { format })).text()
}

async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw asFailure(error)
  }
}

/** One SET for limits and parameters, then the statement; other settings go with the statement so that they end with it. */
function statement(sql: string, parameters: Parameters, limits: QueryLimits, seconds: number): string {
  checkParameters(sql, parameters)
  const values = Object.entries(parameters).map(
    ([name, value]) => `param_${name} = ${literal(parameterText(name, value))}`,
  )
  const limit = `max_execution_time = ${limits.maxExecutionSeconds ?? seconds}`
  const settings = Object.keys(limits.settings ?? {}).length > 0 ? ` SETTINGS ${assignments(limits.settings!)}` : ''
  return `SET ${[limit, ...values].join(', ')}; ${sql}${settings}`
}

const assignments = (settings: Readonly<Record<string, string | number>>) =>
  Object.entries(settings)
    .map(([name, value]) => `${name} = ${typeof value === 'number' ? value : literal(value)}`)
    .join(', ')

/** Two years imported at once touch some thirty monthly partitions; a hundred years is the most the rules of time allow. */
const insertSettings = (token: string) => ({
  insert_deduplication_token: token,
  async_insert: 0,
  max_execution_time: INSERT_EXECUTION_SECONDS,
  max_partitions_per_insert_block: PARTITIONS_PER_INSERT_LIMIT,
})

/** chDB takes text formats inline only (binary ends at the first 256 KiB), so binary rows pass through a file. */
function insertFromFile(
  table: string,
  payload: Extract<InsertPayload, { rowBinary: Uint8Array }>,
  file: string,
  token: string,
): string {
  const names = payload.columns.map((column) => column.name).join(', ')
  const structure = payload.columns.map((column) => `${column.name} ${column.type}`).join(', ')
  const source = `file(${literal(file)}, 'RowBinary', ${literal(structure)})`
  return `INSERT INTO ${qualified(table)} (${names}) SELECT ${names} FROM ${source} SETTINGS ${assignments(insertSettings(token))}`
}

const qualified = (table: string) => (table.includes('.') ? table : `${DATABASE}.${table}`)

const jsonLines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

function parseLines<T>(text: string): T[] {
  if (text.length === 0) return []
  const lines = text.endsWith('\n') ? text.slice(0, -1) : text
  return JSON.parse(`[${lines.replaceAll('\n', ',')}]`) as T[]
}
