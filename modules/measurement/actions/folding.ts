/** How far folding is. */
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { dayOf } from '#platform/periods'
import type { FoldingState } from '../contract/folding.ts'
import { daysFilled } from '../rules/plan/fold.ts'
import { spanOfEvents } from '../store/folding/fold-days.ts'
import { foldFacts, foldMarks } from '../store/records/folds.ts'

export async function readFolding(context: Context): Promise<FoldingState> {
  const { timeZone } = await readProfile(context)
  const facts = await foldFacts(context)
  const marks = await foldMarks(context)
  const open = Map.groupBy(
    facts.filter((row) => !row.filled),
    (row) => `${row.eventType} ${row.filledFrom ?? ''}`,
  )
  const filling: FoldingState['filling'] = []
  for (const rows of open.values()) {
    const { eventType, filledFrom } = rows[0]!
    const span = await spanOfEvents(context.measurements, context.organisation, eventType, timeZone)
    const [first, last] = [span?.from ?? null, span?.to ?? null]
    filling.push({ eventType, facts: rows.length, filledFrom, first, last, share: daysFilled(filledFrom, span) })
  }
  const today = dayOf(context.now, 'UTC')
  return {
    facts: facts.length,
    filled: facts.filter((row) => row.filled).length,
    changedDays: new Set(marks.filter((mark) => mark.grain === 'day' && mark.start < today).map((mark) => mark.start))
      .size,
    filling,
  }
}
