/**
 * A small program for tests that end it in the middle of its work. It owns the records in the directory of its first
 * argument and announces numbered news without pause, which a listener of its own turns into rows; it prints each
 * number after its commit.
 */
import { sql } from 'drizzle-orm'
import pino from 'pino'
import { z } from 'zod'
import type { Context, Surroundings } from '../context.ts'
import { event } from '../contract.ts'
import type { Measurements } from '../measurements/measurements.ts'
import { migrate } from '../migrations/runner.ts'
import { type Module, listener } from '../module.ts'
import { type Records, openRecords } from '../records/records.ts'
import { type Platform, createPlatform } from '../run.ts'

const ORGANISATION = '01900000-0000-7000-8000-00000000000a'
const counted = event('owner.counted', z.object({ number: z.int() }))
const keep = async (context: Context, { number }: { number: number }) => {
  await context.records.execute(sql`insert into owner_app.kept values (${context.organisation}::uuid, ${number})`)
}
const module = {
  name: 'owner',
  contract: {},
  handles: {},
  listens: [listener(counted, 'owner.keep', keep)],
  every: [],
} as unknown as Module

/** Opens what the program works on; the test uses it too, to see what is left. */
export async function openOwner(
  directory: string,
): Promise<{ records: Records; platform: Platform; close: () => Promise<void> }> {
  const log = pino({ level: process.env.BIHUAN_TEST_LOG ?? 'silent' })
  const records = await openRecords({ directory, url: '', log })
  await migrate({ records, log })
  await records.ownerPool.query(`
    create schema if not exists owner_app;
    create table if not exists owner_app.kept (organisation_id uuid not null, number bigint not null);
    grant usage on schema owner_app to bihuan_app; grant insert on owner_app.kept to bihuan_app`)
  const surroundings: Surroundings = { now: () => Temporal.Now.instant(), random: Math.random }
  const measurements = {} as Measurements
  const organisations = async () => [ORGANISATION]
  const platform = await createPlatform({
    records,
    measurements,
    surroundings,
    log,
    modules: [module],
    organisations,
    alone: true,
  })
  const close = async () => {
    await platform.stop()
    await records.close()
  }
  return { records, platform, close }
}

async function work(directory: string): Promise<void> {
  const { records, platform } = await openOwner(directory)
  await platform.startJobs()
  const answer = await records.ownerPool.query(
    `select coalesce(max((payload->>'number')::bigint), 0) as last from platform.outbox_event`,
  )
  for (let number = Number(answer.rows[0].last) + 1; ; number += 1) {
    await platform.run(platform.systemActor, ORGANISATION, (context) => context.announce(counted, { number }))
    process.stdout.write(`${number}\n`)
  }
}

if (import.meta.main) await work(process.argv[2]!)
