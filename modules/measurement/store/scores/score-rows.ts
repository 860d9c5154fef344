/** Scores back from the store: pages of a ranking, one unit over time, or whole columns. */
import type { Measurements } from '#platform/measurements/measurements'
import type { SeriesGrain } from '../../contract/grain.ts'
import { FINAL_WITHIN_PARTITIONS } from '../compile/compile-facts.ts'
import { type Bag, parameterBag } from '../compile/parameter-bag.ts'

/** Where a unit stands, as it is stored; null where there is nothing. */
interface StoredStanding {
  readonly entity: number
  readonly periodStart: string
  readonly run: string
  readonly peerGroup: string
  readonly composite: number | null
  readonly uncapped: number | null
  readonly error: number | null
  readonly stars: number
  readonly starsUncapped: number
  readonly starsHeld: number
  /** Place of the gate that caps it; -1: none. */
  readonly gate: number
  readonly percentile: number | null
  readonly rank: number
  readonly rankLow: number
  readonly rankHigh: number
  readonly groupRank: number
  readonly top: number | null
  readonly bottom: number | null
  readonly n: number
  readonly provisional: number
  readonly reason: number
}
/** What it rests on: one entry for each item of the scheme. */
interface StoredParts {
  readonly values: readonly (number | null)[]
  readonly ns: readonly number[]
  readonly errors: readonly (number | null)[]
  readonly used: readonly (number | null)[]
  readonly points: readonly (number | null)[]
  readonly slopes: readonly (number | null)[]
  readonly flags: readonly number[]
  readonly gateValues: readonly (number | null)[]
}
export type StoredScore = StoredStanding & StoredParts

export interface RunPlace {
  readonly scheme: string
  readonly grain: SeriesGrain
  readonly periodStart: string
  readonly run: string
}

const ROW = `entity, toString(period_start) AS periodStart, toString(run) AS run, peer_group AS peerGroup, composite, uncapped, error, stars,
  stars_uncapped AS starsUncapped, stars_held AS starsHeld, gate, percentile, rank, rank_low AS rankLow, rank_high AS rankHigh,
  group_rank AS groupRank, top, bottom, n, provisional, reason`
const PARTS = 'values, ns, errors, used, points, slopes, flags, gate_values AS gateValues'

/** How far out a unit must lie to be shown by `outside`: limits of the funnel, which the store does not keep. */
export interface FunnelLimits {
  readonly mean: number
  /** Distance from the mean in errors of the unit. */
  readonly errors: number
}

export interface PageFilter {
  readonly entities?: readonly number[] | undefined
  readonly peerGroup?: string | undefined
  readonly stars?: number | undefined
  readonly ranked?: boolean | undefined
  readonly outside?: FunnelLimits | undefined
}

const SETTINGS = { ...FINAL_WITHIN_PARTITIONS, distributed_product_mode: 'local' } as const
/** Rows of one answer: each carries all it rests on. */
export const SCORE_ROWS_LIMIT = 20_000
const WITHOUT_RANK = 4_294_967_295

function placeOf(bag: Bag, organisation: string, { scheme, grain, periodStart, run }: RunPlace): string[] {
  return [
    `organisation = ${bag('UUID', organisation)}`,
    `scheme = ${bag('String', scheme)}`,
    `grain = ${bag('String', grain)}`,
    `period_start = ${bag('Date', periodStart)}`,
    `score.run = ${bag('UUID', run)}`,
  ]
}

function narrowed(bag: Bag, filter: PageFilter): string[] {
  const { entities, peerGroup, stars, ranked, outside } = filter
  return [
    ...(entities ? [`entity IN ${bag('Array(UInt64)', entities)}`] : []),
    ...(peerGroup === undefined ? [] : [`peer_group = ${bag('String', peerGroup)}`]),
    ...(stars === undefined ? [] : [`stars = ${bag('UInt8', stars)}`]),
    ...(ranked === undefined ? [] : [ranked ? 'rank > 0' : 'rank = 0']),
    ...(outside
      ? [
          `rank > 0 AND abs(composite - ${bag('Float64', outside.mean)}) > ${bag('Float64', outside.errors)} * error AND composite != ${bag('Float64', outside.mean)}`,
        ]
      : []),
  ]
}

