/** `doctor`: what is wrong with this machine, in plain words, and how to mend it. Looks only; changes nothing. */
import { existsSync } from 'node:fs'
import { access, constants, rm, statfs, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { directoryOwner } from '#platform/records/directory-lock'
import { explainFault } from './faults.ts'
import { readSettings, type Settings } from './settings.ts'
import { say } from './start.ts'

export interface Finding {
  readonly name: string
  readonly ok: boolean
  readonly told: string
}

const NEEDED_NODE_MAJOR = 26
const NEEDED_SPACE_BYTES = 1024 ** 3
const ANSWER_LIMIT_MILLISECONDS = 5_000

const fine = (name: string, told: string): Finding => ({ name, ok: true, told })
const wrong = (name: string, told: string): Finding => ({ name, ok: false, told })

function node(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  return major >= NEEDED_NODE_MAJOR
    ? fine('Node', process.versions.node)
    : wrong(
        'Node',
        `This is Node ${process.versions.node}; ${NEEDED_NODE_MAJOR} is needed. It comes with the packages: run "npm ci", then use "npm run …".`,
      )
}

async function directory(path: string): Promise<Finding> {
  const present = existsSync(path) ? path : dirname(path)
  const probe = join(present, `.bihuan-doctor-${process.pid}`)
  try {
    if (present !== path) await access(present, constants.W_OK)
    else {
      await writeFile(probe, '')
      await rm(probe)
    }
    return fine('Data directory', path)
  } catch {
    return wrong(
      'Data directory',
      `${path} cannot be written. Give its owner to the user who starts Bihuan, or set BIHUAN_DATA to another directory.`,
    )
  }
}

async function space(path: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(existsSync(path) ? path : dirname(path))
  const freeBytes = bavail * bsize
  const free = `${(freeBytes / 1024 ** 3).toFixed(1)} GB free`
  return freeBytes >= NEEDED_SPACE_BYTES
    ? fine('Disk', free)
    : wrong('Disk', `Only ${free}; at least 1 GB is needed. Free some space, or set BIHUAN_DATA to another disk.`)
}

function lock(path: string): Finding {
  const records = join(path, 'records')
  const owner = existsSync(records) ? directoryOwner(records) : null
  return owner === null
    ? fine('Lock', 'nobody is using the data directory')
    : wrong(
        'Lock',
        `Process ${owner.pid} on ${owner.host} is using ${path}. If you want to keep it, all is well; ` +
          `to start another, stop it first: kill ${owner.pid}`,
      )
}

function port(settings: Settings): Promise<Finding> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(wrong('Port', explainFault(Object.assign(error, { port: settings.port })))),
    )
    server.listen(settings.port, settings.host, () =>
      server.close(() => resolve(fine('Port', `${settings.host}:${settings.port} is free`))),
    )
  })
}

async function recordsServer(url: string | undefined): Promise<Finding> {
  if (!url) return fine('Records', 'embedded PostgreSQL in the data directory')
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ANSWER_LIMIT_MILLISECONDS })
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`)
    return fine('Records', `PostgreSQL ${rows[0]!.version} answers`)
  } catch (error) {
    return wrong(
      'Records',
      `The server of BIHUAN_RECORDS_URL does not answer: ${(error as Error).message}. Check address, password and that it runs.`,
    )
  } finally {
    await client.end().catch(() => {})
  }
}

async function measurementsServer(url: string | undefined): Promise<Finding> {
  if (!url) return fine('Measurements', 'embedded chDB in the data directory')
  try {
    const response = await fetch(new URL('/ping', url), { signal: AbortSignal.timeout(ANSWER_LIMIT_MILLISECONDS) })
    if (!response.ok) throw new Error(`it answered ${response.status}`)
    return fine('Measurements', 'ClickHouse answers')
  } catch (error) {
    return wrong(
      'Measurements',
      `The server of BIHUAN_MEASUREMENTS_URL does not answer: ${(error as Error).message}. Check address and that it runs.`,
    )
  }
}

function web(settings: Settings): Finding {
  return existsSync(join(settings.webDirectory, 'index.html'))
    ? fine('Web app', 'built')
    : wrong('Web app', 'It is not built yet. "npm start" and "npm run demo" build it; or run: npm run build')
}

export async function findings(settings: Settings): Promise<Finding[]> {
  return [
    node(),
    await directory(settings.dataDirectory),
    await space(settings.dataDirectory),
    lock(settings.dataDirectory),
    await port(settings),
    await recordsServer(settings.recordsUrl),
    await measurementsServer(settings.measurementsUrl),
    web(settings),
  ]
}

export async function examine(): Promise<number> {
  const found = await findings(readSettings(process.env, { dataDirectory: join(import.meta.dirname, '..', 'data') }))
  for (const { name, ok, told } of found) say(`${ok ? '✓' : '✗'} ${name.padEnd(15)} ${told}`)
  return found.every((finding) => finding.ok) ? 0 : 1
}
