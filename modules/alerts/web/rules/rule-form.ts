/** The rule editor's values, shaped like the draft the server takes, and the way between both. */
import {
  type Condition,
  type ConditionKind,
  judgesIndicator,
  type Rule,
  type RuleDraft,
  ruleDraft,
} from '#alerts/contract'
import { today } from '#platform/web/calendar.ts'
import { type Direction, faultOfLevels, levelsField } from '../../rules/levels.ts'

export type Scope = 'one' | 'kind' | 'every'

/** Fields may be half filled, so most are open; `draftOf` says whether they make a rule. */
export interface RuleForm extends Partial<Omit<RuleDraft, 'title' | 'watch' | 'condition'>> {
  id: string
  title: { zh?: string; en?: string }
  scope: Scope
  watch: { entityKind?: string | null; below?: string | null }
  condition: { kind: ConditionKind } & Record<string, unknown>
}

const spread = { yellow: 5, orange: 10, red: 20 }
const counts = { yellow: 2, orange: 3, red: 5 }

/** What a kind of condition begins with. */
export const BEGINNINGS: Readonly<Record<ConditionKind, RuleForm['condition']>> = {
  threshold: { kind: 'threshold', levels: {} },
  deviation: { kind: 'deviation', baseline: { of: 'own', periods: 12 }, levelsPercent: spread },
  growth: {
    kind: 'growth',
    against: 'previous',
    windowPeriods: 1,
    dispersionPeriods: 0,
    levelsPercent: { yellow: 20, orange: 30, red: 50 },
  },
  chart: {
    kind: 'chart',
    chart: 'auto',
    ruleSet: 'nhs-making-data-count-2019',
    only: [],
    periods: 24,
    changes: [],
    bothSides: false,
    colours: { beyond: 'orange', pattern: 'yellow' },
  },
  'change-point': { kind: 'change-point', periods: 36, within: 6, levelsPercent: spread },
  'forecast-band': {
    kind: 'forecast-band',
    periods: 36,
    levelsConfidencePercent: { yellow: 95, orange: 99, red: 99.9 },
  },
  'forecast-miss': {
    kind: 'forecast-miss',
    periods: 36,
    horizon: 3,
    levelsChancePercent: { yellow: 50, orange: 80, red: 95 },
  },
  shortage: { kind: 'shortage', levelsPercent: { yellow: 90, orange: 100, red: 120 } },
  repeated: { kind: 'repeated', where: [], same: [], windowHours: 168, levels: counts },
  keyword: {
    kind: 'keyword',
    phrases: [],
    except: [],
    skipDenied: true,
    windowHours: 24,
    levels: { yellow: 1, orange: 3, red: 10 },
  },
  silence: { kind: 'silence', levelsHours: { yellow: 24, orange: 48, red: 72 } },
  combination: { kind: 'combination', rules: [], atLeast: 2 },
}

export const newRule = (id: string): RuleForm => ({
  id,
  title: {},
  grain: 'month',
  scope: 'kind',
  watch: {},
  condition: BEGINNINGS.deviation,
  confidence: 0.99,
  falseDiscoveryShare: null,
  minimumN: 10,
  pooling: null,
  alsoRunning: false,
  steadiness: { forPeriods: 1, quietPeriods: 1, easePercent: 0, noData: 'keep' },
  startsOn: today(),
  active: true,
})

export function formOf(rule: Rule): RuleForm {
  const { watch } = rule
  const scope: Scope = watch.everyNode ? 'every' : watch.entityKind === null ? 'one' : 'kind'
  const draft = withoutNulls(ruleDraft.parse(rule)) as RuleForm
  return { ...draft, pooling: rule.pooling, falseDiscoveryShare: rule.falseDiscoveryShare, scope }
}

/** Fields of a form say "not given" by being away. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (value === null || typeof value !== 'object') return value
  const kept = Object.entries(value).filter(([, each]) => each !== null && each !== undefined && each !== '')
  return Object.fromEntries(kept.map(([name, each]) => [name, withoutNulls(each)]))
}

export type Made = { readonly draft: RuleDraft } | { readonly draft: null; readonly missing: readonly string[] }

/** The draft the values make; else the fields that still keep it from being one. */
export function draftOf(values: RuleForm): Made {
  const { scope, watch, title, indicator, ...rest } = values
  // The name decides nothing: a rule can be told and tried before it has one.
  const zh = title.zh?.trim() || values.id
  const judges = judgesIndicator(values.condition.kind)
  const made = ruleDraft.safeParse({
    ...(withoutNulls(rest) as object),
    title: { zh, en: title.en?.trim() || zh },
    indicator: judges ? (indicator ?? null) : null,
    pooling: judges && scope === 'kind' ? (values.pooling ?? null) : null,
    falseDiscoveryShare: judges ? (values.falseDiscoveryShare ?? null) : null,
    watch: {
      entityKind: scope === 'kind' ? (watch.entityKind ?? null) : null,
      below: watch.below ?? null,
      everyNode: scope === 'every',
    },
  })
  const missing: string[] = []
  if (judges && !indicator) missing.push('indicator')
  if (scope === 'kind' && !watch.entityKind) missing.push('watch.entityKind')
  if (made.success && faultOfLevels(made.data.condition, 'neutral') === 'none')
    missing.push(`condition.${levelsField(made.data.condition.kind) ?? 'levels'}`)
  if (made.success && missing.length === 0) return { draft: made.data }
  if (!made.success) missing.push(...made.error.issues.map((issue) => issue.path.join('.')))
  return { draft: null, missing: [...new Set(missing)] }
}

/** What is wrong with the levels as typed; the server judges by the same rule. */
export function levelFault(condition: RuleForm['condition'], direction: Direction) {
  const field = levelsField(condition.kind)
  const given = (field === null ? {} : (condition[field] ?? {})) as Record<string, number | null | undefined>
  const levels = { yellow: given['yellow'] ?? null, orange: given['orange'] ?? null, red: given['red'] ?? null }
  return field === null ? null : faultOfLevels({ ...condition, [field]: levels } as unknown as Condition, direction)
}
