/** Turns facts of one source and a question into one SQL text with its parameters. No value or name enters the text. */
import type { Parameters } from '#platform/measurements/parameters'
import { must } from '#platform/refusal'
import type { Condition, EventStream, Pair } from '../../contract/definition.ts'
import type { Fact, Part, Source } from '../../rules/plan/fact.ts'
import { type Calendars, compileCondition } from './conditions.ts'
import { type Bag, parameterBag } from './parameter-bag.ts'
import { compileSubjects, type CompiledSubjects, type Subjects } from './subjects.ts'

export interface FactsQuestion {
  /** All of one source. */
  readonly facts: readonly Fact[]
  readonly subjects: Subjects
  /** Also tell the entities apart that an answer about a node is made of. */
  readonly byMember: boolean
  /** Begins of periods in epoch milliseconds, rising, whole seconds; the end of the last one is `until`. */
  readonly starts: readonly number[]
  readonly until: number
  /** The moment of looking, in epoch milliseconds: what is still open depends on it. */
  readonly asOf: number
  readonly calendars: Calendars
  /** Attributes to split by, at most two, and how many groups at most, the largest of `groupsOf`; the rest is added up as "other". */
  readonly groupBy: readonly string[]
  readonly groupsLimit: number
  readonly groupsOf: Pick<Fact, 'source' | 'where'>
  /** Instead of attributes: tell events apart by which of these lists of conditions they fulfil, as one text of '1' and '0'. */
  readonly marks?: readonly (readonly Condition[])[]
}

/** Where events are read from: the store's table, or the events of a worked example. */
export type EventTable =
  | { readonly kind: 'store'; readonly final: boolean; readonly recent?: boolean }
  | { readonly kind: 'rows'; readonly json: string }

export interface CompiledFacts {
  readonly sql: string
  readonly parameters: Parameters
}

export const GROUPED_ATTRIBUTES_LIMIT = 2
export const GROUPS_LIMIT = 1_000
/** Most rows of one answer: a million entities in one period. */
export const POINTS_LIMIT = 1_000_000

/**
 * The sorting key holds the time, so rows of one key never lie in two months: each month is merged on its own, and a month
 * that is one merged part is read as a plain table.
 */
export const FINAL_WITHIN_PARTITIONS = { do_not_merge_across_partitions_select_final: 1 } as const
/** For questions with inner tables: on a cluster entities and their places lie on the same shard, so those are read there. */
export const READING_SETTINGS = { ...FINAL_WITHIN_PARTITIONS, distributed_product_mode: 'local' } as const

export interface Compiling {
  readonly bag: Bag
  readonly owner: string
  readonly question: FactsQuestion
  readonly table: EventTable
}

/**
 * One row for each subject, period and group in which an event lay. Columns: `entity`, `member` (0 unless asked for), `at` (begin
 * of the period in epoch seconds), `group0`, `group1`, `other`, and for fact i its figures: `f<i>n`, `f<i>total`, …
 */
export function compileFacts(organisation: string, question: FactsQuestion, table: EventTable): CompiledFacts {
  const { bag, parameters } = parameterBag()
  const compiling: Compiling = { bag, owner: bag('UUID', organisation), question, table }
  const shared = sharedConditions(question.facts)
  const [lead] = question.facts
  must(lead !== undefined, 'a question has facts')
  const source = compileSource(compiling, lead.source, shared)
  const groups = compileGroups(compiling)
  const keys = ['entity', ...(question.byMember ? ['member'] : []), 'at', ...groups.names]
  const figures = question.facts.flatMap((fact, index) => compileFigures(compiling, fact, index, shared))
  const member = question.byMember ? 'event.entity' : 'toUInt64(0)'
  const starts = bag(
    'Array(UInt32)',
    question.starts.map((start) => start / 1000),
  )
  const sql = `
    SELECT ${source.subject} AS entity, ${member} AS member, roundDown(toUInt32(event.occurred_at), ${starts}) AS at,
      ${[...groups.columns, ...figures].join(',\n      ')}
    ${source.text}
    GROUP BY ${keys.join(', ')}
    ORDER BY ${keys.join(', ')}
    LIMIT ${POINTS_LIMIT + 1}`
  return { sql, parameters }
}

