/** Folded facts over many periods for many subjects, as numbers only: what hundreds of rules are judged by at once. */
import { dayNumber } from '#worktime/days'
import type { Measurements } from '#platform/measurements/measurements'
import { READING_SETTINGS } from '../compile/compile-facts.ts'
import { parameterBag } from '../compile/parameter-bag.ts'
import { compileSubjects, type Subjects } from '../compile/subjects.ts'

const EXECUTION_SECONDS = 120

export type PanelFigure = 'n' | 'total' | 'squares'

export interface PanelQuestion {
  readonly grain: 'day' | 'month'
  readonly facts: readonly number[]
  readonly figures: readonly PanelFigure[]
  readonly subjects: Subjects
  /** First days of the periods, rising, and the last day of all. */
  readonly starts: readonly string[]
  readonly last: string
}

/**
 * Rows of: place of the fact, from 0; number of the subject; then for each figure one number for each period. By fact and subject, both rising;
 * subjects without any event of a fact have no row for it.
 */
export async function readPanel(
  measurements: Measurements,
  organisation: string,
  question: PanelQuestion,
): Promise<Float64Array> {
  const { bag, parameters } = parameterBag()
  const owner = bag('UUID', organisation)
  const subjects = compileSubjects(bag, owner, question.subjects)
  const time = question.grain === 'day' ? 'event.day' : 'event.month'
  const starts = question.starts.map(dayNumber)
  const ids = bag('Array(UInt64)', question.facts)
  // A parameter nobody uses would be refused, hence only where there are several periods.
  const placed = (begun: string) => `indexOf(${begun}, roundDown(toInt32(${time}), ${begun}))`
  const at = starts.length === 1 ? '1' : placed(bag('Array(Int32)', starts))
  const periods = starts.map((_start, place) => place + 1)
  const sums = question.figures.flatMap((figure) =>
    periods.map((period) => (starts.length === 1 ? `sum(event.${figure})` : `sumIf(event.${figure}, at = ${period})`)),
  )
  const where = [
    `event.organisation = ${owner}`,
    `event.fact IN ${ids}`,
    `${time} >= ${bag('Date', question.starts[0]!)}`,
    `${time} <= ${bag('Date', question.last)}`,
    ...subjects.filter,
  ]
  const sql = `
    SELECT toFloat64(indexOf(${ids}, event.fact) - 1), toFloat64(${subjects.subject}), ${sums.join(', ')}
    FROM (
      SELECT fact, entity, n, total, squares, ${at} AS at FROM bihuan.fact_${question.grain} AS event FINAL
      WHERE ${where.join(' AND ')}) AS event${subjects.join}
    GROUP BY event.fact, ${subjects.subject}
    ORDER BY indexOf(${ids}, event.fact), ${subjects.subject}`
  return measurements.numbers(sql, parameters, { maxExecutionSeconds: EXECUTION_SECONDS, settings: READING_SETTINGS })
}
