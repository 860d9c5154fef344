/** What an installation is told from outside: environment variables with their defaults, read once. */
import { join } from 'node:path'
import pino, { type Logger } from 'pino'
import type { Surroundings } from '#platform/context'
import { realSurroundings } from '#platform/surroundings'
import type { MailSettings } from '../modules/notices/channels/mail.ts'

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
  /** The mail server notices are sent by; none without it. */
  readonly mail: MailSettings | undefined
  /** Where people reach the installation, without a slash at the end. */
  readonly publicAddress: string | undefined
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

/** `smtp://…` or `smtps://…`; its user and password never reach a line. */
function mailOf(environment: Readonly<Record<string, string | undefined>>): MailSettings | undefined {
  const url = environment['BIHUAN_MAIL_URL']
  if (!url) return undefined
  const from = environment['BIHUAN_MAIL_FROM']
  if (!/^smtps?:\/\/\S+$/.test(url))
    throw new SettingInvalid('BIHUAN_MAIL_URL must look like smtp://user:password@host:587.')
  if (!from) throw new SettingInvalid('BIHUAN_MAIL_FROM is needed with BIHUAN_MAIL_URL: the address mail comes from.')
  return { url, from }
}

function publicAddressOf(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const text = environment['BIHUAN_ADDRESS']
  if (!text) return undefined
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new SettingInvalid(`BIHUAN_ADDRESS is "${text}"; it must look like https://bihuan.example.`)
  return text.replace(/\/+$/, '')
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
    mail: mailOf(environment),
    publicAddress: publicAddressOf(environment),
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
