/** A draft filled from an alert, so that nobody copies figures by hand: where things stand, a goal, windows that can prove it. */
import { alertForPlan } from '#alerts/actions/follow-up'
import { currentIndicator } from '#measurement/actions/indicators'
import { readToday } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { addPeriods, periodStartOf } from '#platform/periods'
import { refuse } from '#platform/refusal'
import { type PlanDraft, planRefusals } from '../contract.ts'
import { suggestFrom } from '../suggestion.ts'

export async function suggestPlan(context: Context, input: { alertId: string }): Promise<PlanDraft> {
  const alert = await alertForPlan(context, input.alertId)
  if (alert.indicator === null || alert.readings.length === 0) return refuse(planRefusals, 'ALERT_WITHOUT_INDICATOR')
  const indicator = await currentIndicator(context, alert.indicator.id)
  const today = await readToday(context)
  const grain = alert.rule.grain === 'day' || alert.rule.grain === 'week' ? alert.rule.grain : 'month'
  return suggestFrom({
    alert,
    indicator,
    today,
    grain,
    ownerId: context.who.id,
    language: context.who.language,
    periodStart: periodStartOf(today, grain),
    addPeriods,
  })
}
