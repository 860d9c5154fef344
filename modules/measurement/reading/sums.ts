/** Sums of an indicator for subjects and periods: facts from the store, windows, members, parts; see `rules/plan`. */
import { MeasurementsFailure } from '#platform/measurements/failures'
import type { Context } from '#platform/context'
import { dayOf, periodInstant } from '#platform/periods'
import { refuse } from '#platform/refusal'
import type { Condition } from '../contract/definition.ts'
import { measurementRefusals } from '../contract/refusals.ts'
import type { IndicatorDraft } from '../contract/indicators.ts'
import { eventSource, type Fact, factOf, type FactState } from '../rules/plan/fact.ts'
import { type Along, type Plan, planOf, type Sums } from '../rules/plan/plan.ts'
import { windowStart, windowStates } from '../rules/plan/windows.ts'
import type { Subjects } from '../store/compile/subjects.ts'
import { readStates, type StateRow } from '../store/fact-states.ts'
import { type Cut, endOf } from './cut.ts'
import { addMembers, carryLevels } from './members.ts'
import { openHoursOf } from './open-hours.ts'
import { statesAt } from './states.ts'

/** Groups a split series shows; the rest is added up as "other". */
export const GROUPS_SHOWN = 20
/** Events lie after this. */
const BEGINNING = Temporal.Instant.from('1990-01-01T00:00:00Z').epochMilliseconds

/** What of an indicator decides its values. */
export type Judged = Pick<IndicatorDraft, 'definition' | 'unit' | 'minimumN'> & Partial<IndicatorDraft>

export interface SumsQuestion {
  readonly indicator: Judged
  readonly subjects: Subjects
  readonly cut: Cut
  readonly groupBy?: readonly string[]
  /** Instead of attributes: by which of these lists of conditions an event fulfils. */
  readonly marks?: readonly (readonly Condition[])[]
  /** Only events that fulfil these: see `withSegment`. */
  readonly segment?: readonly Condition[]
  /** Events of a worked example instead of the organisation's: see `readStates`. */
  readonly examples?: string
  /** Epoch milliseconds; the context's moment when absent. */
  readonly asOf?: number
}

export interface SumsRow {
  readonly entity: number
  /** Place of the period in the cut. */
  readonly period: number
  readonly groups: readonly string[]
  readonly other: boolean
  readonly sums: Sums
}

/** Of any definition but a derived one. Ordered by entity and period. Refuses with OVERLOADED when the stores stay busy. */
export async function sumsOfFacts(context: Context, question: SumsQuestion): Promise<SumsRow[]> {
  const plan = planOf(question.indicator)
  const { members } = plan
  const byMember = members !== 'together' && ['nodes', 'organisation'].includes(question.subjects.kind)
  const rows =
    plan.along.kind === 'period'
      ? await plain(context, question, plan, byMember)
      : await windowed(context, question, plan, plan.along, byMember)
  const evaluated = rows.map(({ states, ...row }) => ({ ...row, sums: plan.evaluate(states) }))
  const { definition, missing } = question.indicator
  const carry = definition.kind === 'level' && missing?.noEvents === 'carry' ? missing.periods : 0
  const levels = carry > 0 ? carryLevels(evaluated, lastBegun(context, question), carry) : evaluated
  return byMember ? addMembers(levels, members) : levels
}

export interface MemberRow extends SumsRow {
  readonly member: number
}
type PeriodStates = Omit<MemberRow, 'sums'> & { readonly states: readonly FactState[] }

async function plain(context: Context, question: SumsQuestion, plan: Plan, byMember: boolean): Promise<PeriodStates[]> {
  const { cut } = question
  const starts = cut.periods.map((period) => period.from)
  const places = new Map(starts.map((start, index) => [start, index]))
  const rows = await statesOf(context, question, plan, byMember, { starts, until: endOf(cut) })
  return rows.map(({ at, ...row }) => ({ ...row, period: places.get(at)! }))
}

async function statesOf(
  context: Context,
  question: SumsQuestion,
  { facts }: Plan,
  byMember: boolean,
  span: { starts: readonly number[]; until: number },
): Promise<StateRow[]> {
  const { population } = question.indicator
  const subjects =
    question.examples === undefined && population && population.kinds.length > 0
      ? { ...question.subjects, population: population.kinds }
      : question.subjects
  return factsAt(context, { ...question, facts, subjects, byMember }, span)
}

