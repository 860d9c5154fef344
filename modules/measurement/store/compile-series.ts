/** Turns an indicator's definition and a question into one SQL text with its parameters. No value or name enters the text. */
import type { Parameters, ParameterValue } from '#platform/measurements/parameters'
import type { Grain } from '#platform/contract'
import { periodInstant } from '#platform/periods'
import { must } from '#platform/refusal'
import { type Condition, EVENTS, type IndicatorDefinition, type Term } from '../contract/definition.ts'

/** About whom: the listed entities one by one; all of them; nodes of the tree with all below; everything in one. */
export type Subjects =
  | { readonly kind: 'entities'; readonly entities: readonly number[] }
  | { readonly kind: 'all'; readonly entityKind?: string; readonly below?: number }
  | { readonly kind: 'nodes'; readonly nodes: readonly number[] }
  | { readonly kind: 'organisation' }

export interface SeriesQuestion {
  readonly definition: IndicatorDefinition
  readonly subjects: Subjects
  readonly grain: Grain
  /** First and last day in the time zone, both included. */
  readonly from: string
  readonly to: string
  readonly timeZone: string
  /** Attributes to split by, at most two, and how many groups at most; the rest is added up as "other". */
  readonly groupBy?: readonly string[]
  readonly groupsLimit?: number
}

export interface CompiledSeries {
  readonly sql: string
  readonly parameters: Parameters
}

export const LISTED_SUBJECTS_LIMIT = 20_000
export const GROUPED_ATTRIBUTES_LIMIT = 2
const GROUPS_LIMIT = 1_000
const DEFAULT_GROUPS = 20
/** Most points of one answer: a million entities in one period. */
export const POINTS_LIMIT = 1_000_000

/**
 * The sorting key holds the time, so rows of one key never lie in two months: each month is merged on its own, and a month
 * that is one merged part is read as a plain table.
 */
export const FINAL_WITHIN_PARTITIONS = { do_not_merge_across_partitions_select_final: 1 } as const

type Bag = (type: string, value: ParameterValue) => string

/** Hands out placeholders; the same value of the same type shares one. */
function parameterBag(): { readonly bag: Bag; readonly parameters: Record<string, ParameterValue> } {
  const parameters: Record<string, ParameterValue> = {}
  const names = new Map<string, string>()
  const bag: Bag = (type, value) => {
    const key = `${type} ${JSON.stringify(value)}`
    const name = names.get(key) ?? `p${names.size}`
    names.set(key, name)
    parameters[name] = value
    return `{${name}:${type}}`
  }
  return { bag, parameters }
}

/**
 * One row for each subject, period and group in which an event lay: see `SeriesPoint` for the columns. `final` reads past
 * corrections; without it the text is right only where there are none.
 */
export function compileSeries(organisation: string, question: SeriesQuestion, final = true): CompiledSeries {
  const { bag, parameters } = parameterBag()
  const owner = bag('UUID', organisation)
  const source = compileSource(bag, owner, question, final)
  const groups = compileGroups(bag, source, question)
  const keys = ['entity', 'periodStart', ...groups.names]
  const sql = `
    SELECT ${source.subject} AS entity, ${compilePeriod(bag, question)} AS periodStart,
      ${[...groups.columns, ...compileFigures(bag, question.definition)].join(',\n      ')}
    ${source.text}
    GROUP BY ${keys.join(', ')}
    ORDER BY ${keys.join(', ')}
    LIMIT ${POINTS_LIMIT + 1}`
  return { sql, parameters }
}

interface Source {
  readonly subject: string
  /** FROM with joins and WHERE. */
  readonly text: string
}

function compileSource(bag: Bag, owner: string, question: SeriesQuestion, final: boolean): Source {
  const { subject, join, filter } = compileSubjects(bag, owner, question.subjects)
  const conditions = [
    ...compileReach(bag, owner, question),
    ...filter,
    ...question.definition.where.map((each) => compileCondition(bag, each)),
  ]
  return {
    subject,
    text: `FROM bihuan.event AS event${final ? ' FINAL' : ''}${join}\n    WHERE ${conditions.join('\n      AND ')}`,
  }
}

