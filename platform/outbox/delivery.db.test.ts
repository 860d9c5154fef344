import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { event } from '../contract.ts'
import { type Module, listener } from '../module.ts'
import { ORGANISATION, OTHER_ORGANISATION, type TestWorld, openTestWorld, testPerson } from '../testing/world.ts'
import { tidy } from './retention.ts'
import { outboxEvent } from './tables.ts'

const rated = event('feedback.rated', z.object({ stars: z.int().min(1).max(5) }))
/** How the listener behaves in the test at hand: called with the try's number. */
let behave: (tried: number, context: Context) => Promise<void> | void = () => {}
let tried = 0

async function count(context: Context, payload: { stars: number }): Promise<void> {
  await context.records.execute(
    sql`insert into trial.effect (organisation_id, stars) values (${context.organisation}::uuid, ${payload.stars})`,
  )
  tried += 1
  await behave(tried, context)
}

const trial = {
  name: 'trial',
  contract: {},
  handles: {},
  listens: [listener(rated, 'trial.count', count)],
  every: [{ name: 'trial.sweep', cron: '0 3 * * *', action: (context: Context) => count(context, { stars: 0 }) }],
} as unknown as Module

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld({ modules: [trial], organisations: [ORGANISATION, OTHER_ORGANISATION] })
  await world.records.ownerPool.query(`
    create schema trial; create table trial.effect (organisation_id uuid not null, stars int not null);
    grant usage on schema trial to bihuan_app; grant select, insert on trial.effect to bihuan_app`)
})
afterAll(() => world.close())
afterEach(async () => {
  behave = () => {}
  await world.platform.settle()
  await world.records.ownerPool.query(`delete from trial.effect; delete from pgboss.job`)
  tried = 0
})

const ann = testPerson('Ann')
const rate = (stars: number) => world.as(ann).run((context) => context.announce(rated, { stars }))
const effects = async () => (await world.records.ownerPool.query('select stars from trial.effect order by 1')).rows
const fail = () => Promise.reject(new Error('the post office is closed', { cause: new Error('it is Sunday') }))

test('news reaches its listener once', async () => {
  await rate(5)
  expect(await world.platform.settle()).toBe(1)
  expect(await world.platform.settle()).toBe(0)
  expect(await effects()).toEqual([{ stars: 5 }])
  const [kept] = await world.as(ann).run((context) => context.records.select().from(outboxEvent))
  expect(kept).toMatchObject({ name: 'feedback.rated', payload: { stars: 5 }, by: { kind: 'person', id: 'Ann' } })
})

test('a transaction that fails announces nothing', async () => {
  const failing = world.as(ann).run(async (context) => {
    await context.announce(rated, { stars: 1 })
    await fail()
  })
  await expect(failing).rejects.toThrow('post office')
  expect(await world.platform.settle()).toBe(0)
  expect(await effects()).toEqual([])
})

test('news that does not match its schema is a fault of the announcer', async () => {
  await expect(rate(9)).rejects.toThrow()
  expect(await world.platform.settle()).toBe(0)
})

test('a listener that fails twice and then succeeds has its effect once', async () => {
  behave = (number) => (number <= 2 ? fail() : undefined)
  await rate(4)
  expect(await world.platform.settle()).toBe(1)
  expect(tried).toBe(3)
  expect(await effects()).toEqual([{ stars: 4 }])
})

test('a process that dies between the effect and its receipt does not repeat the effect', async () => {
  await rate(3)
  await world.platform.settle()
  // As if the job had never been marked as done: it is taken again.
  await world.records.ownerPool.query(
    `update pgboss.job set state = 'retry', completed_on = null where name = 'news' and state = 'completed'`,
  )
  expect(await world.platform.settle()).toBe(1)
  expect(tried).toBe(1)
  expect(await effects()).toEqual([{ stars: 3 }])
})

test('two workers with the same news at the same time have one effect', async () => {
  await rate(2)
  await world.platform.settle()
  await world.records.ownerPool.query('delete from trial.effect; delete from platform.delivery')
  const job = { name: 'news', n: 8 }
  await world.records.ownerPool.query(
    `insert into pgboss.job (name, data, retry_limit, retry_delay, expire_seconds, deletion_seconds, keep_until)
     select name, data, 4, 1, 60, 60, now() + interval '1 day' from pgboss.job, generate_series(1, $2) where name = $1`,
    [job.name, job.n],
  )
  behave = () => new Promise((resolve) => setTimeout(resolve, 20))
  await Promise.all([world.platform.settle(), world.platform.settle(), world.platform.settle()])
  expect(await effects()).toEqual([{ stars: 2 }])
})

test('poison ends among the dead letters, with its reason, and can be tried again', async () => {
  behave = fail
  await rate(1)
  expect(await world.platform.settle()).toBe(0)
  expect(tried).toBe(5)
  expect(await world.platform.metrics()).toMatchObject({ waiting: 0, dead: 1 })
  const { rows } = await world.platform.deadLetters(ORGANISATION, { limit: 10 })
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ event: 'feedback.rated', listener: 'trial.count', payload: { stars: 1 }, tries: 5 })
  expect(rows[0]!.error).toContain('it is Sunday')
  expect(await world.platform.deadLetters(OTHER_ORGANISATION, { limit: 10 })).toEqual({ rows: [], nextCursor: null })

  const foreign = world.platform.retryDeadLetter(OTHER_ORGANISATION, rows[0]!.id)
  await expect(foreign).rejects.toMatchObject({ code: 'NOT_FOUND' })
  behave = () => {}
  await world.platform.retryDeadLetter(ORGANISATION, rows[0]!.id)
  expect(await world.platform.settle()).toBe(1)
  expect(await effects()).toEqual([{ stars: 1 }])
  expect(await world.platform.metrics()).toMatchObject({ dead: 0 })
})

