/** Rules and the duty policy. */
import { currentIndicator } from '#measurement/actions/indicators'
import { requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { refuse } from '#platform/refusal'
import { alertRefusals, type DutyPolicy, type Rule, type RuleDraft } from '../contract.ts'
import { defaultPolicy, faultOfLevels } from '../rules.ts'
import { currentRules, findPolicy, insertRule, type RuleRow, savePolicyRow, setProgress } from '../store/alerts.ts'
import { evaluateRule } from './evaluate.ts'

const toRule = (row: RuleRow): Rule => ({
  ...row.draft,
  version: row.version,
  evaluatedTo: row.evaluatedTo,
  createdAt: row.createdAt.toString(),
  createdBy: row.createdBy,
})

export async function listRules(context: Context): Promise<Rule[]> {
  return (await currentRules(context)).map(toRule)
}

export async function saveRule(context: Context, draft: RuleDraft): Promise<Rule> {
  const indicator = await currentIndicator(context, draft.indicator)
  if (draft.watch.below !== null) await requireEntity(context, draft.watch.below)
  const fault = faultOfLevels(draft, indicator.direction)
  if (fault === 'none') refuse(alertRefusals, 'RULE_WITHOUT_LEVEL')
  if (fault === 'contradict') {
    refuse(alertRefusals, 'LEVELS_CONTRADICT', {
      field: draft.condition.kind === 'threshold' ? 'condition.levels' : 'condition.levelsPercent',
    })
  }
  const [before] = await currentRules(context, draft.id)
  await insertRule(context, draft, (before?.version ?? 0) + 1)
  // A changed rule judges anew from its start: what it asks is different now.
  await setProgress(context, draft.id, null)
  const [saved] = await currentRules(context, draft.id)
  await evaluateRule(context, saved!)
  return toRule((await currentRules(context, draft.id))[0]!)
}

export async function readPolicy(context: Context): Promise<DutyPolicy> {
  return (await findPolicy(context)) ?? defaultPolicy
}

export async function savePolicy(context: Context, policy: DutyPolicy): Promise<DutyPolicy> {
  await savePolicyRow(context, policy)
  return policy
}