/** Conditions every fact has: one filter of rows instead of many of figures. */
function sharedConditions(facts: readonly Fact[]): readonly Condition[] {
  const [first, ...others] = facts.map((fact) => new Map(fact.where.map((each) => [JSON.stringify(each), each])))
  return [...first!].filter(([key]) => others.every((other) => other.has(key))).map(([, each]) => each)
}

interface CompiledSource {
  readonly subject: string
  /** FROM with joins and WHERE. */
  readonly text: string
}

export function compileSource(compiling: Compiling, source: Source, where: readonly Condition[]): CompiledSource {
  const { bag, owner, question } = compiling
  const subjects = compileSubjects(bag, owner, question.subjects)
  const conditions = where.map((each) => compileCondition(bag, each, question.calendars))
  if (source.kind === 'events') {
    const rows = eventRows(compiling, source, subjects)
    return {
      subject: subjects.subject,
      text: `FROM ${rows.from}${subjects.join}\n    ${filtered([...rows.where, ...conditions])}`,
    }
  }
  const pairs = pairRows(compiling, source.pair, source.same, subjects)
  return { subject: subjects.subject, text: `FROM (${pairs}) AS event${subjects.join}\n    ${filtered(conditions)}` }
}

const filtered = (conditions: readonly string[]) =>
  conditions.length === 0 ? '' : `WHERE ${conditions.join('\n      AND ')}`

/** The rows a question may touch at all: one organisation, one event type, its stretch of time, its subjects. */
function eventRows(
  { bag, owner, question, table }: Compiling,
  { eventType }: { eventType: string },
  subjects: CompiledSubjects,
) {
  return {
    from: tableOf(bag, owner, table),
    where: [...eventReach(bag, owner, eventType, question.starts[0]!, question.until), ...subjects.filter],
  }
}

/** Rows of one type between two instants (epoch milliseconds, the second not included). */
export const eventReach = (bag: Bag, owner: string, eventType: string, from: number, until: number) => [
  `event.organisation = ${owner}`,
  `event.event_type = ${bag('String', eventType)}`,
  `event.occurred_at >= fromUnixTimestamp64Milli(${bag('Int64', from)}, 'UTC')`,
  `event.occurred_at < fromUnixTimestamp64Milli(${bag('Int64', until)}, 'UTC')`,
]

/** A worked example's events go in as one JSON text: entity, type, time, attributes and values of each. */
function tableOf(bag: Bag, owner: string, table: EventTable): string {
  if (table.kind === 'store')
    return `bihuan.${table.recent ? 'recent_event' : 'event'} AS event${table.final ? ' FINAL' : ''}`
  const rows = `JSONExtract(${bag('String', table.json)}, 'Array(Tuple(UInt64, String, Int64, Map(String, String), Map(String, Float64)))')`
  return `(SELECT ${owner} AS organisation, each.1 AS entity, each.2 AS event_type, fromUnixTimestamp64Milli(each.3, 'UTC') AS occurred_at,
        each.4 AS attributes, each.5 AS values FROM (SELECT arrayJoin(${rows}) AS each)) AS event`
}

export const MILLISECONDS_PER_HOUR = 3_600_000

