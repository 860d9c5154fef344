/** A world of its own for one test file: a copied database, a clock and dice in the test's hand, the floor at work. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import pino, { type Logger } from 'pino'
import { inject } from 'vitest'
import type { Actor, Context } from '../context.ts'
import { type Measurements, type StoreSize, openMeasurements } from '../measurements/measurements.ts'
import { type MeasurementMigration, migrationSteps } from '../measurements/schema.ts'
import { migrate } from '../migrations/runner.ts'
import type { Module } from '../module.ts'
import { type Records, connectRecords } from '../records/records.ts'
import { type Platform, createPlatform } from '../run.ts'
import { seededChance } from '../seeded-random.ts'
import { type TestClock, testClock } from './clock.ts'
import { TEMPLATE, type TestServer } from './stores.ts'

/** The organisation tests work in, and a second one whose rows must never be seen. */
export const ORGANISATION = '01900000-0000-7000-8000-00000000000a'
export const OTHER_ORGANISATION = '01900000-0000-7000-8000-00000000000b'

export interface TestWorldOptions {
  readonly modules?: readonly Module[]
  /** The tables of the measurements: opens the embedded engine over a fresh directory. Without it, touching them is an error. */
  readonly measurements?: (size: StoreSize) => readonly MeasurementMigration[]
  readonly organisations?: readonly string[]
  readonly seed?: number
  readonly start?: string
  /** Another server than the one of the `db` project. */
  readonly server?: TestServer
}

export interface TestWorld {
  readonly platform: Platform
  readonly records: Records
  readonly measurements: Measurements
  readonly clock: TestClock
  readonly random: () => number
  readonly log: Logger
  /** Runs one transaction as `actor`, in `ORGANISATION` unless another is named. */
  readonly as: (
    actor: Actor,
    organisation?: string,
  ) => { readonly run: <T>(work: (context: Context) => Promise<T>) => Promise<T> }
  readonly close: () => Promise<void>
}

/** A signed-in person who may do exactly what is listed. */
export function testPerson(name: string, permissions: readonly string[] = []): Actor {
  return { kind: 'person', id: name, name, roles: [], permissions: new Set(permissions), language: 'zh' }
}

/** About 0.1 s, most of it the copy of the database. Close it in `afterAll`. */
export async function openTestWorld(options: TestWorldOptions = {}): Promise<TestWorld> {
  const log = pino({ level: process.env.BIHUAN_TEST_LOG ?? 'silent' })
  const server = options.server ?? inject('testServer')
  const database = `world_${randomBytes(8).toString('hex')}`
  await onServer(server, `create database ${database} template ${TEMPLATE}`)
  const records = await connectRecords({
    connection: { ...server.owner, database },
    requestConnection: { ...server.request, database },
    log,
  })
  const clock = testClock(options.start)
  const random = seededChance(options.seed ?? 1)
  const directory = mkdtempSync(join(tmpdir(), 'bihuan-world-'))
  const measurements = options.measurements ? await openMeasurements({ directory }) : absentMeasurements()
  if (options.measurements) {
    const steps = migrationSteps(measurements, options.measurements(measurements.size))
    await migrate({ records, log, measurements: steps })
  }
  const organisations = options.organisations ?? [ORGANISATION]
  const platform = await createPlatform({
    records,
    measurements,
    surroundings: { now: clock.now, random },
    log,
    modules: options.modules ?? [],
    organisations: async () => organisations,
  })
  return {
    platform,
    records,
    measurements,
    clock,
    random,
    log,
    as: (actor, organisation = ORGANISATION) => ({ run: (work) => platform.run(actor, organisation, work) }),
    close: async () => {
      await platform.stop()
      if (options.measurements) await measurements.close()
      await records.close()
      await onServer(server, `drop database ${database} with (force)`)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

const COPY_TRIES_LIMIT = 5
const OBJECT_IN_USE = '55006'

/** A copy fails while something else is connected to the template for a moment; then it is tried again. */
async function onServer(server: TestServer, statement: string): Promise<void> {
  const client = new pg.Client({ ...server.owner, database: 'postgres' })
  await client.connect()
  try {
    for (let tries = 1; ; tries += 1) {
      try {
        await client.query(statement)
        return
      } catch (error) {
        if ((error as { code?: string }).code !== OBJECT_IN_USE || tries >= COPY_TRIES_LIMIT) throw error
      }
    }
  } finally {
    await client.end()
  }
}

function absentMeasurements(): Measurements {
  return new Proxy({} as Measurements, {
    get: (_target, name) => {
      throw new Error(`This test world was opened without measurements, but ${String(name)} was asked for.`)
    },
  })
}