/** States of facts in the periods of a cut, or in other stretches. Refuses with OVERLOADED when the stores stay busy. */
export async function factsAt(
  context: Context,
  question: Omit<SumsQuestion, 'indicator'> & { readonly facts: readonly Fact[]; readonly byMember?: boolean },
  span = { starts: question.cut.periods.map((period) => period.from) as readonly number[], until: endOf(question.cut) },
): Promise<StateRow[]> {
  const { facts, subjects, cut, examples, byMember = false, marks } = question
  // Conditions of marks may name calendars as well.
  const named = marks ? [...facts, factOf(eventSource(''), marks.flat(), [])] : facts
  const asked = {
    facts,
    subjects,
    byMember,
    ...span,
    asOf: question.asOf ?? context.now.epochMilliseconds,
    calendars: await openHoursOf(context, named, Math.max(span.starts[0]!, BEGINNING), span.until),
    groupBy: question.groupBy ?? [],
    groupsLimit: GROUPS_SHOWN,
    ...(marks ? { marks } : {}),
  }
  try {
    if (examples !== undefined) return await readStates(context.measurements, context.organisation, asked, { examples })
    return await statesAt(context, { ...asked, timeZone: cut.timeZone }, cut.grain !== 'minute' && cut.grain !== 'hour')
  } catch (error) {
    if (error instanceof MeasurementsFailure && error.code === 'BUSY') refuse(measurementRefusals, 'OVERLOADED')
    throw error
  }
}

/** The newest period of the cut that has begun. */
function lastBegun(context: Context, { cut, asOf }: SumsQuestion): number {
  const now = asOf ?? context.now.epochMilliseconds
  return cut.periods.findLastIndex((period) => period.from <= now)
}

/** Days (or, since the beginning, the periods themselves and all before them) added up to windows. */
async function windowed(
  context: Context,
  question: SumsQuestion,
  plan: Plan,
  along: Exclude<Along, { kind: 'period' }>,
  byMember: boolean,
): Promise<PeriodStates[]> {
  const { cut } = question
  const windows = cut.periods.map((period) => ({
    from: windowFrom(along, period.until, cut.timeZone),
    until: period.until,
  }))
  const starts =
    along.kind === 'lifetime'
      ? [BEGINNING, ...cut.periods.map((period) => period.from)]
      : dayStarts(windows[0]!.from, endOf(cut), cut.timeZone)
  const rows = await statesOf(context, question, plan, byMember, { starts, until: endOf(cut) })
  const ends = new Map(starts.map((start, index) => [start, starts[index + 1] ?? endOf(cut)]))
  const last = lastBegun(context, question)
  const shown = windows.slice(0, last + 1)
  const series = new Map<string, StateRow[]>()
  for (const row of rows) {
    const key = `${row.entity} ${row.member} ${row.other} ${JSON.stringify(row.groups)}`
    const own = series.get(key)
    if (own) own.push(row)
    else series.set(key, [row])
  }
  return [...series.values()].flatMap((own) => {
    const slices = own.map(({ at, states }) => ({ from: at, until: ends.get(at)!, states }))
    const { at: _at, states: _states, ...what } = own[0]!
    return windowStates(shown, slices, plan.facts.length).flatMap((states, period) =>
      states ? [{ ...what, period, states }] : [],
    )
  })
}

function windowFrom(along: Exclude<Along, { kind: 'period' }>, until: number, timeZone: string): number {
  if (along.kind === 'lifetime') return BEGINNING
  const lastDay = dayOf(Temporal.Instant.fromEpochMilliseconds(until - 1), timeZone)
  return periodInstant(windowStart(along, lastDay), timeZone).epochMilliseconds
}

function dayStarts(from: number, until: number, timeZone: string): number[] {
  const starts: number[] = []
  let day = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).startOfDay()
  while (day.epochMilliseconds < until) {
    starts.push(day.epochMilliseconds)
    day = day.add({ days: 1 }).startOfDay()
  }
  return starts
}
