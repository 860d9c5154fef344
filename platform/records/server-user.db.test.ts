import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { migrate } from '../migrations/runner.ts'
import { ORGANISATION, OTHER_ORGANISATION, type TestWorld, openTestWorld } from '../testing/world.ts'
import { connectRecords } from './records.ts'
import { idempotency } from './tables.ts'

// On somebody's own server the product is an ordinary user who owns one database.
const server = inject('testServer').owner
const name = `ordinary_${process.pid}`
const connection = { host: server.host, user: name, password: 'secret', database: name }
let world: TestWorld

beforeAll(async () => {
  world = await openTestWorld()
  await world.records.ownerPool.query(`create role ${name} login password 'secret'`)
  await world.records.ownerPool.query(`create database ${name} owner ${name}`)
})
afterAll(async () => {
  await world.records.ownerPool.query(`drop database ${name} with (force)`)
  await world.records.ownerPool.query(`drop role ${name}`)
  await world.close()
})

test('a user who may not take the role is told what an administrator must do', async () => {
  const refused = connectRecords({ connection, log: world.log })
  await expect(refused).rejects.toMatchObject({
    reason: 'server-rights',
    message: expect.stringContaining('grant bihuan_app'),
  })
})

test('an ordinary owner migrates, sees every organisation as owner, and one inside a transaction', async () => {
  await world.records.ownerPool.query(`grant bihuan_app to ${name}`)
  const records = await connectRecords({ connection, log: world.log })
  await migrate({ records, log: world.log })
  for (const organisationId of [ORGANISATION, OTHER_ORGANISATION]) {
    const row = {
      organisationId,
      actorId: 'a',
      key: 'k',
      requestSha256: 'x',
      status: 200,
      createdAt: world.clock.now(),
    }
    await records.inOrganisation(organisationId, (inner) => inner.insert(idempotency).values(row))
  }
  expect(await records.owner.select().from(idempotency)).toHaveLength(2)
  const own = await records.inOrganisation(ORGANISATION, (inner) => inner.select().from(idempotency))
  expect(own.map((row) => row.organisationId)).toEqual([ORGANISATION])
  await records.close()
})

test('a server that does not answer is told so', async () => {
  const refused = connectRecords({ connection: { ...connection, host: '/nowhere' }, log: world.log })
  await expect(refused).rejects.toMatchObject({ reason: 'server-unreachable' })
})

test('the figures of a transaction', async () => {
  if (!process.env.BIHUAN_FIGURES) return
  const rounds = 3_000
  const bare = new pg.Client({ ...server, database: world.records.ownerPool.options.database! })
  await bare.connect()
  const timed = async (work: () => Promise<unknown>) => {
    for (let round = 0; round < 300; round += 1) await work()
    const start = performance.now()
    for (let round = 0; round < rounds; round += 1) await work()
    return Math.round(((performance.now() - start) / rounds) * 1000)
  }
  const statement = await timed(() => bare.query('select 1'))
  const empty = await timed(() => world.records.inOrganisation(ORGANISATION, async () => {}))
  const select = await timed(() => world.records.inOrganisation(ORGANISATION, (inner) => inner.execute('select 1')))
  await bare.end()
  process.stdout.write(
    `µs: one statement ${statement}, empty transaction ${empty}, transaction of one statement ${select}\n`,
  )
})
