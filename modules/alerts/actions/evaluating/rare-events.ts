/** Times of single events, where a rule's chart is drawn from them. */
import { type Panel } from '#measurement/actions/watched/panel'
import { rareEvents } from '#measurement/actions/watched/watching'
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { addPeriods, periodInstant } from '#platform/periods'
import { refuse } from '#platform/refusal'
import { alertRefusals, type RuleDraft } from '../../contract.ts'
import type { Asked } from '../../rules/judging/asked.ts'
import type { Due } from './due.ts'

const NONE = { events: [], fresh: 0 }

/** Up to the end of the newest period judged. Refuses indicators that single events do not stand behind. */
export async function eventsReader(
  context: Context,
  rule: RuleDraft,
  panel: Panel,
  due: Due,
): Promise<Asked['events']> {
  const { condition } = rule
  if (condition.kind !== 'chart' || (condition.chart !== 't' && condition.chart !== 'g')) return () => NONE
  const { timeZone } = await readProfile(context)
  const at = (day: string) => periodInstant(day, timeZone).epochMilliseconds
  const found = await rareEvents(context, {
    watched: rule.watch,
    indicator: panel.indicator,
    fromMilliseconds: at(due.from),
    untilMilliseconds: at(addPeriods(due.periods.at(-1)!, rule.grain, 1)),
  })
  if (found === null)
    return refuse(alertRefusals, 'RULE_UNFIT', { field: 'condition.chart', because: 'no-single-events' })
  const ends = panel.periods.starts.map((start) => at(addPeriods(start, rule.grain, 1)))
  return (unit, place) => {
    const events = (found.get(panel.subjects[unit]!) ?? []).filter((event) => event.at < ends[place]!)
    const begin = at(panel.periods.starts[place]!)
    return { events, fresh: events.filter((event) => event.at >= begin).length }
  }
}
