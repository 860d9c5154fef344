/** Rules and the duty policy. */
import { currentIndicator } from '#measurement/actions/indicators'
import { scatterOf } from '#measurement/actions/watched/panel'
import { requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { canonicalText } from '#platform/text/canonical-text'
import { found, refuse } from '#platform/refusal'
import {
  alertRefusals,
  type ChartKind,
  type DutyPolicy,
  judgesIndicator,
  type Rule,
  type RuleDraft,
  type RuleHealth,
} from '../contract.ts'
import { defaultPolicy } from '../rules/duties.ts'
import { combinationOrder } from '../rules/events.ts'
import { faultOfLevels, levelsField } from '../rules/levels.ts'
import {
  currentRules,
  findPolicy,
  forgetSignals,
  insertRule,
  type RuleRow,
  savePolicyRow,
  setEvaluatedTo,
  signalCounts,
} from '../store/rules.ts'
import { evaluateNow } from './evaluating/evaluate.ts'

type Counts = Pick<RuleHealth, 'pending' | 'firing' | 'recovering' | 'noData'>
const NOBODY: Counts = { pending: 0, firing: 0, recovering: 0, noData: 0 }

const toRule = (row: RuleRow, counts: Counts): Rule => ({
  ...row.draft,
  version: row.version,
  evaluatedTo: row.evaluatedTo,
  createdAt: row.createdAt.toString(),
  createdBy: row.createdBy,
  health: {
    state: row.problem !== null ? 'error' : row.lastRunAt === null ? 'waiting' : 'fine',
    evaluatedTo: row.evaluatedTo,
    lastRunAt: row.lastRunAt?.toString() ?? null,
    lastMilliseconds: row.lastMilliseconds,
    missed: row.missed,
    problem: row.problem,
    ...counts,
  },
})

async function countsByRule(context: Context): Promise<Map<string, Counts>> {
  const counts = new Map<string, Counts>()
  for (const { ruleId, state, count } of await signalCounts(context)) {
    const field = state === 'no-data' ? 'noData' : state === 'normal' ? null : state
    if (field) counts.set(ruleId, { ...(counts.get(ruleId) ?? NOBODY), [field]: count })
  }
  return counts
}

export async function listRules(context: Context): Promise<Rule[]> {
  const counts = await countsByRule(context)
  return (await currentRules(context)).map((row) => toRule(row, counts.get(row.id) ?? NOBODY))
}

async function readRule(context: Context, id: string): Promise<Rule> {
  const [row] = await currentRules(context, id)
  return toRule(found(row, 'rule', id), (await countsByRule(context)).get(id) ?? NOBODY)
}

/** Refuses what could never be evaluated, with the field. */
export async function checkRule(context: Context, draft: RuleDraft): Promise<void> {
  const { condition, watch } = draft
  if (watch.below !== null) await requireEntity(context, watch.below)
  const unfit = (field: string, because: string): never => refuse(alertRefusals, 'RULE_UNFIT', { field, because })
  if (watch.everyNode && watch.entityKind !== null) unfit('watch.everyNode', 'every-node-or-kind')
  if (draft.pooling !== null && (watch.entityKind === null || !judgesIndicator(condition.kind)))
    unfit('pooling', 'pooling-needs-units')
  let direction: 'higher-is-better' | 'lower-is-better' | 'neutral' = 'neutral'
  if (judgesIndicator(condition.kind)) {
    if (draft.indicator === null) return refuse(alertRefusals, 'RULE_WITHOUT_INDICATOR')
    const indicator = await currentIndicator(context, draft.indicator)
    direction = indicator.direction
    if (condition.kind === 'chart') checkChart(condition.chart, scatterOf(indicator).scatter, unfit)
    if (condition.kind === 'shortage') await currentIndicator(context, condition.capacity)
  }
  const fault = faultOfLevels(condition, direction)
  if (fault === 'none') refuse(alertRefusals, 'RULE_WITHOUT_LEVEL')
  if (fault === 'contradict')
    refuse(alertRefusals, 'LEVELS_CONTRADICT', { field: `condition.${levelsField(condition.kind)}` })
  if (condition.kind === 'combination') await checkCombination(context, draft, condition.rules, unfit)
}

function checkChart(chart: ChartKind, scatter: string, unfit: (field: string, because: string) => never): void {
  const fits: Partial<Record<ChartKind, readonly string[]>> = {
    p: ['binomial'],
    'laney-p': ['binomial'],
    u: ['poisson', 'count'],
    'laney-u': ['poisson', 'count'],
    c: ['count'],
    g: ['binomial'],
    t: ['binomial', 'poisson', 'count'],
  }
  if (fits[chart] && !fits[chart].includes(scatter)) unfit('condition.chart', `chart-${chart}-not-for-${scatter}`)
}

async function checkCombination(
  context: Context,
  draft: RuleDraft,
  parts: readonly string[],
  unfit: (field: string, because: string) => never,
): Promise<void> {
  const known = await currentRules(context)
  for (const id of parts) if (id !== draft.id && !known.some((row) => row.id === id)) found(null, 'rule', id)
  if (draft.condition.kind === 'combination' && draft.condition.atLeast > parts.length)
    unfit('condition.atLeast', 'more-than-there-are')
  const others = known.flatMap(({ id, draft: { condition } }) =>
    condition.kind === 'combination' && id !== draft.id ? [{ id, rests: condition.rules }] : [],
  )
  const { circle } = combinationOrder([...others, { id: draft.id, rests: parts }])
  if (circle.length > 0) refuse(alertRefusals, 'RULE_CIRCLE', { rules: circle })
}

/** What decides verdicts; a new title or plan changes nothing about the state of a rule. */
const askedBy = ({ title: _title, responsePlan: _plan, active: _active, ...asks }: RuleDraft): string =>
  canonicalText(asks)

export async function saveRule(context: Context, draft: RuleDraft): Promise<Rule> {
  await checkRule(context, draft)
  const [before] = await currentRules(context, draft.id)
  await insertRule(context, draft, (before?.version ?? 0) + 1)
  if (!before || askedBy(before.draft) !== askedBy(draft)) {
    // A rule that asks something else judges anew from its start.
    await setEvaluatedTo(context, draft.id, null)
    await forgetSignals(context, draft.id)
  }
  if (draft.active) await evaluateNow(context, (await currentRules(context, draft.id))[0]!)
  return readRule(context, draft.id)
}

export async function evaluateRule(context: Context, { id }: { id: string }): Promise<Rule> {
  const [row] = await currentRules(context, id)
  await evaluateNow(context, found(row, 'rule', id))
  return readRule(context, id)
}

export async function readPolicy(context: Context): Promise<DutyPolicy> {
  return (await findPolicy(context)) ?? defaultPolicy
}

export async function savePolicy(context: Context, policy: DutyPolicy): Promise<DutyPolicy> {
  await savePolicyRow(context, policy)
  return policy
}