test('dead letters come in pages and can be dropped', async () => {
  behave = fail
  for (const stars of [1, 2, 3]) await rate(stars)
  await world.platform.settle()
  const first = await world.platform.deadLetters(ORGANISATION, { limit: 2 })
  const rest = await world.platform.deadLetters(ORGANISATION, { limit: 2, cursor: first.nextCursor! })
  const ids = [...first.rows, ...rest.rows].map((row) => row.id)
  expect(new Set(ids).size).toBe(3)
  expect(rest.nextCursor).toBe(null)
  for (const id of ids) await world.platform.discardDeadLetter(ORGANISATION, id)
  expect(await world.platform.metrics()).toMatchObject({ dead: 0 })
  expect(await effects()).toEqual([])
})

test('a transaction cannot read jobs, nor be used after its end', async () => {
  const peek = world.as(ann).run((context) => context.records.execute(sql`select * from pgboss.job`))
  await expect(peek).rejects.toMatchObject({ cause: { code: '42501' } })
  const kept = await world.as(ann).run(async (context) => ({ late: context.records }))
  await expect(kept.late.select().from(outboxEvent)).rejects.toMatchObject({
    cause: { message: expect.stringContaining('missing await') },
  })
})

test('a failed statement that was caught does not pass for a commit', async () => {
  const swallowed = world.as(ann).run(async (context) => {
    await context.records.execute(sql`select 1 / 0`).catch(() => {})
  })
  await expect(swallowed).rejects.toThrow('a failed statement ends its transaction')
})

test('separately commits for itself; apart offers nothing else', async () => {
  const outer = world.as(ann).run(async (context) => {
    await context.separately((inner) => inner.announce(rated, { stars: 5 }))
    await fail()
  })
  await expect(outer).rejects.toThrow()
  expect(await world.platform.settle()).toBe(1)
  await world.platform.apart(ann, ORGANISATION, async (context) => {
    expect(() => context.records).toThrow('separately')
    await expect(context.announce(rated, { stars: 1 })).rejects.toThrow('separately')
    await context.separately((inner) => inner.announce(rated, { stars: 4 }))
  })
  expect(await world.platform.settle()).toBe(1)
})

test('a schedule runs once for each organisation', async () => {
  expect(await world.platform.runSchedule('trial.sweep')).toBe(2)
  const { rows } = await world.records.ownerPool.query('select organisation_id from trial.effect order by 1')
  expect(rows.map((row) => row.organisation_id)).toEqual([ORGANISATION, OTHER_ORGANISATION])
})

test('old news is ended, but not what still stands among the dead letters', async () => {
  const started = world.clock.now()
  await rate(5)
  await world.platform.settle()
  behave = fail
  await rate(1)
  await world.platform.settle()
  await tidy(world.records, started.add({ hours: 24 * 89 }))
  const before = (await world.records.owner.select().from(outboxEvent)).length
  await tidy(world.records, started.add({ hours: 24 * 91 }))
  const left = await world.records.owner.select().from(outboxEvent)
  expect(before).toBeGreaterThanOrEqual(2)
  expect(left.map((row) => row.payload)).toEqual([{ stars: 1 }])
})

test('watchers hear of news after its commit, and only then', async () => {
  const heard: unknown[] = []
  const endBroken = world.platform.onNews(() => {
    throw new Error('the screen is gone')
  })
  const end = world.platform.onNews((news) => heard.push(news))
  await rate(5)
  await world
    .as(ann)
    .run(async (context) => {
      await context.announce(rated, { stars: 1 })
      await fail()
    })
    .catch(() => {})
  end()
  endBroken()
  await rate(4)
  expect(heard).toEqual([{ organisation: ORGANISATION, name: 'feedback.rated', payload: { stars: 5 } }])
})

test('started jobs deliver within moments, ring the schedules, and stop without losing any', async () => {
  await world.platform.startJobs()
  const waits: number[] = []
  for (let number = 0; number < 20; number += 1) {
    const start = performance.now()
    const done = new Promise<void>((resolve) => (behave = () => resolve()))
    await rate(1 + (number % 5))
    await done
    waits.push(performance.now() - start)
  }
  const median = waits.sort((a, b) => a - b)[10]!
  expect(median).toBeLessThan(200)
  const bells = await world.records.ownerPool.query(`select key, timezone from pgboss.schedule order by key`)
  expect(bells.rows).toEqual([
    { key: 'platform.tidy', timezone: 'UTC' },
    { key: 'trial.sweep', timezone: 'UTC' },
  ])
  behave = () => {}
  await Promise.all(Array.from({ length: 30 }, (_, number) => rate(1 + (number % 5))))
  await world.platform.stop()
  const { waiting, active } = await world.platform.metrics()
  const done = Number((await world.records.ownerPool.query('select count(*) from trial.effect')).rows[0].count)
  expect({ active, all: waiting + done }).toEqual({ active: 0, all: 50 })
  if (process.env.BIHUAN_FIGURES) process.stdout.write(`delivery median ${median} ms, worst ${waits.at(-1)} ms\n`)
})