/** The rows a question may touch at all: one organisation, one event type, the days asked for. */
function compileReach(bag: Bag, owner: string, question: SeriesQuestion): string[] {
  const { from, until } = spanOf(question)
  return [
    `event.organisation = ${owner}`,
    `event.event_type = ${bag('String', question.definition.eventType)}`,
    `event.occurred_at >= fromUnixTimestamp64Milli(${bag('Int64', from)}, 'UTC')`,
    `event.occurred_at < fromUnixTimestamp64Milli(${bag('Int64', until)}, 'UTC')`,
  ]
}

/** The days asked for as epoch milliseconds, the second not included. */
export function spanOf({ from, to, timeZone }: SeriesQuestion): { readonly from: number; readonly until: number } {
  const after = Temporal.PlainDate.from(to).add({ days: 1 }).toString()
  return {
    from: periodInstant(from, timeZone).epochMilliseconds,
    until: periodInstant(after, timeZone).epochMilliseconds,
  }
}

function compileSubjects(bag: Bag, owner: string, subjects: Subjects) {
  const places = `FROM bihuan.entity_place FINAL WHERE organisation = ${owner}`
  switch (subjects.kind) {
    case 'entities': {
      must(subjects.entities.length <= LISTED_SUBJECTS_LIMIT, `at most ${LISTED_SUBJECTS_LIMIT} entities are listed`)
      return {
        subject: 'event.entity',
        join: '',
        filter: [`event.entity IN ${bag('Array(UInt64)', subjects.entities)}`],
      }
    }
    case 'all': {
      const kind = subjects.entityKind === undefined ? [] : [`kind = ${bag('String', subjects.entityKind)}`]
      const below = subjects.below === undefined ? [] : [`has(ancestors, ${bag('UInt64', subjects.below)})`]
      const wanted = [...kind, ...below]
      const members = `event.entity IN (SELECT entity ${[places, ...wanted].join(' AND ')})`
      return { subject: 'event.entity', join: '', filter: wanted.length > 0 ? [members] : [] }
    }
    case 'nodes': {
      must(subjects.nodes.length <= LISTED_SUBJECTS_LIMIT, `at most ${LISTED_SUBJECTS_LIMIT} nodes are listed`)
      const nodes = bag('Array(UInt64)', subjects.nodes)
      const members = `event.entity IN (SELECT entity ${places} AND hasAny(ancestors, ${nodes}))`
      const only = subjects.nodes.length === 1 ? subjects.nodes[0] : undefined
      if (only !== undefined) return { subject: bag('UInt64', only), join: '', filter: [members] }
      const pairs = `SELECT entity AS member, arrayJoin(arrayIntersect(ancestors, ${nodes})) AS node ${places}`
      return {
        subject: 'place.node',
        join: `\n    INNER JOIN (${pairs}) AS place ON place.member = event.entity`,
        filter: [members],
      }
    }
    case 'organisation':
      return { subject: 'toUInt64(0)', join: '', filter: [] }
  }
}

const PERIOD_FUNCTIONS: Readonly<Record<Grain, string>> = {
  day: 'toDate',
  week: 'toMonday',
  month: 'toStartOfMonth',
  quarter: 'toStartOfQuarter',
  year: 'toStartOfYear',
}

const compilePeriod = (bag: Bag, { grain, timeZone }: SeriesQuestion) =>
  `${PERIOD_FUNCTIONS[grain]}(event.occurred_at, ${bag('String', timeZone)})`

function compileCondition(bag: Bag, condition: Condition): string {
  const attribute = `event.attributes[${bag('String', condition.attribute)}]`
  switch (condition.operator) {
    case 'is':
      return `${attribute} = ${bag('String', condition.value)}`
    case 'is-not':
      return `${attribute} != ${bag('String', condition.value)}`
    case 'in':
      return `${attribute} IN ${bag('Array(String)', condition.values)}`
  }
}

