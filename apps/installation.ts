/** One installation: both stores opened and migrated, the modules on their floor. What `start`, `demo` and the tests of the whole stand on. */
import { randomBytes, randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { createAttachments } from '#platform/attachments/attachments'
import type { Surroundings } from '#platform/context'
import { openFiles } from '#platform/files/files'
import { createHttpServer } from '#platform/http/server'
import { openMeasurements, type Measurements } from '#platform/measurements/measurements'
import { migrationSteps } from '#platform/measurements/schema'
import { migrate } from '#platform/migrations/runner'
import type { Module } from '#platform/module'
import { createWebhooks } from '#platform/outbound/webhooks'
import { openRecords, type Records } from '#platform/records/records'
import { createPlatform, type Platform } from '#platform/run'
import { createSealer } from '#platform/sealing'
import { createSigner } from '#platform/signing/signer'
import { VERSION } from '#platform/version'
import { measurementMigrations } from '../migrations/measurements/first.ts'
import { alertsModule } from '../modules/alerts/module.ts'
import { evaluationModule } from '../modules/evaluation/module.ts'
import { checkAtStart, measurementModule } from '../modules/measurement/module.ts'
import { createMailer, type MailSettings } from '../modules/notices/channels/mail.ts'
import { noticesModule } from '../modules/notices/module.ts'
import { isSetUp } from '../modules/organisation/actions/set-up.ts'
import { organisationModule, type OrganisationParts } from '../modules/organisation/module.ts'
import { createSignIn, type SignIn } from '../modules/organisation/sign-in.ts'
import { organisation } from '../modules/organisation/tables.ts'
import { plansModule } from '../modules/plans/module.ts'
import { reportsModule } from '../modules/reports/module.ts'
import { verificationModule } from '../modules/verification/module.ts'
import { apiContract } from './contract.ts'

export interface InstallationOptions {
  readonly dataDirectory: string
  readonly recordsUrl?: string | undefined
  readonly measurementsUrl?: string | undefined
  readonly log: Logger
  readonly surroundings: Surroundings
  /** The folder below which data sources may watch folders; none without it. */
  readonly watchFolder?: string | undefined
  /** Data sources may ask addresses of private networks; not without it. */
  readonly pullPrivate?: boolean | undefined
  /** The mail server notices are sent by; no mail without it. */
  readonly mail?: MailSettings | undefined
  /** Where people reach the installation, for links in mail and messages of robots. */
  readonly publicAddress?: string | undefined
  /** Told before each step that takes time, for a line on the console. */
  readonly progress?: (step: string) => void
}

export interface Installation {
  readonly platform: Platform
  readonly signIn: SignIn
  readonly modules: readonly Module[]
  readonly records: Records
  readonly measurements: Measurements
  readonly log: Logger
  /** The one-time code of the first administrator; null once there is one. */
  readonly setUpCode: string | null
  readonly close: () => Promise<void>
}

/** The secret that signs session cookies: made once, readable by the owner only. */
function readSecret(dataDirectory: string): string {
  const path = join(dataDirectory, 'secret')
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(path, 'utf8').trim()
}

/** Letters and digits that nobody confuses when reading them from a screen. */
const CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const CODE_LENGTH = 10
const makeSetUpCode = () =>
  Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('')

export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { dataDirectory, log } = options
  const progress = options.progress ?? (() => {})
  mkdirSync(dataDirectory, { recursive: true, mode: 0o755 })
  progress('records')
  const records = await openRecords({ directory: join(dataDirectory, 'records'), url: options.recordsUrl, log })
  let measurements: Measurements | undefined
  try {
    progress('measurements')
    measurements = await openMeasurements(
      options.measurementsUrl ? { url: options.measurementsUrl } : { directory: join(dataDirectory, 'measurements') },
    )
    progress('migrations')
    await migrate({
      records,
      log,
      measurements: migrationSteps(measurements, measurementMigrations(measurements.size)),
    })
    return await assemble(options, records, measurements)
  } catch (error) {
    await measurements?.close()
    await records.close()
    throw error
  }
}

