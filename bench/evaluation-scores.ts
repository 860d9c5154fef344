/**
 * Scores at size, from folded months: everything about a million entities stored in one pass, the changed ones of them again, ranges of ranks, and
 * the ranking an editor shows while a weight is dragged. Each beside a reference in the same run.
 */
import { createHash } from 'node:crypto'
import { rescoreBulk, scoreBulk } from '../modules/measurement/actions/scores/bulk-scores.ts'
import type { BulkItem, BulkScheme } from '../modules/measurement/actions/scores/bulk-scores.ts'
import { chanceOf, indicatorsById } from '../modules/measurement/actions/indicators.ts'
import { foldDue } from '../modules/measurement/folding/fold-due.ts'
import { factId } from '../modules/measurement/folding/register-facts.ts'
import { presenceFact } from '../modules/measurement/rules/plan/fold.ts'
import { planOf } from '../modules/measurement/rules/plan/plan.ts'
import { type SchemeInputs, schemeDraft } from '../modules/evaluation/contract.ts'
import { previewScores } from '../modules/evaluation/rules/preview.ts'
import { seededRandom } from '../platform/seeded-random.ts'
import { standingsOf } from '../modules/evaluation/rules/standing/standings.ts'
import { rankIntervals } from '../libs/weighting/src/ranks/rank-intervals.ts'
import { type Made, prepare, ZONE } from './fold-world.ts'
import { type Place, withPlace } from './measurement-import.ts'
import { type Comparison, ORGANISATION } from './measurement-store.ts'

const ITEMS = 12
const FIRST_ENTITY = 10_000_000
const RUN = '01900000-0000-7000-8000-0000000000aa'
const hashOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12)
const ms = async (work: () => unknown): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}
const monthOf = () =>
  Temporal.Now.instant().toZonedDateTimeISO(ZONE).toPlainDate().with({ day: 1 }).subtract({ months: 2 }).toString()

/** Shares, means and top boxes: what scores are made of. */
const IDS = Array.from(
  { length: ITEMS },
  (_unused, index) => `indicator-${[24, 48, 72][index % 3]! + Math.floor(index / 3) * 2}`,
)

interface World {
  readonly place: Place
  readonly made: Made
  readonly entities: number
  readonly month: string
  readonly scheme: BulkScheme
}

async function worldOf(place: Place, entities: number): Promise<World> {
  const made = await prepare(place)
  await made.apart((context) => foldDue(context, 10_000))
  const month = monthOf()
  const indicators = [...(await made.context((inside) => indicatorsById(inside, IDS))).values()]
  await fillSums(
    place,
    indicators.flatMap((indicator) => planOf(indicator).facts),
    { entities, month },
  )
  const items = indicators.map((indicator, index): BulkItem => {
    const { scatter, scale } = chanceOf(indicator)
    const top = scatter === 'binomial' ? scale : 60
    return {
      id: indicator.id,
      indicator,
      weight: 1 / ITEMS,
      dimension: index % 3,
      required: index === 0,
      minimumN: 3,
      below: 'missing',
      shrink: index % 3 === 0,
      scatter,
      points: {
        kind: 'lines',
        corners: [
          [0, 0],
          [top * 0.4, 60],
          [top, 100],
        ],
      },
    }
  })
  const scheme: BulkScheme = {
    items,
    gates: [],
    withinDimensions: true,
    mostMissing: 0.4,
    leastItems: 3,
    leastDimensions: 1,
    leastN: 0,
    hysteresisPoints: 1,
    z: 1.96,
  }
  return { place, made, entities, month, scheme }
}