/** In the order of ranks, those without a rank last, by entity. `after`: the last row of the page before. */
export async function findScores(
  measurements: Measurements,
  organisation: string,
  place: RunPlace,
  question: PageFilter & { limit: number; after?: { rank: number; entity: number } | undefined },
): Promise<StoredScore[]> {
  const { bag, parameters } = parameterBag()
  const order = `if(rank = 0, ${WITHOUT_RANK}, rank)`
  const { after } = question
  const where = [
    ...placeOf(bag, organisation, place),
    ...narrowed(bag, question),
    ...(after
      ? [`(${order}, entity) > (${bag('UInt32', after.rank || WITHOUT_RANK)}, ${bag('UInt64', after.entity)})`]
      : []),
  ]
  const standings = await measurements.query<StoredStanding>(
    `SELECT ${ROW} FROM bihuan.score AS score FINAL WHERE ${where.join(' AND ')}
     ORDER BY ${order}, entity LIMIT ${Math.min(question.limit, SCORE_ROWS_LIMIT)}`,
    parameters,
    { settings: SETTINGS },
  )
  return withParts(measurements, organisation, place, standings)
}

async function withParts(
  measurements: Measurements,
  organisation: string,
  place: RunPlace,
  standings: readonly StoredStanding[],
): Promise<StoredScore[]> {
  if (standings.length === 0) return []
  const { bag, parameters } = parameterBag()
  const where = placeOf(bag, organisation, place)
  const entities = bag(
    'Array(UInt64)',
    standings.map((row) => row.entity),
  )
  const parts = await measurements.query<StoredParts & { entity: number }>(
    `SELECT entity, ${PARTS} FROM bihuan.score_part AS score FINAL WHERE ${where.join(' AND ')} AND entity IN ${entities}`,
    parameters,
    { settings: SETTINGS },
  )
  const byEntity = new Map(parts.map(({ entity, ...own }) => [entity, own]))
  return standings.flatMap((row) => {
    const own = byEntity.get(row.entity)
    return own ? [{ ...row, ...own }] : []
  })
}

/** Scores of one unit: of the runs that answer for their periods. */
export async function findScoreHistory(
  measurements: Measurements,
  organisation: string,
  question: { scheme: string; grain: SeriesGrain; entity: number; runs: readonly string[] },
): Promise<StoredScore[]> {
  const { bag, parameters } = parameterBag()
  const where = `organisation = ${bag('UUID', organisation)} AND scheme = ${bag('String', question.scheme)}
    AND grain = ${bag('String', question.grain)} AND score.run IN ${bag('Array(UUID)', question.runs)} AND entity = ${bag('UInt64', question.entity)}`
  const standings = await measurements.query<StoredStanding>(
    `SELECT ${ROW} FROM bihuan.score AS score FINAL WHERE ${where} ORDER BY period_start`,
    parameters,
    { settings: SETTINGS },
  )
  const parts = await measurements.query<StoredParts & { periodStart: string; run: string }>(
    `SELECT toString(period_start) AS periodStart, toString(run) AS run, ${PARTS} FROM bihuan.score_part AS score FINAL WHERE ${where}`,
    parameters,
    { settings: SETTINGS },
  )
  const byPlace = new Map(parts.map(({ periodStart, run, ...own }) => [`${periodStart} ${run}`, own]))
  return standings.flatMap((row) => {
    const own = byPlace.get(`${row.periodStart} ${row.run}`)
    return own ? [{ ...row, ...own }] : []
  })
}

/** What comparing periods needs of every unit, as columns. */
export interface ScoreOutline {
  readonly entities: readonly number[]
  readonly composite: readonly (number | null)[]
  readonly error: readonly (number | null)[]
  readonly stars: readonly number[]
  readonly rank: readonly number[]
  readonly n: readonly number[]
}

export async function findOutline(
  measurements: Measurements,
  organisation: string,
  place: RunPlace,
  filter: PageFilter = {},
): Promise<ScoreOutline> {
  const { bag, parameters } = parameterBag()
  const where = [...placeOf(bag, organisation, place), ...narrowed(bag, filter)]
  const [row] = await measurements.query<ScoreOutline>(
    `SELECT groupArray(entity) AS entities, groupArray(composite) AS composite, groupArray(error) AS error, groupArray(stars) AS stars,
       groupArray(rank) AS rank, groupArray(n) AS n
     FROM (SELECT entity, composite, error, stars, rank, n FROM bihuan.score AS score FINAL WHERE ${where.join(' AND ')} ORDER BY entity)`,
    parameters,
    { settings: SETTINGS },
  )
  return row ?? { entities: [], composite: [], error: [], stars: [], rank: [], n: [] }
}
