/** The single answers behind an indicator: of cells that are told, without what shows whose they are. */
import { type EntityPlace, readProfile, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { addPeriods, dayOf, periodInstant } from '#platform/periods'
import { dayNumber, dayText } from '#worktime/days'
import type { Condition } from '../../contract/definition.ts'
import type { ListedEvent } from '../../contract/intake/events.ts'
import { segmentOf } from '../../exploring/segments.ts'
import { openHoursOf } from '../../reading/open-hours.ts'
import type { Guard } from '../../reading/protecting/protect.ts'
import type { Split } from '../../reading/protecting/protect-cells.ts'
import { streamsOf } from '../../rules/exploring/segments.ts'
import { eventSource, factOf } from '../../rules/plan/fact.ts'
import { fieldsRead } from '../../rules/protecting/people-answers.ts'
import { singleAnswers } from '../../store/answers.ts'
import { GROUPED_ATTRIBUTES_LIMIT } from '../../store/compile/compile-facts.ts'
import type { EventsAsked } from '../intake/browse-events.ts'
import { splitOf } from './told-points.ts'

/** How far back a question without a begin looks. */
const YEARS_BACK = 2
/** Stands for the whole organisation where the key of an entity is expected. */
const WHOLE = '*'

interface Page {
  readonly rows: ListedEvent[]
  readonly nextCursor: string | null
  readonly withheld: boolean
}
const nothing: Page = { rows: [], nextCursor: null, withheld: true }

/**
 * Those of periods that are told as such for the entity, each told with the period's begin instead of its time, with the entity that was
 * asked for instead of its own, and with no attribute but those that were asked for.
 */
export async function answersTold(context: Context, input: EventsAsked, guard: Guard): Promise<Page> {
  const { timeZone, name } = await readProfile(context)
  const entity = input.entity === undefined ? null : await requireEntity(context, input.entity)
  const asked = [...new URLSearchParams(input.with ?? '')]
  const split = await splitAsked(context, input, asked)
  const days = daysOf(context, input, timeZone)
  const group = asked.toSorted(byName).map(([, value]) => value)
  const spans = await guard.stretches({
    entity: entity?.number ?? 0,
    days,
    ...split,
    ...(asked.length > 0 ? { group } : {}),
  })
  if (spans.length === 0) return nothing
  const whose = entity ?? { key: WHOLE, name, number: null }
  const offset = Number(input.cursor ?? 0)
  const rows = await read(context, {
    input,
    guard,
    asked,
    spans,
    timeZone,
    whose,
    offset: Number.isSafeInteger(offset) ? offset : 0,
  })
  const told = spans.reduce((sum, span) => sum + span[1] - span[0], 0)
  return {
    rows: rows.slice(0, input.limit),
    nextCursor: rows.length > input.limit ? String(offset + input.limit) : null,
    withheld: told < days[1] - days[0],
  }
}

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]) => (a < b ? -1 : 1)

/** Attributes are groups of a split; more of them, or some within a segment, are compared with nothing and never told. */
async function splitAsked(
  context: Context,
  input: EventsAsked,
  asked: readonly (readonly [string, string])[],
): Promise<{ split?: Split }> {
  const names = asked.map(([name]) => name).toSorted()
  const segment = await segmentOf(context, input.segment)
  if (names.length === 0) return splitOf(context, segment)
  const plain = segment === null && names.length <= GROUPED_ATTRIBUTES_LIMIT && new Set(names).size === names.length
  return { split: plain ? { by: names } : 'never' }
}

/** Whole days; the last one included where it is given as a day. */
function daysOf({ now }: Context, { from, to }: EventsAsked, timeZone: string): [number, number] {
  const today = dayOf(now, timeZone)
  const dayAt = (text: string) => (text.includes('T') ? dayOf(Temporal.Instant.from(text), timeZone) : text)
  const last = to === undefined ? today : dayAt(to)
  const until = to?.includes('T') ? last : addPeriods(last, 'day', 1)
  const first = from === undefined ? addPeriods(last, 'year', -YEARS_BACK) : dayAt(from)
  return [dayNumber(first), Math.max(dayNumber(first), dayNumber(until))]
}

interface Reading {
  readonly input: EventsAsked
  readonly guard: Guard
  readonly asked: readonly (readonly [string, string])[]
  readonly spans: readonly (readonly [number, number])[]
  readonly timeZone: string
  readonly whose: Pick<EntityPlace, 'key' | 'name'> & { readonly number: number | null }
  readonly offset: number
}

async function read(context: Context, reading: Reading): Promise<ListedEvent[]> {
  const { input, guard, asked, spans, timeZone, whose, offset } = reading
  const moment = (day: number) => periodInstant(dayText(day), timeZone)
  const stretches = spans.map(([from, until]) => ({
    from: moment(from).epochMilliseconds,
    until: moment(until).epochMilliseconds,
  }))
  const segment = await segmentOf(context, input.segment)
  const streams = guard.answers
    .flatMap(({ definition }) => streamsOf(definition))
    .filter(({ eventType }) => input.type === undefined || eventType === input.type)
  if (streams.length === 0) return []
  const fields = guard.answers.flatMap(({ definition }) => [...fieldsRead(definition, 'answers').values()])
  const where = [
    ...(segment?.conditions ?? []),
    ...asked.map(([attribute, value]): Condition => ({ attribute, operator: 'is', value })),
  ]
  const facts = [...streams, { where }].map((each) => factOf(eventSource(''), each.where, ['n']))
  const answers = await singleAnswers(context.measurements, context.organisation, {
    below: whose.number,
    streams,
    where,
    calendars: await openHoursOf(context, facts, stretches[0]!.from, stretches.at(-1)!.until),
    stretches,
    values: [...new Set(fields.flatMap(({ values }) => [...values]))],
    offset,
    limit: input.limit + 1,
  })
  return answers.map(({ type, stretch, values }, place) => {
    const at = moment(spans[stretch]![0]).toString()
    return {
      id: String(offset + place + 1),
      type,
      entity: whose.key,
      entityName: whose.name,
      at,
      receivedAt: at,
      batch: '',
      attributes: Object.fromEntries(asked),
      values,
      source: null,
    }
  })
}