/** Each `from` event with the first `to` event after it; what is neither matched nor over is kept or not as the pair says. */
function pairRows(compiling: Compiling, pair: Pair, same: boolean, subjects: CompiledSubjects): string {
  const { bag, owner, question, table } = compiling
  const within = Math.round(pair.withinHours * MILLISECONDS_PER_HOUR)
  const [start, until] = [question.starts[0]!, question.until]
  const keys = [
    ...(pair.acrossEntities ? [] : ['event.entity']),
    ...pair.match.map((name) => `event.attributes[${bag('String', name)}]`),
  ]
  const columns = keys.map((key, index) => `${key} AS k${index}`).join(', ')
  const matchable = pair.match.map((name) => `notEmpty(event.attributes[${bag('String', name)}])`)
  const side = (stream: EventStream, end: number, more: readonly string[]) =>
    [
      ...eventReach(bag, owner, stream.eventType, start, end),
      ...stream.where.map((each) => compileCondition(bag, each, question.calendars)),
      ...matchable,
      ...more,
    ].join('\n          AND ')
  const at = 'toUnixTimestamp64Milli(event.occurred_at) AS at'
  const source = tableOf(bag, owner, table)
  const allowed = bag('Int64', within)
  const hit = `(later.at > 0 AND later.at - first.at <= ${allowed})`
  // A parameter that no condition uses would be refused, hence only on demand.
  const over = () => `first.at + ${allowed} <= ${bag('Int64', question.asOf)}`
  const counts = pair.open === 'exclude' ? hit : pair.open === 'censor' ? `(${hit} OR ${over()})` : '1'
  const hours = `if(${hit}, (later.at - first.at) / ${MILLISECONDS_PER_HOUR}, ${bag('Float64', pair.withinHours)})`
  const added = `map('matched', toFloat64(${hit}), 'hours', toFloat64(${hours}))`
  return `
      SELECT first.entity AS entity, first.occurred_at AS occurred_at, first.attributes AS attributes,
        mapUpdate(first.values, ${added}) AS values
      FROM (
        SELECT event.entity AS entity, event.occurred_at AS occurred_at, CAST(event.attributes, 'Map(String, String)') AS attributes,
          CAST(event.values, 'Map(String, Float64)') AS values, ${at}, ${columns}
        FROM ${source}
        WHERE ${side(pair.from, until, subjects.filter)}) AS first
      ASOF LEFT JOIN (
        SELECT ${at}, ${columns}
        FROM ${source}
        WHERE ${side(pair.to, until + within, [])}) AS later
      ON ${keys.map((_key, index) => `first.k${index} = later.k${index}`).join(' AND ')} AND first.at ${same ? '<' : '<='} later.at
      WHERE ${counts}`
}

function compileFigures(
  { bag, question }: Compiling,
  fact: Fact,
  index: number,
  shared: readonly Condition[],
): string[] {
  const known = new Set(shared.map((each) => JSON.stringify(each)))
  const where = fact.where.filter((each) => !known.has(JSON.stringify(each)))
  const figures = figuresOf(bag, { ...fact, where }, question.calendars)
  return fact.figures.map((figure) => `${figures[figure]()} AS f${index}${figure}`)
}

/** What is kept of a fact ahead of questions: n, total, squares, lowest and highest; infinite ends where there is no amount. */
export function compileState(bag: Bag, fact: Fact): string[] {
  const figures = figuresOf(bag, fact, new Map())
  if (fact.amount.of === 'rows') return [figures.n(), '0.', '0.', 'inf', '-inf']
  const ends = [`coalesce(${figures.lowest()}, inf)`, `coalesce(${figures.highest()}, -inf)`]
  return [figures.n(), figures.total(), figures.squares(), ...ends]
}

/** Whether a row counts. */
export function compileHolds(bag: Bag, fact: Fact, calendars: Calendars): string {
  const condition = (each: Condition) => compileCondition(bag, each, calendars)
  const without = fact.without.map((group) => `NOT (${group.map(condition).join(' AND ')})`)
  const parts = compileParts(bag, fact.parts, condition)
  return [...fact.where.map(condition), ...parts, ...without].join(' AND ') || '1'
}

