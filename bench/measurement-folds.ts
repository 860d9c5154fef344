/**
 * Folding and reading at size: events of a year (large: 100 million) of 1,000 entities with 60 facts and 300 indicators, and a month
 * of a million entities. Each figure beside the raw engine at the same work in the same run.
 */
import { createHash } from 'node:crypto'
import { monthColumns } from '../modules/measurement/actions/columns.ts'
import { currentIndicator, indicatorsById } from '../modules/measurement/actions/indicators.ts'
import { seriesPoints } from '../modules/measurement/actions/series.ts'
import { readValues } from '../modules/measurement/actions/values.ts'
import { foldDue } from '../modules/measurement/folding/fold-due.ts'
import { markDays } from '../modules/measurement/folding/marks.ts'
import { foldDays, foldMonth } from '../modules/measurement/store/folding/fold-days.ts'
import { refillRecent } from '../modules/measurement/store/intake/recent-events.ts'
import { requireEntity } from '../modules/organisation/actions/look-up.ts'
import { ENTITIES, facts60, generate, INDICATORS, type Made, prepare, TYPES, ZONE } from './fold-world.ts'
import { type Place, withPlace } from './measurement-import.ts'
import { type Comparison, ORGANISATION } from './measurement-store.ts'

const now = () => Temporal.Now.instant()
const hashOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12)
const ms = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const BY_HAND_FOLD = `
  SELECT count() AS rows, sum(a) AS a FROM (
    SELECT entity, toDate(occurred_at, {zone:String}) AS day, count() AS n, sum(values['minutes']) AS a, sum(values['stars']) AS b, sum(values['cost']) AS c
    FROM bihuan.event WHERE organisation = {organisation:UUID} AND event_type = {type:String}
      AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND occurred_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
    GROUP BY entity, day)`

/** One month of every type in one pass each; the hand-written query adds up three values and keeps nothing. */
async function foldRate({ measurements }: Place): Promise<Comparison> {
  const facts = facts60()
  const month = now().toZonedDateTimeISO(ZONE).toPlainDate().with({ day: 1 }).subtract({ months: 1 })
  const last = month.add({ months: 1 }).subtract({ days: 1 })
  const [from, until] = [month, last.add({ days: 1 })].map((day) => day.toZonedDateTime(ZONE).epochMilliseconds) as [
    number,
    number,
  ]
  const [counted] = await measurements.query<{ count: number }>(
    `SELECT count() AS count FROM bihuan.event
     WHERE occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND occurred_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')`,
    { from, until },
  )
  let [ours, hand] = [0, 0]
  for (let type = 0; type < TYPES; type += 1) {
    const eventType = `type${type}`
    const own = facts.filter(({ fact }) => fact.source.kind === 'events' && fact.source.eventType === eventType)
    const question = {
      eventType,
      facts: own,
      from: month.toString(),
      to: last.toString(),
      timeZone: ZONE,
      version: 1,
      first: true,
    }
    hand += await ms(() =>
      measurements.query(BY_HAND_FOLD, { organisation: ORGANISATION, type: eventType, zone: ZONE, from, until }),
    )
    ours += await ms(() => foldDays(measurements, ORGANISATION, question))
  }
  const rate = (milliseconds: number) => counted!.count / milliseconds
  return {
    name: `fold of ${facts.length} facts, ${counted!.count} events`,
    ours: rate(ours),
    reference: rate(hand),
    ratio: ours / hand,
    unit: 'thousand events/s',
    answerHash: hashOf(counted),
  }
}

