/** Scores of very many entities, worked out and stored inside the engine: only sums and summaries leave it. */
import type { Measurements } from '#platform/measurements/measurements'
import type { BulkItem, BulkMoments, BulkPrior, BulkScheme } from '../../rules/scores/bulk.ts'
import { READING_SETTINGS } from '../compile/compile-facts.ts'
import { type Bag, parameterBag } from '../compile/parameter-bag.ts'
import { compileSubjects, type Subjects } from '../compile/subjects.ts'
import {
  factSums,
  gateColumns,
  type PlannedItem,
  pointColumns,
  scoreColumns,
  usedColumns,
  valueColumns,
} from './compile-levels.ts'
import type { ScoreRun } from './score-block.ts'

const EXECUTION_SECONDS = 300
/** Points are counted in hundredths: what is compared by bins is compared to a hundredth of a point. */
export const BINS = 10_001
const BINS_A_POINT = 100

export interface BulkQuestion {
  readonly scheme: BulkScheme
  readonly planned: readonly PlannedItem[]
  readonly plannedGates: readonly PlannedItem[]
  /** First days of the months that make the period. */
  readonly months: readonly string[]
  readonly subjects: Subjects
}

interface Known {
  readonly priors: readonly (BulkPrior | null)[]
  readonly moments: readonly (BulkMoments | null)[]
}

/** Levels up to the values of all entities. */
function valueLevel(bag: Bag, owner: string, { scheme, planned, plannedGates, months, subjects }: BulkQuestion): string {
  const sums = factSums(bag, [...planned, ...plannedGates])
  const who = compileSubjects(bag, owner, subjects)
  const columns = [
    ...scheme.items.flatMap((item, place) =>
      valueColumns(bag, sums, planned[place]!, String(place), item.scatter, zeroWithout(item.indicator)),
    ),
    ...scheme.gates.flatMap((gate, place) =>
      valueColumns(bag, sums, plannedGates[place]!, `g${place}`, null, zeroWithout(gate.indicator)),
    ),
  ]
  return `SELECT entity, ${columns.join(', ')} FROM (
    SELECT event.entity AS entity, ${sums.columns.join(', ')}
    FROM bihuan.fact_month AS event FINAL
    WHERE event.organisation = ${owner} AND event.fact IN ${bag('Array(UInt64)', sums.facts)} AND event.month IN ${bag('Array(Date)', months)}
      ${who.filter.map((filter) => `AND ${filter}`).join(' ')}
    GROUP BY event.entity)`
}

const zeroWithout = ({ missing }: BulkItem['indicator']) => missing.noEvents === 'zero'

function usedLevel(bag: Bag, owner: string, question: BulkQuestion, priors: Known['priors']): string {
  const { scheme, planned } = question
  const columns = scheme.items.flatMap((item, place) =>
    usedColumns(bag, item, place, planned[place]!.plan.scale, priors[place] ?? null),
  )
  return `SELECT *, ${columns.join(', ')} FROM (${valueLevel(bag, owner, question)})`
}

function scoreLevel(bag: Bag, owner: string, question: BulkQuestion, { priors, moments }: Known): string {
  const { scheme } = question
  const points = scheme.items.flatMap((item, place) => pointColumns(bag, item, place, moments[place] ?? null))
  const pointLevel = `SELECT *, ${points.join(', ')} FROM (${usedLevel(bag, owner, question, priors)})`
  const scored = `SELECT *, ${scoreColumns(bag, scheme).join(', ')} FROM (${pointLevel})`
  return `SELECT *, ${gateColumns(bag, scheme).join(', ')} FROM (${scored})`
}

/** Sums over the entities of each item, from which priors follow in closed form; the last four of means, by errors. */
export interface ItemSums {
  readonly units: number
  readonly cases: number
  readonly squaredCases: number
  readonly events: number
  readonly squaredEventsByCases: number
  readonly atMostOneCase: number
  readonly uncertain: number
  readonly weights: number
  readonly squaredWeights: number
  readonly weighted: number
  readonly weightedSquares: number
  readonly mean: number
  readonly deviation: number
  readonly least: number
  readonly greatest: number
}

