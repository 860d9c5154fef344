import { expect, test } from 'vitest'
import { measurementMigrations } from '../../migrations/measurements/first.ts'
import { idempotency } from '../records/tables.ts'
import { ORGANISATION, openTestWorld, testPerson } from './world.ts'

test('two worlds do not see each other, and the same seed gives the same ids', async () => {
  const [one, two] = await Promise.all([openTestWorld(), openTestWorld()])
  const ids = [one, two].map((world) => world.platform.newId())
  expect(ids[0]).toBe(ids[1])
  const row = { organisationId: ORGANISATION, actorId: 'a', key: 'k', requestSha256: 'x', status: 200 }
  await one.as(testPerson('Ann')).run(async (context) => {
    await context.records.insert(idempotency).values({ ...row, createdAt: context.now })
  })
  expect(await two.records.owner.select().from(idempotency)).toEqual([])
  await Promise.all([one.close(), two.close()])
})

test('a world without measurements says so when they are touched', async () => {
  const world = await openTestWorld()
  expect(() => world.measurements.query('select 1')).toThrow('without measurements')
  await world.close()
})

test('a world with measurements has their tables', async () => {
  const world = await openTestWorld({ measurements: measurementMigrations })
  expect(await world.measurements.query('select count() as n from bihuan.event')).toEqual([{ n: 0 }])
  await world.close()
})
