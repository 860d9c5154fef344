import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { measurementMigrations } from '../../../migrations/measurements/first.ts'
import { type Measurements, openMeasurements } from '#platform/measurements/measurements'
import { migrationSteps } from '#platform/measurements/schema'
import { settleCorrections } from './settle-corrections.ts'

const ORGANISATION = '01900000-0000-7000-8000-00000000000a'
const ROUNDS = 10
const WRITER = new URL('./intake/write-until-killed.ts', import.meta.url)

interface Span {
  readonly from: number
  readonly count: number
  readonly round: number
}
interface Message {
  readonly asked?: Span
  readonly answered?: Span
}

async function withMeasurements<T>(directory: string, work: (measurements: Measurements) => Promise<T>): Promise<T> {
  const measurements = await openMeasurements({ directory })
  try {
    return await work(measurements)
  } finally {
    await measurements.close()
  }
}

const FIRST_ANSWER_MILLISECONDS = 20_000

/** Lets a writer work for a while, from its first question or its first answer on, and kills it without warning. */
async function killedWriter(
  directory: string,
  firstId: number,
  lifeMilliseconds: number,
  from: 'asked' | 'answered',
): Promise<Message[]> {
  const child = fork(WRITER, [directory, ORGANISATION, String(firstId)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const messages: Message[] = []
  child.on('message', (message) => messages.push(message as Message))
  const started = AbortSignal.timeout(FIRST_ANSWER_MILLISECONDS)
  while (!messages.some((message) => message[from])) await once(child, 'message', { signal: started })
  await wait(lifeMilliseconds)
  // The channel closes after the last message was read.
  const gone = Promise.all([once(child, 'exit'), once(child, 'disconnect')])
  child.kill('SIGKILL')
  await gone
  return messages
}

test('after kill -9 every answered event is there exactly once, in the content answered last or asked since', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'bihuan-kill-'))
  await withMeasurements(directory, async (measurements) => {
    for (const step of migrationSteps(measurements, measurementMigrations('embedded'))) await step.run()
  })
  const answered = new Map<number, number>()
  const asked = new Map<number, number>()
  const put = (map: Map<number, number>, span: Span | undefined) => {
    if (!span) return
    for (let id = span.from; id < span.from + span.count; id += 1) map.set(id, Math.max(map.get(id) ?? 0, span.round))
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const since = round % 2 === 0 ? 'asked' : 'answered'
    for (const message of await killedWriter(directory, round * 1_000_000, 300 + round * 77, since)) {
      put(asked, message.asked)
      put(answered, message.answered)
    }
    const rows = await withMeasurements(directory, async (measurements) => {
      await settleCorrections(measurements, ORGANISATION)
      expect(await settleCorrections(measurements, ORGANISATION)).toEqual([])
      return measurements.query<{ eventId: string; count: number; round: number }>(
        `SELECT event_id AS eventId, count() AS count, max(event.values['round']) AS round
         FROM bihuan.event FINAL WHERE organisation = {organisation:UUID} GROUP BY event_id`,
        { organisation: ORGANISATION },
      )
    })
    const stored = new Map(rows.map((row) => [Number(row.eventId.slice(1)), row]))
    for (const row of rows) expect(row.count).toBe(1)
    for (const [id, content] of answered) expect(stored.get(id)?.round, `event ${id}`).toBeGreaterThanOrEqual(content)
    for (const [id, row] of stored) expect(row.round).toBeLessThanOrEqual(asked.get(id) ?? -1)
  }
  // Otherwise nothing was tried; how many there are is the machine’s matter.
  expect(answered.size).toBeGreaterThan(500)
  await rm(directory, { recursive: true, force: true })
}, 120_000)
