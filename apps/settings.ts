/** What an installation is told from outside: environment variables with their defaults, read once. */
import { join } from 'node:path'
import pino, { type Logger } from 'pino'
import type { Surroundings } from '#platform/context'
import { realSurroundings } from '#platform/surroundings'

const PROJECT = join(import.meta.dirname, '..')

export interface Settings {
  readonly dataDirectory: string
  readonly host: string
  readonly port: number
  readonly recordsUrl: string | undefined
  readonly measurementsUrl: string | undefined
  readonly logLevel: string
  readonly requestsPerMinuteLimit: number | undefined
  readonly webDirectory: string
  /** The folder below which data sources may watch folders; none without it. */
  readonly watchFolder: string | undefined
  /** Data sources may ask addresses of private networks. */
  readonly pullPrivate: boolean
}

export const DEFAULT_PORT = 7700

export class SettingInvalid extends Error {}

function wholeNumber(environment: Readonly<Record<string, string | undefined>>, name: string): number | undefined {
  const text = environment[name]
  if (text === undefined || text === '') return undefined
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1)
    throw new SettingInvalid(`${name} is "${text}"; it must be a whole number from 1.`)
  return value
}

export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  defaults: { dataDirectory: string },
): Settings {
  const port = Number(environment['BIHUAN_PORT'] ?? DEFAULT_PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new SettingInvalid(
      `BIHUAN_PORT is "${environment['BIHUAN_PORT']}"; it must be a whole number from 0 to 65535.`,
    )
  }
  return {
    dataDirectory: environment['BIHUAN_DATA'] ?? defaults.dataDirectory,
    host: environment['BIHUAN_HOST'] ?? '127.0.0.1',
    port,
    recordsUrl: environment['BIHUAN_RECORDS_URL'],
    measurementsUrl: environment['BIHUAN_MEASUREMENTS_URL'],
    requestsPerMinuteLimit: wholeNumber(environment, 'BIHUAN_REQUESTS_PER_MINUTE'),
    logLevel: environment['BIHUAN_LOG'] ?? 'warn',
    webDirectory: join(PROJECT, 'dist', 'web'),
    watchFolder: environment['BIHUAN_WATCH_FOLDER'] || undefined,
    pullPrivate: environment['BIHUAN_PULL_PRIVATE'] === 'allow',
  }
}

/** Structured lines on standard error, so that standard output stays for people. Secrets never reach a line. */
export function openLog(level: string): Logger {
  return pino(
    {
      level,
      redact: {
        paths: ['password', '*.password', 'headers.cookie', 'headers.authorization', '*.key'],
        censor: '(hidden)',
      },
    },
    pino.destination({ dest: 2, sync: true }),
  )
}

export const surroundings: Surroundings = realSurroundings
