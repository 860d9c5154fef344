/** Very many units: the store works the scores out by itself, and only sums and summaries come here. */
import { chanceOf, currentIndicator, versionsWithin } from '#measurement/actions/indicators'
import {
  type BulkItem,
  bulkObstacle,
  entitiesChangedSince,
  eventTypesOf,
  rescoreBulk,
  type BulkScheme,
  type ItemSums,
  scoreBulk,
} from '#measurement/actions/scores/bulk-scores'
import { readToday } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { addPeriods, periodStartOf } from '#platform/periods'
import { refuse } from '#platform/refusal'
import { evaluationRefusals, type RankingSummary, type Scheme, type SchemeDraft } from '../../contract.ts'
import {
  betweenOfSums,
  bordersOfBins,
  bulkPoints,
  dispersionOf,
  priorOfSums,
  unitByUnit,
  zOf,
} from '../../rules/bulk.ts'
import { flatItems, type FlatItem } from '../../rules/schemes/flat-items.ts'
import { type RankReach, reachOf } from '../../rules/standing/rank-reach.ts'
import { UNITS_LIMIT } from './inputs.ts'

const BINS_A_POINT = 100
/** The inner limits of the funnel: 95 %, two-sided. */
const FAR_ERRORS = zOf(0.95)

export interface BulkPeriod {
  readonly scheme: Scheme
  readonly grain: Grain
  readonly periodStart: string
  readonly run: string
  readonly version: number
  readonly units: number
  readonly before: { readonly periodStart: string; readonly run: string } | null
}

/** First days of the months of a period; refuses one that is not over. */
async function monthsOf(context: Context, grain: Grain, periodStart: string): Promise<string[]> {
  const end = addPeriods(periodStart, grain, 1)
  if (end > periodStartOf(await readToday(context), 'month')) refuse(evaluationRefusals, 'NOT_FOLDED', { periodStart })
  const months: string[] = []
  for (let month = periodStart; month < end; month = addPeriods(month, 'month', 1)) months.push(month)
  return months
}

/** Refuses what only a calculation unit by unit can do, and months whose sums are not ready. */
export async function scoreManyUnits(
  context: Context,
  period: BulkPeriod,
): Promise<{ summary: RankingSummary; indicators: Record<string, number>; reach: RankReach }> {
  const { scheme, grain, periodStart, units } = period
  const tooMany = (because: string): never =>
    refuse(evaluationRefusals, 'TOO_MANY_UNITS', { units, limit: UNITS_LIMIT, because })
  const obstacle = unitByUnit(scheme, grain)
  if (obstacle) tooMany(obstacle)
  const { bulk, names } = await bulkScheme(context, scheme, periodStart, tooMany)
  const months = await monthsOf(context, grain, periodStart)
  const scales = bulk.items.map(({ indicator }) => chanceOf(indicator).scale)
  const fixed = scheme.grades.bands.kind === 'fixed' ? scheme.grades.bands : null
  const found = await scoreBulk(context, {
    scheme: bulk,
    run: { scheme: scheme.id, grain, periodStart, run: period.run, version: period.version },
    months,
    entityKind: scheme.entityKind,
    below: scheme.below,
    before: period.before,
    between: (sums) => sums.map((own, place) => own && betweenOf(bulk.items[place]!, own)),
    priors: (sums, between) =>
      sums.map((own, place) => {
        const item = bulk.items[place]!
        return own && item.shrink ? priorOfSums(item.scatter, own, between[place] ?? null, scales[place]!) : null
      }),
    moments: (sums) => sums.map((own) => own && { mean: own.mean, deviation: own.deviation }),
    borders: fixed ? fixed.from : (counts) => bordersOfBins(scheme.grades, counts, BINS_A_POINT),
    farErrors: ({ phi, uncertain }) => FAR_ERRORS * Math.sqrt(dispersionOf(phi, uncertain)),
  })
  if (found === 'nested') return tooMany('units-hold-others')
  if (found === null) return refuse(evaluationRefusals, 'NOT_FOLDED', { periodStart })
  const { borders, priors, moments, units: scored, ranked, mean, above, below } = found
  const told = priors.flatMap((prior, place) =>
    prior ? [{ item: bulk.items[place]!.id, peerGroup: null, mean: prior.mean, strength: finite(prior.strength) }] : [],
  )
  return {
    indicators: names,
    reach: reachOf(found.outline),
    summary: {
      units: scored,
      ranked,
      mean,
      overDispersion: dispersionOf(found.phi, found.uncertain),
      starsFrom: [...borders],
      starsCounts: found.starsCounts.slice(0, borders.length + 1),
      above,
      below,
      topCount: Math.max(1, Math.round(scheme.certainty.topShare * ranked)),
      priors: told,
      moments: bulk.items.flatMap((item, place) => {
        const own = moments[place]
        return own && item.points.kind === 'z-score' ? [{ item: item.id, peerGroup: null, ...own }] : []
      }),
    },
  }
}

