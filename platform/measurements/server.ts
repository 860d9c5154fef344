/** A ClickHouse server or cluster through its own client. */
import { Readable } from 'node:stream'
import { createClient, type ClickHouseClient, ClickHouseLogLevel, type ClickHouseSettings } from '@clickhouse/client'
import { asNumbers } from './as-numbers.ts'
import { asFailure } from './failures.ts'
import { createLanes } from './lanes.ts'
import {
  COMMAND_EXECUTION_SECONDS,
  DATABASE,
  INSERT_EXECUTION_SECONDS,
  type InsertPayload,
  type Measurements,
  PARTITIONS_PER_INSERT_LIMIT,
  QUERY_EXECUTION_SECONDS,
  QUERY_MEMORY_LIMIT_BYTES,
  type QueryLimits,
  type ServerOptions,
  STATEMENT_LENGTH_LIMIT,
} from './measurements.ts'
import { checkParameters, literal, type Parameters, type ParameterValue, parameterText } from './parameters.ts'

export const SERVER_CONNECTIONS = 16
export const SERVER_QUEUE_LENGTH_LIMIT = 1000
export const SERVER_DRAIN_MILLISECONDS = 60_000
/** The answer may be late by this much beyond the engine's own limit before the connection is given up. */
const ANSWER_GRACE_MILLISECONDS = 15_000
/** The client sends parameters in the address, which servers cut at a megabyte; longer ones go into the body. */
const ADDRESS_PARAMETER_LENGTH_LIMIT = 4_000

export async function openServer(options: ServerOptions): Promise<Measurements> {
  const client = createClient({
    url: options.url,
    // Every failure reaches the caller with its cause; the client would print it once more.
    log: { level: ClickHouseLogLevel.OFF },
    request_timeout: COMMAND_EXECUTION_SECONDS * 1000 + ANSWER_GRACE_MILLISECONDS,
    max_open_connections: SERVER_CONNECTIONS,
    clickhouse_settings: {
      max_memory_usage: String(QUERY_MEMORY_LIMIT_BYTES),
      max_query_size: String(STATEMENT_LENGTH_LIMIT),
      output_format_json_quote_64bit_integers: 0,
      output_format_json_quote_denormals: 0,
      date_time_input_format: 'best_effort',
      session_timezone: 'UTC',
    },
  })
  const lanes = createLanes(
    Array.from({ length: SERVER_CONNECTIONS }, () => client),
    SERVER_QUEUE_LENGTH_LIMIT,
  )
  let closing: Promise<void> | undefined
  const within = async <T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T> => {
    try {
      return await lanes.run(work)
    } catch (error) {
      throw asFailure(error)
    }
  }
  return {
    size: options.cluster === true ? 'cluster' : 'embedded',
    exclusive: false,
    opening: {},
    query: <T>(sql: string, parameters: Parameters = {}, limits: QueryLimits = {}) =>
      within(async (connection) => {
        const answer = await connection.query({
          ...request(sql, parameters, limits, QUERY_EXECUTION_SECONDS),
          format: 'JSONEachRow',
        })
        return answer.json<T>()
      }),
    numbers: (sql, parameters = {}, limits = {}) =>
      within(async (connection) => {
        const { query, ...rest } = request(sql, parameters, limits, QUERY_EXECUTION_SECONDS)
        const { stream } = await connection.exec({ query: `${query} FORMAT RowBinary`, ...rest })
        const chunks: Buffer[] = []
        for await (const chunk of stream) chunks.push(chunk as Buffer)
        return asNumbers(Buffer.concat(chunks))
      }),
    insert: (table, payload, { token }) => within((connection) => insert(connection, table, payload, token)),
    command: (sql, parameters = {}, limits = {}) =>
      within(async (connection) => {
        await connection.command(request(sql, parameters, limits, COMMAND_EXECUTION_SECONDS))
      }),
    healthy: () =>
      client.ping({ select: true }).then(
        (answer) => answer.success,
        () => false,
      ),
    close: () => (closing ??= lanes.drain(SERVER_DRAIN_MILLISECONDS).then(() => client.close())),
  }
}

async function insert(client: ClickHouseClient, table: string, payload: InsertPayload, token: string): Promise<void> {
  const target = table.includes('.') ? table : `${DATABASE}.${table}`
  const clickhouse_settings: ClickHouseSettings = {
    insert_deduplication_token: token,
    async_insert: 0,
    // A Distributed table otherwise answers before the shards have the rows.
    distributed_foreground_insert: 1,
    max_execution_time: INSERT_EXECUTION_SECONDS,
    max_partitions_per_insert_block: String(PARTITIONS_PER_INSERT_LIMIT),
  }
  if ('rows' in payload) {
    await client.insert({ table: target, values: [...payload.rows], format: 'JSONEachRow', clickhouse_settings })
    return
  }
  const columns = 'columns' in payload ? ` (${payload.columns.map((column) => column.name).join(', ')})` : ''
  const bytes = 'rowBinary' in payload ? payload.rowBinary : payload.jsonLines
  const format = 'rowBinary' in payload ? 'RowBinary' : 'JSONEachRow'
  const query = `INSERT INTO ${target}${columns} FORMAT ${format}`
  const { stream } = await client.exec({
    query,
    values: Readable.from([bytes], { objectMode: false }),
    clickhouse_settings,
  })
  for await (const _chunk of stream) continue
}

/** Short parameters in the client's own way; long ones as a cast literal in the body, escaped by the same rules. */
function request(sql: string, parameters: Parameters, limits: QueryLimits, seconds: number) {
  checkParameters(sql, parameters)
  const short: Record<string, ParameterValue> = {}
  let query = sql
  for (const [name, value] of Object.entries(parameters)) {
    const text = parameterText(name, value)
    if (text.length <= ADDRESS_PARAMETER_LENGTH_LIMIT) short[name] = value
    else
      query = query.replaceAll(new RegExp(`\\{${name}\\s*:([^}]*)\\}`, 'g'), (_all, type: string) =>
        castLiteral(value, text, type),
      )
  }
  return {
    query,
    query_params: short,
    clickhouse_settings: { max_execution_time: limits.maxExecutionSeconds ?? seconds, ...limits.settings },
  }
}

const castLiteral = (value: ParameterValue, text: string, type: string) =>
  `CAST(${literal(typeof value === 'string' ? value : text)}, ${literal(type.trim())})`