/** A month of sums as folding leaves them, and where the entities stand. */
async function fillSums(
  { measurements }: Place,
  facts: ReturnType<typeof planOf>['facts'],
  { entities, month }: { entities: number; month: string },
): Promise<void> {
  await measurements.command(
    `INSERT INTO bihuan.entity_place (organisation, entity, kind, ancestors, version, removed)
     SELECT {organisation:UUID}, {first:UInt64} + number, 'shop', [{first:UInt64} + number], 1, 0 FROM numbers({entities:UInt64})`,
    { organisation: ORGANISATION, first: FIRST_ENTITY, entities },
  )
  const presence = facts.map((fact) => presenceFact([fact]))
  const ids = new Map([...presence, ...facts].map((fact, index) => [factId(fact), { fact, seed: index }]))
  for (const [id, { fact, seed }] of ids) {
    const counted = `1 + intHash32(number * 7 + ${fact.where.length === 0 ? 0 : seed}) % 60`
    await measurements.command(
      `INSERT INTO bihuan.fact_month (organisation, fact, entity, month, n, total, squares, lowest, highest, version, removed)
       SELECT {organisation:UUID}, {id:UInt64}, {first:UInt64} + number, {month:Date}, ${fact.where.length === 0 ? 'n' : 'floor(n * share)'} AS own,
         own * mean, own * (mean * mean + 9), 0, 60, 1, 0
       FROM (SELECT number, ${counted} AS n, (intHash32(number * 31 + {seed:UInt64}) % 1000) / 1000 AS share,
               5 + 50 * (intHash32(number * 13 + {seed:UInt64}) % 1000) / 1000 AS mean
             FROM numbers({entities:UInt64}))`,
      { organisation: ORGANISATION, id, first: FIRST_ENTITY, month, seed, entities },
      { maxExecutionSeconds: 600 },
    )
  }
  await measurements.command('OPTIMIZE TABLE bihuan.fact_month FINAL', {}, { maxExecutionSeconds: 600 })
}

