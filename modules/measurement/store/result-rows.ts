/** Results over many periods in few inserts, and back by what they are about. */
import type { SeriesGrain } from '../contract/grain.ts'
import type { Measurements } from '#platform/measurements/measurements'
import type { ParameterValue } from '#platform/measurements/parameters'

export interface ResultToStore {
  readonly entity: number
  readonly periodStart: string
  readonly value: number | null
  readonly detail: unknown
}
export interface FoundResult extends ResultToStore {
  readonly run: string
}

const BLOCK_ROWS = 50_000
const FOUND_LIMIT = 1_000_000

/** Append only; the same call again changes nothing. A missing value is stored as NaN, which reads back as null. */
export async function appendResultRows(
  measurements: Measurements,
  organisation: string,
  what: { kind: string; run: string; grain: SeriesGrain },
  results: readonly ResultToStore[],
  recordedAt: Temporal.Instant,
): Promise<void> {
  for (let start = 0; start < results.length; start += BLOCK_ROWS) {
    const rows = results.slice(start, start + BLOCK_ROWS).map((result) => ({
      organisation,
      kind: what.kind,
      grain: what.grain,
      period_start: result.periodStart,
      run: what.run,
      subject: result.entity,
      value: result.value ?? 'nan',
      detail: JSON.stringify(result.detail ?? null),
      recorded_at: recordedAt.toString({ fractionalSecondDigits: 3 }),
    }))
    // Two calls of one run differ in what they begin and end with, whatever their length.
    const ends = [rows[0]!, rows.at(-1)!].map((row) => `${row.period_start} ${row.subject}`).join(' ')
    const token = `${organisation} results ${what.kind} ${what.run} ${start} ${results.length} ${ends}`
    await measurements.insert('result', { rows }, { token })
  }
}

/** By period and entity. */
export async function findResultRows(
  measurements: Measurements,
  organisation: string,
  question: {
    kind: string
    run?: string | undefined
    periodStart?: string | undefined
    entity?: number | undefined
  },
): Promise<FoundResult[]> {
  const parameters: Record<string, ParameterValue> = { organisation, kind: question.kind }
  const conditions = ['organisation = {organisation:UUID}', 'kind = {kind:String}']
  const add = (name: string, value: ParameterValue | undefined, condition: string) => {
    if (value === undefined) return
    parameters[name] = value
    conditions.push(condition)
  }
  add('run', question.run, 'stored.run = {run:UUID}')
  add('periodStart', question.periodStart, 'period_start = {periodStart:Date}')
  add('entity', question.entity, 'subject = {entity:UInt64}')
  const rows = await measurements.query<Omit<FoundResult, 'detail'> & { detail: string }>(
    `SELECT toString(period_start) AS periodStart, toString(run) AS run, subject AS entity, value, detail
     FROM bihuan.result AS stored WHERE ${conditions.join(' AND ')}
     ORDER BY period_start, subject, run LIMIT ${FOUND_LIMIT}`,
    parameters,
  )
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as unknown }))
}
