/** Freezing a design when a plan is approved, concluding it when its end date is past, and showing both. */
import { createHash } from 'node:crypto'
import { averagesCases, currentIndicator, indicatorVersion } from '#measurement/actions/indicators'
import { seriesPoints } from '#measurement/actions/series'
import { lookUpEntities, readToday, requireEntity } from '#organisation/actions/look-up'
import { closeByVerdict } from '#plans/actions/step-plan'
import { readApproved } from '#plans/actions/read-plans'
import type { Context } from '#platform/context'
import { readTimePlace, toPage, writeCursor } from '#platform/paging'
import { addPeriods, periodStartOf } from '#platform/periods'
import { found, must, refuse } from '#platform/refusal'
import { VERSION } from '#platform/version'
import { type Design, type Proof, proofConcluded, type Verdict, verificationRefusals } from '../contract.ts'
import { conclude, type Conclusion, ERROR_RATE, type Observation, toEstimate } from '../rules.ts'
import {
  type DesignRow,
  dueDesigns,
  insertDesign,
  listDesignRows,
  lockDesign,
  newestDesign,
  saveVerdict,
  supersedeWaiting,
} from '../store/designs.ts'
import type { FrozenDesign } from '../tables.ts'

/** Designs concluded in one daily run at most; the rest follows the next hour. */
const DUE_LIMIT = 500

/** A plan was approved: from now on nobody can choose the question, the window or the method to suit the answer. */
export async function freezeDesign(context: Context, news: { id: string; revision: number }): Promise<void> {
  const plan = await readApproved(context, news.id)
  if (plan === null || plan.revision !== news.revision) return
  const { goal, verification, interventionOn, title } = plan.approved
  const indicator = await currentIndicator(context, goal.indicator)
  must(indicator.direction !== 'neutral', 'a goal has a direction: plans refuse others')
  const frozen: FrozenDesign = {
    planId: plan.id,
    planRevision: plan.revision,
    frozenAt: context.now.toString(),
    indicator: indicator.id,
    indicatorVersion: indicator.version,
    entityKey: goal.entity,
    grain: verification.grain,
    baselineFrom: verification.baselineFrom,
    interventionOn,
    endsOn: verification.endsOn,
    direction: indicator.direction,
    smallestEffect: verification.smallestEffect,
    seasonPeriods: verification.seasonPeriods,
    errorRate: ERROR_RATE,
    method: 'interrupted-time-series',
  }
  await supersedeWaiting(context, plan.id)
  await insertDesign(context, {
    id: context.newId(),
    planId: plan.id,
    planRevision: plan.revision,
    planTitle: title,
    frozen,
    sha256: designHash(frozen),
    endsOn: Temporal.PlainDate.from(verification.endsOn),
    state: 'waiting',
    frozenAt: context.now,
  })
}