/** As one would write it for exactly this: values, points, score, grade, rank and percentile of the same sums into a table of the same kind. */
async function byHand({ place: { measurements }, month, scheme }: World): Promise<number> {
  await measurements.command('DROP TABLE IF EXISTS bihuan.bench_score SYNC')
  await measurements.command(
    `CREATE TABLE bihuan.bench_score (entity UInt64, score Float64, error Float64, grade UInt8, rank UInt32, percentile Float32,
       values Array(Float64), ns Array(Float64), errors Array(Float64), used Array(Float64), points Array(Float64))
     ENGINE = MergeTree ORDER BY entity SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
  )
  const plans = scheme.items.map(({ indicator }) => planOf(indicator))
  const sums = plans.map(({ facts }, index) => {
    const [above, below] = [factId(facts[0]!), factId(facts.at(-1)!)]
    const mean = facts.length === 1
    return `sumIf(${mean ? 'total' : 'n'}, fact = ${above}) AS a${index}, sumIf(n, fact = ${below}) AS n${index}, sumIf(squares, fact = ${above}) AS q${index}`
  })
  const each = scheme.items.map((item, index) => {
    const { corners } = item.points as Extract<BulkItem['points'], { kind: 'lines' }>
    const [x1, x2] = [corners[1]![0], corners[2]![0]]
    const scale = chanceOf(item.indicator).scale
    const error =
      item.scatter === 'binomial'
        ? `sqrt(greatest(0, v${index} / ${scale} * (1 - v${index} / ${scale})) / n${index}) * ${scale}`
        : `sqrt(greatest(0, q${index} / n${index} - pow(v${index}, 2)) / n${index})`
    const used = item.shrink ? `(n${index} * v${index} + 20 * ${scale / 2}) / (n${index} + 20)` : `v${index}`
    return {
      value: `if(n${index} = 0, nan, a${index} / n${index} * ${scale}) AS v${index}, ${error} AS e${index}, ${used} AS u${index}`,
      points: `60 * least(u${index} / ${x1}, 1) + 40 * least(greatest((u${index} - ${x1}) / (${x2 - x1}), 0), 1) AS p${index}`,
      weight: `(n${index} >= 3) AS w${index}`,
    }
  })
  const all = (pick: (index: number) => string) => scheme.items.map((_item, index) => pick(index))
  return ms(() =>
    measurements.command(
      `INSERT INTO bihuan.bench_score
       SELECT entity, score, error, multiIf(score >= 90, 5, score >= 80, 4, score >= 70, 3, score >= 60, 2, 1), rank() OVER (ORDER BY score DESC),
         100 * (1 - (rank() OVER (ORDER BY score DESC) - 0.5) / count() OVER ()), vs, ns, es, us, ps
       FROM (
         SELECT entity, [${all((i) => `v${i}`).join(', ')}] AS vs, [${all((i) => `n${i}`).join(', ')}] AS ns, [${all((i) => `e${i}`).join(', ')}] AS es,
           [${all((i) => `u${i}`).join(', ')}] AS us, [${all((i) => `p${i}`).join(', ')}] AS ps,
           (${all((i) => `w${i}`).join(' + ')}) AS known, (${all((i) => `if(w${i}, p${i}, 0)`).join(' + ')}) / known AS score,
           sqrt(${all((i) => `if(w${i}, pow(e${i}, 2), 0)`).join(' + ')}) / known AS error
         FROM (SELECT *, ${each.map(({ points }) => points).join(', ')}, ${each.map(({ weight }) => weight).join(', ')} FROM (
           SELECT *, ${each.map(({ value }) => value).join(', ')} FROM (
             SELECT entity, ${sums.join(', ')} FROM bihuan.fact_month FINAL
             WHERE organisation = {organisation:UUID} AND month = {month:Date} AND fact IN {facts:Array(UInt64)}
               AND entity IN (SELECT entity FROM bihuan.entity_place FINAL WHERE organisation = {organisation:UUID} AND kind = 'shop')
             GROUP BY entity))))`,
      { organisation: ORGANISATION, month, facts: [...new Set(plans.flatMap(({ facts }) => facts.map(factId)))] },
      { maxExecutionSeconds: 300, settings: { do_not_merge_across_partitions_select_final: 1 } },
    ),
  )
}

async function whole(world: World): Promise<Comparison> {
  const { made, month, scheme, entities } = world
  const none = scheme.items.map(() => null)
  let answer: unknown
  const score = (version: number) =>
    made.context(async (context) => {
      answer = await scoreBulk(context, {
        scheme,
        run: { scheme: 'bench', grain: 'month', periodStart: month, run: RUN, version },
        months: [month],
        entityKind: 'shop',
        below: null,
        before: null,
        between: () => none,
        priors: (sums) =>
          sums.map((own, place) =>
            own && scheme.items[place]!.shrink ? { mean: (100 * own.events) / own.cases, strength: 20 } : null,
          ),
        moments: () => none,
        borders: [60, 70, 80, 90],
        farErrors: () => 1.96,
      })
    })
  const hand = await byHand(world)
  const ours = await ms(() => score(1))
  const [handAgain, oursAgain] = [await byHand(world), await ms(() => score(2))]
  const [best, reference] = [Math.min(ours, oursAgain), Math.min(hand, handAgain)]
  return {
    name: `score, grade, rank, percentile and explanation of ${entities} entities x ${ITEMS} items stored`,
    ours: best,
    reference,
    ratio: best / reference,
    unit: 'ms',
    answerHash: hashOf(answer),
  }
}

async function changed(world: World, count: number, full: number): Promise<Comparison> {
  const { made, month, scheme, entities } = world
  const step = Math.max(1, Math.floor(entities / count))
  const list = Array.from({ length: count }, (_unused, index) => FIRST_ENTITY + index * step)
  const none = scheme.items.map(() => null)
  const ours = await ms(() =>
    made.context((context) =>
      rescoreBulk(context, {
        scheme,
        run: { scheme: 'bench', grain: 'month', periodStart: month, run: RUN, version: 10 },
        months: [month],
        before: null,
        entities: list,
        priors: none,
        moments: none,
        borders: [60, 70, 80, 90],
      }),
    ),
  )
  return {
    name: `${count} changed entities of ${entities} scored again, with their ranks among all`,
    ours,
    reference: full,
    ratio: ours / full,
    unit: 'ms',
    answerHash: hashOf(count),
  }
}

function inputsOf(units: number): SchemeInputs {
  const random = seededRandom(0.5)
  return {
    periodStart: '2026-01-01',
    grain: 'month',
    complete: true,
    items: Array.from({ length: ITEMS }, () => ({ minimumN: 5, better: 'more', scatter: 'normal', scale: 1 })),
    units: Array.from({ length: units }, (_unused, unit) => ({
      entity: { key: `u${unit}`, name: `Unit ${unit}` },
      peerGroup: null,
      values: Array.from({ length: ITEMS }, () => 100 * random()),
      ns: Array.from({ length: ITEMS }, () => Math.floor(random() * 200)),
      errors: Array.from({ length: ITEMS }, () => 5 * random()),
      hidden: Array.from({ length: ITEMS }, () => false),
      gates: [],
      starsBefore: null,
    })),
  }
}

const title = { zh: '方案', en: 'Scheme' }
const draft = schemeDraft.parse({
  id: 'bench',
  title,
  entityKind: 'shop',
  dimensions: Array.from({ length: 3 }, (_unused, dimension) => ({
    id: `dimension-${dimension}`,
    title,
    weight: 1 / 3,
    items: Array.from({ length: ITEMS / 3 }, (_none, item) => ({
      id: `item-${dimension}-${item}`,
      source: { kind: 'indicator', indicator: `item-${dimension}-${item}` },
      weight: 3 / ITEMS,
      transform: {
        kind: 'piecewise',
        points: [
          [0, 0],
          [40, 60],
          [100, 100],
        ],
      },
    })),
  })),
  certainty: { confidence: 0.95, draws: 200, topShare: 0.1 },
})

/** One step of the drag: the whole ranking anew, with its ranges. */
async function drag(units: number): Promise<Comparison> {
  const inputs = inputsOf(units)
  const plain = inputs.units.map((unit) => unit.values.map((value) => value ?? 0))
  const weights = Array.from({ length: ITEMS }, () => 1 / ITEMS)
  let shown = previewScores(draft, inputs, 0.5)
  const times: number[] = []
  for (let step = 0; step < 7; step += 1) {
    const share = 0.2 + step * 0.05
    const moved = {
      ...draft,
      dimensions: draft.dimensions.map((dimension, place) => ({
        ...dimension,
        weight: place === 0 ? share : (1 - share) / 2,
      })),
    }
    times.push(await ms(() => (shown = previewScores(moved, inputs, 0.5))))
  }
  const reference = await ms(() => {
    for (let round = 0; round < 10; round += 1)
      plain.map((row) => row.reduce((sum, value, item) => sum + value * weights[item]!, 0)).sort((a, b) => b - a)
  })
  const ours = times.toSorted((a, b) => a - b)[3]!
  return {
    name: `ranking of ${units} entities while a weight is dragged, beside a bare weighted sum and sort`,
    ours,
    reference: reference / 10,
    ratio: ours / (reference / 10),
    unit: 'ms',
    answerHash: hashOf(shown.slice(0, 5)),
  }
}

/** Drawn ranges of ranks beside those that intervals alone allow. */
async function ranges(units: number): Promise<Comparison> {
  const random = seededRandom(0.25)
  const composite = Float64Array.from({ length: units }, () => 50 + 40 * random())
  const errors = Float64Array.from({ length: units }, () => 0.5 + 4 * random())
  const groups = new Int32Array(units)
  const certainty = { ...draft.certainty, draws: 1_000 }
  let rows: ReturnType<typeof standingsOf>['rows'] = []
  const ours = await ms(() => {
    rows = standingsOf({ certainty }, { composite, errors, groups }, false, seededRandom(0.75)).rows
  })
  const reference = await ms(() =>
    rankIntervals(
      Array.from(composite, (score, unit) => ({ lower: score - errors[unit]!, upper: score + errors[unit]! })),
    ),
  )
  return {
    name: `ranges of ranks and chances to be at the top for ${units} entities, 1,000 draws`,
    ours,
    reference,
    ratio: ours / reference,
    unit: 'ms',
    answerHash: hashOf(rows.slice(0, 3)),
  }
}

export async function run({ size }: { size: 'small' | 'large' }): Promise<Comparison[]> {
  const large = size === 'large'
  const results = [await drag(large ? 1_000 : 100), await ranges(large ? 10_000 : 500)]
  return withPlace(async (place) => {
    const world = await worldOf(place, large ? 1_000_000 : 2_000)
    const all = await whole(world)
    results.push(all, await changed(world, large ? 10_000 : 50, all.ours))
    return results
  })
}