const ITEM_SUMS = (place: number, scale: string) => {
  const [v, n, w] = [`u${place}`, `n${place}`, `1 / pow(o${place}, 2)`]
  const here = `m${place} = 0`
  const certain = `${here} AND o${place} > 0`
  const events = `${v} / ${scale} * ${n}`
  return [
    `countIf(${here}) AS units`,
    `sumIf(${n}, ${here}) AS cases`,
    `sumIf(${n} * ${n}, ${here}) AS squaredCases`,
    `sumIf(${events}, ${here}) AS events`,
    `sumIf(pow(${events}, 2) / ${n}, ${here} AND ${n} > 0) AS squaredEventsByCases`,
    `countIf(${here} AND ${n} <= 1) AS atMostOneCase`,
    `countIf(${certain}) AS uncertain`,
    `sumIf(${w}, ${certain}) AS weights`,
    `sumIf(pow(${w}, 2), ${certain}) AS squaredWeights`,
    `sumIf(${w} * ${v}, ${certain}) AS weighted`,
    `sumIf(${w} * pow(${v}, 2), ${certain}) AS weightedSquares`,
    `avgIf(${v}, ${here}) AS mean`,
    `stddevSampStableIf(${v}, ${here}) AS deviation`,
    `minIf(${v}, ${here}) AS least`,
    `maxIf(${v}, ${here}) AS greatest`,
  ]
}

/** Sums of every item over all entities, with values drawn by `priors` where there are some already. */
export async function readItemSums(
  measurements: Measurements,
  organisation: string,
  question: BulkQuestion,
  priors: readonly (BulkPrior | null)[],
): Promise<ItemSums[]> {
  const { bag, parameters } = parameterBag()
  const owner = bag('UUID', organisation)
  const level = usedLevel(bag, owner, question, priors)
  const sums = question.planned.flatMap(({ plan }, place) =>
    ITEM_SUMS(place, bag('Float64', plan.scale)).map((column) => column.replace(/ AS (\w+)$/, ` AS $1_${place}`)),
  )
  const [row] = await measurements.query<Record<string, number | null>>(
    `SELECT ${sums.join(', ')} FROM (${level})`,
    parameters,
    { maxExecutionSeconds: EXECUTION_SECONDS, settings: READING_SETTINGS },
  )
  return question.planned.map((_planned, place) => {
    const names = Object.keys(row!).filter((name) => name.endsWith(`_${place}`))
    const entries = names.map((name) => [name.slice(0, -`_${place}`.length), row![name] ?? Number.NaN])
    return Object.fromEntries(entries) as unknown as ItemSums
  })
}

export interface BulkOutline {
  /** Entities by hundredths of a point: of their score, and of the ends of its interval. */
  readonly scores: readonly number[]
  readonly lows: readonly number[]
  readonly highs: readonly number[]
}

/** How many entities lie where, before anything is stored. */
export async function readOutline(
  measurements: Measurements,
  organisation: string,
  question: BulkQuestion,
  known: Known,
): Promise<BulkOutline> {
  const { bag, parameters } = parameterBag()
  const level = scoreLevel(bag, bag('UUID', organisation), question, known)
  const bin = (value: string) => `toUInt16(least(greatest(floor((${value}) * ${BINS_A_POINT}), 0), ${BINS - 1}))`
  const reach = `${bag('Float64', question.scheme.z)} * err`
  const rows = await measurements.query<{ which: number; at: number; count: number }>(
    `SELECT each.1 AS which, each.2 AS at, count() AS count FROM (
       SELECT arrayJoin([(0, ${bin('composite')}), (1, ${bin(`composite - ${reach}`)}), (2, ${bin(`composite + ${reach}`)})]) AS each
       FROM (SELECT composite, err FROM (${level}) WHERE reason = 0))
     GROUP BY which, at`,
    parameters,
    { maxExecutionSeconds: EXECUTION_SECONDS, settings: READING_SETTINGS },
  )
  const counts = [0, 1, 2].map(() => Array.from({ length: BINS }, () => 0))
  for (const { which, at, count } of rows) counts[which]![at] = count
  const [scores, lows, highs] = counts as [number[], number[], number[]]
  return { scores, lows, highs }
}

