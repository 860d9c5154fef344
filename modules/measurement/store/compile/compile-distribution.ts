/** The amounts of one fact, not added up: how they lie, and how many are in which bar. */
import type { Parameters } from '#platform/measurements/parameters'
import type { Fact } from '../../rules/plan/fact.ts'
import { amountOf, compileHolds, compileSource, type EventTable, type FactsQuestion } from './compile-facts.ts'
import { type Bag, parameterBag } from './parameter-bag.ts'

export type DistributionQuestion = Omit<
  FactsQuestion,
  'facts' | 'groupsOf' | 'groupBy' | 'groupsLimit' | 'byMember'
> & {
  readonly fact: Fact
  /** Only what lies in one of these stretches of the whole: epoch milliseconds, the second not included. */
  readonly stretches?: readonly { readonly from: number; readonly until: number }[]
}

export const DISTRIBUTION_SHARES = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99] as const

function rowsOf(organisation: string, question: DistributionQuestion, table: EventTable) {
  const { bag, parameters } = parameterBag()
  const { fact } = question
  const whole = { ...question, facts: [fact], byMember: false, groupBy: [], groupsLimit: 1, groupsOf: fact }
  const source = compileSource(
    { bag, owner: bag('UUID', organisation), question: whole, table },
    fact.source,
    fact.where,
  )
  const own = compileHolds(bag, { ...fact, where: [] }, question.calendars)
  const holds = question.stretches ? `${own} AND ${within(bag, question.stretches)}` : own
  return {
    bag,
    parameters,
    rows: `SELECT ${source.subject} AS subject, ${amountOf(bag, fact)} AS amount, ${holds} AS counts ${source.text}`,
  }
}

/** Whether an event lies in one of the stretches. */
export function within(bag: Bag, stretches: readonly { readonly from: number; readonly until: number }[]): string {
  const [begins, ends] = [stretches.map(({ from }) => from), stretches.map(({ until }) => until)]
  const at = 'toUnixTimestamp64Milli(event.occurred_at)'
  return `arrayExists((begin, end) -> ${at} >= begin AND ${at} < end, ${bag('Array(Int64)', begins)}, ${bag('Array(Int64)', ends)})`
}

/** One row: n, sum, squares around the mean, ends, quantiles (exact), number of different values (exact up to 1000). */
export function compileSummary(
  organisation: string,
  question: DistributionQuestion,
  table: EventTable,
): { sql: string; parameters: Parameters } {
  const { rows, parameters } = rowsOf(organisation, question, table)
  const sql = `
    SELECT count() AS n, avg(amount) AS mean, stddevSamp(amount) AS deviation, min(amount) AS least, max(amount) AS greatest,
      quantilesExactInclusive(${DISTRIBUTION_SHARES.join(', ')})(amount) AS quantiles, uniqUpTo(100)(amount) AS different
    FROM (${rows}) WHERE counts`
  return { sql, parameters }
}

/** One row for each bar that holds anything: by the place of its begin among the ends (0 lies below all), or by the value itself. */
export function compileBars(
  organisation: string,
  question: DistributionQuestion,
  table: EventTable,
  ends: readonly number[] | null,
): { sql: string; parameters: Parameters } {
  const { bag, rows, parameters } = rowsOf(organisation, question, table)
  const place = ends === null ? 'amount' : `arrayCount(each -> each <= amount, ${bag('Array(Float64)', ends)})`
  const sql = `SELECT toFloat64(${place}) AS place, count() AS count FROM (${rows}) WHERE counts GROUP BY place ORDER BY place`
  return { sql, parameters }
}
