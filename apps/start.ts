/** `start` and `migrate`: an own installation. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Installation, listen, openInstallation } from './installation.ts'
import { openLog, readSettings, type Settings, surroundings } from './settings.ts'

const PROJECT = join(import.meta.dirname, '..')
/** A stop that hangs (a store that does not answer) ends the process after this time; what was acknowledged is on disk. */
const STOP_LIMIT_MILLISECONDS = 15_000

const steps: Readonly<Record<string, string>> = {
  records: '启动记录库 starting the records (PostgreSQL)',
  measurements: '启动度量库 starting the measurements (ClickHouse)',
  migrations: '更新库结构 bringing both stores to this version',
}

export const say = (line: string): void => void process.stdout.write(`${line}\n`)

export async function open(settings: Settings): Promise<Installation> {
  return openInstallation({
    dataDirectory: settings.dataDirectory,
    recordsUrl: settings.recordsUrl,
    measurementsUrl: settings.measurementsUrl,
    watchFolder: settings.watchFolder,
    pullPrivate: settings.pullPrivate,
    mail: settings.mail,
    publicAddress: settings.publicAddress,
    log: openLog(settings.logLevel),
    surroundings,
    progress: (step) => say(`· ${steps[step] ?? step}`),
  })
}

/** Listens until the process is told to stop; the answer is the exit code. */
export async function serve(
  installation: Installation,
  settings: Settings,
  greeting: (address: string) => string,
): Promise<number> {
  const webDirectory = existsSync(join(settings.webDirectory, 'index.html')) ? settings.webDirectory : null
  if (webDirectory === null) say('The web app is not built; only the API is served. Build it with: npm run build')
  let server: Awaited<ReturnType<typeof listen>>
  try {
    const { host, port, requestsPerMinuteLimit } = settings
    server = await listen(installation, { host, port, webDirectory, requestsPerMinuteLimit })
  } catch (error) {
    await installation.close()
    throw error
  }
  say(greeting(server.address))
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  const timer = setTimeout(() => process.exit(1), STOP_LIMIT_MILLISECONDS)
  await server.stop()
  clearTimeout(timer)
  return 0
}

export async function start(): Promise<number> {
  const settings = readSettings(process.env, { dataDirectory: join(PROJECT, 'data') })
  const installation = await open(settings)
  const code = installation.setUpCode
  const first = code === null ? '' : `\n  首次使用 first use: open the page and enter this one-time code: ${code}`
  return serve(installation, settings, (address) => `闭环 Bihuan: ${address}${first}`)
}

export async function migrateOnly(): Promise<number> {
  const settings = readSettings(process.env, { dataDirectory: join(PROJECT, 'data') })
  const installation = await open(settings)
  await installation.close()
  say('Both stores are at this version.')
  return 0
}
