/** Many indicators for many units in one period. */
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { dayOf } from '#platform/periods'
import { refuse } from '#platform/refusal'
import type { SeriesGrain } from '../contract/grain.ts'
import type { Indicator } from '../contract/indicators.ts'
import { measurementRefusals } from '../contract/refusals.ts'
import { type UnitValues, VALUES_INDICATORS_LIMIT } from '../contract/series.ts'
import { type Cut, partOf } from '../reading/cut.ts'
import { manyPoints, type ManyPoints } from '../reading/many.ts'
import { guardsOf, type Hidden } from '../reading/protecting/protect.ts'
import { currentIndicators, indicatorPage } from '../store/records/indicators.ts'
import { cutFor, subjectsOf, unitsOf } from './series.ts'

const MINUTE_MILLISECONDS = 60_000

/** Units without an event in the period are listed with empty values. Refuses with INDICATOR_UNKNOWN. */
export async function readValues(
  context: Context,
  input: {
    indicators?: string | undefined
    kind?: string | undefined
    below?: string | undefined
    grain: SeriesGrain
    periodStart?: string | undefined
    limit: number
  },
): Promise<UnitValues> {
  const indicators = await asked(context, input.indicators)
  const cut = await cutOfPeriod(context, input.grain, input.periodStart)
  const { name } = await readProfile(context)
  const [kind, below] = [input.kind ?? null, input.below ?? null]
  const units = await unitsOf(context, kind, below, name)
  const found: ManyPoints[] = []
  const subjects = await subjectsOf(context, units, kind, below)
  const guarded = await guardsOf(context, indicators)
  const hidden = new Map<string, Hidden>()
  // How far a period is told depends on the period alone: one reading of all facts, one of all answers.
  const [guard] = guarded.values()
  const own = guard?.cut(cut) ?? null
  const readings = [
    { indicators: indicators.filter(({ id }) => !guarded.has(id)), cut },
    ...(own === null ? [] : [{ indicators: indicators.filter(({ id }) => guarded.has(id)), cut: own.cut }]),
  ]
  for (const each of subjects)
    for (const reading of readings) found.push(await manyPoints(context, { ...reading, subjects: each }))
  if (own !== null)
    for (const [id, { hidden: decide }] of guarded)
      hidden.set(id, await decide({ ...own, entities: units.map((unit) => unit.number) }))
  const period = cut.periods[0]!
  const rows = units.slice(0, input.limit).map(({ key, name: called, number }) => {
    const points = indicators.map(({ id }) => {
      const point = found.map((each) => each.get(id)?.get(number)).find((one) => one !== undefined)
      // No point and a point without answers are alike.
      if (!point || point.n === 0) return { value: point?.value ?? null, n: 0 }
      return hidden.get(id)?.(number, 0) ? { value: null, n: null } : point
    })
    return {
      entity: { key, name: called },
      values: points.map((point) => point.value),
      n: points.map((point) => point.n),
    }
  })
  return {
    periodStart: period.start,
    complete: period.until <= context.now.epochMilliseconds,
    indicators: indicators.map(({ id }) => id),
    rows,
    truncated: units.length > input.limit,
  }
}

async function asked(context: Context, text: string | undefined): Promise<Indicator[]> {
  if (text === undefined)
    return (await indicatorPage(context, { limit: VALUES_INDICATORS_LIMIT })).filter((indicator) => !indicator.retired)
  const ids = [...new Set(text.split(',').map((id) => id.trim()))]
    .filter((id) => id !== '')
    .slice(0, VALUES_INDICATORS_LIMIT)
  const found = new Map((await currentIndicators(context, ids)).map((indicator) => [indicator.id, indicator]))
  return ids.map((id) => found.get(id) ?? refuse(measurementRefusals, 'INDICATOR_UNKNOWN', { id }))
}

/** Without a period the newest full one: of minutes and hours by the clock, else the day before this period began. */
async function cutOfPeriod(context: Context, grain: SeriesGrain, periodStart: string | undefined): Promise<Cut> {
  const clock = grain === 'minute' || grain === 'hour'
  if (clock) {
    const step = grain === 'minute' ? MINUTE_MILLISECONDS : 60 * MINUTE_MILLISECONDS
    const now = context.now.epochMilliseconds
    const start = periodStart === undefined ? Math.floor(now / step) * step - step : startOf(periodStart)
    const text = (milliseconds: number) => Temporal.Instant.fromEpochMilliseconds(milliseconds).toString()
    return partOf(await cutFor(context, grain, text(start), text(start + step)), 0, 1)
  }
  if (periodStart !== undefined)
    return partOf(await cutFor(context, grain, periodStart.slice(0, 10), periodStart.slice(0, 10)), 0, 1)
  const { timeZone } = await readProfile(context)
  const today = dayOf(context.now, timeZone)
  const running = (await cutFor(context, grain, today, today)).periods[0]!.start
  const before = Temporal.PlainDate.from(running).subtract({ days: 1 }).toString()
  return partOf(await cutFor(context, grain, before, before), 0, 1)
}

const startOf = (text: string) =>
  Temporal.Instant.from(text.includes('T') ? text : `${text}T00:00:00Z`).epochMilliseconds
