/** What another version would change, and what weights do to the order. */
import { readScorePage } from '#measurement/actions/scores/stored-scores'
import { readToday } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { addPeriods, periodStartOf } from '#platform/periods'
import type { ComparisonOfVersions, SchemeDraft, Score, Sensitivity, Track } from '../contract.ts'
import { seededRandom } from '#platform/seeded-random'
import { compareScores, kendallTau } from '../rules/comparing.ts'
import { previewScores } from '../rules/preview.ts'
import { PROVISIONAL } from '../rules/score-period.ts'
import { SENSITIVITY_UNITS_LIMIT, sensitivityOf } from '../rules/sensitivity.ts'
import { readAllInputs } from './drafts.ts'
import { toldByKey } from './protecting.ts'
import { placeOf, requireAnswering } from './ranking.ts'
import { demandGrain } from './runs.ts'
import { requireVersion } from './schemes.ts'

/** Both versions are calculated from what is known now, with the same chance, so that only the versions differ. */
export async function compareVersions(
  context: Context,
  input: { id: string; before: number; after: number; grain?: Grain | undefined; periodStart?: string | undefined },
): Promise<ComparisonOfVersions> {
  const [before, after] = [
    await requireVersion(context, input.id, input.before),
    await requireVersion(context, input.id, input.after),
  ]
  const grain = demandGrain(after, input.grain)
  const last = addPeriods(periodStartOf(await readToday(context), grain), grain, -1)
  const periodStart = input.periodStart === undefined ? last : periodStartOf(input.periodStart, grain)
  const seed = context.random()
  const scored = async (draft: SchemeDraft) =>
    toldByKey(
      context,
      draft,
      grain,
      previewScores(draft, await readAllInputs(context, { draft, grain, periodStart }), seed),
    )
  const [old, young] = [await scored(before), await scored(after)]
  const rows = compareScores(old, young)
  const both = rows.filter((row) => row.before.rank !== null && row.after.rank !== null)
  const topCount = Math.max(1, Math.round(after.certainty.topShare * young.filter(ranked).length))
  const topOf = (scores: readonly Score[]) => new Set(scores.slice(0, topCount).map((score) => score.entity.key))
  const [oldTop, youngTop] = [topOf(old), topOf(young)]
  return {
    grain,
    periodStart,
    before,
    after,
    units: rows.length,
    rises: both.filter((row) => row.after.rank! < row.before.rank!).length,
    falls: both.filter((row) => row.after.rank! > row.before.rank!).length,
    starsChanged: both.filter((row) => row.after.stars !== row.before.stars).length,
    agreement: kendallTau(both.map((row) => [row.before.rank!, row.after.rank!] as const)),
    topKept: oldTop.intersection(youngTop).size,
    topCount,
    rows,
  }
}

const ranked = (score: Score) => score.rank !== null

export async function readSensitivity(
  context: Context,
  input: { id: string; grain?: Grain | undefined; track: Track; periodStart?: string | undefined; shown: number },
): Promise<Sensitivity> {
  const answer = await requireAnswering(context, input)
  const { rows } = await readScorePage(context, placeOf(answer), { limit: SENSITIVITY_UNITS_LIMIT, ranked: true })
  const whole = rows.filter((row) => row.flags.every((flag) => flag % PROVISIONAL === 0))
  const units = whole.map((row) => ({
    entity: { key: row.entity.key, name: row.entity.name },
    rank: row.rank,
    points: row.points.map((points) => points ?? 0),
  }))
  // The same question gets the same answer: the run's own id is the seed.
  const random = seededRandom(Number.parseInt(answer.run.slice(-8), 16) / 2 ** 32)
  const found = sensitivityOf(answer.scheme, units, input.shown, random)
  const { grain, periodStart } = answer
  return { grain, periodStart, units: units.length, left: answer.summary.ranked - units.length, ...found }
}
