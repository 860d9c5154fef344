/** How many entities lie where on the scale of points: what borders and ranges of ranks follow from. */
import type { Measurements } from '#platform/measurements/measurements'
import { READING_SETTINGS } from '../../compile/compile-facts.ts'
import { parameterBag } from '../../compile/parameter-bag.ts'
import type { ScoreRun } from '../score-block.ts'
import { type BulkQuestion, EXECUTION_SECONDS, type Known, runPlace, scoreLevel } from './question.ts'

/** Points are counted in hundredths: what is compared by bins is compared to a hundredth of a point. */
const BINS = 10_001
const BINS_A_POINT = 100

export interface BulkOutline {
  /** Entities by hundredths of a point: of their score, and of the ends of its interval. */
  readonly scores: readonly number[]
  readonly lows: readonly number[]
  readonly highs: readonly number[]
}

/** The bin of a score as SQL. */
export const binOf = (value: string): string =>
  `toUInt16(least(greatest(floor((${value}) * ${BINS_A_POINT}), 0), ${BINS - 1}))`

/** How many entities lie where, before anything is stored. */
export async function readOutline(
  measurements: Measurements,
  organisation: string,
  question: BulkQuestion,
  known: Known,
): Promise<BulkOutline> {
  const { bag, parameters } = parameterBag()
  const level = scoreLevel(bag, bag('UUID', organisation), question, known)
  const reach = `${bag('Float64', question.scheme.z)} * err`
  const rows = await measurements.query<{ which: number; at: number; count: number }>(
    `SELECT each.1 AS which, each.2 AS at, count() AS count FROM (
       SELECT arrayJoin([(0, ${binOf('composite')}), (1, ${binOf(`composite - ${reach}`)}), (2, ${binOf(`composite + ${reach}`)})]) AS each
       FROM (SELECT composite, err FROM (${level}) WHERE reason = 0))
     GROUP BY which, at`,
    parameters,
    { maxExecutionSeconds: EXECUTION_SECONDS, settings: READING_SETTINGS },
  )
  return outlineOf(rows)
}

/** Where the stored scores of a run lie. */
export async function readStoredOutline(
  measurements: Measurements,
  organisation: string,
  run: ScoreRun,
  z: number,
): Promise<BulkOutline> {
  const { bag, parameters } = parameterBag()
  const reach = `${bag('Float64', z)} * error`
  return outlineOf(
    await measurements.query(
      `SELECT each.1 AS which, each.2 AS at, count() AS count FROM (
         SELECT arrayJoin([(0, ${binOf('composite')}), (1, ${binOf(`composite - ${reach}`)}), (2, ${binOf(`composite + ${reach}`)})]) AS each
         FROM bihuan.score FINAL WHERE ${runPlace(bag, organisation, run)} AND reason = 0)
       GROUP BY which, at`,
      parameters,
      { maxExecutionSeconds: EXECUTION_SECONDS, settings: READING_SETTINGS },
    ),
  )
}

function outlineOf(rows: readonly { which: number; at: number; count: number }[]): BulkOutline {
  const counts = [0, 1, 2].map(() => Array.from({ length: BINS }, () => 0))
  for (const { which, at, count } of rows) counts[which]![at] = count
  const [scores, lows, highs] = counts as [number[], number[], number[]]
  return { scores, lows, highs }
}

/** How many lie in higher bins. */
export function above(counts: readonly number[]): number[] {
  const sums = counts.map(() => 0)
  for (let bin = counts.length - 2; bin >= 0; bin -= 1) sums[bin] = sums[bin + 1]! + counts[bin + 1]!
  return sums
}
/** How many lie in lower bins. */
export function below(counts: readonly number[]): number[] {
  const sums = counts.map(() => 0)
  for (let bin = 1; bin < counts.length; bin += 1) sums[bin] = sums[bin - 1]! + counts[bin - 1]!
  return sums
}
