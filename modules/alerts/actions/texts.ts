/** Rules with words read texts as they come in; only what was found is kept. */
import { lookUpEntities } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { found } from '#platform/refusal'
import type { ConditionOf } from '../contract.ts'
import { MENTION_DAYS } from '../rules/events.ts'
import { findPhrases } from '../rules/words/find-phrases.ts'
import { claimTexts, forgetMentions, insertMentions, type MentionRow } from '../store/mentions.ts'
import { currentRules, type RuleRow } from '../store/rules.ts'
import { evaluateNow } from './evaluating/evaluate.ts'

export interface WatchedText {
  readonly id: string
  readonly entity: string
  readonly at: string
  readonly text: string
}

/** Each text once, by its id. Rules that found something are evaluated at once. */
export async function watchText(
  context: Context,
  { texts }: { texts: readonly WatchedText[] },
): Promise<{ read: number; mentions: number }> {
  const entities = await lookUpEntities(context, [...new Set(texts.map((text) => text.entity))])
  for (const { entity } of texts) found(entities.get(entity), 'entity', entity)
  const rows = (await currentRules(context)).filter((row) => row.draft.active)
  const rules = rows.flatMap((row) =>
    row.draft.condition.kind === 'keyword' ? [{ row, condition: row.draft.condition }] : [],
  )
  const distinct = [...new Map(texts.map((text) => [text.id, text])).values()]
  const fresh = await claimTexts(
    context,
    distinct.map(({ id, at }) => ({ id, at: Temporal.Instant.from(at) })),
  )
  const mentions: MentionRow[] = []
  const touched = new Set<RuleRow>()
  for (const text of distinct.filter(({ id }) => fresh.has(id)))
    for (const { row, condition } of rules) {
      const [first] = foundIn(text.text, condition)
      if (!first) continue
      touched.add(row)
      const at = Temporal.Instant.from(text.at)
      const entity = entities.get(text.entity)!.number
      mentions.push({ ruleId: row.id, textId: text.id, entity, at, phrase: first.phrase, excerpt: first.excerpt })
    }
  await insertMentions(context, mentions)
  for (const row of touched) await evaluateNow(context, row)
  return { read: fresh.size, mentions: mentions.length }
}

const foundIn = (text: string, condition: ConditionOf<'keyword'>) =>
  findPhrases(text, condition).filter((each) => !(condition.skipDenied && each.denied))

/** Daily: other people's words are kept no longer than rules look at them. */
export async function forgetOldTexts(context: Context): Promise<void> {
  await forgetMentions(context, context.now.subtract({ hours: 24 * MENTION_DAYS }))
}
