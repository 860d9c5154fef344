/** Where states of facts come from: folds for days that are over and unchanged, events for the rest; the same answer either way. */
import type { Context } from '#platform/context'
import { dayOf } from '#platform/periods'
import { factId, foldedGroup } from '../folding/register-facts.ts'
import { localDays } from '../folding/marks.ts'
import { addStates, EMPTY_STATE, type Fact } from '../rules/plan/fact.ts'
import { bySubject, readStates, type StateRow, type StatesQuestion } from '../store/fact-states.ts'
import { recentAnswers } from '../store/intake/recent-events.ts'
import { readFolded } from '../store/folding/read-folded.ts'
import { foldMarks, foldProgress, type Mark } from '../store/records/folds.ts'

/** Stretches of days that are read from events beside folds; with more of them everything is. */
const STRETCHES_LIMIT = 12
const DAY_MILLISECONDS = 86_400_000

export interface TimedQuestion extends StatesQuestion {
  readonly timeZone: string
}

/** As `readStates`; `wholeDays`: every period begins and ends with a day of the zone. */
export async function statesAt(context: Context, question: TimedQuestion, wholeDays: boolean): Promise<StateRow[]> {
  const { measurements, organisation } = context
  const paired = question.facts.some((fact) => fact.source.kind === 'pairs')
  if (!paired && recentAnswers(measurements, context.now.epochMilliseconds, question.starts[0]!))
    return readStates(measurements, organisation, question, { recent: true })
  const plan =
    wholeDays &&
    question.groupBy.length === 0 &&
    !question.marks &&
    question.until - question.starts[0]! > 2 * DAY_MILLISECONDS
      ? await foldPlan(context, question)
      : null
  if (plan === null) return readStates(measurements, organisation, question)
  return readBoth(context, question, plan)
}

export interface FoldPlan {
  /** Facts by source with their ids, each group followed by its presence. */
  readonly groups: readonly { readonly facts: readonly Fact[]; readonly ids: readonly number[] }[]
  /** Days to be read from events, rising. */
  readonly days: readonly string[]
  /** Every month of the question is folded, but for those named. */
  readonly months: ReadonlySet<string>
}

/** Null where the folds cannot answer: facts that are not folded, not yet filled, or too many changed days. */
export async function foldPlan(context: Context, question: TimedQuestion): Promise<FoldPlan | null> {
  const sources = [...Map.groupBy(question.facts, (fact) => JSON.stringify(fact.source)).values()]
  const groups = []
  for (const facts of sources) {
    const group = foldedGroup(facts)
    if (group === null) return null
    groups.push({ facts, ids: group.map(factId) })
  }
  const known = await foldProgress(
    context,
    groups.flatMap(({ ids }) => ids),
  )
  const from = dayOf(Temporal.Instant.fromEpochMilliseconds(question.starts[0]!), question.timeZone)
  const rows = groups.flatMap(({ ids }) => ids.map((id) => known.get(id)))
  if (rows.some((row) => row === undefined || (!row.filled && (row.filledFrom === null || row.filledFrom > from))))
    return null
  const marks = await foldMarks(context, [...new Set(rows.map((row) => row!.eventType))])
  const days = changedDays(context, question, from, marks)
  if (days === null) return null
  return { groups, days, months: new Set(marks.filter((mark) => mark.grain === 'month').map((mark) => mark.start)) }
}

/** Marked days of the question, and those not over yet; null where they lie in too many stretches. */
function changedDays(
  { now }: Context,
  { until, timeZone }: TimedQuestion,
  from: string,
  marks: readonly Mark[],
): readonly string[] | null {
  const to = dayOf(Temporal.Instant.fromEpochMilliseconds(until - 1), timeZone)
  const marked = new Set(
    marks
      .filter((mark) => mark.grain === 'day')
      .flatMap((mark) => localDays(mark.start, timeZone))
      .filter((day) => day >= from && day <= to),
  )
  // Today, and tomorrow where a sender's clock is ahead.
  let day = Temporal.PlainDate.from(dayOf(now, timeZone))
  for (let ahead = 0; ahead < 3; ahead += 1, day = day.add({ days: 1 })) {
    const text = day.toString()
    if (text >= from && text <= to) marked.add(text)
  }
  const days = [...marked].toSorted()
  return stretchesOf(days).length > STRETCHES_LIMIT ? null : days
}