/** Units rescored at once; with more everything is calculated anew. */
const CHANGED_LIMIT = 20_000

/**
 * Only the units with events stored since the last calculation, in the same run; priors, usual values and borders stay those of the last full
 * one.
 */
export async function rescoreChanged(
  context: Context,
  period: Omit<BulkPeriod, 'units'> & { readonly summary: RankingSummary; readonly since: Temporal.Instant },
): Promise<RankReach | 'nothing' | 'too-much'> {
  const { scheme, grain, periodStart, summary, since } = period
  const tooMany = (because: string): never =>
    refuse(evaluationRefusals, 'TOO_MANY_UNITS', { units: summary.units, limit: UNITS_LIMIT, because })
  const { bulk } = await bulkScheme(context, scheme, periodStart, tooMany)
  const months = await monthsOf(context, grain, periodStart)
  const types = [...bulk.items, ...bulk.gates].flatMap(({ indicator }) => eventTypesOf(indicator))
  const entities = await entitiesChangedSince(context, {
    eventTypes: [...new Set(types)],
    entityKind: scheme.entityKind,
    since,
    from: periodStart,
    until: addPeriods(periodStart, grain, 1),
    limit: CHANGED_LIMIT,
  })
  if (entities === null) return 'too-much'
  if (entities.length === 0) return 'nothing'
  const priorOf = new Map(summary.priors.map((prior) => [prior.item, prior]))
  const momentsOf = new Map(summary.moments.map((own) => [own.item, own]))
  const done = await rescoreBulk(context, {
    scheme: bulk,
    run: { scheme: scheme.id, grain, periodStart, run: period.run, version: period.version },
    months,
    before: period.before,
    entities,
    borders: summary.starsFrom,
    priors: bulk.items.map(({ id }) => {
      const prior = priorOf.get(id)
      return prior ? { mean: prior.mean, strength: prior.strength ?? Infinity } : null
    }),
    moments: bulk.items.map(({ id }) => momentsOf.get(id) ?? null),
  })
  return done ? reachOf(done) : refuse(evaluationRefusals, 'NOT_FOLDED', { periodStart })
}

const finite = (strength: number) => (strength === Infinity ? null : strength)

const betweenOf = (item: BulkItem, sums: ItemSums) =>
  item.shrink && item.scatter === 'normal' ? betweenOfSums(sums) : null

async function bulkScheme(
  context: Context,
  scheme: SchemeDraft,
  periodStart: string,
  tooMany: (because: string) => never,
): Promise<{ bulk: BulkScheme; names: Record<string, number> }> {
  const names: Record<string, number> = {}
  const load = async (id: string) => {
    const indicator = await currentIndicator(context, id)
    const obstacle = bulkObstacle(indicator)
    if (obstacle) tooMany(`indicator ${id}: ${obstacle}`)
    names[id] = (await versionsWithin(context, id, periodStart, periodStart))[0]?.version ?? indicator.version
    // The store's sums are those of the newest version.
    if (names[id] !== indicator.version) tooMany(`indicator ${id}: earlier-version`)
    return indicator
  }
  const items: BulkItem[] = []
  for (const item of flatItems(scheme)) items.push(await bulkItem(item, load))
  const gates = []
  for (const { indicator, operator, limit, cap } of scheme.gates)
    gates.push({ indicator: await load(indicator), operator, limit, most: { of: cap.kind, value: cap.most } })
  const { missing, eligibility, grades, certainty } = scheme
  const bulk: BulkScheme = {
    items,
    gates,
    withinDimensions: missing.rule === 'redistribute-in-dimension',
    mostMissing: missing.rule === 'not-ranked' ? 0 : missing.mostShare,
    ...eligibility,
    hysteresisPoints: grades.hysteresisPoints,
    z: zOf(certainty.confidence),
  }
  return { bulk, names }
}

async function bulkItem(
  item: FlatItem,
  load: (id: string) => Promise<Parameters<typeof bulkObstacle>[0]>,
): Promise<BulkItem> {
  const { source, transform } = item
  if (source.kind === 'assessed' || transform.kind === 'percentile') throw new Error('told before as an obstacle')
  const indicator = await load(source.indicator)
  return {
    id: item.id,
    indicator,
    weight: item.globalWeight,
    dimension: item.dimensionPlace,
    required: item.required,
    minimumN: item.minimumN ?? indicator.minimumN,
    below: item.belowMinimum,
    shrink: item.shrink === 'peers',
    scatter: chanceOf(indicator).scatter,
    points: bulkPoints(transform, indicator.direction === 'lower-is-better' ? 'less' : 'more'),
  }
}