async function assemble(
  options: InstallationOptions,
  records: Records,
  measurements: Measurements,
): Promise<Installation> {
  const { dataDirectory, log, surroundings } = options
  const secret = readSecret(dataDirectory)
  const signIn = createSignIn({ owner: records.owner, secret, surroundings })
  const setUpCode = (await isSetUp(signIn)) ? null : makeSetUpCode()
  // The organisation's screen shows letters that could not be delivered; the platform that holds them is made after the modules.
  const later: { platform?: Platform } = {}
  const deadLetters = {
    deadLetters: (...asked: Parameters<Platform['deadLetters']>) => later.platform!.deadLetters(...asked),
    retryDeadLetter: (...asked: Parameters<Platform['retryDeadLetter']>) => later.platform!.retryDeadLetter(...asked),
    discardDeadLetter: (...asked: Parameters<Platform['discardDeadLetter']>) =>
      later.platform!.discardDeadLetter(...asked),
  }
  const modules = listModules(options, { signIn, secret, setUpCode, deadLetters })
  const platform = await createPlatform({
    records,
    measurements,
    surroundings,
    log,
    modules,
    organisations: async () =>
      (await records.owner.select({ id: organisation.id }).from(organisation)).map((row) => row.id),
    alone: !options.recordsUrl,
  })
  later.platform = platform
  await checkAtStart(platform)
  return {
    platform,
    signIn,
    modules,
    records,
    measurements,
    log,
    setUpCode,
    close: async () => {
      await platform.stop()
      await measurements.close()
      await records.close()
    },
  }
}

/** Roof first, each with the parts of the floor it works with. */
function listModules(
  options: InstallationOptions,
  made: {
    readonly signIn: SignIn
    readonly secret: string
    readonly setUpCode: string | null
    readonly deadLetters: OrganisationParts['deadLetters']
  },
): readonly Module[] {
  const { dataDirectory, pullPrivate = false } = options
  const { signIn, secret, setUpCode, deadLetters } = made
  const sealer = createSealer(secret)
  const signer = createSigner(sealer)
  const webhooksOf = (owner: string) => createWebhooks({ owner, sealer, privateAllowed: pullPrivate })
  const files = openFiles(join(dataDirectory, 'files'))
  const attachments = createAttachments(openFiles(join(dataDirectory, 'attachments')))
  return [
    reportsModule,
    verificationModule,
    plansModule,
    alertsModule({ signer, webhooks: webhooksOf('alerts'), privateAllowed: pullPrivate }),
    evaluationModule({
      signer,
      attachments,
      webhooks: webhooksOf('evaluation'),
      files: openFiles(join(dataDirectory, 'publications')),
      privateAllowed: pullPrivate,
    }),
    measurementModule({ files, sealer, watchFolder: options.watchFolder ?? null, pullPrivate }),
    noticesModule({
      sealer,
      privateAllowed: pullPrivate,
      mailer: options.mail ? createMailer(options.mail) : null,
      address: options.publicAddress ?? null,
    }),
    organisationModule({ signIn, files, signer, attachments, setUpCode: () => setUpCode, deadLetters }),
  ]
}

export interface ListenOptions {
  readonly host: string
  readonly port: number
  readonly webDirectory: string | null
  readonly requestsPerMinuteLimit?: number | undefined
}

/** Listens without starting the jobs: for the demo's loading, which delivers news when the story says so. */
export async function serveHttp(
  installation: Installation,
  options: ListenOptions,
): Promise<{ address: string; close: () => Promise<void> }> {
  const app = await createHttpServer({
    platform: installation.platform,
    modules: installation.modules,
    contract: apiContract,
    identify: installation.signIn.identify,
    signInHandler: installation.signIn.handler,
    webDirectory: options.webDirectory,
    log: installation.log,
    version: VERSION,
    requestsPerMinuteLimit: options.requestsPerMinuteLimit,
  })
  const address = await app.listen({ host: options.host, port: options.port })
  return { address, close: () => app.close() }
}

/** Starts the jobs and listens; `stop` ends requests, jobs and stores in that order. */
export async function listen(
  installation: Installation,
  options: ListenOptions,
): Promise<{ address: string; stop: () => Promise<void> }> {
  const server = await serveHttp(installation, options)
  await installation.platform.startJobs()
  return {
    address: server.address,
    stop: async () => {
      await server.close()
      await installation.close()
    },
  }
}
