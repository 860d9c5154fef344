/** What all entities of a run have in common, from what was stored. */
import type { Measurements } from '#platform/measurements/measurements'
import { READING_SETTINGS } from '../../compile/compile-facts.ts'
import { parameterBag } from '../../compile/parameter-bag.ts'
import type { ScoreRun } from '../score-block.ts'
import { EXECUTION_SECONDS, runPlace } from './question.ts'

export interface BulkSummary {
  readonly units: number
  readonly ranked: number
  readonly mean: number | null
  /** Mean of the squared z-scores, winsorised a tenth at each end, and over how many. */
  readonly phi: number | null
  readonly uncertain: number
  readonly starsCounts: readonly number[]
}

const TIE_TOLERANCE_POINTS = 1e-9
const STARS_MOST = 5

/** What all entities have in common, from what was stored. */
export async function readBulkSummary(
  measurements: Measurements,
  organisation: string,
  run: ScoreRun,
): Promise<BulkSummary> {
  const { bag, parameters } = parameterBag()
  const rows = `bihuan.score FINAL WHERE ${runPlace(bag, organisation, run)}`
  const stars = Array.from({ length: STARS_MOST }, (_unused, place) => `countIf(stars = ${place + 1})`)
  const [row] = await measurements.query<{ units: number; ranked: number; mean: number | null; stars: number[] }>(
    `SELECT count() AS units, countIf(rank > 0) AS ranked, avgIf(composite, rank > 0) AS mean, [${stars.join(', ')}] AS stars FROM ${rows}`,
    parameters,
    { maxExecutionSeconds: EXECUTION_SECONDS, settings: READING_SETTINGS },
  )
  const { units, ranked, mean } = row!
  if (mean === null || ranked === 0)
    return { units, ranked, mean: null, phi: null, uncertain: 0, starsCounts: row!.stars }
  const z = `(composite - ${bag('Float64', mean)}) / error`
  const [spread] = await measurements.query<{ phi: number | null; uncertain: number }>(
    `WITH (SELECT quantilesExactInclusive(0.1, 0.9)(${z}) FROM ${rows} AND rank > 0 AND error > ${TIE_TOLERANCE_POINTS}) AS ends
     SELECT avg(pow(least(greatest(${z}, ends[1]), ends[2]), 2)) AS phi, count() AS uncertain
     FROM ${rows} AND rank > 0 AND error > ${TIE_TOLERANCE_POINTS}`,
    parameters,
    { maxExecutionSeconds: EXECUTION_SECONDS, settings: READING_SETTINGS },
  )
  return { units, ranked, mean, ...spread!, starsCounts: row!.stars }
}

/** How many ranked entities lie farther from the mean than so many of their errors, to either side. */
export async function countBeyond(
  measurements: Measurements,
  organisation: string,
  run: ScoreRun,
  { mean, errors }: { mean: number; errors: number },
): Promise<{ above: number; below: number }> {
  const { bag, parameters } = parameterBag()
  const far = `abs(composite - ${bag('Float64', mean)}) > ${bag('Float64', errors)} * error`
  const [row] = await measurements.query<{ above: number; below: number }>(
    `SELECT countIf(${far} AND composite > ${bag('Float64', mean)}) AS above, countIf(${far} AND composite < ${bag('Float64', mean)}) AS below
     FROM bihuan.score FINAL WHERE ${runPlace(bag, organisation, run)} AND rank > 0`,
    parameters,
    { maxExecutionSeconds: EXECUTION_SECONDS, settings: READING_SETTINGS },
  )
  return row!
}
