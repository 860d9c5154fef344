/** Runs rules over the periods they have not judged yet: load the series once, decide period by period, save what changed. */
import { addPeriods, dayOf, lastCompletePeriod, periodStartOf } from '#platform/periods'
import { currentIndicator } from '#measurement/actions/indicators'
import { touchedBy } from '#measurement/actions/reach'
import { seriesOfUnits, type UnitSeries } from '#measurement/actions/series'
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { type Alert, alertChanged, alertRaised, type DutyPolicy } from '../contract.ts'
import { type Baseline, decideAlert, defaultPolicy, type Direction, dueAt, rankOf, readPeriod } from '../rules.ts'
import {
  type AlertRow,
  currentRules,
  findPolicy,
  insertAlert,
  liveAlerts,
  lockProgress,
  type RuleRow,
  setProgress,
  updateAlert,
} from '../store/alerts.ts'
import { closeRow, told } from './desk.ts'

/** Periods one evaluation judges at most; the next one goes on from there. */
const PERIODS_LIMIT = 800

/** All active rules, on schedule and when news of events comes in. */
export async function evaluateRules(context: Context): Promise<void> {
  for (const row of await currentRules(context)) {
    if (row.draft.active) await context.separately((inside) => evaluateRule(inside, row))
  }
}

/** Events of these types came in from this instant on: rules over them judge again from that period. */
export async function reactToEvents(
  context: Context,
  news: { eventTypes: readonly string[]; from: string; to: string },
): Promise<void> {
  const { timeZone } = await readProfile(context)
  for (const row of await currentRules(context)) {
    if (!row.draft.active) continue
    const indicator = await currentIndicator(context, row.draft.indicator)
    const touched = await touchedBy(context, indicator, news)
    if (touched === null) continue
    const day = dayOf(Temporal.Instant.from(touched.from), timeZone)
    const before = addPeriods(periodStartOf(day, row.draft.grain), row.draft.grain, -1)
    const progress = await lockProgress(context, row.id)
    if (progress !== null && progress > before) await setProgress(context, row.id, before)
    await evaluateRule(context, row)
  }
}

export async function evaluateRule(context: Context, row: RuleRow): Promise<void> {
  const { draft } = row
  const progress = await lockProgress(context, row.id)
  const { timeZone } = await readProfile(context)
  const last = lastCompletePeriod(context.now, timeZone, draft.grain)
  const startsAt = periodStartOf(draft.startsOn, draft.grain)
  const first = progress !== null && progress >= startsAt ? addPeriods(progress, draft.grain, 1) : startsAt
  if (first > last) return
  const periods = periodsBetween(first, last, draft.grain)
  const indicator = await currentIndicator(context, draft.indicator)
  const own =
    draft.condition.kind === 'deviation' && draft.condition.baseline.of === 'own' ? draft.condition.baseline.periods : 0
  const units = await seriesOfUnits(context, {
    indicator,
    kind: draft.watch.entityKind,
    below: draft.watch.below,
    grain: draft.grain,
    from: addPeriods(first, draft.grain, -own),
    to: addPeriods(periods.at(-1)!, draft.grain, 1),
  })
  const policy = (await findPolicy(context)) ?? defaultPolicy
  const live = await liveAlerts(context, row.id)
  for (const periodStart of periods) {
    const peers =
      draft.condition.kind === 'deviation' && draft.condition.baseline.of === 'peers'
        ? poolPeers(units, periodStart)
        : null
    for (const unit of units) {
      const observed = unit.points.get(periodStart)
      const reading = observed
        ? readPeriod(
            draft,
            indicator.direction,
            observed,
            own > 0 ? poolOwn(unit, periodStart, draft.grain, own) : peers,
          )
        : null
      await step(context, { row, policy, direction: indicator.direction, live }, unit, periodStart, reading)
    }
  }
  await setProgress(context, row.id, periods.at(-1)!)
}

function periodsBetween(first: string, last: string, grain: Grain): string[] {
  const periods: string[] = []
  for (let period = first; period <= last && periods.length < PERIODS_LIMIT; period = addPeriods(period, grain, 1))
    periods.push(period)
  return periods
}

/** Inverse-variance free pooling: the ratio of sums, as every roll-up of the product (never a mean of ratios). */
function pool(
  unit: UnitSeries,
  points: readonly (ReturnType<UnitSeries['points']['get']> | undefined)[],
): Baseline | null {
  return unit.pool(points.flatMap((point) => point ?? []))
}
function poolOwn(unit: UnitSeries, periodStart: string, grain: Grain, periods: number): Baseline | null {
  const before = Array.from({ length: periods }, (_, index) =>
    unit.points.get(addPeriods(periodStart, grain, -index - 1)),
  )
  // Half of the asked history must be there, else a baseline of one lucky period would judge.
  return before.filter((point) => point !== undefined && point.value !== null).length * 2 < periods
    ? null
    : pool(unit, before)
}
function poolPeers(units: readonly UnitSeries[], periodStart: string): Baseline | null {
  const first = units[0]
  return first
    ? pool(
        first,
        units.map((unit) => unit.points.get(periodStart)),
      )
    : null
}

interface Stage {
  readonly row: RuleRow
  readonly policy: DutyPolicy
  readonly direction: Direction
  /** Live alerts of the rule by entity; kept current while periods are walked through. */
  readonly live: Map<number, AlertRow>
}

async function step(
  context: Context,
  stage: Stage,
  unit: UnitSeries,
  periodStart: string,
  reading: Alert['readings'][number] | null,
): Promise<void> {
  const alert = stage.live.get(unit.entity.number) ?? null
  const decision = decideAlert(alert, periodStart, reading)
  if (decision.what === 'none') return
  if (decision.what === 'closed') {
    await closeRow(context, alert!, 'back-to-normal', null)
    stage.live.delete(unit.entity.number)
    return
  }
  const { colour } = decision
  const readings = [...decision.readings]
  if (decision.what === 'raised') {
    const created = {
      id: context.newId(),
      organisationId: context.organisation,
      ruleId: stage.row.id,
      ruleVersion: stage.row.version,
      indicator: stage.row.draft.indicator,
      entity: unit.entity.number,
      colour,
      rank: rankOf(colour),
      state: 'open' as const,
      readings,
      duty: stage.policy[colour].duty,
      raisedAt: context.now,
      dueAt: dueAt(stage.policy, colour, context.now),
      ownerId: null,
      planId: null,
      closedAt: null,
      closedBecause: null,
      history: [told(context, 'raised')],
    }
    await insertAlert(context, created)
    stage.live.set(unit.entity.number, created)
    await context.announce(alertRaised, { id: created.id, colour, entity: unit.entity.key, rule: stage.row.id })
    return
  }
  const worse = decision.what === 'worsened'
  const change = {
    colour,
    rank: rankOf(colour),
    readings,
    ...(decision.what === 'kept' ? {} : { history: [...alert!.history, told(context, decision.what)] }),
    // A worse colour brings its own, earlier duty; a milder one leaves the promise that was made.
    ...(worse ? { duty: stage.policy[colour].duty, dueAt: dueAt(stage.policy, colour, context.now) } : {}),
  }
  await updateAlert(context, alert!.id, change)
  stage.live.set(unit.entity.number, { ...alert!, ...change })
  if (worse) await context.announce(alertChanged, { id: alert!.id, state: alert!.state, colour })
}
