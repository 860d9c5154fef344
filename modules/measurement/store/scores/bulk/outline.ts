/** How many entities lie where on the scale of points: what borders and ranges of ranks follow from. */
import type { Measurements } from '#platform/measurements/measurements'
import { READING_SETTINGS } from '../../compile/compile-facts.ts'
import { parameterBag } from '../../compile/parameter-bag.ts'
import type { ScoreRun } from '../score-block.ts'
import { type BulkQuestion, EXECUTION_SECONDS, type Known, runPlace, scoresOf } from './question.ts'

/** Points are counted in hundredths: what is compared by bins is compared to a hundredth of a point. */
const BINS = 10_001
const BINS_A_POINT = 100

/** Entities by hundredths of a point: where the intervals of their scores begin and end. */
export interface BulkOutline {
  readonly lows: readonly number[]
  readonly highs: readonly number[]
}

/** The bin of a score as SQL. */
export const binOf = (value: string): string =>
  `toUInt16(least(greatest(floor((${value}) * ${BINS_A_POINT}), 0), ${BINS - 1}))`

/** How many entities have which score, before anything is stored: borders that follow the scores are found in it. */
export async function readScoreBins(
  measurements: Measurements,
  organisation: string,
  question: BulkQuestion,
  known: Known,
): Promise<number[]> {
  const { bag, parameters } = parameterBag()
  const level = scoresOf(bag, bag('UUID', organisation), question, known)
  const rows = await measurements.query<{ at: number; count: number }>(
    `SELECT ${binOf('composite')} AS at, count() AS count FROM (${level}) WHERE reason = 0 GROUP BY at`,
    parameters,
    { maxExecutionSeconds: EXECUTION_SECONDS, settings: READING_SETTINGS },
  )
  const counts = Array.from({ length: BINS }, () => 0)
  for (const { at, count } of rows) counts[at] = count
  return counts
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
         SELECT arrayJoin([(0, ${binOf(`composite - ${reach}`)}), (1, ${binOf(`composite + ${reach}`)})]) AS each
         FROM bihuan.score FINAL WHERE ${runPlace(bag, organisation, run)} AND reason = 0)
       GROUP BY which, at`,
      parameters,
      { maxExecutionSeconds: EXECUTION_SECONDS, settings: READING_SETTINGS },
    ),
  )
}

function outlineOf(rows: readonly { which: number; at: number; count: number }[]): BulkOutline {
  const counts = [0, 1].map(() => Array.from({ length: BINS }, () => 0))
  for (const { which, at, count } of rows) counts[which]![at] = count
  const [lows, highs] = counts as [number[], number[]]
  return { lows, highs }
}
