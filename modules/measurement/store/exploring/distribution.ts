/** How single values lie. */
import type { Measurements } from '#platform/measurements/measurements'
import {
  compileBars,
  compileSummary,
  DISTRIBUTION_SHARES,
  type DistributionQuestion,
} from '../compile/compile-distribution.ts'
import { FINAL_WITHIN_PARTITIONS } from '../compile/compile-facts.ts'

const EXECUTION_SECONDS = 60
const OPTIONS = {
  maxExecutionSeconds: EXECUTION_SECONDS,
  settings: { ...FINAL_WITHIN_PARTITIONS, distributed_product_mode: 'local' },
} as const
const TABLE = { kind: 'store', final: true } as const

export interface Summary {
  readonly n: number
  readonly mean: number
  readonly deviation: number | null
  readonly least: number
  readonly greatest: number
  readonly quantiles: readonly { readonly share: number; readonly value: number }[]
  /** Up to 100; 101 stands for more. */
  readonly different: number
}

/** Null without a single value. */
export async function readSummary(
  measurements: Measurements,
  organisation: string,
  question: DistributionQuestion,
): Promise<Summary | null> {
  const { sql, parameters } = compileSummary(organisation, question, TABLE)
  type Row = Omit<Summary, 'quantiles'> & { readonly quantiles: readonly number[] }
  const [row] = await measurements.query<Row>(sql, parameters, OPTIONS)
  if (!row || row.n === 0) return null
  const deviation = row.deviation !== null && Number.isFinite(row.deviation) ? row.deviation : null
  const quantiles = DISTRIBUTION_SHARES.map((share, index) => ({ share, value: row.quantiles[index]! }))
  return { ...row, deviation, quantiles }
}

export async function readBars(
  measurements: Measurements,
  organisation: string,
  question: DistributionQuestion,
  ends: readonly number[] | null,
): Promise<{ place: number; count: number }[]> {
  const { sql, parameters } = compileBars(organisation, question, TABLE, ends)
  return measurements.query<{ place: number; count: number }>(sql, parameters, OPTIONS)
}
