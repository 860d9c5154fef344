/** Vitest's global set-up: one embedded PostgreSQL for the whole run and a migrated database to copy from. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import pino from 'pino'
import type { TestProject } from 'vitest/node'
import { migrate } from '../migrations/runner.ts'
import { connectRecords } from '../records/records.ts'
import { type Login, startSupervisor } from '../records/supervisor.ts'

/** The migrated, empty database every test world is a copy of. */
export const TEMPLATE = 'bihuan_template'

export interface TestServer {
  readonly owner: Omit<Login, 'database'>
  readonly request: Omit<Login, 'database'>
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'bihuan-test-'))
  const log = pino({ level: process.env.BIHUAN_TEST_LOG ?? 'silent' })
  const lost = (reason: Error) => process.stderr.write(`${reason.message}\n`)
  const supervisor = await startSupervisor({ directory, log, lost, durable: false })
  const { database: _, ...owner } = supervisor.connection
  const { database: __, ...request } = supervisor.requestConnection
  await makeTemplate({ owner, request })
  project.provide('testServer', { owner, request })
  return async () => {
    await supervisor.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function makeTemplate(server: TestServer): Promise<void> {
  const log = pino({ level: 'silent' })
  const client = new pg.Client({ ...server.owner, database: 'postgres' })
  await client.connect()
  await client.query(`create database ${TEMPLATE}`)
  await client.end()
  const records = await connectRecords({ connection: { ...server.owner, database: TEMPLATE }, log })
  await migrate({ records, log })
  await records.close()
}
