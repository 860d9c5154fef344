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
  /** Where the stars of the period before stand. */
  readonly before: { readonly periodStart: string; readonly run: string } | null
}

const PLACE = 'organisation, scheme, grain, period_start, run, entity, version'
const PARTS = `composite, uncapped, error, n, gate, most_stars, provisional, reason, values, ns, errors, used, points, slopes, flags, gate_values`
const STANDING = `composite, uncapped, error, stars, stars_uncapped, stars_held, gate, percentile, rank, group_rank, top, bottom, n, provisional, reason`

const EMPTY = 'CAST([] AS Array(Float64))'

/** Scores with all they rest on, of every entity of the question; where they stand is worked out by `rankStored`. */
export async function storeParts(
  measurements: Measurements,
  organisation: string,
  question: BulkQuestion,
  known: Known,
  run: ScoreRun,
): Promise<void> {
  const { bag, parameters } = parameterBag()
  const owner = bag('UUID', organisation)
  const level = scoresOf(bag, owner, question, known)
  const { scheme } = question
  const places = scheme.items.map((_item, place) => place)
  const list = (name: string) => `[${places.map((place) => `toFloat64(${name}${place})`).join(', ')}]`
  const flags = `[${places.map((place) => `toUInt8(m${place} + 8 * r${place})`).join(', ')}]`
  // Values nobody drew together are those that were measured: no need to keep them twice.
  const drawn = known.priors.some((prior) => prior !== null)
  const gates = `CAST([${scheme.gates.map((_gate, place) => `vg${place}`).join(', ')}] AS Array(Float64))`
  await measurements.command(
    `INSERT INTO bihuan.score_part (${PLACE}, ${PARTS})
     SELECT ${owner}, ${bag('String', run.scheme)}, ${bag('String', run.grain)}, ${bag('Date', run.periodStart)}, ${bag('UUID', run.run)}, entity,
       ${bag('UInt64', run.version)}, composite, free, err, if(n_least = inf, 0, n_least), gate_place, most_stars,
       ${places.map((place) => `r${place} = 1`).join(' OR ')}, reason,
       ${list('v')}, ${list('n')}, ${list('e')}, ${drawn ? list('u') : EMPTY}, ${list('p')}, ${list('s')}, ${flags}, ${gates}
     FROM (${level})`,
    parameters,
    { maxExecutionSeconds: EXECUTION_SECONDS, settings: READING_SETTINGS },
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

/** Where the entities of a run stand among all of it; written for those whose parts were stored as this version, `whole`: all of them. */
export async function rankStored(
  measurements: Measurements,
  organisation: string,
  { hysteresisPoints }: Pick<BulkScheme, 'hysteresisPoints'>,
  storage: BulkStorage,
  whole: boolean,
): Promise<void> {
  const { bag, parameters } = parameterBag()
  const { run } = storage
  const place = runPlace(bag, organisation, run)
  const own = `version = ${bag('UInt64', run.version)}`
  const stars = starColumns(bag, hysteresisPoints, storage)
  await measurements.command(
    `INSERT INTO bihuan.score (${PLACE}, ${STANDING})
     SELECT ${PLACE}, composite, uncapped, error, ${stars.stars}, ${stars.uncapped}, ${stars.held}, gate,
       ${PERCENTILE}, place_down, place_down, nan, nan, n, provisional, reason
     FROM (
       SELECT ${PLACE}, composite, uncapped, error, gate, most_stars, n, provisional, reason, ${RANKS}
       FROM bihuan.score_part AS part ${whole ? `WHERE ${place} AND ${own}` : `FINAL WHERE ${place}`} ${BY_SCORE}
     ) AS scored ${beforeJoin(bag, bag('UUID', organisation), storage)}
     WHERE ${own}`,
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
function starColumns(bag: Bag, hysteresisPoints: number, { borders, before }: BulkStorage) {
  const cuts = borders.map((border) => bag('Float64', border))
  const count = (value: string) =>
    cuts.length === 0 ? '1' : `(1 + ${cuts.map((cut) => `(${value} >= ${cut})`).join(' + ')})`
  const plain = count('composite')
  const kept = before ? keptStars() : plain
  /** The grade before, moved just as far as the two thresholds of each border demand. */
  function keptStars(): string {
    const margin = bag('Float64', hysteresisPoints)
    const [rises, falls] = [count(`(composite - ${margin})`), count(`(composite + ${margin})`)]
    return `if(stars_before = 0, ${plain}, least(greatest(least(stars_before, ${borders.length + 1}), ${rises}), ${falls}))`
  }
  const stars = `least(${kept}, most_stars)`
  return {
    stars: `if(reason = 0, ${stars}, 0)`,
    uncapped: `if(reason = 0, ${count('uncapped')}, 0)`,
    held: `reason = 0 AND ${stars} = ${kept} AND ${kept} != ${plain}`,
  }
}
