/** Facts computed later, such as scores. Append only: which run counts is a pointer in the records, never an edit here. */
import type { Grain } from '#platform/contract'
import type { Measurements } from '#platform/measurements/measurements'
import type { ParameterValue } from '#platform/measurements/parameters'

export interface Result {
  /** The entity's number. */
  readonly subject: number
  readonly value: number
  /** Whatever explains the value, as JSON. */
  readonly detail: unknown
}

export interface ResultRun {
  /** What was computed, e.g. the id of a score model. */
  readonly kind: string
  readonly grain: Grain
  readonly periodStart: string
  readonly run: string
}

export interface StoredResult extends Result, ResultRun {
  /** Epoch milliseconds. */
  readonly recordedAt: number
}

export const RESULTS_BLOCK_ROWS = 50_000
export const RESULTS_LIMIT = 1_000_000

/** Appends one run's results; the same call again changes nothing. */
export async function appendResults(
  measurements: Measurements,
  organisation: string,
  run: ResultRun,
  results: readonly Result[],
  recordedMilliseconds: number,
): Promise<void> {
  for (let start = 0; start < results.length; start += RESULTS_BLOCK_ROWS) {
    const rows = results.slice(start, start + RESULTS_BLOCK_ROWS).map((result) => ({
      organisation,
      kind: run.kind,
      grain: run.grain,
      period_start: run.periodStart,
      run: run.run,
      subject: result.subject,
      value: result.value,
      detail: JSON.stringify(result.detail ?? null),
      recorded_at: new Date(recordedMilliseconds).toISOString(),
    }))
    const token = `${organisation} result ${run.kind} ${run.grain} ${run.periodStart} ${run.run} ${start}`
    await measurements.insert('result', { rows }, { token })
  }
}

export interface ResultQuestion {
  readonly kind: string
  readonly grain: Grain
  /** The runs that count, as the records point at them. */
  readonly runs: readonly string[]
  readonly subjects?: readonly number[]
  readonly from?: string
  readonly to?: string
}

/** Ordered by period and subject; the last line of a subject in a run counts should a run have written two. */
export async function readResults(
  measurements: Measurements,
  organisation: string,
  question: ResultQuestion,
): Promise<StoredResult[]> {
  const { kind, grain, runs } = question
  const parameters: Record<string, ParameterValue> = { organisation, kind, grain, runs }
  const conditions = [
    'organisation = {organisation:UUID}',
    'kind = {kind:String}',
    'grain = {grain:String}',
    'run IN (SELECT toUUID(arrayJoin({runs:Array(String)})))',
  ]
  const add = (name: string, value: ParameterValue | undefined, condition: string) => {
    if (value === undefined) return
    parameters[name] = value
    conditions.push(condition)
  }
  add('subjects', question.subjects, 'subject IN {subjects:Array(UInt64)}')
  add('from', question.from, 'period_start >= {from:Date}')
  add('to', question.to, 'period_start <= {to:Date}')
  const rows = await measurements.query<Omit<StoredResult, 'detail'> & { detail: string }>(
    `SELECT kind, grain, toString(period_start) AS periodStart, toString(run) AS run, subject, value, detail,
       toUnixTimestamp64Milli(recorded_at) AS recordedAt
     FROM bihuan.result WHERE ${conditions.join(' AND ')}
     ORDER BY period_start, subject, recorded_at DESC LIMIT 1 BY period_start, run, subject LIMIT ${RESULTS_LIMIT}`,
    parameters,
  )
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as unknown }))
}
