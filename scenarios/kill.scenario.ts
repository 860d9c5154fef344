/**
 * The plug is pulled thirty times while files are imported and the API is written to. Whatever was acknowledged is there once, and the next
 * start takes under ten seconds.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createApiClient, signInTo, uploadTo } from '#platform/http/client'
import { seededChance } from '#platform/seeded-random'
import { apiContract } from '../apps/contract.ts'
import type { Api } from '../apps/demo/stories.ts'
import { type ServerChild, serverChild } from './server.ts'

const KILLS = 30
const START_LIMIT_MILLISECONDS = 10_000
const EVENTS_PER_BATCH = 200
const WRITERS = [0, 1, 2] as const
const ROWS_PER_FILE = 20_000
const account = { name: 'founder', email: 'founder@scenario.example', password: 'a password for scenarios' }
const random = seededChance(30)

let server: ServerChild
let key = ''
beforeAll(async () => {
  server = await serverChild()
  await server.start()
  const printed = () => /one-time code: ([A-Z0-9]+)/.exec(server.output())?.[1]
  await vi.waitFor(() => expect(printed()).toBeDefined())
  const code = printed()
  const nobody = createApiClient(apiContract, server.address, () => ({}))
  await nobody.organisation.setUp({ code: code!, organisationName: 'Kill', timeZone: 'Asia/Shanghai', ...account })
  const cookie = await signInTo(server.address, account.email, account.password)
  const founder = createApiClient(apiContract, server.address, () => ({ cookie, origin: server.address }))
  key = (
    await founder.organisation.createKey({
      name: 'writer',
      permissions: [
        'measurements.record',
        'measurements.read',
        'imports.run',
        'entities.edit',
        'entities.read',
        'indicators.edit',
      ],
    })
  ).key
})
afterAll(async () => {
  await server?.kill()
  await server?.remove()
})

const headers = () => ({ authorization: `Bearer ${key}` })
const api = (extra: Record<string, string> = {}): Api =>
  createApiClient(apiContract, server.address, () => ({ ...headers(), ...extra }))

/** What was sent, and of it what was acknowledged. */
const sentBatches: { id: string; acknowledged: boolean }[] = []
const createdEntities: string[] = []
const imports: string[] = []

const eventsOf = (batch: string) =>
  Array.from({ length: EVENTS_PER_BATCH }, (_, index) => ({
    id: `${batch}-${index}`,
    type: 'tick',
    entity: 'HALL',
    at: '2026-03-01T00:00:00Z',
    values: { one: 1 },
  }))
const fileOf = (name: string) =>
  `id,time\n${Array.from({ length: ROWS_PER_FILE }, (_, index) => `${name}-${index},2026-03-02T00:00:00Z`).join('\n')}\n`

/** Writes until the server is gone. Only what was answered counts as acknowledged. */
async function writeUntilGone(round: number, writer: number): Promise<void> {
  for (let step = 0; ; step += 1) {
    const entity = `E${round}-${writer}-${step}`
    const batch = { id: `B${round}-${writer}-${step}`, acknowledged: false }
    try {
      sentBatches.push(batch)
      await api().measurement.recordEvents({ events: eventsOf(batch.id) })
      batch.acknowledged = true
      await api({ 'idempotency-key': entity }).organisation.createEntity({ key: entity, name: entity, kind: 'hall' })
      createdEntities.push(entity)
    } catch {
      return
    }
  }
}

async function importUntilGone(round: number): Promise<void> {
  try {
    const file = await uploadTo(server.address, headers(), `${round}.csv`, new Blob([fileOf(`F${round}`)]))
    const { id } = await api().measurement.startImport({ file, mapping: 'ticks' })
    imports.push(id)
  } catch {
    // Not acknowledged: nothing is owed.
  }
}

test(`${KILLS} kills`, async () => {
  await api().organisation.createEntity({ key: 'HALL', name: 'Hall', kind: 'hall' })
  await api().measurement.saveMapping({
    name: 'ticks',
    definition: { eventType: 'row', entity: { key: 'HALL' }, time: { column: 'time' }, identity: ['id'] },
  })
  const startMilliseconds: number[] = []
  for (let round = 0; round < KILLS; round += 1) {
    const writing = Promise.all([...WRITERS.map((writer) => writeUntilGone(round, writer)), importUntilGone(round)])
    await new Promise((resolve) => setTimeout(resolve, 400 + 1_200 * random()))
    await server.kill()
    await writing
    startMilliseconds.push(await server.start())
  }
  expect(Math.max(...startMilliseconds), `starts: ${startMilliseconds.map(Math.round).join(' ')} ms`).toBeLessThan(
    START_LIMIT_MILLISECONDS,
  )

  // Interrupted imports went on by themselves; wait for the last of them.
  for (const id of imports)
    await expect
      .poll(async () => (await api().measurement.readImport({ id })).state, { timeout: 60_000, interval: 200 })
      .toBe('done')
  const acknowledged = sentBatches.filter((batch) => batch.acknowledged).length
  expect(acknowledged).toBeGreaterThan(KILLS)
  expect(imports.length).toBeGreaterThan(KILLS / 3)
  expect(createdEntities.length).toBeGreaterThan(KILLS)

  const count = async (type: string) => {
    const types = await api().measurement.eventTypes({})
    return types.find((each) => each.type === type)?.count ?? 0
  }
  const ticks = await count('tick')
  expect(ticks).toBeGreaterThanOrEqual(acknowledged * EVENTS_PER_BATCH)
  expect(ticks).toBeLessThanOrEqual(sentBatches.length * EVENTS_PER_BATCH)
  expect(await count('row')).toBe(imports.length * ROWS_PER_FILE)
  // Everything is sent once more: what was acknowledged is known already, and afterwards each batch is there exactly once.
  for (const batch of sentBatches) {
    const answer = await api().measurement.recordEvents({ events: eventsOf(batch.id) })
    if (batch.acknowledged) expect(answer).toMatchObject({ stored: 0, duplicates: EVENTS_PER_BATCH })
  }
  expect(await count('tick')).toBe(sentBatches.length * EVENTS_PER_BATCH)
  for (const entity of createdEntities) expect((await api().organisation.readEntity({ key: entity })).key).toBe(entity)
  expect(await server.stop()).toBe(0)
})