async function latestMinute({ measurements }: Place, { context }: Made): Promise<Comparison> {
  const ask = () => context((inside) => readValues(inside, { kind: 'unit', grain: 'minute', limit: ENTITIES }))
  const warm = await ask()
  const runs: number[] = []
  const hand: number[] = []
  const at = Temporal.Instant.from(warm.periodStart).epochMilliseconds
  const sums = facts60().map(
    (_fact, index) =>
      `countIf(attributes['channel'] = 'c${index % 4}' AND event_type = 'type${index % TYPES}') AS f${index}`,
  )
  for (let round = 0; round < 5; round += 1) {
    runs.push(await ms(ask))
    hand.push(
      await ms(() =>
        measurements.query(
          `SELECT entity, ${sums.join(', ')} FROM bihuan.event WHERE organisation = {organisation:UUID}
             AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND occurred_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC') GROUP BY entity`,
          { organisation: ORGANISATION, from: at, until: at + 60_000 },
        ),
      ),
    )
  }
  const [ours, reference] = [median(runs), median(hand)]
  const answerHash = hashOf([warm.indicators.length, warm.rows.length])
  return {
    name: `latest minute, ${warm.indicators.length} indicators x ${warm.rows.length} entities`,
    ours,
    reference,
    ratio: ours / reference,
    unit: 'ms',
    answerHash,
  }
}

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!
const quantile = (numbers: readonly number[], share: number) =>
  numbers.toSorted((a, b) => a - b)[Math.ceil(share * numbers.length) - 1]!
const QUESTIONS = 60

async function yearByDay({ measurements }: Place, { context, first }: Made): Promise<Comparison> {
  const today = now().toZonedDateTimeISO(ZONE).toPlainDate()
  const [from, to] = [today.subtract({ days: 365 }).toString(), today.add({ days: 1 }).toString()]
  const [own, hand]: [number[], number[]] = [[], []]
  const answers: unknown[] = []
  for (let question = 0; question < QUESTIONS; question += 1) {
    const indicator = await context((inside) => currentIndicator(inside, `indicator-${(question * 37) % INDICATORS}`))
    const entity = await context((inside) =>
      requireEntity(inside, `E${String((question * 17) % ENTITIES).padStart(4, '0')}`),
    )
    own.push(
      await ms(async () => {
        const points = await context((inside) => seriesPoints(inside, { indicator, entity, grain: 'day', from, to }))
        answers.push([points.length, points[10]?.value])
      }),
    )
    const parameters = {
      organisation: ORGANISATION,
      type: `type${question % TYPES}`,
      zone: ZONE,
      entity: first + ((question * 17) % ENTITIES),
    }
    const sql = `SELECT toDate(occurred_at, {zone:String}) AS day, count() AS n, sum(values['minutes']) AS total FROM bihuan.event
      WHERE organisation = {organisation:UUID} AND event_type = {type:String} AND entity = {entity:UInt64} GROUP BY day ORDER BY day`
    hand.push(await ms(() => measurements.query(sql, parameters)))
  }
  const [ours, reference] = [quantile(own, 0.95), quantile(hand, 0.95)]
  return {
    name: 'a year by day for one entity, p95',
    ours,
    reference,
    ratio: ours / reference,
    unit: 'ms',
    answerHash: hashOf(answers),
  }
}

const COLUMN_INDICATORS = 12

