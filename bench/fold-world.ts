/** The organisation of the benchmarks of folding: 1,000 entities, 300 indicators over 72 facts, and events made by the engine. */
import { saveIndicator } from '../modules/measurement/actions/indicators.ts'
import { copyPlaces } from '../modules/measurement/actions/intake/places.ts'
import { type IndicatorDraftInput, indicatorDraft } from '../modules/measurement/contract/indicators.ts'
import { factId } from '../modules/measurement/folding/register-facts.ts'
import { foldedFact } from '../modules/measurement/rules/plan/fold.ts'
import { planOf } from '../modules/measurement/rules/plan/plan.ts'
import { createMissingEntities, requireEntity } from '../modules/organisation/actions/look-up.ts'
import type { Context } from '../platform/context.ts'
import type { Place } from './measurement-import.ts'
import { ORGANISATION } from './measurement-store.ts'

export const TYPES = 6
export const ENTITIES = 1_000
export const INDICATORS = 300
const INSERTED_AT_ONCE = 2_000_000
export const ZONE = 'Asia/Shanghai'

const is = (attribute: string, value: string) => ({ attribute, operator: 'is' as const, value })
const events = { of: 'events', coefficient: 1, where: [] }

/** Ten facts for each type of event: 60; five kinds of indicator over them, 300. */
function definitionOf(index: number): IndicatorDraftInput['definition'] {
  const type = `type${index % TYPES}`
  const channel = is('channel', `c${Math.floor(index / TYPES) % 4}`)
  const eventType = type
  switch (Math.floor(index / (TYPES * 4)) % 5) {
    case 0:
      return { kind: 'count', eventType, where: [channel], numerator: [events] }
    case 1:
      return { kind: 'mean', eventType, where: [channel], numerator: [{ of: 'minutes', coefficient: 1, where: [] }] }
    case 2:
      return {
        kind: 'proportion',
        eventType,
        where: [],
        numerator: [{ ...events, where: [channel] }],
        denominator: [events],
      }
    case 3:
      return {
        kind: 'survey',
        eventType,
        where: [],
        value: 'stars',
        scale: { low: 1, high: 5 },
        score: { of: 'top-box', from: 4 },
      }
    default:
      return {
        kind: 'ratio',
        eventType,
        where: [],
        numerator: [{ of: 'cost', coefficient: 1, where: [] }],
        denominator: [events],
      }
  }
}

export const draftOf = (index: number) =>
  indicatorDraft.parse({
    id: `indicator-${index}`,
    title: { zh: `指标 ${index}`, en: `Indicator ${index}` },
    explanation: { zh: '说明', en: 'Explanation' },
    unit: 'number',
    direction: 'neutral',
    definition: definitionOf(index),
    // The same definition for several indicators, as it is in life: other targets, other owners.
    owner: `owner ${index}`,
    examples: [
      { from: '2026-01-01', to: '2026-01-01', events: [{ type: 'other', at: '2026-01-01T00:00:00Z' }], expected: null },
    ],
  })

/** Made by the engine: a year up to now, spread evenly, entities and attributes by hash. */
export async function generate(
  { measurements }: Place,
  rows: number,
  options: { entities: number; first: number; days: number; until: number; seed: number },
): Promise<void> {
  const span = options.days * 86_400_000
  for (let start = 0; start < rows; start += INSERTED_AT_ONCE) {
    const count = Math.min(INSERTED_AT_ONCE, rows - start)
    await measurements.command(
      `INSERT INTO bihuan.event (organisation, entity, event_type, event_id, identity, content, occurred_at, received_at, batch, correction,
         removed, attributes, values)
       SELECT {organisation:UUID}, {first:UInt64} + intHash32(number + {seed:UInt64}) % {entities:UInt64}, concat('type', toString(number % ${TYPES})),
         toString(number + {seed:UInt64}), number + {seed:UInt64}, 1,
         fromUnixTimestamp64Milli(toInt64({begin:Int64} + (number - {start:UInt64} + 0.5) * {width:Float64}), 'UTC'),
         fromUnixTimestamp64Milli({begin:Int64}, 'UTC'), toUUID('01900000-0000-7000-8000-0000000000ff'), toUUID('00000000-0000-0000-0000-000000000000'), 0,
         map('channel', concat('c', toString(intHash32(number * 7) % 4)), 'region', concat('r', toString(intHash32(number * 11) % 10))),
         map('minutes', (intHash32(number * 3) % 600) / 10, 'stars', 1 + intHash32(number * 5) % 5, 'cost', (intHash32(number * 13) % 1000) / 10)
       FROM numbers({start:UInt64}, {count:UInt64})`,
      {
        organisation: ORGANISATION,
        first: options.first,
        entities: options.entities,
        seed: options.seed,
        begin: Math.floor(options.until - span + (span * start) / rows),
        start,
        width: span / rows,
        count,
      },
      { maxExecutionSeconds: 600 },
    )
  }
}

export interface Made {
  readonly context: <T>(work: (context: Context) => Promise<T>) => Promise<T>
  readonly apart: <T>(work: (context: Context) => Promise<T>) => Promise<T>
  readonly first: number
}

export async function prepare(place: Place): Promise<Made> {
  const { platform } = place
  const context: Made['context'] = (work) => platform.run(platform.systemActor, ORGANISATION, work)
  const apart: Made['apart'] = (work) => platform.apart(platform.systemActor, ORGANISATION, work)
  const keys = Array.from({ length: ENTITIES }, (_unused, index) => `E${String(index).padStart(4, '0')}`)
  await context((inside) => createMissingEntities(inside, keys, { kind: 'unit', parentKey: null }))
  await context((inside) => copyPlaces(inside, { numbers: null }))
  const { number } = await context((inside) => requireEntity(inside, keys[0]!))
  for (let index = 0; index < INDICATORS; index += 1) await context((inside) => saveIndicator(inside, draftOf(index)))
  return { context, apart, first: number }
}

export const facts60 = () => {
  const all = new Map(
    Array.from({ length: INDICATORS }, (_unused, index) => planOf(draftOf(index)).facts)
      .flat()
      .map((fact) => [factId(fact), foldedFact(fact)]),
  )
  return [...all].map(([id, fact]) => ({ id, fact }))
}
