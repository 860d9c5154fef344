import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import pino from 'pino'
import { beforeEach, expect, test } from 'vitest'
import { openOwner } from '../testing/owner-app.ts'
import { processLives } from './directory-lock.ts'
import { readPostmaster } from './postmaster.ts'
import { connectRecords } from './records.ts'
import { cutLog } from './server-log.ts'
import { type SupervisorOptions, startSupervisor } from './supervisor.ts'

const log = pino({ level: process.env.BIHUAN_TEST_LOG ?? 'silent' })
const lost = () => {}
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bihuan-supervisor-'))
  // Started as root, the database's user passes through here to folders below.
  chmodSync(directory, 0o711)
  return () => rmSync(directory, { recursive: true, force: true })
})

const start = (more: Partial<SupervisorOptions> = {}) =>
  startSupervisor({ directory, log, lost, durable: false, ...more })
const cluster = () => join(directory, 'cluster')
const figure = (text: string) => process.env.BIHUAN_FIGURES && process.stdout.write(`${text}\n`)

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 10) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`waited in vain: ${what}`)
}

async function ask(connection: pg.ClientConfig, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

test('starts durable and closed to the network, stops cleanly, starts again on the same rows', async () => {
  const begin = performance.now()
  const first = await startSupervisor({ directory, log, lost })
  figure(`first start ${Math.round(performance.now() - begin)} ms`)
  const settings = await ask(
    first.connection,
    `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes',
     'listen_addresses', 'data_checksums', 'TimeZone', 'server_encoding') order by name`,
  )
  expect(Object.fromEntries(settings.map((row) => [row.name, row.setting]))).toEqual({
    TimeZone: 'UTC',
    data_checksums: 'on',
    fsync: 'on',
    full_page_writes: 'on',
    listen_addresses: '',
    server_encoding: 'UTF8',
    synchronous_commit: 'on',
  })
  await ask(first.connection, 'create table kept as select 1 as one')
  await expect(ask({ ...first.connection, password: 'guess' }, 'select 1')).rejects.toThrow('password')
  expect(statSync(join(directory, 'password')).mode & 0o777).toBe(0o600)
  expect(statSync(first.connection.host).mode & 0o777).toBe(0o700)
  await first.stop()
  expect(readPostmaster(cluster())).toBe(undefined)
  expect(readdirSync(directory)).not.toContain('bihuan.lock')
  const again = performance.now()
  const second = await start()
  figure(`second start ${Math.round(performance.now() - again)} ms`)
  expect(await ask(second.connection, 'select one from kept')).toEqual([{ one: 1 }])
  await second.stop()
})

test('Chinese names can be sorted by pinyin', async () => {
  const server = await start()
  const rows = await ask(
    server.connection,
    `select n from unnest(array['张三', '李四', '王五', '阿明']) as n order by n collate "zh-x-icu"`,
  )
  expect(rows.map((row) => row.n)).toEqual(['阿明', '李四', '王五', '张三'])
  await server.stop()
})

test('a directory in use is refused with the pid of its owner', async () => {
  const server = await start()
  await expect(start()).rejects.toMatchObject({ name: 'DirectoryLocked', pid: process.pid })
  expect(await ask(server.connection, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.stop()
})

test('too little space is told before anything is started', async () => {
  const refused = start({ spaceNeededBytes: 2 ** 60 })
  await expect(refused).rejects.toMatchObject({
    reason: 'too-little-space',
    message: expect.stringContaining('MB are free'),
  })
  expect(readdirSync(directory)).toEqual([])
})

test('a start past its time limit is told, ended, and leaves the directory free', async () => {
  await expect(start({ startLimitMilliseconds: 0 })).rejects.toMatchObject({ reason: 'start-timeout' })
  expect(readPostmaster(cluster())).toBe(undefined)
  await (await start()).stop()
})

test('a start that fails tells what the server said', async () => {
  await (await start()).stop()
  writeFileSync(join(cluster(), 'pg_hba.conf'), 'nonsense\n')
  await expect(start()).rejects.toMatchObject({
    reason: 'start-failed',
    message: expect.stringContaining('pg_hba.conf'),
  })
})

test('files of a half-made cluster are made anew', async () => {
  mkdirSync(join(directory, 'cluster.new'))
  writeFileSync(join(directory, 'cluster.new', 'PG_VERSION'), 'half')
  await (await start()).stop()
})

test.runIf(process.getuid?.() === 0)('started as root over a closed folder, says which', async () => {
  chmodSync(directory, 0o700)
  const refused = start({ directory: join(directory, 'data') })
  await expect(refused).rejects.toMatchObject({
    reason: 'directory-unreadable',
    message: expect.stringContaining(directory),
  })
})

test('a long data path gets its socket elsewhere', async () => {
  const deep = join(directory, 'a'.repeat(100))
  const server = await start({ directory: deep })
  expect(server.connection.host.startsWith(deep)).toBe(false)
  expect(await ask(server.connection, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.stop()
  rmSync(server.connection.host, { recursive: true, force: true })
})

test('a crashed server is started again and the pools recover', async () => {
  const supervisor = await start({ durable: true })
  const records = await connectRecords({ ...supervisor, log, supervisor })
  await records.ownerPool.query('create table kept as select 1 as one')
  const before = readPostmaster(cluster())!.pid
  process.kill(before, 'SIGKILL')
  await until('another server runs', async () => {
    const now = readPostmaster(cluster())
    return now !== undefined && now.pid !== before && (await records.healthy())
  })
  expect((await records.ownerPool.query('select one from kept')).rows).toEqual([{ one: 1 }])
  await records.close()
})

test('the log stays small while the server goes on writing to it', async () => {
  const server = await start()
  const path = join(directory, 'postgres.log')
  await expect(ask(server.connection, 'select mistake_one')).rejects.toThrow()
  await until('the first line', () => readFileSync(path, 'utf8').includes('mistake_one'))
  cutLog(path)
  await expect(ask(server.connection, 'select mistake_two')).rejects.toThrow()
  await until('the second line', () => readFileSync(path, 'utf8').includes('mistake_two'))
  expect(readFileSync(path, 'utf8')).not.toContain('mistake_one')
  expect(readFileSync(`${path}.1`, 'utf8')).toContain('mistake_one')
  await server.stop()
})

/** Starts the owner app and follows what it has committed. */
async function startOwner(): Promise<{ child: ChildProcess; last: () => number }> {
  const program = join(import.meta.dirname, '..', 'testing', 'owner-app.ts')
  const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  let last = -1
  let from = 0
  createInterface({ input: child.stdout }).on('line', (line) => {
    last = Number(line)
    from ||= last
  })
  await until('the owner app commits', () => last > from + 20)
  return { child, last: () => last }
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

/** Everything the killed program was told to be committed is there, and is delivered once. */
async function expectNothingMissing(atLeast: number): Promise<void> {
  const begin = performance.now()
  const { records, platform, close } = await openOwner(directory)
  figure(`ready after kill -9 ${Math.round(performance.now() - begin)} ms`)
  const news = `select count(*)::int as count, max((payload->>'number')::int) as last from platform.outbox_event`
  const [told] = (await records.ownerPool.query(news)).rows
  expect(told.count).toBe(told.last)
  expect(told.last).toBeGreaterThanOrEqual(atLeast)
  await platform.startJobs()
  await platform.settle()
  await until('all is delivered', async () => {
    const { waiting, active } = await platform.metrics()
    return waiting + active === 0
  })
  const effects = 'select count(*)::int as count, count(distinct number)::int as different from owner_app.kept'
  expect((await records.ownerPool.query(effects)).rows).toEqual([{ count: told.count, different: told.count }])
  await close()
}

test('after kill -9 of the owner the server ends with it, nothing committed is missing, all news has its effect once', async () => {
  const rounds = Number(process.env.BIHUAN_KILLS ?? 3)
  for (let round = 0; round < rounds; round += 1) {
    const owner = await startOwner()
    const server = readPostmaster(cluster())!.pid
    await new Promise((resolve) => setTimeout(resolve, round * 7))
    await kill(owner.child)
    await until('the server ends with its owner', () => !processLives(server))
    await expectNothingMissing(owner.last())
  }
}, 600_000)

test.runIf(process.platform === 'linux')('a server that outlived its owner is ended by the next start', async () => {
  const owner = await startOwner()
  const server = readPostmaster(cluster())!.pid
  const guardian = guardianOf(server)
  process.kill(guardian, 'SIGKILL')
  await until('no guardian', () => !processLives(guardian))
  await kill(owner.child)
  expect(processLives(server)).toBe(true)
  await expectNothingMissing(owner.last())
  expect(processLives(server)).toBe(false)
})

/** The shell that watches over the server with this process number. */
function guardianOf(server: number): number {
  const found = readdirSync('/proc').find((entry) => {
    if (!/^\d+$/.test(entry)) return false
    try {
      const words = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0')
      return words.includes('bihuan-guardian') && words.includes(String(server))
    } catch {
      return false
    }
  })
  return Number(found)
}