function compileFigures(bag: Bag, definition: IndicatorDefinition): string[] {
  const numerator = total(bag, definition.numerator)
  const carried = `countIf(${carries(bag, definition.numerator)})`
  switch (definition.kind) {
    case 'count':
    case 'sum':
      return figures({ numerator, denominator: '1', n: carried, value: 'numerator' })
    case 'ratio':
    case 'proportion': {
      const denominator = total(bag, definition.denominator)
      return figures({
        numerator,
        denominator,
        n: 'denominator',
        value: 'if(denominator = 0, NULL, numerator / denominator)',
      })
    }
    case 'mean': {
      const squares = `sum(pow(${amount(bag, definition.numerator[0]!)}, 2))`
      const value = 'if(denominator = 0, NULL, numerator / denominator)'
      return figures({ numerator, denominator: carried, n: 'denominator', value, squares })
    }
    case 'quantile': {
      const only = definition.numerator[0]!
      must(definition.quantile > 0 && definition.quantile < 1, 'a quantile lies between 0 and 1')
      // Parameters of an aggregate function must be literals; this one is a checked number.
      const quantile = `quantileExactInclusiveIf(${definition.quantile})(${amount(bag, only)}, ${carries(bag, [only])})`
      return figures({
        numerator,
        denominator: carried,
        n: 'denominator',
        value: `if(denominator = 0, NULL, ${quantile})`,
      })
    }
  }
}

function figures(of: { numerator: string; denominator: string; n: string; value: string; squares?: string }): string[] {
  return [
    `${of.numerator} AS numerator`,
    `toFloat64(${of.denominator}) AS denominator`,
    `toFloat64(${of.n}) AS n`,
    `toNullable(${of.value}) AS value`,
    `${of.squares ?? 'NULL'} AS sumOfSquares`,
  ]
}

const total = (bag: Bag, terms: readonly Term[]) => `sum(${terms.map((term) => amount(bag, term)).join(' + ')})`

/** What one event adds to a total. */
function amount(bag: Bag, term: Term): string {
  const coefficient = bag('Float64', term.coefficient)
  const amountOf = term.of === EVENTS ? coefficient : `${coefficient} * event.values[${bag('String', term.of)}]`
  if (term.where.length === 0) return amountOf
  return `if(${term.where.map((each) => compileCondition(bag, each)).join(' AND ')}, ${amountOf}, 0)`
}

/** Whether an event has a part in any of the terms. */
function carries(bag: Bag, terms: readonly Term[]): string {
  const parts = terms.map((term) => {
    const own = term.of === EVENTS ? [] : [`mapContains(event.values, ${bag('String', term.of)})`]
    const conditions = [...own, ...term.where.map((each) => compileCondition(bag, each))]
    return conditions.length === 0 ? '1' : `(${conditions.join(' AND ')})`
  })
  return parts.join(' OR ')
}

interface Groups {
  readonly columns: readonly string[]
  readonly names: readonly string[]
}

/** The largest groups by number of events over the whole range; which they are does not change from period to period. */
function compileGroups(bag: Bag, source: Source, question: SeriesQuestion): Groups {
  const attributes = question.groupBy ?? []
  must(attributes.length <= GROUPED_ATTRIBUTES_LIMIT, 'a series is split by at most two attributes')
  if (attributes.length === 0) return { columns: [], names: [] }
  const limit = Math.min(question.groupsLimit ?? DEFAULT_GROUPS, GROUPS_LIMIT)
  const own = attributes.map((attribute) => `event.attributes[${bag('String', attribute)}]`)
  const list = own.join(', ')
  const largest = `SELECT ${list} ${source.text} GROUP BY ${list} ORDER BY count() DESC, ${list} LIMIT ${bag('UInt32', limit)}`
  const among = `${own.length === 1 ? list : `(${list})`} IN (${largest})`
  const columns = own.map((each, index) => `if(${among}, ${each}, '') AS group${index}`)
  return {
    columns: [...columns, `NOT (${among}) AS other`],
    names: [...own.map((_each, index) => `group${index}`), 'other'],
  }
}