export interface BulkStorage {
  readonly run: ScoreRun
  /** Points from which 2, 3, … stars begin. */
  readonly borders: readonly number[]
  readonly outline: BulkOutline
  /** Where the stars of the period before stand. */
  readonly before: { readonly periodStart: string; readonly run: string } | null
}

const COLUMNS = `organisation, scheme, grain, period_start, run, entity, version, peer_group, composite, uncapped, error, stars, stars_uncapped, stars_held,
  gate, percentile, rank, rank_low, rank_high, group_rank, top, bottom, n, provisional, reason, values, ns, errors, used, points, slopes, flags, gate_values`

/** Everything about every entity, in one pass. */
export async function storeBulk(
  measurements: Measurements,
  organisation: string,
  question: BulkQuestion,
  known: Known,
  storage: BulkStorage,
): Promise<void> {
  const { bag, parameters } = parameterBag()
  const owner = bag('UUID', organisation)
  const level = scoreLevel(bag, owner, question, known)
  const { scheme } = question
  const places = scheme.items.map((_item, place) => place)
  const list = (name: string) => `[${places.map((place) => `toFloat64(${name}${place})`).join(', ')}]`
  const flags = `[${places.map((place) => `toUInt8(m${place} + 8 * r${place})`).join(', ')}]`
  const gates = `CAST([${scheme.gates.map((_gate, place) => `vg${place}`).join(', ')}] AS Array(Float64))`
  const { run, outline } = storage
  const ranked = outline.scores.reduce((sum, count) => sum + count, 0)
  const before = beforeJoin(bag, owner, storage)
  const stars = starColumns(bag, scheme, storage)
  const packed = `SELECT entity, composite, free, err, reason, gate_place, most_stars, n_least, ${list('v')} AS vs, ${list('n')} AS ns, ${list('e')} AS es,
      ${list('u')} AS us, ${list('p')} AS ps, ${list('s')} AS ss, ${flags} AS fs, ${gates} AS gs, ${places.map((place) => `m${place} = 0 AND r${place} = 1`).join(' OR ')} AS is_provisional
    FROM (${level})`
  const placed = `SELECT *, reason = 0 AS is_ranked, round(composite, 9) AS tied,
      if(is_ranked, rank() OVER (PARTITION BY is_ranked ORDER BY tied DESC), 0) AS place_down,
      if(is_ranked, rank() OVER (PARTITION BY is_ranked ORDER BY tied), 0) AS place_up
    FROM (${packed})`
  const all = bag('UInt32', ranked)
  const bin = (sign: '+' | '-') =>
    `toUInt16(least(greatest(floor((composite ${sign} ${bag('Float64', scheme.z)} * err) * ${BINS_A_POINT}), 0), ${BINS - 1}))`
  const surelyBetter = `${bag('Array(UInt32)', above(outline.lows))}[${bin('+')} + 1]`
  const surelyWorse = `${bag('Array(UInt32)', below(outline.highs))}[${bin('-')} + 1]`
  await measurements.command(
    `INSERT INTO bihuan.score (${COLUMNS})
     SELECT ${owner}, ${bag('String', run.scheme)}, ${bag('String', run.grain)}, ${bag('Date', run.periodStart)}, ${bag('UUID', run.run)}, entity,
       ${bag('UInt64', run.version)}, '', composite, free, err, ${stars.stars}, ${stars.uncapped}, ${stars.held}, gate_place,
       if(is_ranked, 100 * (place_up - 1 + (${all} - place_up - place_down + 2) / 2) / ${all}, nan), place_down,
       if(is_ranked, least(place_down, 1 + ${surelyBetter}), 0), if(is_ranked, greatest(place_down, ${all} - ${surelyWorse}), 0), place_down,
       nan, nan, if(n_least = inf, 0, n_least), is_provisional, reason, vs, ns, es, us, ps, ss, fs, gs
     FROM (${placed}) AS scored ${before}`,
    parameters,
    { maxExecutionSeconds: EXECUTION_SECONDS, settings: { ...READING_SETTINGS, join_algorithm: 'hash' } },
  )
}