function figuresOf(
  bag: Bag,
  fact: Fact,
  calendars: Calendars,
): Readonly<Record<Fact['figures'][number], () => string>> {
  const holds = compileHolds(bag, fact, calendars)
  // Only what is asked for is written: a placeholder nobody uses is a mistake.
  const amount = () => amountOf(bag, fact)
  return {
    n: () => `toFloat64(countIf(${holds}))`,
    total: () => (fact.amount.of === 'rows' ? `toFloat64(countIf(${holds}))` : `sumIf(${amount()}, ${holds})`),
    squares: () => `sumIf(pow(${amount()}, 2), ${holds})`,
    lowest: () => `minOrNullIf(${amount()}, ${holds})`,
    highest: () => `maxOrNullIf(${amount()}, ${holds})`,
    // Of readings at the same instant the greatest, so that the answer does not depend on the order of arrival.
    last: () => `argMaxIf(${amount()}, (event.occurred_at, ${amount()}), ${holds})`,
    quantile: () => compileQuantile(fact, amount(), holds),
    distinct: () => `toFloat64(uniqExactIf(event.attributes[${bag('String', fact.distinct ?? '')}], ${holds}))`,
  }
}

/** Parameters of an aggregate function must be literals; this one is a checked number. */
function compileQuantile({ quantile }: Fact, amount: string, holds: string): string {
  if (quantile === null) return 'NULL'
  must(quantile > 0 && quantile < 1, 'a quantile lies between 0 and 1')
  return `if(countIf(${holds}) = 0, NULL, quantileExactInclusiveIf(${quantile})(${amount}, ${holds}))`
}

export function amountOf(bag: Bag, fact: Fact): string {
  if (fact.amount.of === 'rows') return '1.'
  const value = `event.values[${bag('String', fact.amount.name)}]`
  const capped = fact.high === null ? value : `least(${value}, ${bag('Float64', fact.high)})`
  return fact.low === null ? capped : `greatest(${capped}, ${bag('Float64', fact.low)})`
}

/** A row has one of the parts; a single part without demands leaves nothing to ask. */
function compileParts(bag: Bag, parts: readonly Part[], condition: (each: Condition) => string): string[] {
  const texts = parts.map(({ value, where }) => {
    const carried = value === null ? [] : [`mapContains(event.values, ${bag('String', value)})`]
    return [...carried, ...where.map(condition)].join(' AND ')
  })
  if (texts.includes('')) return []
  return texts.length === 1 ? texts : [`(${texts.map((text) => `(${text})`).join(' OR ')})`]
}

interface Groups {
  readonly columns: readonly string[]
  readonly names: readonly string[]
}

/** The largest groups by number of events over the whole range; which they are does not change from period to period. */
function compileGroups(compiling: Compiling): Groups {
  const { bag, question } = compiling
  if (question.marks) return compileMarks(compiling, question.marks)
  const attributes = question.groupBy
  must(attributes.length <= GROUPED_ATTRIBUTES_LIMIT, 'a series is split by at most two attributes')
  if (attributes.length === 0) return { columns: [], names: [] }
  const limit = Math.min(question.groupsLimit, GROUPS_LIMIT)
  const own = attributes.map((attribute) => `event.attributes[${bag('String', attribute)}]`)
  const list = own.join(', ')
  const lead = compileSource(compiling, question.groupsOf.source, question.groupsOf.where)
  const largest = `SELECT ${list} ${lead.text} GROUP BY ${list} ORDER BY count() DESC, ${list} LIMIT ${bag('UInt32', limit)}`
  const among = `${own.length === 1 ? list : `(${list})`} IN (${largest})`
  const columns = own.map((each, index) => `if(${among}, ${each}, '') AS group${index}`)
  return {
    columns: [...columns, `NOT (${among}) AS other`],
    names: [...own.map((_each, index) => `group${index}`), 'other'],
  }
}

function compileMarks({ bag, question }: Compiling, marks: readonly (readonly Condition[])[]): Groups {
  const holds = marks.map((conditions) => {
    const all = conditions.map((each) => compileCondition(bag, each, question.calendars)).join(' AND ')
    return `if(${all || '1'}, '1', '0')`
  })
  return { columns: [`concat('', ${holds.join(', ')}) AS group0`, '0 AS other'], names: ['group0', 'other'] }
}
