/** Scores of very many entities, worked out and stored inside the engine: only sums and summaries leave it. */
import type { Measurements } from '#platform/measurements/measurements'
import type { BulkScheme } from '../../../rules/scores/bulk.ts'
import { READING_SETTINGS } from '../../compile/compile-facts.ts'
import { type Bag, parameterBag } from '../../compile/parameter-bag.ts'
import type { ScoreRun } from '../score-block.ts'
import { type BulkQuestion, EXECUTION_SECONDS, type Known, runPlace, scoresOf } from './question.ts'

export interface BulkStorage {
  readonly run: ScoreRun
  /** Points from which 2, 3, … stars begin. */
  readonly borders: readonly number[]
  /** False: ranks are left to `rankChanged`. */
  readonly ranked: boolean
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
  const level = scoresOf(bag, owner, question, known)
  const { scheme } = question
  const places = scheme.items.map((_item, place) => place)
  const list = (name: string) => `[${places.map((place) => `toFloat64(${name}${place})`).join(', ')}]`
  const flags = `[${places.map((place) => `toUInt8(m${place} + 8 * r${place})`).join(', ')}]`
  const gates = `CAST([${scheme.gates.map((_gate, place) => `vg${place}`).join(', ')}] AS Array(Float64))`
  const { run, ranked } = storage
  const stars = starColumns(bag, scheme, storage)
  const packed = `SELECT entity, composite, free, err, reason, gate_place, most_stars, n_least, ${list('v')} AS vs, ${list('n')} AS ns, ${list('e')} AS es,
      ${list('u')} AS us, ${list('p')} AS ps, ${list('s')} AS ss, ${flags} AS fs, ${gates} AS gs, ${places.map((place) => `m${place} = 0 AND r${place} = 1`).join(' OR ')} AS is_provisional
    FROM (${level})`
  const inner = ranked
    ? `SELECT *, ${RANKS} FROM (${packed}) ${BY_SCORE}`
    : `SELECT *, 0 AS place_down, 0 AS place_last, 1 AS all_ranked FROM (${packed})`
  await measurements.command(
    `INSERT INTO bihuan.score (${COLUMNS})
     SELECT ${owner}, ${bag('String', run.scheme)}, ${bag('String', run.grain)}, ${bag('Date', run.periodStart)}, ${bag('UUID', run.run)}, entity,
       ${bag('UInt64', run.version)}, '', composite, free, err, ${stars.stars}, ${stars.uncapped}, ${stars.held}, gate_place,
       ${PERCENTILE}, place_down, 0, 0, place_down, nan, nan, if(n_least = inf, 0, n_least), is_provisional, reason, vs, ns, es, us, ps, ss, fs, gs
     FROM (${inner}) AS scored ${beforeJoin(bag, owner, storage)}`,
    parameters,
    { maxExecutionSeconds: EXECUTION_SECONDS, settings: { ...READING_SETTINGS, join_algorithm: 'hash' } },
  )
}

/** Rank from the best and the place of the last one alike, by one sort; scores alike to nine digits share a rank. */
const RANKS = `
  if(reason = 0, rank() OVER by_score, 0) AS place_down, if(reason = 0, count() OVER by_score, 0) AS place_last,
  count() OVER (PARTITION BY reason = 0) AS all_ranked`
const BY_SCORE = 'WINDOW by_score AS (PARTITION BY reason = 0 ORDER BY round(composite, 9) DESC)'
/** The share that is worse, those alike counted half. */
const PERCENTILE =
  'if(place_down > 0, 100 * (all_ranked - place_last + (place_last - place_down + 1) / 2) / all_ranked, nan)'

/** Ranks of the rows of `run.version` among all of the run; written as the version after. */
export async function rankChanged(measurements: Measurements, organisation: string, run: ScoreRun): Promise<void> {
  const { bag, parameters } = parameterBag()
  const place = runPlace(bag, organisation, run)
  const version = bag('UInt64', run.version)
  const own: Readonly<Record<string, string>> = {
    version: `${version} + 1`,
    percentile: PERCENTILE,
    rank: 'place_down',
    group_rank: 'place_down',
  }
  const written = COLUMNS.split(/,\s*/).map((column) => own[column] ?? `changed.${column}`)
  await measurements.command(
    `INSERT INTO bihuan.score (${COLUMNS})
     SELECT ${written.join(', ')}
     FROM (SELECT entity, ${RANKS} FROM bihuan.score FINAL WHERE ${place} ${BY_SCORE}) AS placed
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
    stars: `if(reason = 0, ${stars}, 0)`,
    uncapped: `if(reason = 0, ${count('free')}, 0)`,
    held: `reason = 0 AND ${stars} = ${kept} AND ${kept} != ${plain}`,
  }
}
