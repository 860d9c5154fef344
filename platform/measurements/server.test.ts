import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Measurements, openMeasurements } from './measurements.ts'

/** Not a ClickHouse: it writes down what the client sends and answers what the test says. */
interface Seen {
  readonly search: URLSearchParams
  readonly body: Buffer
}
let seen: Seen[] = []
let answer: { status: number; headers?: Record<string, string>; body: string | Buffer }
let server: Server
let measurements: Measurements

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      seen.push({ search: new URL(request.url!, 'http://x').searchParams, body: Buffer.concat(chunks) })
      response.writeHead(answer.status, answer.headers).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  measurements = await openMeasurements({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cluster: true,
  })
})
beforeEach(() => {
  seen = []
  answer = { status: 200, body: '' }
})
afterAll(async () => {
  await measurements.close()
  await new Promise((resolve) => server.close(resolve))
})

test('a query carries its limits and its parameters; the long ones travel in the body', async () => {
  answer.body = '{"a":1}\n{"a":2}\n'
  const long = "it's \\ long\n".repeat(1000)
  const many = Array.from({ length: 5000 }, (_unused, index) => index)
  const rows = await measurements.query(
    'SELECT {short:String}, {long:String}, {many:Array(UInt64)}',
    { short: "a'b", long, many },
    { maxExecutionSeconds: 7, settings: { use_skip_indexes: 0 } },
  )
  expect(rows).toEqual([{ a: 1 }, { a: 2 }])
  const { search, body } = seen[0]!
  expect(search.get('param_short')).toBe("a\\'b")
  expect(search.get('param_long')).toBeNull()
  expect(search.get('max_execution_time')).toBe('7')
  expect(search.get('max_memory_usage')).toBe('4294967296')
  expect(search.get('use_skip_indexes')).toBe('0')
  expect(body.toString()).toContain("CAST('it\\'s \\\\ long\\n")
  expect(body.toString()).toContain("CAST('[0,1,2,")
  expect(body.toString()).toContain("'Array(UInt64)')")
})

test('an insert carries its token and the bytes as they are', async () => {
  const bytes = Buffer.from([0, 1, 2, 255, 39, 10, 0])
  const columns = [{ name: 'id', type: 'UInt8' }]
  await measurements.insert('event', { rowBinary: bytes, columns }, { token: 'one' })
  const { search, body } = seen[0]!
  const sent = Buffer.concat([Buffer.from(search.get('query') ?? ''), body])
  expect(sent.toString('latin1')).toContain('INSERT INTO bihuan.event (id) FORMAT RowBinary')
  expect(sent.subarray(-bytes.length)).toEqual(bytes)
  expect(search.get('insert_deduplication_token')).toBe('one')
  expect(search.get('async_insert')).toBe('0')
  expect(search.get('distributed_foreground_insert')).toBe('1')
})

test('numbers come as the bytes of the answer', async () => {
  answer = { status: 200, body: Buffer.from(Float64Array.of(1.5, -2).buffer) }
  expect([...(await measurements.numbers('SELECT toFloat64({a:UInt8})', { a: 1 }))]).toEqual([1.5, -2])
  expect(`${seen[0]!.search.get('query')}${seen[0]!.body}`).toContain('FORMAT RowBinary')
})

test.each([
  ['Code: 159. DB::Exception: Timeout exceeded. (TIMEOUT_EXCEEDED)', 'TOO_SLOW'],
  ['Code: 241. DB::Exception: Memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)', 'TOO_LARGE'],
  ['Code: 202. DB::Exception: Too many simultaneous queries. (TOO_MANY_SIMULTANEOUS_QUERIES)', 'BUSY'],
  ['Code: 62. DB::Exception: Syntax error. (SYNTAX_ERROR)', 'REJECTED'],
  ['gateway went away', 'UNAVAILABLE'],
])('%s becomes %s', async (body, code) => {
  answer = { status: 500, body }
  await expect(measurements.query('SELECT 1')).rejects.toMatchObject({ name: 'MeasurementsFailure', code })
})
