/** Reading scores: a page of a ranking, one unit over time, all units of a period in outline. */
import {
  type PageFilter,
  type PlacedScore,
  readScoreHistory,
  readScoreOutline,
  readScorePage,
  type ScoreOutline,
} from '#measurement/actions/scores/stored-scores'
import { lookUpEntityNumbers, requireEntity, searchEntities } from '#organisation/actions/look-up'
import { z } from 'zod'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { readCursor, writeCursor } from '#platform/paging'
import { addPeriods, periodStartOf } from '#platform/periods'
import { found, refuse } from '#platform/refusal'
import { normalQuantile } from '#stats/distributions/normal-quantile'
import {
  evaluationRefusals,
  type Ranking,
  type RankingSummary,
  type Scheme,
  type Score,
  type ScoredPeriod,
  type Track,
} from '../contract.ts'
import { type Before, toScore } from '../rules/to-score.ts'
import { protectScore } from '../rules/protect-scores.ts'
import { flatItems } from '../rules/schemes/flat-items.ts'
import { UNITS_LIMIT } from './calculating/inputs.ts'
import { hiddenItems, type ItemHidden, toldScores } from './protecting.ts'
import { findReach, findRun, runPeriods, type Standing, standingRows } from '../store/runs.ts'
import { demandGrain } from './runs.ts'
import { requireScheme, requireVersion } from './schemes.ts'

/** Units a search by name may find. */
const SEARCH_LIMIT = 200
/** Units a funnel plot can show. */
const DISTRIBUTION_LIMIT = 5_000
const Z_95 = normalQuantile(0.975)

interface Asked {
  readonly id: string
  readonly grain?: Grain | undefined
  readonly track: Track
  readonly periodStart?: string | undefined
}

/** A period's scores: which run, by which version, and what all units have in common. */
export interface Answering {
  readonly scheme: Scheme
  readonly grain: Grain
  readonly periodStart: string
  readonly run: string
  readonly complete: boolean
  readonly summary: RankingSummary
  readonly before: { readonly periodStart: string; readonly run: string } | null
}

const toPeriod = (row: Standing): ScoredPeriod => ({
  periodStart: row.periodStart,
  complete: row.complete,
  revisedAt: row.revisedAt?.toString() ?? null,
  version: row.version,
})

/** The period asked for, else the newest that is over, else the running one. Null where nothing was scored yet. */
export async function answering(
  context: Context,
  asked: Asked,
): Promise<{ scheme: Scheme; grain: Grain; standings: Standing[]; shown: Standing | null }> {
  const scheme = await requireScheme(context, asked.id)
  const grain = demandGrain(scheme, asked.grain)
  const standings = await standingRows(context, { scheme: asked.id, grain, track: asked.track })
  if (asked.periodStart === undefined) {
    const shown = standings.findLast((each) => each.complete) ?? standings.at(-1) ?? null
    return { scheme, grain, standings, shown }
  }
  const periodStart = periodStartOf(asked.periodStart, grain)
  const shown = standings.find((each) => each.periodStart === periodStart)
  if (!shown) return refuse(evaluationRefusals, 'SCORES_MISSING', { periodStart })
  return { scheme, grain, standings, shown }
}

/** The same with the version that judged, for those who need the whole. */
export async function requireAnswering(context: Context, asked: Asked): Promise<Answering> {
  const { grain, standings, shown } = await answering(context, asked)
  if (!shown) return refuse(evaluationRefusals, 'SCORES_MISSING', { periodStart: asked.periodStart ?? '1970-01-01' })
  const before = standings.find((each) => each.periodStart === addPeriods(shown.periodStart, grain, -1))
  return {
    scheme: await requireVersion(context, asked.id, shown.version),
    grain,
    periodStart: shown.periodStart,
    run: shown.run,
    complete: shown.complete,
    summary: shown.summary,
    before: before ? { periodStart: before.periodStart, run: before.run } : null,
  }
}

async function ofRun(context: Context, run: string, asked: Asked): Promise<Answering> {
  const row = found(await findRun(context, run), 'run', run)
  if (row.scheme !== asked.id) found(null, 'run', run)
  const periods = await runPeriods(context, run)
  const wanted = asked.periodStart === undefined ? undefined : periodStartOf(asked.periodStart, row.grain)
  const period = wanted === undefined ? periods.at(-1) : periods.find((each) => each.periodStart === wanted)
  if (!period) return refuse(evaluationRefusals, 'SCORES_MISSING', { periodStart: wanted ?? row.toPeriod.toString() })
  const earlier = periods.find((each) => each.periodStart === addPeriods(period.periodStart, row.grain, -1))
  return {
    scheme: await requireVersion(context, asked.id, row.version),
    grain: row.grain,
    periodStart: period.periodStart,
    run,
    complete: period.complete,
    summary: period.summary,
    before: earlier ? { periodStart: earlier.periodStart, run } : null,
  }
}

