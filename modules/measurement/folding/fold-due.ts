/**
 * Keeps the folds in step with definitions and events: new facts are filled month by month from the newest back, days and
 * months whose events changed are folded again. A day that still runs is read from events, so it waits until it is over.
 */
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { addPeriods, dayOf, periodStartOf } from '#platform/periods'
import { foldedFact } from '../rules/plan/fold.ts'
import { foldDays, foldMonth, spanOfEvents } from '../store/folding/fold-days.ts'
import {
  clearMarks,
  type FoldedFactRow,
  foldFacts,
  foldMarks,
  foldVersion,
  lockFolding,
  type Mark,
  raiseMarks,
  setFilled,
} from '../store/records/folds.ts'
import { registerFacts } from './register-facts.ts'
import { localDays, writeRemembered } from './marks.ts'

/** Pieces of work one run does; the next run goes on. */
const PIECES_PER_RUN = 200
/** Facts of one pass: more would make the statement long and the pass slow. */
const FACTS_PER_PASS = 100

/** On schedule. Gives the number of pieces done: 0 when everything is folded or another process is at it. */
export async function foldDue(context: Context, pieces = PIECES_PER_RUN): Promise<number> {
  await context.separately(writeRemembered)
  await context.separately(registerFacts)
  let done = 0
  while (done < pieces && (await context.separately(foldPiece))) done += 1
  return done
}

interface Folding {
  readonly timeZone: string
  readonly today: string
  readonly version: number
}

/** The next piece: days again, then months again, then a month of new facts. False when there is none. */
async function foldPiece(context: Context): Promise<boolean> {
  if (!(await lockFolding(context))) return false
  const facts = Map.groupBy(await foldFacts(context), (row) => row.eventType)
  const { timeZone } = await readProfile(context)
  const folding = { timeZone, today: dayOf(context.now, timeZone), version: await foldVersion(context) }
  const marks = await foldMarks(context)
  return (
    (await foldMarkedDays(context, folding, facts, marks)) ||
    (await foldMarkedMonths(context, folding, facts, marks)) ||
    (await fillNext(context, folding, facts))
  )
}

type Facts = ReadonlyMap<string, readonly FoldedFactRow[]>

const toFold = (rows: readonly FoldedFactRow[]) => rows.map(({ id, fact }) => ({ id, fact: foldedFact(fact) }))

/** All marked days of one type and month in one pass. */
async function foldMarkedDays(
  context: Context,
  { timeZone, today, version }: Folding,
  facts: Facts,
  marks: readonly Mark[],
): Promise<boolean> {
  const due = marks.filter(
    (mark) => mark.grain === 'day' && localDays(mark.start, timeZone).every((day) => day < today),
  )
  const [first] = due
  if (!first) return false
  const month = first.start.slice(0, 7)
  const taken = due.filter((mark) => mark.eventType === first.eventType && mark.start.startsWith(month))
  const days = [...new Set(taken.flatMap((mark) => localDays(mark.start, timeZone)))].toSorted()
  const { eventType } = first
  for (const rows of passes(facts.get(eventType) ?? [])) {
    await foldDays(context.measurements, context.organisation, {
      eventType,
      facts: toFold(rows),
      from: days[0]!,
      to: days.at(-1)!,
      days,
      timeZone,
      version,
    })
  }
  const months = new Set(days.map((day) => periodStartOf(day, 'month')))
  await raiseMarks(
    context,
    [...months].map((start) => ({ eventType, grain: 'month', start })),
  )
  await clearMarks(context, taken)
  return true
}

async function foldMarkedMonths(
  context: Context,
  { today, version }: Folding,
  facts: Facts,
  marks: readonly Mark[],
): Promise<boolean> {
  const due = marks.find((mark) => mark.grain === 'month' && addPeriods(mark.start, 'month', 1) <= today)
  if (!due) return false
  const ids = (facts.get(due.eventType) ?? []).map((row) => row.id)
  if (ids.length > 0)
    await foldMonth(context.measurements, context.organisation, { facts: ids, month: due.start, version })
  await clearMarks(context, [due])
  return true
}

/** The next older month of facts that are not filled yet; those that stand at the same month go together. */
async function fillNext(context: Context, { timeZone, version }: Folding, facts: Facts): Promise<boolean> {
  const open = [...facts.values()].flat().filter((row) => !row.filled)
  const [lead] = open
  if (!lead) return false
  const { eventType, filledFrom } = lead
  const rows = open
    .filter((row) => row.eventType === eventType && row.filledFrom === filledFrom)
    .slice(0, FACTS_PER_PASS)
  const ids = rows.map((row) => row.id)
  const span = await spanOfEvents(context.measurements, context.organisation, eventType, timeZone)
  if (span === null) {
    await setFilled(context, ids, filledFrom, true)
    return true
  }
  // The running day too: what comes later marks it.
  const last = filledFrom === null ? span.to : addPeriods(filledFrom, 'day', -1)
  if (last < span.from) {
    await setFilled(context, ids, filledFrom, true)
    return true
  }
  const month = periodStartOf(last, 'month')
  const { measurements, organisation } = context
  await foldDays(measurements, organisation, {
    eventType,
    facts: toFold(rows),
    from: month,
    to: last,
    timeZone,
    version,
    first: true,
  })
  await foldMonth(measurements, organisation, { facts: ids, month, version })
  await setFilled(context, ids, month, month <= span.from)
  return true
}

function* passes(rows: readonly FoldedFactRow[]): Iterable<readonly FoldedFactRow[]> {
  for (let start = 0; start < rows.length; start += FACTS_PER_PASS) yield rows.slice(start, start + FACTS_PER_PASS)
}
