/** Asks the store for the values of an indicator. */
import { MeasurementsFailure } from '#platform/measurements/failures'
import type { Measurements } from '#platform/measurements/measurements'
import { compileSeries, FINAL_WITHIN_PARTITIONS, POINTS_LIMIT, type SeriesQuestion, spanOf } from './compile-series.ts'
import { correctedWithin } from './intake/corrected-months.ts'

const SERIES_EXECUTION_SECONDS = 60

/** One subject in one period (and group). Periods without a single event have no point. */
export interface SeriesPoint {
  /** The entity's or node's number; 0 for the whole organisation. */
  readonly entity: number
  /** First day of the period in the asked time zone; weeks begin on Monday. */
  readonly periodStart: string
  /** One text for each attribute of `groupBy`; empty texts where `other` is true. */
  readonly groups: readonly string[]
  /** The groups beyond the limit, added up. */
  readonly other: boolean
  readonly numerator: number
  /** 1 for counts and sums; the number of events that carry the value for means and quantiles. */
  readonly denominator: number
  /** Trials of a proportion, exposure of a ratio, events with the value of a mean, events with a part in a count or sum. */
  readonly n: number
  /** Null when the denominator is 0. */
  readonly value: number | null
  /** Of a mean's values, for its standard error; null for the other kinds. */
  readonly sumOfSquares: number | null
}

interface Row extends Omit<SeriesPoint, 'groups' | 'other'> {
  readonly group0?: string
  readonly group1?: string
  readonly other?: number
}

/** Ordered by subject, period and group. Throws `MeasurementsFailure` TOO_LARGE beyond `POINTS_LIMIT` points. */
export async function readSeries(
  measurements: Measurements,
  organisation: string,
  question: SeriesQuestion,
): Promise<SeriesPoint[]> {
  const rows = await readRows(measurements, organisation, question)
  if (rows.length > POINTS_LIMIT) {
    throw new MeasurementsFailure(
      'TOO_LARGE',
      `The answer has more than ${POINTS_LIMIT} points. Ask for a shorter range.`,
    )
  }
  return rows.map(({ group0, group1, other, ...figures }) => ({
    ...figures,
    groups: [group0, group1].filter((group) => group !== undefined),
    other: other === 1,
  }))
}

/**
 * Where nothing was corrected, each event is one row and the table is read as it lies, up to half as fast again. Looked
 * for before and again after reading, because a correction may arrive in between.
 */
async function readRows(measurements: Measurements, organisation: string, question: SeriesQuestion): Promise<Row[]> {
  const { from, until } = spanOf(question)
  const corrected = () => correctedWithin(measurements, organisation, question.definition.eventType, from, until)
  const read = (final: boolean) => {
    const { sql, parameters } = compileSeries(organisation, question, final)
    return measurements.query<Row>(sql, parameters, {
      maxExecutionSeconds: SERIES_EXECUTION_SECONDS,
      settings: SETTINGS,
    })
  }
  if (!(await corrected())) {
    const rows = await read(false)
    if (!(await corrected())) return rows
  }
  return read(true)
}

/** On a cluster entities and their places lie on the same shard, so inner tables are read there. */
const SETTINGS = { ...FINAL_WITHIN_PARTITIONS, distributed_product_mode: 'local' } as const
