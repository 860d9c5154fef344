/** Where the time of taking in lines of JSON goes: each stage alone over the same events, in events a second; the reference is all of them together. */
import { recordLines } from '../modules/measurement/actions/intake/record-lines.ts'
import { readEvent } from '../modules/measurement/rules/intake/read-event.ts'
import { knownEvents } from '../modules/measurement/store/intake/known-events.ts'
import { encodeContents, identityOf, type StoredEvent } from '../modules/measurement/store/intake/stored-event.ts'
import { prepareEvents, writeEvents } from '../modules/measurement/store/intake/write-events.ts'
import { createMissingEntities } from '../modules/organisation/actions/look-up.ts'
import { withPlace } from './measurement-import.ts'
import { type Comparison, makeEvents, ORGANISATION, waitForMerges } from './measurement-store.ts'

const BLOCK = 50_000

const lineOf = (event: StoredEvent) =>
  JSON.stringify({
    id: event.eventId,
    type: event.eventType,
    entity: `E${event.entity}`,
    at: Temporal.Instant.fromEpochMilliseconds(event.occurredAt).toString(),
    attributes: event.attributes,
    values: event.values,
  })

export async function run({ size }: { size: 'small' | 'large' }): Promise<Comparison[]> {
  const count = size === 'large' ? 500_000 : 5_000
  return withPlace(async ({ platform, measurements }) => {
    const events = makeEvents(0, count)
    const lines = events.map(lineOf)
    const stages: [string, () => unknown][] = [
      ['JSON.parse', () => lines.forEach((line) => void JSON.parse(line))],
      ['JSON.parse and checking', () => lines.forEach((line) => void readEvent(JSON.parse(line)))],
      ['hash of the id', () => events.forEach((event) => void identityOf(event.eventId))],
      ['bytes and hash of the content', () => blocks(events).forEach((block) => encodeAll(block))],
      [
        'looking for known ids',
        async () => {
          for (const block of blocks(events))
            await knownEvents(
              measurements,
              ORGANISATION,
              block.map((event) => ({ event, identity: identityOf(event.eventId), content: 0 })),
            )
        },
      ],
      [
        'writing, with the look and fsync',
        async () => {
          for (const block of blocks(events)) await writeEvents(measurements, await prepareEvents(block), Date.now())
        },
      ],
    ]
    const keys = [...new Set(events.map((event) => `E${event.entity}`))]
    await platform.run(platform.systemActor, ORGANISATION, (context) =>
      createMissingEntities(context, keys, { kind: 'unit', parentKey: null }),
    )
    const times: { name: string; milliseconds: number }[] = []
    for (const [name, work] of stages) times.push({ name, milliseconds: await timed(work) })
    await waitForMerges(measurements)
    const fresh = makeEvents(count, count).map(lineOf)
    const body = async function* () {
      for (const block of blocks(fresh)) yield Buffer.from(`${block.join('\n')}\n`)
    }
    const whole = await timed(() =>
      platform.apart(platform.systemActor, ORGANISATION, (context) => recordLines(context, body())),
    )
    const rate = (milliseconds: number) => Math.round((count / milliseconds) * 1000)
    return times.map(({ name, milliseconds }) => ({
      name,
      ours: rate(milliseconds),
      reference: rate(whole),
      ratio: milliseconds / whole,
      unit: 'events/s',
      answerHash: String(count),
    }))
  })
}

const blocks = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / BLOCK) }, (_unused, index) =>
    all.slice(index * BLOCK, (index + 1) * BLOCK),
  )

function encodeAll(block: readonly StoredEvent[]): void {
  const contents = encodeContents(block.length)
  for (const event of block) contents.add(event)
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
