/** A period of a run as it was calculated: inputs, scores and what stood before, read back from what is kept. */
import { type PlacedScore, readScoreOutline, readScorePage } from '#measurement/actions/scores/stored-scores'
import type { Context } from '#platform/context'
import { must, refuse } from '#platform/refusal'
import { evaluationRefusals, type RankingSummary, type Scheme, type Score } from '../../contract.ts'
import type { PeriodBasis, Readings } from '../../rules/composing/readings.ts'
import { byRank } from '../../rules/preview.ts'
import { frozenReadings, inOrder } from '../../rules/publishing/frozen.ts'
import { type Before, toScore } from '../../rules/to-score.ts'
import { findRun, findRunPeriod, type RunRow } from '../../store/runs.ts'
import { UNITS_LIMIT } from '../calculating/inputs.ts'
import { toldScores } from '../protecting.ts'
import { requireVersion } from '../schemes.ts'

const ROWS_PER_PAGE = 5_000

export interface FrozenPeriod {
  readonly scheme: Scheme
  readonly run: RunRow
  readonly periodStart: string
  readonly basis: PeriodBasis
  readonly summary: RankingSummary
  /** Versions of the indicators that judged the period, by id. */
  readonly indicators: Readonly<Record<string, number>>
  /** In the order they were calculated in. */
  readonly rows: readonly PlacedScore[]
  readonly readings: Readings
  readonly before: ReadonlyMap<number, Before>
}

/** Refuses what was scored inside the store: very many units are published as an export, not as a table. */
export async function loadFrozen(context: Context, runId: string, periodStart: string): Promise<FrozenPeriod> {
  const run = await findRun(context, runId)
  const period = await findRunPeriod(context, runId, periodStart)
  must(run && period, `run ${runId} with its period ${periodStart} stays for good`)
  const { basis, summary, indicators } = period
  if (!basis) return tooMany(summary.units)
  const scheme = await requireVersion(context, run.scheme, run.version)
  const place = { scheme: run.scheme, grain: run.grain, periodStart, run: runId }
  const rows: PlacedScore[] = []
  for (let after: { rank: number; entity: number } | null | undefined; after !== null; ) {
    const page = await readScorePage(context, place, { limit: ROWS_PER_PAGE, after: after ?? undefined })
    rows.push(...page.rows)
    after = page.last
  }
  const ordered = inOrder(rows)
  const readings = frozenReadings(ordered, basis)
  const before = await standingBefore(context, run, basis)
  return { scheme, run, periodStart, basis, summary, indicators, rows: ordered, readings, before }
}

export const tooMany = (units: number): never =>
  refuse(evaluationRefusals, 'TOO_MANY_UNITS', { units, limit: UNITS_LIMIT, because: 'publication' })

async function standingBefore(
  context: Context,
  { scheme, grain }: Pick<RunRow, 'scheme' | 'grain'>,
  { before }: PeriodBasis,
): Promise<Map<number, Before>> {
  if (!before) return new Map()
  const outline = await readScoreOutline(context, { scheme, grain, ...before })
  return new Map(
    outline.entities.map((entity, place) => [
      entity,
      { composite: outline.composite[place]!, error: outline.error[place]!, stars: outline.stars[place]! },
    ]),
  )
}

/** Grades the period held on to, in the order of its units; 0: none. */
export const starsBefore = ({ rows, before }: FrozenPeriod): Uint8Array =>
  Uint8Array.from(rows, (row) => before.get(row.entity.number)?.stars ?? 0)

export interface FrozenScore {
  readonly kept: PlacedScore
  readonly before: Before | undefined
  readonly score: Score
}

/** In the order of ranks, those without one last. */
export function frozenScores({ scheme, summary, rows, before }: FrozenPeriod): FrozenScore[] {
  return rows
    .map((kept): FrozenScore => {
      const { key, name, number } = kept.entity
      const own = before.get(number)
      return {
        kept,
        before: own,
        score: toScore(scheme, kept, { entity: { key, name }, complete: true, summary, before: own }),
      }
    })
    .toSorted((a, b) => byRank(a.score, b.score))
}

/** The same as they are told. */
export async function toldFrozenScores(context: Context, frozen: FrozenPeriod): Promise<FrozenScore[]> {
  const scores = frozenScores(frozen)
  const rows = scores.map(({ kept, score }) => ({ entity: kept.entity.number, score }))
  const told = await toldScores(context, frozen.scheme, frozen.run.grain, rows)
  return scores.map((each, place) => ({ ...each, score: told[place]! }))
}
