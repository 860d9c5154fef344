/** What others compute over entities and periods (scores) lies with the facts: append only, read by what it is about. */
import { type EntityPlace, lookUpEntityNumbers } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { SeriesGrain } from '../contract/grain.ts'
import { appendResultRows, findResultRows, type ResultToStore } from '../store/result-rows.ts'

export interface ResultRow {
  readonly entity: EntityPlace
  readonly periodStart: string
  readonly run: string
  readonly value: number | null
  readonly detail: unknown
}

/** One kind of result has many subjects (schemes); the store knows both as one word. */
const wordOf = (kind: string, subject: string) => `${kind} ${subject}`

const WHOLE: EntityPlace = { key: '', number: 0, name: '', kind: 'organisation', path: [] }

/** Which run counts for a period is the caller's pointer; an older run's rows are never changed. */
export async function recordResults(
  context: Context,
  input: { kind: string; subject: string; run: string; grain: SeriesGrain; rows: readonly ResultToStore[] },
): Promise<void> {
  const { run, grain } = input
  const what = { kind: wordOf(input.kind, input.subject), run, grain }
  await appendResultRows(context.measurements, context.organisation, what, input.rows, context.now)
}

/** By period and entity. Results of entities that are gone are left out. */
export async function readResults(
  context: Context,
  input: {
    kind: string
    subject: string
    run?: string | undefined
    periodStart?: string | undefined
    entity?: number | undefined
    /** Also those about the whole organisation, by number 0. */
    whole?: boolean
  },
): Promise<ResultRow[]> {
  const rows = await findResultRows(context.measurements, context.organisation, {
    kind: wordOf(input.kind, input.subject),
    run: input.run,
    periodStart: input.periodStart,
    entity: input.entity,
  })
  const places = await lookUpEntityNumbers(context, [...new Set(rows.map((row) => row.entity))])
  return rows.flatMap((row) => {
    const entity = row.entity === 0 && input.whole ? WHOLE : places.get(row.entity)
    return entity ? [{ ...row, entity }] : []
  })
}
