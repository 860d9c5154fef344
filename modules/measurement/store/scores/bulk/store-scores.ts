/** Scores of very many entities, worked out and stored inside the engine: only sums and summaries leave it. */
import type { Measurements } from '#platform/measurements/measurements'
import type { BulkScheme } from '../../../rules/scores/bulk.ts'
import { READING_SETTINGS } from '../../compile/compile-facts.ts'
import { type Bag, parameterBag } from '../../compile/parameter-bag.ts'
import type { ScoreRun } from '../score-block.ts'
import { above, below, binOf, type BulkOutline } from './outline.ts'
import { type BulkQuestion, EXECUTION_SECONDS, type Known, runPlace, scoreLevel } from './question.ts'

export interface BulkStorage {
  readonly run: ScoreRun
  /** Points from which 2, 3, … stars begin. */
  readonly borders: readonly number[]
  /** Null: ranks are left to `rankChanged`. */
  readonly outline: BulkOutline | null
  /** Where the stars of the period before stand. */
  readonly before: { readonly periodStart: string; readonly run: string } | null
}

const COLUMNS = `organisation, scheme, grain, period_start, run, entity, version, peer_group, composite, uncapped, error, stars, stars_uncapped, stars_held,
  gate, percentile, rank, rank_low, rank_high, group_rank, top, bottom, n, provisional, reason, values, ns, errors, used, points, slopes, flags, gate_values`

/** Everything about every entity of the question, in one pass. */
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
  const stars = starColumns(bag, scheme, storage)
  const packed = `SELECT entity, composite, free, err, reason, gate_place, most_stars, n_least, ${list('v')} AS vs, ${list('n')} AS ns, ${list('e')} AS es,
      ${list('u')} AS us, ${list('p')} AS ps, ${list('s')} AS ss, ${flags} AS fs, ${gates} AS gs, ${places.map((place) => `m${place} = 0 AND r${place} = 1`).join(' OR ')} AS is_provisional
    FROM (${level})`
  const ranks = outline === null ? '0 AS place_down, 0 AS place_up' : rankColumns('composite', 'reason = 0')
  const columns =
    outline === null ? NO_PLACES : placeColumns(bag, outline, { score: 'composite', error: 'err', z: scheme.z })
  await measurements.command(
    `INSERT INTO bihuan.score (${COLUMNS})
     SELECT ${owner}, ${bag('String', run.scheme)}, ${bag('String', run.grain)}, ${bag('Date', run.periodStart)}, ${bag('UUID', run.run)}, entity,
       ${bag('UInt64', run.version)}, '', composite, free, err, ${stars.stars}, ${stars.uncapped}, ${stars.held}, gate_place,
       ${columns.percentile}, place_down, ${columns.low}, ${columns.high}, place_down,
       nan, nan, if(n_least = inf, 0, n_least), is_provisional, reason, vs, ns, es, us, ps, ss, fs, gs
     FROM (SELECT *, reason = 0 AS is_ranked, ${ranks} FROM (${packed})) AS scored ${beforeJoin(bag, owner, storage)}`,
    parameters,
    { maxExecutionSeconds: EXECUTION_SECONDS, settings: { ...READING_SETTINGS, join_algorithm: 'hash' } },
  )
}

/** Ranks from the best and from the worst; scores alike to nine digits share one. */
const rankColumns = (score: string, isRanked: string) =>
  `if(${isRanked}, rank() OVER (PARTITION BY ${isRanked} ORDER BY round(${score}, 9) DESC), 0) AS place_down,
   if(${isRanked}, rank() OVER (PARTITION BY ${isRanked} ORDER BY round(${score}, 9)), 0) AS place_up`

const NO_PLACES = { percentile: 'nan', low: '0', high: '0' }

/** Percentile (ties half) and the ranks that intervals leave open, the latter to a hundredth of a point. */
function placeColumns(
  bag: Bag,
  outline: BulkOutline,
  { score, error, z }: { score: string; error: string; z: number },
): typeof NO_PLACES {
  const all = bag(
    'UInt32',
    outline.scores.reduce((sum, count) => sum + count, 0),
  )
  const bin = (sign: '+' | '-') => binOf(`${score} ${sign} ${bag('Float64', z)} * ${error}`)
  const surelyBetter = `${bag('Array(UInt32)', above(outline.lows))}[${bin('+')} + 1]`
  const surelyWorse = `${bag('Array(UInt32)', below(outline.highs))}[${bin('-')} + 1]`
  return {
    percentile: `if(place_down > 0, 100 * (place_up - 1 + (${all} - place_up - place_down + 2) / 2) / ${all}, nan)`,
    low: `if(place_down > 0, least(place_down, 1 + ${surelyBetter}), 0)`,
    high: `if(place_down > 0, greatest(place_down, ${all} - ${surelyWorse}), 0)`,
  }
}

/** Ranks of the rows of `run.version` among all of the run; written as the version after. */
export async function rankChanged(
  measurements: Measurements,
  organisation: string,
  run: ScoreRun,
  outline: BulkOutline,
  z: number,
): Promise<void> {
  const { bag, parameters } = parameterBag()
  const place = runPlace(bag, organisation, run)
  const columns = placeColumns(bag, outline, { score: 'changed.composite', error: 'changed.error', z })
  const version = bag('UInt64', run.version)
  const written = COLUMNS.split(',')
    .map((column) => column.trim())
    .map((column) =>
      column === 'version'
        ? `${version} + 1`
        : column === 'percentile'
          ? columns.percentile
          : column === 'rank' || column === 'group_rank'
            ? 'place_down'
            : column === 'rank_low'
              ? columns.low
              : column === 'rank_high'
                ? columns.high
                : `changed.${column}`,
    )
  await measurements.command(
    `INSERT INTO bihuan.score (${COLUMNS})
     SELECT ${written.join(', ')}
     FROM (SELECT entity, ${rankColumns('composite', 'reason = 0')} FROM bihuan.score FINAL WHERE ${place}) AS placed
     INNER JOIN (SELECT * FROM bihuan.score FINAL WHERE ${place} AND version = ${version}) AS changed ON changed.entity = placed.entity`,
    parameters,
    { maxExecutionSeconds: EXECUTION_SECONDS, settings: { ...READING_SETTINGS, join_algorithm: 'hash' } },
  )
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
  const kept = before ? keptStars() : plain
  /** The grade before, moved just as far as the two thresholds of each border demand. */
  function keptStars(): string {
    const margin = bag('Float64', scheme.hysteresisPoints)
    const [rises, falls] = [count(`(composite - ${margin})`), count(`(composite + ${margin})`)]
    return `if(stars_before = 0, ${plain}, least(greatest(least(stars_before, ${borders.length + 1}), ${rises}), ${falls}))`
  }
  const stars = `least(${kept}, most_stars)`
  return {
    stars: `if(is_ranked, ${stars}, 0)`,
    uncapped: `if(is_ranked, ${count('free')}, 0)`,
    held: `is_ranked AND ${stars} = ${kept} AND ${kept} != ${plain}`,
  }
}
