/** States of facts from their folds: the same answer as `readStates` gives from events, for periods made of whole days. */
import { dayNumber } from '#worktime/days'
import { MeasurementsFailure } from '#platform/measurements/failures'
import type { Measurements } from '#platform/measurements/measurements'
import { EMPTY_STATE, type FactState } from '../../rules/plan/fact.ts'
import { POINTS_LIMIT, READING_SETTINGS } from '../compile/compile-facts.ts'
import { parameterBag } from '../compile/parameter-bag.ts'
import { compileSubjects, type Subjects } from '../compile/subjects.ts'
import type { StateRow } from '../fact-states.ts'

const EXECUTION_SECONDS = 60

export interface FoldedQuestion {
  readonly grain: 'day' | 'month'
  /** Ids of facts, in the order of the states. Those after `asked` only tell that there were events. */
  readonly facts: readonly number[]
  readonly asked: number
  readonly subjects: Subjects
  readonly byMember: boolean
  /** First days of the periods, rising, with their begin in epoch milliseconds; and the last day of all. */
  readonly starts: readonly { readonly day: string; readonly at: number }[]
  readonly last: string
  /** Days or months that are read from events instead. */
  readonly without: readonly string[]
}

type Row = Readonly<Record<string, number | null>> & { entity: number; member: number; at: number }

/** One row for each subject (and member) and period with an event. */
export async function readFolded(
  measurements: Measurements,
  organisation: string,
  question: FoldedQuestion,
): Promise<StateRow[]> {
  const { sql, parameters } = compileFolded(organisation, question)
  const rows = await measurements.query<Row>(sql, parameters, {
    maxExecutionSeconds: EXECUTION_SECONDS,
    settings: READING_SETTINGS,
  })
  if (rows.length > POINTS_LIMIT)
    throw new MeasurementsFailure(
      'TOO_LARGE',
      `The answer has more than ${POINTS_LIMIT} points. Ask for a shorter range.`,
    )
  const places = question.starts.map(({ at }) => at)
  return rows.map((row) => ({
    entity: row.entity,
    member: row.member,
    at: places[row.at - 1]!,
    groups: [],
    other: false,
    states: Array.from({ length: question.asked }, (_unused, index) => stateOf(row, index)),
  }))
}

function stateOf(row: Row, index: number): FactState {
  const figure = (name: string) => row[`f${index}${name}`] ?? 0
  const n = figure('n')
  if (n === 0) return EMPTY_STATE
  const end = (value: number | null | undefined) => (typeof value === 'number' && Number.isFinite(value) ? value : null)
  const [lowest, highest] = [end(row[`f${index}lowest`]), end(row[`f${index}highest`])]
  return { ...EMPTY_STATE, n, total: figure('total'), squares: figure('squares'), lowest, highest }
}

/** `at` is the place of the period, from 1: how many periods have begun by the day. */
function compileFolded(organisation: string, question: FoldedQuestion) {
  const { bag, parameters } = parameterBag()
  const owner = bag('UUID', organisation)
  const subjects = compileSubjects(bag, owner, question.subjects)
  const time = question.grain === 'day' ? 'event.day' : 'event.month'
  const starts = question.starts.map(({ day }) => dayNumber(day))
  const begun = bag('Array(Int32)', starts)
  const at = `indexOf(${begun}, roundDown(toInt32(${time}), ${begun}))`
  const figures = question.facts.slice(0, question.asked).flatMap((id, index) => {
    const own = `event.fact = ${bag('UInt64', id)}`
    return [
      `sumIf(event.n, ${own}) AS f${index}n`,
      `sumIf(event.total, ${own}) AS f${index}total`,
      `sumIf(event.squares, ${own}) AS f${index}squares`,
      `minIf(event.lowest, ${own}) AS f${index}lowest`,
      `maxIf(event.highest, ${own}) AS f${index}highest`,
    ]
  })
  const where = [
    `event.organisation = ${owner}`,
    `event.fact IN ${bag('Array(UInt64)', [...new Set(question.facts)])}`,
    `${time} >= ${bag('Date', question.starts[0]!.day)}`,
    `${time} <= ${bag('Date', question.last)}`,
    ...(question.without.length > 0 ? [`${time} NOT IN ${bag('Array(Date)', question.without)}`] : []),
    ...subjects.filter,
  ]
  const keys = question.byMember ? 'entity, member, at' : 'entity, at'
  const sql = `
    SELECT ${subjects.subject} AS entity, ${question.byMember ? 'event.entity' : 'toUInt64(0)'} AS member, ${at} AS at,
      ${figures.join(',\n      ')}
    FROM bihuan.fact_${question.grain} AS event FINAL${subjects.join}
    WHERE ${where.join('\n      AND ')}
    GROUP BY ${keys}
    ORDER BY ${keys}
    LIMIT ${POINTS_LIMIT + 1}`
  return { sql, parameters }
}
