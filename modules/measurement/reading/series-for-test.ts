/** Values of a definition straight from the store, for tests and benchmarks: no organisation's settings, no other indicators. */
import type { Grain } from '#platform/contract'
import type { Measurements } from '#platform/measurements/measurements'
import type { IndicatorDefinition } from '../contract/definition.ts'
import { planOf, type Sums } from '../rules/plan/plan.ts'
import type { Subjects } from '../store/compile/subjects.ts'
import { type StatesQuestion, readStates } from '../store/fact-states.ts'
import { cutOf, endOf } from './cut.ts'

export interface SeriesQuestion {
  readonly definition: IndicatorDefinition
  readonly subjects: Subjects
  readonly grain: Grain
  /** First and last day in the time zone, both included. */
  readonly from: string
  readonly to: string
  readonly timeZone: string
  readonly groupBy?: readonly string[]
  readonly groupsLimit?: number
}

export interface SeriesPoint extends Omit<Sums, 'excluded'> {
  readonly entity: number
  readonly periodStart: string
  readonly groups: readonly string[]
  readonly other: boolean
}

const PERIODS = {
  weekStart: 1,
  fiscalYearStartMonth: 1,
  retailYear: { pattern: '4-4-5', weekday: 6, month: 1, rule: 'last' },
} as const

/** The days of the question, cut into its periods: those that touch it, cut off at its first and last day. */
export function statesQuestion({
  from,
  to,
  timeZone,
  grain,
  ...rest
}: SeriesQuestion): StatesQuestion & { readonly texts: readonly string[] } {
  const { periods } = cutOf(grain, from, to, { timeZone, periods: PERIODS })
  const days = cutOf('day', from, from, { timeZone, periods: PERIODS }).periods
  const last = cutOf('day', to, to, { timeZone, periods: PERIODS })
  return {
    facts: planOf({ definition: rest.definition }).facts,
    subjects: rest.subjects,
    byMember: false,
    starts: [days[0]!.from, ...periods.slice(1).map((period) => period.from)],
    until: endOf(last),
    asOf: endOf(last),
    calendars: new Map(),
    groupBy: rest.groupBy ?? [],
    groupsLimit: rest.groupsLimit ?? 20,
    texts: periods.map((period) => period.start),
  }
}

export async function readSeries(
  measurements: Measurements,
  organisation: string,
  question: SeriesQuestion,
): Promise<SeriesPoint[]> {
  const { texts, ...asked } = statesQuestion(question)
  const plan = planOf({ definition: question.definition })
  const rows = await readStates(measurements, organisation, asked)
  return rows.map(({ entity, at, groups, other, states }) => {
    const { excluded: _excluded, ...sums } = plan.evaluate(states)
    return { entity, periodStart: texts[asked.starts.indexOf(at)]!, groups, other, ...sums }
  })
}