interface RankingAsked extends Asked {
  readonly run?: string | undefined
  readonly search?: string | undefined
  readonly peerGroup?: string | undefined
  readonly stars?: number | undefined
  readonly only?: 'outside' | 'changed' | 'not-ranked' | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

export async function readRanking(context: Context, input: RankingAsked): Promise<Ranking> {
  const { scheme, grain, standings, shown } = await answering(context, input)
  const periods = standings.map(toPeriod)
  const nothing = { track: input.track, overlap: false, nextCursor: null }
  if (!shown && input.run === undefined)
    return { ...nothing, scheme, grain, run: null, period: null, periods, summary: null, rows: [] }
  const answer =
    input.run === undefined ? await requireAnswering(context, input) : await ofRun(context, input.run, input)
  const filter = await filterOf(context, answer, input)
  const { rows, last } = filter
    ? await readScorePage(context, { ...answer, scheme: answer.scheme.id }, { ...filter, ...pageOf(input) })
    : { rows: [], last: null }
  const other = input.track === 'main' ? 'overlap' : 'main'
  const beside = await standingRows(context, {
    scheme: input.id,
    grain: answer.grain,
    track: other,
    periods: [answer.periodStart],
  })
  return {
    scheme: answer.scheme,
    grain: answer.grain,
    track: input.track,
    run: answer.run,
    period:
      input.run === undefined
        ? toPeriod(shown!)
        : {
            periodStart: answer.periodStart,
            complete: answer.complete,
            revisedAt: null,
            version: answer.scheme.version,
          },
    periods,
    overlap: beside.length > 0,
    summary: answer.summary,
    rows: await toScores(context, answer, rows),
    nextCursor: last && writeCursor(last.rank, last.entity),
  }
}

export const rankPlace = z.tuple([z.number().int().min(0), z.number().int().min(0)])

function pageOf({ cursor, limit }: RankingAsked) {
  const place = readCursor(cursor, rankPlace)
  return { limit, after: place && { rank: place[0], entity: place[1] } }
}

/** Null where nothing can be found. */
export async function filterOf(
  context: Context,
  answer: Answering,
  input: Pick<RankingAsked, 'search' | 'peerGroup' | 'stars' | 'only'>,
): Promise<PageFilter | null> {
  const { search, peerGroup, stars, only } = input
  const entities =
    search === undefined || search === ''
      ? undefined
      : (await searchEntities(context, search, { kind: answer.scheme.entityKind, limit: SEARCH_LIMIT })).map(
          (each) => each.number,
        )
  const changed = only === 'changed' ? await changedUnits(context, answer) : undefined
  const wanted =
    entities && changed ? entities.filter((each) => changed.has(each)) : (entities ?? (changed && [...changed]))
  if (wanted?.length === 0) return null
  const { mean, overDispersion } = answer.summary
  const outside = only === 'outside' && mean !== null ? { mean, errors: Z_95 * Math.sqrt(overDispersion) } : undefined
  return { entities: wanted, peerGroup, stars, outside, ranked: only === 'not-ranked' ? false : undefined }
}

async function changedUnits(context: Context, answer: Answering): Promise<Set<number>> {
  const before = await outlineBefore(context, answer)
  const now = await readScoreOutline(context, placeOf(answer))
  const z = normalQuantile((1 + answer.scheme.certainty.confidence) / 2)
  const changed = now.entities.filter((entity, place) => {
    const then = before.get(entity)
    const composite = now.composite[place]
    if (composite == null || then?.composite == null) return false
    return Math.abs(composite - then.composite) > z * Math.hypot(now.error[place] ?? 0, then.error ?? 0)
  })
  return new Set(changed)
}

export const placeOf = ({ scheme, grain, periodStart, run }: Answering) => ({
  scheme: scheme.id,
  grain,
  periodStart,
  run,
})

async function outlineBefore(
  context: Context,
  { scheme, grain, before }: Answering,
  entities?: readonly number[],
): Promise<Map<number, Before>> {
  if (!before) return new Map()
  const outline: ScoreOutline = await readScoreOutline(context, { scheme: scheme.id, grain, ...before }, { entities })
  return new Map(
    outline.entities.map((entity, place) => [
      entity,
      { composite: outline.composite[place]!, error: outline.error[place]!, stars: outline.stars[place]! },
    ]),
  )
}

export async function toScores(context: Context, answer: Answering, rows: readonly PlacedScore[]): Promise<Score[]> {
  const before = await outlineBefore(
    context,
    answer,
    rows.map((row) => row.entity.number),
  )
  const reach = answer.summary.units > UNITS_LIMIT ? await findReach(context, answer.run, answer.periodStart) : null
  const scores = rows.map((row) => ({
    entity: row.entity.number,
    score: toScore(answer.scheme, row, {
      reach,
      entity: { key: row.entity.key, name: row.entity.name },
      complete: answer.complete,
      summary: answer.summary,
      before: before.get(row.entity.number),
    }),
  }))
  return toldScores(context, answer.scheme, answer.grain, scores)
}

export async function readScores(
  context: Context,
  input: { id: string; entity: string; grain?: Grain | undefined; track: Track },
): Promise<{ scheme: Scheme; grain: Grain; rows: Score[] }> {
  const { scheme, grain, standings } = await answering(context, input)
  const entity = await requireEntity(context, input.entity)
  const runs = new Map(standings.map((each) => [each.periodStart, each]))
  const asked = { scheme: scheme.id, grain, entity, runs: [...new Set(standings.map((each) => each.run))] }
  const kept = (await readScoreHistory(context, asked)).filter((row) => runs.get(row.periodStart)?.run === row.run)
  const versions = new Map<number, Scheme>()
  for (const { version } of runs.values())
    if (!versions.has(version)) versions.set(version, await requireVersion(context, input.id, version))
  const byPeriod = new Map(kept.map((row) => [row.periodStart, row]))
  const reaches = new Map<string, Awaited<ReturnType<typeof findReach>>>()
  for (const { periodStart, run, summary } of runs.values())
    if (summary.units > UNITS_LIMIT) reaches.set(periodStart, await findReach(context, run, periodStart))
  const hidden = new Map<number, ItemHidden>()
  for (const [version, judge] of versions) {
    const periods = [...runs.values()].filter((each) => each.version === version).map((each) => each.periodStart)
    hidden.set(version, await hiddenItems(context, judge, { grain, periods, entities: [entity.number] }))
  }
  const rows = kept.map((row) => {
    const standing = runs.get(row.periodStart)!
    const score = toScore(versions.get(standing.version)!, row, {
      entity: { key: entity.key, name: entity.name },
      complete: standing.complete,
      summary: standing.summary,
      before: byPeriod.get(addPeriods(row.periodStart, grain, -1)),
      reach: reaches.get(row.periodStart) ?? null,
    })
    return protectScore(score, (item) => hidden.get(standing.version)!(entity.number, row.periodStart, item))
  })
  return { scheme, grain, rows }
}

export async function readDistribution(context: Context, input: Asked) {
  const { shown } = await answering(context, input)
  if (!shown) return { periodStart: null, sampled: false, units: [] }
  const answer = await requireAnswering(context, input)
  const outline = await readScoreOutline(context, placeOf(answer), { ranked: true })
  const step = Math.ceil(outline.entities.length / DISTRIBUTION_LIMIT)
  const places = [...outline.entities.keys()].filter((place) => place % Math.max(1, step) === 0)
  const named = await lookUpEntityNumbers(
    context,
    places.map((place) => outline.entities[place]!),
  )
  const hides = await hidingUnits(context, answer, [...named.keys()])
  const units = places.flatMap((place) => {
    const entity = named.get(outline.entities[place]!)
    const composite = outline.composite[place]
    if (!entity || composite == null) return []
    const standardError = outline.error[place] ?? 0
    const n = hides(entity.number) ? 0 : outline.n[place]!
    return [{ key: entity.key, name: entity.name, composite, standardError, n }]
  })
  return { periodStart: answer.periodStart, sampled: step > 1, units }
}

/** Units with a protected item: what the least of their items rests on is not told. */
async function hidingUnits(
  context: Context,
  { scheme, grain, periodStart }: Answering,
  entities: readonly number[],
): Promise<(entity: number) => boolean> {
  const hidden = await hiddenItems(context, scheme, { grain, periods: [periodStart], entities })
  const items = flatItems(scheme)
  return (entity) => items.some(({ id }) => hidden(entity, periodStart, id))
}
