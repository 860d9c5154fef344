/** The rule editor's values and the draft the server takes. */
import type { Colour, Rule, RuleDraft } from '#alerts/contract'
import { today } from '#platform/web/calendar.ts'
import { type Direction, faultOfLevels } from '../../rules.ts'

export interface RuleForm {
  id: string
  titleZh: string
  titleEn?: string
  indicator?: string
  grain: RuleDraft['grain']
  entityKind?: string
  below?: string
  kind: 'threshold' | 'deviation'
  baselineOf: 'own' | 'peers'
  baselinePeriods: number
  levels: Partial<Record<Colour, number | null>>
  /** In percent on screen. */
  confidence: number
  minimumN: number
  startsOn: string
  active: boolean
}

export const newRule = (id: string): RuleForm => ({
  id,
  titleZh: '',
  grain: 'month',
  kind: 'deviation',
  baselineOf: 'own',
  baselinePeriods: 12,
  levels: { yellow: 5, orange: 10, red: 20 },
  confidence: 99,
  minimumN: 10,
  startsOn: today(),
  active: true,
})

export function formOf(rule: Rule): RuleForm {
  const { condition, watch } = rule
  const own = condition.kind === 'deviation' && condition.baseline.of === 'own' ? condition.baseline.periods : 12
  return {
    id: rule.id,
    titleZh: rule.title.zh,
    titleEn: rule.title.en,
    indicator: rule.indicator,
    grain: rule.grain,
    ...(watch.entityKind === null ? {} : { entityKind: watch.entityKind }),
    ...(watch.below === null ? {} : { below: watch.below }),
    kind: condition.kind,
    baselineOf: condition.kind === 'deviation' ? condition.baseline.of : 'own',
    baselinePeriods: own,
    levels: { ...(condition.kind === 'threshold' ? condition.levels : condition.levelsPercent) },
    confidence: Math.round(rule.confidence * 1e6) / 1e4,
    minimumN: rule.minimumN,
    startsOn: rule.startsOn,
    active: rule.active,
  }
}

export function draftOf(values: RuleForm): RuleDraft {
  const levels = {
    yellow: values.levels.yellow ?? null,
    orange: values.levels.orange ?? null,
    red: values.levels.red ?? null,
  }
  return {
    id: values.id,
    title: { zh: values.titleZh.trim(), en: values.titleEn?.trim() || values.titleZh.trim() },
    indicator: values.indicator ?? '',
    grain: values.grain,
    watch: { entityKind: values.entityKind ?? null, below: values.below ?? null },
    condition:
      values.kind === 'threshold'
        ? { kind: 'threshold', levels }
        : {
            kind: 'deviation',
            baseline:
              values.baselineOf === 'own' ? { of: 'own', periods: values.baselinePeriods ?? 12 } : { of: 'peers' },
            levelsPercent: levels,
          },
    confidence: Math.round((values.confidence ?? 0) * 1e4) / 1e6,
    minimumN: values.minimumN ?? 0,
    active: values.active,
    startsOn: values.startsOn,
  }
}

/** What is wrong with the levels as typed; the server judges by the same rule. */
export const levelFault = (values: RuleForm, direction: Direction) => faultOfLevels(draftOf(values), direction)
