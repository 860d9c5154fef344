/** Freezing a design when a plan is approved. */
import { createHash } from 'node:crypto'
import { currentIndicator } from '#measurement/actions/indicators'
import { readApproved } from '#plans/actions/read-plans'
import type { Context } from '#platform/context'
import { must } from '#platform/refusal'
import { ERROR_RATE } from '../rules/concluding.ts'
import { insertDesign, supersedeWaiting } from '../store/designs.ts'
import type { FrozenDesign } from '../tables.ts'

/** A plan was approved: from now on nobody can choose the question, the window or the method to suit the answer. */
export async function freezeDesign(context: Context, news: { id: string; revision: number }): Promise<void> {
  const plan = await readApproved(context, news.id)
  if (plan === null || plan.revision !== news.revision) return
  const { goal, verification, interventionOn, title, kind } = plan.approved
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
    method: verification.method ?? 'interrupted-time-series',
    comparison: verification.comparison ?? [],
    equivalenceMargin: verification.equivalenceMargin ?? verification.smallestEffect,
    runUpPeriods: verification.runUpPeriods ?? 0,
    stopRule: 'at-the-end',
    watchPeriods: verification.watchPeriods ?? 0,
  }
  await supersedeWaiting(context, plan.id)
  await insertDesign(context, {
    id: context.newId(),
    planId: plan.id,
    planRevision: plan.revision,
    planTitle: title,
    planKind: kind,
    frozen,
    sha256: designHash(frozen),
    endsOn: Temporal.PlainDate.from(verification.endsOn),
    state: 'waiting',
    frozenAt: context.now,
  })
}

/** SHA-256 of the design as JSON with its keys in alphabetical order: anybody can compute it again. */
function designHash(frozen: FrozenDesign): string {
  const ordered = Object.fromEntries(Object.entries(frozen).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return createHash('sha256').update(JSON.stringify(ordered)).digest('hex')
}
