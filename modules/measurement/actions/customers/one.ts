/** One customer: profile and history. */
import { lookUpEntityNumbers } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { found } from '#platform/refusal'
import type { Customer, Scores } from '../../contract/customers/customers.ts'
import { toldEvent } from '../../rules/protecting/event-rules.ts'
import { scoreOf, segmentOf } from '../../rules/customers/segments.ts'
import { browseEvents } from '../../store/browse.ts'
import { type ProfileRow, readGaps, readProfileRows } from '../../store/customers/one.ts'
import { type Asked, askedOf, instantText } from './asking.ts'
import { toldEvents } from '../intake/browse-events.ts'
import { readEventRules } from '../telling/event-rules.ts'
import { cutsAt, epochDayOf } from './list.ts'

/** Fewer gaps have no quartiles worth telling. */
const FEWEST_GAPS = 3

export async function readCustomer(context: Context, input: { id: string }): Promise<Customer> {
  const asked = await askedOf(context)
  const { measurements, organisation } = context
  const question = { ...asked, customer: input.id }
  const rows = await readProfileRows(measurements, organisation, question)
  found(rows[0], 'customer', input.id)
  const dealings = rows.filter((row) => row.dealing === 1)
  const { gaps, quartiles } = await readGaps(measurements, organisation, question)
  const entities = await lookUpEntityNumbers(context, [...new Set(dealings.map((row) => row.entity))])
  const { setting } = asked
  const withMoney = setting.moneyValue !== null
  const count = total(dealings, (row) => row.events)
  const money = cents(total(dealings, (row) => row.money))
  const rated = rows.filter((row) => row.ratings > 0)
  return {
    id: input.id,
    events: total(rows, (row) => row.events),
    first: dealings.length === 0 ? null : instantText(Math.min(...dealings.map((row) => row.first))),
    last: dealings.length === 0 ? null : instantText(Math.max(...dealings.map((row) => row.last))),
    dealings: count,
    money: withMoney ? money : null,
    types: counted(rows, (row) => row.type).map(([type, part]) => ({
      type,
      count: total(part, (row) => row.events),
      dealing: part[0]!.dealing === 1,
    })),
    outlets: counted(dealings, (row) => row.entity).map(([entity, part]) => ({
      key: entities.get(entity)?.key ?? String(entity),
      name: entities.get(entity)?.name ?? String(entity),
      count: total(part, (row) => row.events),
    })),
    channels: counted(
      dealings.filter((row) => row.channel !== ''),
      (row) => row.channel,
    ).map(([channel, part]) => ({ channel, count: total(part, (row) => row.events) })),
    years: counted(dealings, (row) => row.year)
      .map(([year, part]) => ({
        year,
        dealings: total(part, (row) => row.events),
        money: withMoney ? cents(total(part, (row) => row.money)) : null,
      }))
      .toSorted((a, b) => b.year - a.year),
    gap:
      gaps < FEWEST_GAPS ? null : { gaps, lowDays: quartiles[0]!, medianDays: quartiles[1]!, highDays: quartiles[2]! },
    rating: (await ratingTold(context, setting.ratingValue)) ? ratingOf(rated) : null,
    complaints: total(
      rows.filter((row) => setting.complaintTypes.includes(row.type)),
      (row) => row.events,
    ),
    scores: await scoresOf(context, asked, dealings, count, money),
  }
}

const total = (rows: readonly ProfileRow[], of: (row: ProfileRow) => number) =>
  rows.reduce((sum, row) => sum + of(row), 0)
const cents = (money: number) => Math.round(money * 100) / 100

/** Rows by a name, the one with the most events first. */
function counted<K>(rows: readonly ProfileRow[], nameOf: (row: ProfileRow) => K): [K, ProfileRow[]][] {
  const parts = Map.groupBy(rows, nameOf)
  return [...parts].toSorted(([, a], [, b]) => total(b, (row) => row.events) - total(a, (row) => row.events))
}

function ratingOf(rated: readonly ProfileRow[]): Customer['rating'] {
  const n = total(rated, (row) => row.ratings)
  if (n === 0) return null
  return {
    n,
    mean: total(rated, (row) => row.ratingSum) / n,
    lowest: Math.min(...rated.map((row) => row.ratingLowest)),
    highest: Math.max(...rated.map((row) => row.ratingHighest)),
  }
}

/** What one customer answered is told of nobody; a rating that no indicator reads as an answer is a fact like others. */
async function ratingTold(context: Context, value: string | null): Promise<boolean> {
  const rules = [...(await readEventRules(context)).values()]
  return value === null || rules.every((rule) => rule.values.has(value))
}

async function scoresOf(
  context: Context,
  asked: Asked,
  dealings: readonly ProfileRow[],
  count: number,
  money: number,
): Promise<Scores | null> {
  if (dealings.length === 0) return null
  const cuts = await cutsAt(context, asked)
  const last = Math.max(...dealings.map((row) => row.last))
  const scores = {
    recency: scoreOf(epochDayOf(last, asked.timeZone), cuts.lastDay),
    frequency: scoreOf(count, cuts.dealings),
    monetary: asked.setting.moneyValue === null ? null : scoreOf(money, cuts.money),
  }
  return { ...scores, segment: segmentOf(scores) }
}

/** Newest first, of every type, whether it counts as a dealing or not; without what the customer answered. */
export async function customerEvents(
  context: Context,
  input: { id: string; cursor?: string | undefined; limit: number },
) {
  const { setting } = await askedOf(context)
  const rules = await readEventRules(context)
  const { rows, nextCursor } = await browseEvents(context.measurements, context.organisation, {
    attribute: { name: setting.attribute, value: input.id },
    exceptTypes: [...rules].flatMap(([type, rule]) => (rule.withheld ? [type] : [])),
    limit: input.limit,
    cursor: input.cursor ?? null,
  })
  return { rows: (await toldEvents(context, rows)).map((event) => toldEvent(rules, event)), nextCursor }
}
