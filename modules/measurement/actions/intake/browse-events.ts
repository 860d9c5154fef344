/** Down to the single event. */
import { lookUpEntityNumbers, readProfile, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { addPeriods, periodInstant } from '#platform/periods'
import type { Condition, EventStream } from '../../contract/definition.ts'
import { segmentOf } from '../../exploring/segments.ts'
import { openHoursOf } from '../../reading/open-hours.ts'
import { guardOf } from '../../reading/protecting/protect.ts'
import { streamsOf } from '../../rules/exploring/segments.ts'
import { eventSource, factOf } from '../../rules/plan/fact.ts'
import { asksAnswers, type EventRules, pickedByAnswers, toldEvent } from '../../rules/protecting/event-rules.ts'
import {
  type BrowsedEvent,
  type BrowseQuestion,
  browseEvents,
  eventTypes as readEventTypes,
} from '../../store/browse.ts'
import { sourcesOfBatches } from '../../store/records/batches.ts'
import { currentIndicator } from '../indicators.ts'
import { partsOf } from '../reach.ts'
import { answersTold } from '../telling/told-answers.ts'
import { readEventRules } from '../telling/event-rules.ts'

const instantText = (milliseconds: number) => Temporal.Instant.fromEpochMilliseconds(milliseconds).toString()

export interface EventsAsked {
  entity?: string | undefined
  type?: string | undefined
  from?: string | undefined
  to?: string | undefined
  indicator?: string | undefined
  segment?: string | undefined
  with?: string | undefined
  cursor?: string | undefined
  limit: number
}

/**
 * Newest first; of an entity with all below it. Days are the organisation's, the last one included; instants as they are. What people
 * answered is left out; behind an indicator that is made of answers they are told by themselves, without what shows whose they are.
 */
export async function listEvents(context: Context, input: EventsAsked) {
  if (input.indicator !== undefined) {
    const indicator = await currentIndicator(context, input.indicator)
    const guard = await guardOf(context, indicator)
    if (guard !== null) return answersTold(context, input, guard)
  }
  const rules = await readEventRules(context)
  const { question, withheld } = narrowed(await questionOf(context, input), rules)
  const { rows, nextCursor } = await page(context, question, input)
  return { rows: rows.map((event) => toldEvent(rules, event)), nextCursor, withheld }
}

/** The same whole, for those who may see single answers. */
export async function listAnswers(context: Context, input: EventsAsked) {
  return page(context, await questionOf(context, input), input)
}

type Question = Omit<BrowseQuestion, 'limit' | 'cursor'>

async function page(context: Context, question: Question, { limit, cursor }: Pick<EventsAsked, 'limit' | 'cursor'>) {
  const { rows, nextCursor } = await browseEvents(context.measurements, context.organisation, {
    ...question,
    limit,
    cursor: cursor ?? null,
  })
  const told = await toldEvents(context, rows)
  const sources = await sourcesOfBatches(context, [...new Set(rows.map((row) => row.batch))])
  return {
    rows: told.map((event, index) => ({ ...event, source: sources.get(rows[index]!.batch) ?? null })),
    nextCursor,
  }
}

/** Without events of nothing but answers, and without those that would be picked by what was answered. */
function narrowed(question: Question, rules: EventRules): { question: Question; withheld: boolean } {
  const { streams, where = [], eventType } = question
  const picked = pickedByAnswers(rules, where)
  const without = [...rules].flatMap(([type, rule]) => (rule.withheld || picked.includes(type) ? [type] : []))
  const kept = streams?.filter(
    (stream) =>
      !without.includes(stream.eventType) &&
      !stream.where.some(
        (condition) => rules.get(stream.eventType) && asksAnswers(rules.get(stream.eventType)!, condition),
      ),
  )
  const concerned = eventType === undefined ? without.length > 0 : without.includes(eventType)
  return {
    question: { ...question, exceptTypes: without, ...(kept ? { streams: kept } : {}) },
    withheld: streams && kept ? kept.length < streams.length : concerned,
  }
}

/** Instants lie after this. */
const BEGINNING = Temporal.Instant.from('1990-01-01T00:00:00Z').epochMilliseconds

async function questionOf(context: Context, input: EventsAsked): Promise<Question> {
  const { timeZone } = await readProfile(context)
  const momentOf = (text: string, daysOn: number) =>
    text.includes('T')
      ? Temporal.Instant.from(text).epochMilliseconds
      : periodInstant(addPeriods(text, 'day', daysOn), timeZone).epochMilliseconds
  const segment = await segmentOf(context, input.segment)
  const streams = input.indicator === undefined ? null : await streamsBehind(context, input.indicator)
  const where = [...(segment?.conditions ?? []), ...attributesOf(input.with)]
  const from = input.from === undefined ? undefined : momentOf(input.from, 0)
  const until = input.to === undefined ? undefined : momentOf(input.to, 1)
  const asked = [
    factOf(eventSource(''), where, ['n']),
    ...(streams ?? []).map((one) => factOf(eventSource(''), one.where, ['n'])),
  ]
  return {
    ...(input.entity === undefined ? {} : { below: (await requireEntity(context, input.entity)).number }),
    ...(input.type === undefined ? {} : { eventType: input.type }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(streams === null ? {} : { streams }),
    where,
    calendars: await openHoursOf(context, asked, from ?? BEGINNING, until ?? context.now.epochMilliseconds),
  }
}

/** `name=value` pairs as in an address, joined by `&`. */
const attributesOf = (text: string | undefined): Condition[] =>
  [...new URLSearchParams(text ?? '')].map(([attribute, value]) => ({ attribute, operator: 'is', value }))

/** The events an indicator may count, and those of its parts. */
async function streamsBehind(context: Context, id: string): Promise<EventStream[]> {
  const parts = await partsOf(context, await currentIndicator(context, id))
  return parts.flatMap(({ definition }) => streamsOf(definition))
}

/** Events as they are told, with the names of their entities. */
export async function toldEvents(context: Context, rows: readonly BrowsedEvent[]) {
  const places = await lookUpEntityNumbers(context, [...new Set(rows.map((row) => row.entity))])
  return rows.map((row) => ({
    id: row.eventId,
    type: row.eventType,
    entity: places.get(row.entity)?.key ?? String(row.entity),
    entityName: places.get(row.entity)?.name ?? '',
    at: instantText(row.occurredAt),
    receivedAt: instantText(row.receivedAt),
    batch: row.batch,
    attributes: { ...row.attributes },
    values: { ...row.values },
  }))
}

export async function eventTypes(context: Context) {
  const types = await readEventTypes(context.measurements, context.organisation)
  return types.map(({ first, last, attributes, values, ...type }) => ({
    ...type,
    first: instantText(first),
    last: instantText(last),
    attributes: [...attributes],
    values: [...values],
  }))
}