/** How many lie in higher bins. */
function above(counts: readonly number[]): number[] {
  const sums = counts.map(() => 0)
  for (let bin = counts.length - 2; bin >= 0; bin -= 1) sums[bin] = sums[bin + 1]! + counts[bin + 1]!
  return sums
}
/** How many lie in lower bins. */
function below(counts: readonly number[]): number[] {
  const sums = counts.map(() => 0)
  for (let bin = 1; bin < counts.length; bin += 1) sums[bin] = sums[bin - 1]! + counts[bin - 1]!
  return sums
}

function beforeJoin(bag: Bag, owner: string, { run, before }: BulkStorage): string {
  if (!before) return ''
  return `LEFT JOIN (
      SELECT entity AS known, stars AS stars_before FROM bihuan.score FINAL
      WHERE organisation = ${owner} AND scheme = ${bag('String', run.scheme)} AND grain = ${bag('String', run.grain)}
        AND period_start = ${bag('Date', before.periodStart)} AND run = ${bag('UUID', before.run)}
    ) AS earlier ON earlier.known = scored.entity`
}

/** As `evaluation` decides: a border counts upwards from margin above, downwards from margin below; 0: not ranked. */
function starColumns(bag: Bag, scheme: BulkScheme, { borders, before }: BulkStorage) {
  const cuts = borders.map((border) => bag('Float64', border))
  const count = (value: string) =>
    cuts.length === 0 ? '1' : `(1 + ${cuts.map((cut) => `(${value} >= ${cut})`).join(' + ')})`
  const plain = count('composite')
  const margin = bag('Float64', scheme.hysteresisPoints)
  const rises = count(`(composite - ${margin})`)
  const falls = count(`(composite + ${margin})`)
  const earlier = `least(stars_before, ${borders.length + 1})`
  // Moved just as far as the two demand.
  const kept = before ? `if(stars_before = 0, ${plain}, least(greatest(${earlier}, ${rises}), ${falls}))` : plain
  const stars = `least(${kept}, most_stars)`
  return {
    stars: `if(is_ranked, ${stars}, 0)`,
    uncapped: `if(is_ranked, ${count('free')}, 0)`,
    held: `is_ranked AND ${stars} = ${kept} AND ${kept} != ${plain}`,
  }
}

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
  const rows = `bihuan.score FINAL WHERE organisation = ${bag('UUID', organisation)} AND scheme = ${bag('String', run.scheme)}
    AND grain = ${bag('String', run.grain)} AND period_start = ${bag('Date', run.periodStart)} AND run = ${bag('UUID', run.run)}`
  const stars = Array.from({ length: STARS_MOST }, (_unused, place) => `countIf(stars = ${place + 1})`)
  const [row] = await measurements.query<{ units: number; ranked: number; mean: number | null; stars: number[] }>(
    `SELECT count() AS units, countIf(rank > 0) AS ranked, avgIf(composite, rank > 0) AS mean, [${stars.join(', ')}] AS stars FROM ${rows}`,
    parameters,
    { maxExecutionSeconds: EXECUTION_SECONDS, settings: READING_SETTINGS },
  )
  const { units, ranked, mean } = row!
  if (mean === null || ranked === 0) return { units, ranked, mean: null, phi: null, uncertain: 0, starsCounts: row!.stars }
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