/** SHA-256 of the design as JSON with its keys in alphabetical order: anybody can compute it again. */
export function designHash(frozen: FrozenDesign): string {
  const ordered = Object.fromEntries(Object.entries(frozen).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return createHash('sha256').update(JSON.stringify(ordered)).digest('hex')
}

/** Every period that lies whole between the begin of the baseline and the end of the proof. */
async function observe(context: Context, frozen: FrozenDesign): Promise<Observation[]> {
  const indicator = await indicatorVersion(context, frozen.indicator, frozen.indicatorVersion)
  const entity = await requireEntity(context, frozen.entityKey)
  const start = periodStartOf(frozen.baselineFrom, frozen.grain)
  const from = start < frozen.baselineFrom ? addPeriods(start, frozen.grain, 1) : start
  const to = addPeriods(periodStartOf(frozen.endsOn, frozen.grain), frozen.grain, 1)
  const points = await seriesPoints(context, { indicator, entity, grain: frozen.grain, from, to, frozen: true })
  const weighted = averagesCases(indicator)
  return points.flatMap((point) => {
    const periodEnd = addPeriods(addPeriods(point.periodStart, frozen.grain, 1), 'day', -1)
    const { periodStart, numerator, denominator, n, value } = point
    const weight = weighted && n > 0 ? n : 1
    return periodEnd > frozen.endsOn ? [] : [{ periodStart, periodEnd, numerator, denominator, n, value, weight }]
  })
}

function toVerdict(conclusion: Conclusion, now: Temporal.Instant): Verdict {
  const { estimate } = conclusion
  return {
    outcome: conclusion.outcome,
    because: conclusion.because,
    effect: estimate && toEstimate(estimate.averageEffect),
    levelChange: estimate && toEstimate(estimate.levelChange),
    slopeChange: estimate?.slopeChange ? toEstimate(estimate.slopeChange) : null,
    periodsBefore: conclusion.periodsBefore,
    periodsAfter: conclusion.periodsAfter,
    errors: conclusion.errors,
    lag: estimate?.diagnostics.lag ?? null,
    autocorrelation: estimate?.diagnostics.autocorrelation ?? null,
    durbinWatson: estimate?.diagnostics.durbinWatson ?? null,
    concludedAt: now.toString(),
    codeVersion: VERSION,
  }
}

const toPoints = (observations: readonly Observation[], conclusion: Conclusion | null): Proof['points'] =>
  observations.map(({ periodEnd: _end, weight: _weight, ...observation }) => {
    const line = conclusion?.lines.get(observation.periodStart)
    return {
      ...observation,
      fitted: line?.fitted ?? null,
      counterfactual: line?.counterfactual ?? null,
      counterfactualLow: line?.low ?? null,
      counterfactualHigh: line?.high ?? null,
    }
  })

async function concludeRow(context: Context, row: DesignRow): Promise<void> {
  const observations = await observe(context, row.frozen)
  const conclusion = conclude(row.frozen, observations)
  const verdict = toVerdict(conclusion, context.now)
  await saveVerdict(context, row.id, verdict, toPoints(observations, conclusion))
  await closeByVerdict(context, row.planId, verdict.outcome, verdict.because ?? '')
  await context.announce(proofConcluded, { planId: row.planId, designId: row.id, outcome: verdict.outcome })
}

/** Once a day: whatever is due gets its verdict, each in a transaction of its own. A plan that is being changed waits. */
export async function concludeDue(context: Context): Promise<void> {
  for (const due of await dueDesigns(context, await readToday(context), DUE_LIMIT)) {
    await context.separately(async (inside) => {
      const row = await lockDesign(inside, due.id)
      if (row?.state !== 'waiting') return
      const plan = await readApproved(inside, row.planId)
      if (plan?.state === 'running' && plan.revision === row.planRevision) await concludeRow(inside, row)
    })
  }
}

export async function concludeProof(context: Context, input: { planId: string }): Promise<Proof> {
  const newest = found(await newestDesign(context, input.planId), 'proof', input.planId)
  const row = (await lockDesign(context, newest.id))!
  if (row.state !== 'waiting') refuse(verificationRefusals, 'ALREADY_CONCLUDED')
  if ((await readToday(context)) <= row.frozen.endsOn)
    refuse(verificationRefusals, 'TOO_EARLY', { endsOn: row.frozen.endsOn })
  await concludeRow(context, row)
  return readProof(context, input)
}

async function present(context: Context, rows: readonly DesignRow[]): Promise<Design[]> {
  const entities = await lookUpEntities(context, [...new Set(rows.map((row) => row.frozen.entityKey))])
  return rows.map((row) => {
    const { entityKey, ...frozen } = row.frozen
    const entity = { key: entityKey, name: entities.get(entityKey)?.name ?? entityKey }
    return { ...frozen, id: row.id, planTitle: row.planTitle, entity, sha256: row.sha256, state: row.state }
  })
}

export async function readProof(context: Context, input: { planId: string }): Promise<Proof> {
  const row = found(await newestDesign(context, input.planId), 'proof', input.planId)
  const indicator = await indicatorVersion(context, row.frozen.indicator, row.frozen.indicatorVersion)
  const [design] = await present(context, [row])
  return {
    design: design!,
    verdict: row.verdict,
    indicatorTitle: indicator.title,
    unit: indicator.unit,
    points: row.points ?? toPoints(await observe(context, row.frozen), null),
  }
}

export async function listProofs(
  context: Context,
  input: { state?: Design['state'] | undefined; cursor?: string | undefined; limit: number },
) {
  const rows = await listDesignRows(context, {
    state: input.state,
    before: readTimePlace(input.cursor),
    limit: input.limit + 1,
  })
  const { shown, nextCursor } = toPage(rows, input.limit, (row) => writeCursor(row.frozenAt.toString(), row.id))
  const designs = await present(context, shown)
  const units = new Map<string, string>()
  for (const row of shown) {
    if (!units.has(row.frozen.indicator))
      units.set(
        row.frozen.indicator,
        (await indicatorVersion(context, row.frozen.indicator, row.frozen.indicatorVersion)).unit,
      )
  }
  return {
    rows: shown.map((row, index) => ({
      design: designs[index]!,
      verdict: row.verdict,
      unit: units.get(row.frozen.indicator)!,
    })),
    nextCursor,
  }
}