async function millionEntities(place: Place, made: Made, rows: number, entities: number): Promise<Comparison[]> {
  const month = now().toZonedDateTimeISO(ZONE).toPlainDate().with({ day: 1 }).subtract({ months: 2 })
  const until = month.add({ months: 1 }).toZonedDateTime(ZONE).epochMilliseconds
  await generate(place, rows, { entities, first: 10_000_000, days: 28, until, seed: 10_000_000_000 })
  const { measurements } = place
  const version = Date.now()
  const facts = facts60()
  for (let type = 0; type < TYPES; type += 1) {
    const eventType = `type${type}`
    const own = facts.filter(({ fact }) => fact.source.kind === 'events' && fact.source.eventType === eventType)
    await foldDays(measurements, ORGANISATION, {
      eventType,
      facts: own,
      from: month.toString(),
      to: month.add({ months: 1 }).subtract({ days: 1 }).toString(),
      timeZone: ZONE,
      version,
      first: true,
    })
  }
  await foldMonth(measurements, ORGANISATION, { facts: facts.map(({ id }) => id), month: month.toString(), version })
  const ids = Array.from({ length: COLUMN_INDICATORS }, (_unused, index) => `indicator-${index * 2}`)
  const indicators = [...(await made.context((inside) => indicatorsById(inside, ids))).values()]
  let answerHash = ''
  let found = 0
  const ask = () =>
    made.context(async (inside) => {
      const columns = await monthColumns(inside, { indicators, month: month.toString() })
      found = columns?.entities.length ?? 0
      answerHash = hashOf([found, columns?.values.map((column) => column[7])])
    })
  const ours = await ms(ask)
  const sums = Array.from(
    { length: COLUMN_INDICATORS },
    (_unused, index) =>
      `countIf(event_type = 'type${index % TYPES}' AND attributes['channel'] = 'c${index % 4}') AS f${index}`,
  )
  const reference = await ms(() =>
    measurements.query(
      `SELECT count() AS entities, ${sums.map((_sum, index) => `sum(f${index}) AS f${index}`).join(', ')} FROM (
         SELECT entity, ${sums.join(', ')} FROM bihuan.event WHERE organisation = {organisation:UUID}
           AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND occurred_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC') GROUP BY entity)`,
      { organisation: ORGANISATION, from: month.toZonedDateTime(ZONE).epochMilliseconds, until },
      { maxExecutionSeconds: 300 },
    ),
  )
  const memory = process.memoryUsage.rss() / 1024 ** 2
  return [
    {
      name: `${found} entities x ${COLUMN_INDICATORS} indicators for a month`,
      ours,
      reference,
      ratio: ours / reference,
      unit: 'ms',
      answerHash,
    },
    {
      name: 'memory of the process after it',
      ours: memory,
      reference: 2048,
      ratio: memory / 2048,
      unit: 'MB',
      answerHash,
    },
  ]
}

const NEW_EVENTS = { small: 20_000, large: 1_000_000 }

/** The same number of new events into ever larger stores: one day again, and its month. */
async function growth(place: Place, made: Made, stored: readonly number[], fresh: number): Promise<Comparison[]> {
  const results: Comparison[] = []
  let held = 0
  let first: number | null = null
  for (const [step, size] of stored.entries()) {
    const until = now().epochMilliseconds
    await generate(place, size - held, {
      entities: ENTITIES,
      first: made.first,
      days: 365,
      until,
      seed: step * 1_000_000_000,
    })
    held = size
    await made.apart((context) => foldDue(context, 10_000))
    // A day of new events, forty days ago.
    const day = Math.floor(until / 86_400_000) * 86_400_000 - (40 + step) * 86_400_000
    await generate(place, fresh, {
      entities: ENTITIES,
      first: made.first,
      days: 1,
      until: day,
      seed: 500_000_000_000 + step * 1_000_000_000,
    })
    await made.context(async (context) => {
      await markDays(
        context,
        Array.from({ length: TYPES }, (_unused, type) => ({ eventType: `type${type}`, occurredAt: day - 3_600_000 })),
      )
    })
    const ours = await ms(() => made.apart((context) => foldDue(context, 10_000)))
    first ??= ours
    results.push({
      name: `folding ${fresh} new events of one day, ${size} stored`,
      ours,
      reference: first,
      ratio: ours / first,
      unit: 'ms',
      answerHash: hashOf([size, fresh]),
    })
  }
  return results
}

export async function run({ size }: { size: 'small' | 'large' }): Promise<Comparison[]> {
  const large = size === 'large'
  const stored = process.env.MID
    ? [1_000_000, 6_000_000]
    : large
      ? [1_000_000, 10_000_000, 100_000_000]
      : [50_000, 200_000]
  return withPlace(async (place) => {
    const made = await prepare(place)
    const results = await growth(place, made, stored, NEW_EVENTS[size])
    results.push(await foldRate(place))
    await refillRecent(place.measurements, now())
    results.push(await latestMinute(place, made), await yearByDay(place, made))
    results.push(...(await millionEntities(place, made, large ? 20_000_000 : 50_000, large ? 1_000_000 : 5_000)))
    return results
  })
}