/** Days one after the other, as first and last. */
function stretchesOf(days: readonly string[]): { first: string; last: string }[] {
  const stretches: { first: string; last: string }[] = []
  for (const day of days) {
    const open = stretches.at(-1)
    if (open && Temporal.PlainDate.from(open.last).add({ days: 1 }).toString() === day) open.last = day
    else stretches.push({ first: day, last: day })
  }
  return stretches
}

async function readBoth(context: Context, question: TimedQuestion, plan: FoldPlan): Promise<StateRow[]> {
  const { measurements, organisation } = context
  const { timeZone, starts, until, subjects, byMember } = question
  const days = starts.map((at) => ({ at, day: dayOf(Temporal.Instant.fromEpochMilliseconds(at), timeZone) }))
  const last = dayOf(Temporal.Instant.fromEpochMilliseconds(until - 1), timeZone)
  const rows = new Map<string, StateRow & { states: StateRow['states'][number][] }>()
  const parts: Promise<{ rows: StateRow[]; places: readonly number[] }>[] = []
  const grain = monthsFit(
    days.map(({ day }) => day),
    last,
    plan,
  )
    ? 'month'
    : 'day'
  for (const { facts, ids } of plan.groups) {
    const places = facts.map((fact) => question.facts.indexOf(fact))
    const without = grain === 'month' ? [] : plan.days
    const asked = { grain, facts: ids, asked: facts.length, subjects, byMember, starts: days, last, without } as const
    parts.push(readFolded(measurements, organisation, asked).then((found) => ({ rows: found, places })))
  }
  if (grain === 'day') {
    for (const stretch of stretchesOf(plan.days)) {
      const own = cutOut(question, stretch, timeZone)
      const all = question.facts.map((_fact, index) => index)
      parts.push(
        readStates(measurements, organisation, own).then((found) => ({
          rows: found.map((row) => ({ ...row, at: periodOf(starts, row.at) })),
          places: all,
        })),
      )
    }
  }
  for (const part of await Promise.all(parts)) merge(rows, part.rows, part.places, question.facts.length)
  return [...rows.values()].sort(bySubject)
}

/** Whether all periods are made of whole months and nothing in them changed since they were folded. */
export function monthsFit(days: readonly string[], last: string, plan: FoldPlan): boolean {
  if (plan.days.length > 0 || !days.every((day) => day.endsWith('-01'))) return false
  if (!Temporal.PlainDate.from(last).add({ days: 1 }).toString().endsWith('-01')) return false
  return [...plan.months].every((month) => month < days[0]! || month > last)
}

/** The part of a question that lies in a stretch of days, by its periods. */
function cutOut(
  question: TimedQuestion,
  { first, last }: { first: string; last: string },
  timeZone: string,
): StatesQuestion {
  const begin = Temporal.PlainDate.from(first).toZonedDateTime(timeZone).epochMilliseconds
  const end = Temporal.PlainDate.from(last).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds
  const inside = question.starts.filter((start) => start > begin && start < end)
  return { ...question, starts: [begin, ...inside], until: Math.min(end, question.until) }
}

/** The period an instant lies in. */
const periodOf = (starts: readonly number[], at: number) => starts.findLast((start) => start <= at)!

function merge(
  rows: Map<string, StateRow & { states: StateRow['states'][number][] }>,
  found: readonly StateRow[],
  places: readonly number[],
  count: number,
): void {
  for (const row of found) {
    const key = `${row.entity} ${row.member} ${row.at}`
    let known = rows.get(key)
    if (!known) {
      known = { ...row, states: Array.from({ length: count }, () => EMPTY_STATE) }
      rows.set(key, known)
    }
    for (const [index, place] of places.entries())
      known.states[place] = addStates(known.states[place]!, row.states[index]!)
  }
}
