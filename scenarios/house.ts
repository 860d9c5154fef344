/** A whole installation for one scenario: embedded stores in a temporary directory, the HTTP server, people with sessions, a clock in hand. */
import { mkdtempSync, openAsBlob } from 'node:fs'
import { chmod, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import pino from 'pino'
import { createApiClient, signInTo, uploadTo } from '#platform/http/client'
import { realSurroundings } from '#platform/surroundings'
import { apiContract } from '../apps/contract.ts'
import { liveMorning, type StoryClock, storyClock } from '../apps/demo/clock.ts'
import type { Api } from '../apps/demo/stories.ts'
import { type Installation, openInstallation, serveHttp } from '../apps/installation.ts'
import type { MailSettings } from '../modules/notices/channels/mail.ts'
import type { ImportState, MappingDefinition } from '../modules/measurement/contract.ts'
import { foundOrganisation } from '../modules/organisation/actions/set-up.ts'
import type { RoleName } from '../modules/organisation/contract.ts'

export const PASSWORD = 'a password for scenarios'
const POLL_MILLISECONDS = 50

export interface House {
  readonly address: string
  readonly installation: Installation
  readonly clock: StoryClock
  /** A session of somebody with this role; made on first use. */
  readonly as: (role: RoleName) => Promise<Api>
  readonly cookieOf: (role: RoleName) => Promise<string>
  /** Uploads and imports a file by a mapping, and waits until news of it is delivered. */
  readonly importFile: (
    path: string | { name: string; content: string },
    name: string,
    mapping: MappingDefinition,
  ) => Promise<ImportState>
  /** Stands at eight in the morning of the day; schedules run, news is delivered. */
  readonly liveOn: (day: string) => Promise<void>
  readonly close: () => Promise<void>
}

export async function openHouse(options: {
  timeZone: string
  start: string
  webDirectory?: string
  pullPrivate?: boolean
  mail?: MailSettings
}): Promise<House> {
  const directory = mkdtempSync(join(tmpdir(), 'bihuan-scenario-'))
  // The database may work as another user than the test.
  await chmod(directory, 0o755)
  const clock = storyClock(realSurroundings)
  const log = pino({ level: process.env['BIHUAN_TEST_LOG'] ?? 'silent' })
  const { pullPrivate, mail } = options
  const dataDirectory = join(directory, 'data')
  const installation = await openInstallation({ dataDirectory, log, surroundings: clock, pullPrivate, mail })
  const server = await serveHttp(installation, {
    host: '127.0.0.1',
    port: 0,
    webDirectory: options.webDirectory ?? null,
    // A scenario asks for everybody at once, from one address.
    requestsPerMinuteLimit: 1_000_000,
  })
  const { address } = server
  await foundOrganisation(
    installation.signIn,
    { newId: installation.platform.newId, now: clock.now() },
    {
      organisationName: 'Scenario',
      timeZone: options.timeZone,
      name: 'administrator',
      email: 'administrator@scenario.example',
      password: PASSWORD,
      demo: false,
      roles: ['administrator'],
      once: true,
    },
  )
  const cookies = new Map<RoleName, Promise<string>>()
  const cookieOf = (role: RoleName): Promise<string> => {
    const known = cookies.get(role)
    if (known) return known
    const email = `${role}@scenario.example`
    const cookie = (async () => {
      if (role !== 'administrator') {
        const administrator = await as('administrator')
        await administrator.organisation.createPerson({ name: role, email, password: PASSWORD, roles: [{ role }] })
      }
      return signInTo(address, email, PASSWORD)
    })()
    cookies.set(role, cookie)
    return cookie
  }
  const as = async (role: RoleName): Promise<Api> => {
    const cookie = await cookieOf(role)
    return createApiClient(apiContract, address, () => ({ cookie, origin: address }))
  }
  clock.stand(
    Temporal.PlainDate.from(options.start)
      .toZonedDateTime({ timeZone: options.timeZone, plainTime: '08:00' })
      .toInstant(),
  )
  const { platform } = installation
  return {
    address,
    installation,
    clock,
    as,
    cookieOf,
    importFile: async (source, name, mapping) => {
      const api = await as('improvement-office')
      await api.measurement.saveMapping({ name, definition: mapping })
      const headers = { cookie: await cookieOf('improvement-office'), origin: address }
      const [fileName, blob] =
        typeof source === 'string'
          ? [basename(source), await openAsBlob(source)]
          : [source.name, new Blob([source.content])]
      const file = await uploadTo(address, headers, fileName, blob)
      let state = await api.measurement.startImport({ file, mapping: name })
      const settled = platform.settle()
      while (state.state === 'waiting' || state.state === 'running') {
        await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS))
        state = await api.measurement.readImport({ id: state.id })
      }
      await settled
      await platform.settle()
      return state
    },
    liveOn: (day) => liveMorning(clock, platform, day, options.timeZone),
    close: async () => {
      await server.close()
      await installation.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
