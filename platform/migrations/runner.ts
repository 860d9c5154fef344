/** One runner for both stores: forward only, every step once, written down in the records. */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PoolClient } from 'pg'
import type { Logger } from 'pino'
import { installQueues } from '../jobs/queues.ts'
import type { Records } from '../records/records.ts'
import { secureTables } from './secure-tables.ts'
import { type TableRule, readTableRules } from './table-rules.ts'

/** How long a second starter waits for the first one's migrations. */
export const LOCK_WAIT_LIMIT_MILLISECONDS = 300_000
/** The key of the advisory lock: "bihuan" read as a number. */
const LOCK_KEY = 0x62696875616e
const PROJECT = join(import.meta.dirname, '..', '..')

export type Store = 'records' | 'measurements'

/** A step outside PostgreSQL. Its `run` may be cut off before it is written down, so it must bear running twice. */
export interface OutsideMigration {
  readonly name: string
  /** The text whose change after application is refused. */
  readonly sha256Source: string
  readonly run: () => Promise<void>
}

export interface MigrateOptions {
  readonly records: Records
  readonly log: Logger
  readonly measurements?: readonly OutsideMigration[]
  /** For tests: another folder of SQL files, and other rules than those of the modules. */
  readonly folder?: string
  readonly tableRules?: readonly TableRule[]
}

export type MigrationRefusalReason = 'changed' | 'unknown' | 'failed'

export class MigrationRefused extends Error {
  readonly reason: MigrationRefusalReason
  readonly migration: string
  constructor(reason: MigrationRefusalReason, migration: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'MigrationRefused'
    this.reason = reason
    this.migration = migration
  }
}

interface Step {
  readonly store: Store
  readonly name: string
  readonly sha256: string
  readonly apply: (client: PoolClient) => Promise<void>
}
interface Applied {
  store: Store
  name: string
  sha256: string
}

/** Brings both stores to this version; gives the names of the steps applied now. Safe when several processes start. */
export async function migrate(options: MigrateOptions): Promise<readonly string[]> {
  const { records, log } = options
  const rules = options.tableRules ?? (await readTableRules(join(PROJECT, 'modules')))
  const steps = [...recordsSteps(options.folder ?? join(PROJECT, 'migrations', 'records')), ...outsideSteps(options)]
  const client = await records.ownerPool.connect()
  try {
    await client.query(`set lock_timeout = ${LOCK_WAIT_LIMIT_MILLISECONDS}; select pg_advisory_lock(${LOCK_KEY})`)
    await client.query(BOOK)
    const applied = await client.query<Applied>('select store, name, sha256 from platform.migration')
    refuseMismatch(steps, applied.rows)
    const pending = steps.filter(
      (step) => !applied.rows.some((row) => row.store === step.store && row.name === step.name),
    )
    for (const step of pending.filter((each) => each.store === 'records')) await applyStep(client, step, log)
    await installQueues(records, log)
    await secureTables(client, rules)
    for (const step of pending.filter((each) => each.store === 'measurements')) await applyStep(client, step, log)
    return pending.map((step) => step.name)
  } finally {
    // Closing the connection gives back the lock, whatever happened.
    client.release(true)
  }
}

const BOOK = `
  create schema if not exists platform;
  create table if not exists platform.migration (
    store text not null,
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default now(),
    duration_ms integer not null,
    primary key (store, name)
  )`

/** Files in the order of their names. A schema may exist already: that of the floor is made with the book above. */
function recordsSteps(folder: string): Step[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'))
  return files.sort().map((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    const statements = text.replaceAll(/^CREATE SCHEMA "/gm, 'CREATE SCHEMA IF NOT EXISTS "')
    const apply = async (client: PoolClient) => void (await client.query(statements))
    return { store: 'records', name: file.replace(/\.sql$/, ''), sha256: sha256(text), apply }
  })
}

function outsideSteps(options: MigrateOptions): Step[] {
  return (options.measurements ?? []).map((step) => ({
    store: 'measurements',
    name: step.name,
    sha256: sha256(step.sha256Source),
    apply: step.run,
  }))
}

function refuseMismatch(steps: readonly Step[], applied: readonly Applied[]): void {
  const stores = new Set(steps.map((step) => step.store))
  for (const row of applied) {
    const step = steps.find((each) => each.store === row.store && each.name === row.name)
    if (step && step.sha256 !== row.sha256) {
      const text =
        `The migration ${row.name} of the ${row.store} was changed after it had been applied. ` +
        'Restore its file; write a new one for a new change.'
      throw new MigrationRefused('changed', row.name, text)
    }
    // A caller that brings no steps for a store (a tool that needs the records only) does not judge that store.
    if (!step && (row.store === 'records' || stores.has(row.store))) {
      const text =
        `The ${row.store} were migrated by a newer version of Bihuan (${row.name}). ` +
        'Start that version, or restore the backup taken before it.'
      throw new MigrationRefused('unknown', row.name, text)
    }
  }
}

/** A step of the records and its line in the book are one transaction; a step outside is written down after it. */
async function applyStep(client: PoolClient, step: Step, log: Logger): Promise<void> {
  const start = performance.now()
  try {
    await client.query('begin')
    await step.apply(client)
    const durationMilliseconds = Math.round(performance.now() - start)
    await client.query('insert into platform.migration (store, name, sha256, duration_ms) values ($1, $2, $3, $4)', [
      step.store,
      step.name,
      step.sha256,
      durationMilliseconds,
    ])
    await client.query('commit')
    log.info({ store: step.store, migration: step.name, durationMilliseconds }, 'migrated')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    const why = error instanceof Error ? error.message : String(error)
    throw new MigrationRefused(
      'failed',
      step.name,
      `The migration ${step.name} of the ${step.store} failed: ${why}`,
      error,
    )
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
