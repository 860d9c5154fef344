import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Records, connectRecords } from '../records/records.ts'
import { openTestWorld, type TestWorld } from '../testing/world.ts'
import { type MigrateOptions, migrate } from './runner.ts'

let world: TestWorld
let second: Records
let folder: string
let round = 0

beforeAll(async () => {
  world = await openTestWorld()
  const { host, user, password, database } = world.records.ownerPool.options
  second = await connectRecords({ connection: { host, user, password, database } as never, log: world.log })
})
afterAll(async () => {
  await second.close()
  await world.close()
})
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-migrations-'))
  round += 1
  await world.records.ownerPool.query('delete from platform.migration')
  writeFileSync(
    join(folder, '0000_first.sql'),
    `CREATE SCHEMA "trial${round}";\n--> statement-breakpoint\n${table('thing')}`,
  )
  return () => rmSync(folder, { recursive: true, force: true })
})

const table = (name: string) => `CREATE TABLE "trial${round}"."${name}" ("organisation_id" uuid NOT NULL);`
const options = (more: Partial<MigrateOptions> = {}): MigrateOptions => ({
  records: world.records,
  log: world.log,
  folder,
  tableRules: [],
  ...more,
})
const applied = async () =>
  (await world.records.ownerPool.query('select store, name from platform.migration order by 1, 2')).rows

test('applies each file once, in order, and writes it down', async () => {
  writeFileSync(join(folder, '0001_second.sql'), table('other'))
  expect(await migrate(options())).toEqual(['0000_first', '0001_second'])
  expect(await migrate(options())).toEqual([])
  expect(await applied()).toEqual([
    { store: 'records', name: '0000_first' },
    { store: 'records', name: '0001_second' },
  ])
})

test('two starters at once: one applies, the other waits and finds all done', async () => {
  const both = await Promise.all([migrate(options()), migrate(options({ records: second }))])
  expect(both.map((names) => names.length).sort((a, b) => a - b)).toEqual([0, 1])
})

test('refuses a file that was changed after it had been applied, by name', async () => {
  await migrate(options())
  writeFileSync(join(folder, '0000_first.sql'), `${table('thing')} -- changed`)
  await expect(migrate(options())).rejects.toMatchObject({ reason: 'changed', migration: '0000_first' })
})

test('an older program refuses records that a newer one migrated', async () => {
  writeFileSync(join(folder, '0001_second.sql'), table('other'))
  await migrate(options())
  rmSync(join(folder, '0001_second.sql'))
  await expect(migrate(options())).rejects.toMatchObject({ reason: 'unknown', migration: '0001_second' })
})

test('a file that fails leaves nothing behind', async () => {
  writeFileSync(join(folder, '0001_second.sql'), `${table('other')} select 1 / 0;`)
  await expect(migrate(options())).rejects.toMatchObject({ reason: 'failed', migration: '0001_second' })
  expect(await applied()).toEqual([{ store: 'records', name: '0000_first' }])
  const left = await world.records.ownerPool.query('select to_regclass($1) as table', [`trial${round}.other`])
  expect(left.rows[0].table).toBe(null)
})

test('steps of the measurements run once, and are judged like files', async () => {
  let ran = 0
  const step = (sha256Source: string) => [{ name: '0000_events', sha256Source, run: async () => void (ran += 1) }]
  await migrate(options({ measurements: step('v1') }))
  await migrate(options({ measurements: step('v1') }))
  expect(ran).toBe(1)
  await expect(migrate(options({ measurements: step('v2') }))).rejects.toMatchObject({ reason: 'changed' })
  // A tool that opens the records only does not judge the other store.
  expect(await migrate(options())).toEqual([])
})
