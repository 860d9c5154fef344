/** Which types of event carry answers here, and what of them is told. */
import type { Context } from '#platform/context'
import { answerFields, factFields } from '../../rules/protecting/people-answers.ts'
import { eventRules, type EventRules } from '../../rules/protecting/event-rules.ts'
import { findSetting } from '../../store/customers/setting.ts'
import { everyDraft } from '../../store/records/protection.ts'

export async function readEventRules(context: Context): Promise<EventRules> {
  const drafts = await everyDraft(context)
  const answered = answerFields(drafts)
  if (answered.size === 0) return new Map()
  const money = (await findSetting(context))?.moneyValue
  return eventRules(answered, factFields(drafts, answered), money ? [money] : [])
}
