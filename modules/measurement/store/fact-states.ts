/** Asks the store for the states of facts. */
import { MeasurementsFailure } from '#platform/measurements/failures'
import type { Measurements } from '#platform/measurements/measurements'
import { EMPTY_STATE, type Fact, type FactState, type Source } from '../rules/plan/fact.ts'
import {
  compileFacts,
  type EventTable,
  type FactsQuestion,
  POINTS_LIMIT,
  MILLISECONDS_PER_HOUR,
  READING_SETTINGS,
} from './compile/compile-facts.ts'
import { correctedWithin } from './intake/corrected-months.ts'

const EXECUTION_SECONDS = 60

/** About any number of facts of any sources; otherwise as `FactsQuestion`. */
export type StatesQuestion = Omit<FactsQuestion, 'groupsOf'>

/** One subject (and member, and group) in one period. Without a single event there is no row. */
export interface StateRow {
  /** The entity's or node's number; 0 for the whole organisation. */
  readonly entity: number
  /** The entity the row is about where members were asked for; else 0. */
  readonly member: number
  /** Begin of the period in epoch milliseconds. */
  readonly at: number
  /** One text for each attribute of `groupBy`; empty texts where `other` is true. */
  readonly groups: readonly string[]
  /** The groups beyond the limit, added up. */
  readonly other: boolean
  /** One for each fact, in order. */
  readonly states: readonly FactState[]
}

type Row = Readonly<Record<string, number | string | null>> & { entity: number; member: number; at: number }

/** The events of a worked example as JSON, or the copy of the newest events; else the events of the store. */
export interface EventsFrom {
  readonly examples?: string
  readonly recent?: boolean
}

/** Ordered by subject, member, period and group. Throws `MeasurementsFailure` TOO_LARGE beyond `POINTS_LIMIT` rows. */
export async function readStates(
  measurements: Measurements,
  organisation: string,
  question: StatesQuestion,
  from: EventsFrom = {},
): Promise<StateRow[]> {
  const rows = new Map<string, StateRow & { states: FactState[] }>()
  // The last fact of a plan counts what is judged: its largest groups are the groups.
  const groupsOf = question.facts.at(-1)!
  const sources = bySource(question.facts)
  for (const places of sources) {
    const facts = places.map((place) => question.facts[place]!)
    for (const row of await readSource(measurements, organisation, { ...question, facts, groupsOf }, from)) {
      const groups = [row.group0, row.group1].filter((group) => group !== undefined).map(String)
      const key = `${row.entity} ${row.member} ${row.at} ${row.other ?? 0} ${JSON.stringify(groups)}`
      let known = rows.get(key)
      if (!known) {
        const { entity, member, at, other } = row
        known = {
          entity,
          member,
          at: at * 1000,
          groups,
          other: other === 1,
          states: question.facts.map(() => EMPTY_STATE),
        }
        rows.set(key, known)
      }
      for (const [index, place] of places.entries()) known.states[place] = stateOf(row, index, facts[index]!)
    }
  }
  const all = [...rows.values()]
  return sources.length === 1 ? all : all.sort(bySubject)
}

/** The order of answers: subject, member, period. */
export const bySubject = (a: StateRow, b: StateRow) => a.entity - b.entity || a.member - b.member || a.at - b.at

/** Places of facts that are read in one go. */
function bySource(facts: readonly Fact[]): number[][] {
  const sources = new Map<string, number[]>()
  for (const [place, { source }] of facts.entries()) {
    const key = JSON.stringify(source)
    const others = sources.get(key)
    if (others) others.push(place)
    else sources.set(key, [place])
  }
  return [...sources.values()]
}

const number = (value: number | string | null | undefined) => (typeof value === 'number' ? value : null)

function stateOf(row: Row, index: number, fact: Fact): FactState {
  const figure = (name: string) => number(row[`f${index}${name}`])
  const n = figure('n') ?? 0
  return {
    n,
    total: figure('total') ?? 0,
    squares: figure('squares') ?? 0,
    lowest: figure('lowest'),
    highest: figure('highest'),
    last: fact.figures.includes('last') && n > 0 ? figure('last') : null,
    quantile: figure('quantile'),
    distinct: figure('distinct') ?? 0,
  }
}

/**
 * Where nothing was corrected, each event is one row and the table is read as it lies, up to half as fast again. Looked
 * for before and again after reading, because a correction may arrive in between.
 */
async function readSource(
  measurements: Measurements,
  organisation: string,
  question: FactsQuestion,
  { examples, recent = false }: EventsFrom,
): Promise<Row[]> {
  const read = async (table: EventTable) => {
    const { sql, parameters } = compileFacts(organisation, question, table)
    const rows = await measurements.query<Row>(sql, parameters, {
      maxExecutionSeconds: EXECUTION_SECONDS,
      settings: READING_SETTINGS,
    })
    if (rows.length > POINTS_LIMIT) {
      const message = `The answer has more than ${POINTS_LIMIT} points. Ask for a shorter range.`
      throw new MeasurementsFailure('TOO_LARGE', message)
    }
    return rows
  }
  if (examples !== undefined) return read({ kind: 'rows', json: examples })
  const corrected = () => correctedWithinSource(measurements, organisation, question)
  if (!(await corrected())) {
    const rows = await read({ kind: 'store', final: false, recent })
    if (!(await corrected())) return rows
  }
  return read({ kind: 'store', final: true, recent })
}

async function correctedWithinSource(
  measurements: Measurements,
  organisation: string,
  question: FactsQuestion,
): Promise<boolean> {
  for (const { source } of [question.facts[0]!, question.groupsOf]) {
    for (const [type, laterMilliseconds] of typesOf(source))
      if (
        await correctedWithin(measurements, organisation, type, question.starts[0]!, question.until + laterMilliseconds)
      )
        return true
  }
  return false
}

/** Types of event a source reads, and how far beyond the question's end. */
function typesOf(source: Source): [type: string, laterMilliseconds: number][] {
  if (source.kind === 'events') return [[source.eventType, 0]]
  const { from, to, withinHours } = source.pair
  return [
    [from.eventType, 0],
    [to.eventType, withinHours * MILLISECONDS_PER_HOUR],
  ]
}
