/** Facts from events, split by how late each event became known: history as it looked at the time. */
import type { Measurements } from '#platform/measurements/measurements'
import type { Fact } from '../../rules/plan/fact.ts'
import { compileSource, compileState, type FactsQuestion, READING_SETTINGS } from '../compile/compile-facts.ts'
import { parameterBag } from '../compile/parameter-bag.ts'

const EXECUTION_SECONDS = 120
/** An event recorded so long after it happened was not late: it is history that somebody imported. */
export const HISTORY_DAYS = 45
/** Figures of `compileState` that add up. */
export const KNOWN_FIGURES = ['n', 'total', 'squares'] as const

export interface KnownQuestion
  extends Omit<FactsQuestion, 'groupBy' | 'groupsLimit' | 'groupsOf' | 'byMember' | 'asOf'> {
  /** For each period the instant at which it is judged, in epoch milliseconds, rising. */
  readonly judgedAt: readonly number[]
  /** Later than so many periods counts as so many. */
  readonly mostLate: number
}

export interface KnownRows {
  /**
   * Rows of: number of the subject; place of the period; periods after its own in which it became known; 1 for imported history; then for each
   * fact n, total, squares.
   */
  readonly rows: Float64Array
  readonly width: number
}

/** All facts of one source of events (not of pairs). */
export async function readKnown(
  measurements: Measurements,
  organisation: string,
  question: KnownQuestion,
): Promise<KnownRows> {
  const { bag, parameters } = parameterBag()
  const { facts, starts, judgedAt, mostLate } = question
  const full = { ...question, groupBy: [], groupsLimit: 1, groupsOf: facts[0]!, byMember: false, asOf: question.until }
  const compiling = {
    bag,
    owner: bag('UUID', organisation),
    question: full,
    table: { kind: 'store', final: true } as const,
  }
  const source = compileSource(compiling, facts[0]!.source, [])
  const begun = bag(
    'Array(UInt32)',
    starts.map((start) => Math.floor(start / 1000)),
  )
  const place = `indexOf(${begun}, roundDown(toUInt32(event.occurred_at), ${begun})) - 1`
  // How many judgements lie before the instant at which it was received.
  const judged = bag('Array(UInt32)', [0, ...judgedAt.map((at) => Math.floor(at / 1000) + 1)])
  const known = `indexOf(${judged}, roundDown(toUInt32(event.received_at), ${judged})) - 1`
  const imported = `event.received_at > event.occurred_at + INTERVAL ${HISTORY_DAYS} DAY`
  const late = `if(${imported}, 0, least(${mostLate}, greatest(0, ${known} - (${place}))))`
  const figures = facts.flatMap((fact) => compileState(bag, fact).slice(0, KNOWN_FIGURES.length))
  const sql = `
    SELECT toFloat64(${source.subject}) AS subject, toFloat64(${place}) AS place, toFloat64(${late}) AS late, toFloat64(${imported}) AS imported,
      ${figures.map((figure) => `toFloat64(${figure})`).join(', ')}
    ${source.text}
    GROUP BY subject, place, late, imported`
  const rows = await measurements.numbers(sql, parameters, {
    maxExecutionSeconds: EXECUTION_SECONDS,
    settings: READING_SETTINGS,
  })
  return { rows, width: 4 + KNOWN_FIGURES.length * facts.length }
}

/** Whether a fact's figures can be split like this. */
export const splits = ({ source, figures }: Fact): boolean =>
  source.kind === 'events' && figures.every((figure) => (KNOWN_FIGURES as readonly string[]).includes(figure))
