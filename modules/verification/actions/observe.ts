/** What a proof looks at: the series of its units, and what else happened meanwhile. */
import { listAnnotations } from '#measurement/actions/annotations'
import { averagesCases, indicatorVersion } from '#measurement/actions/indicators'
import { seriesPoints } from '#measurement/actions/series'
import { requireEntity } from '#organisation/actions/look-up'
import { listPlans, readPlan } from '#plans/actions/read-plans'
import type { Context } from '#platform/context'
import { addPeriods, periodStartOf } from '#platform/periods'
import type { Circumstances } from '../rules/checking.ts'
import type { Evidence, Observation, VerdictDesign } from '../rules/evidence.ts'
import type { FrozenDesign } from '../tables.ts'

/** Plans on one unit that are looked through for others that ran meanwhile. */
const PLANS_LIMIT = 100

export interface Window {
  readonly indicator: string
  readonly indicatorVersion: number
  readonly grain: FrozenDesign['grain']
  readonly baselineFrom: string
  readonly endsOn: string
}

/** Every period that lies whole between the begin of the baseline and the end of the proof. */
export async function observeEntity(context: Context, window: Window, entityKey: string): Promise<Observation[]> {
  const { grain } = window
  const indicator = await indicatorVersion(context, window.indicator, window.indicatorVersion)
  const entity = await requireEntity(context, entityKey)
  const start = periodStartOf(window.baselineFrom, grain)
  const from = start < window.baselineFrom ? addPeriods(start, grain, 1) : start
  const to = addPeriods(periodStartOf(window.endsOn, grain), grain, 1)
  const points = await seriesPoints(context, { indicator, entity, grain, from, to, frozen: true })
  const weighted = averagesCases(indicator)
  return points.flatMap((point) => {
    const periodEnd = addPeriods(addPeriods(point.periodStart, grain, 1), 'day', -1)
    const { periodStart, numerator, denominator, n, value } = point
    const weight = weighted && n > 0 ? n : 1
    return periodEnd > window.endsOn ? [] : [{ periodStart, periodEnd, numerator, denominator, n, value, weight }]
  })
}

export async function observe(
  context: Context,
  window: Window & { readonly entityKey: string; readonly comparison: readonly string[] },
): Promise<Evidence> {
  const treated = await observeEntity(context, window, window.entityKey)
  const comparison = []
  for (const key of window.comparison) {
    comparison.push({ key, observations: await observeEntity(context, window, key) })
  }
  return { treated, comparison }
}

/** The first eight hexadecimal digits of a fingerprint: what is drawn follows from the design, so that anybody draws the same. */
const seedOf = (sha256: string): number => Number.parseInt(sha256.slice(0, 8), 16) || 0

export const toDesign = (frozen: FrozenDesign, sha256: string): VerdictDesign => ({ ...frozen, seed: seedOf(sha256) })

/** Other plans on the unit, notes on the indicator there, versions of its definition, and tasks left undone. */
export async function circumstancesOf(context: Context, frozen: FrozenDesign): Promise<Circumstances> {
  const { entityKey, baselineFrom, endsOn, planId } = frozen
  const { rows } = await listPlans(context, { entity: entityKey, limit: PLANS_LIMIT })
  const others = rows.filter(
    (plan) =>
      plan.id !== planId &&
      (plan.state === 'running' || plan.state === 'closed' || plan.state === 'change-requested') &&
      plan.interventionOn >= baselineFrom &&
      plan.interventionOn <= endsOn,
  )
  const window = { id: frozen.indicator, entity: entityKey, from: baselineFrom, to: endsOn }
  const notes = await listAnnotations(context, window)
  const plan = await readPlan(context, { id: planId })
  return {
    changes: [
      ...others.map((one) => ({ kind: 'other-plan' as const, text: `${one.interventionOn} ${one.title}` })),
      ...notes.map((note) => ({
        kind: note.kind === 'version' ? ('indicator-version' as const) : ('note' as const),
        text: `${note.from} ${note.text.zh}`,
      })),
    ],
    openTasks: plan.tasks.filter((task) => task.state !== 'done').length,
  }
}
