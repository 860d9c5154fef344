/** What of single events is told to those who may not see single answers. */
import type { Condition } from '../../contract/definition.ts'
import type { FieldsOfTypes } from './people-answers.ts'

/** Of a type of event that carries answers. Types without any are not named: they are told as they are. */
export interface EventRule {
  /** Events of nothing but answers are not told at all. */
  readonly withheld: boolean
  /** Values that are told: those facts are made of. */
  readonly values: ReadonlySet<string>
  /** Attributes that are not told: they say what was answered. */
  readonly hidden: ReadonlySet<string>
}
export type EventRules = ReadonlyMap<string, EventRule>

/** `more`: values that are told beside those indicators read, e.g. money. */
export function eventRules(answered: FieldsOfTypes, facts: FieldsOfTypes, more: readonly string[]): EventRules {
  const rules = new Map<string, EventRule>()
  for (const [type, own] of answered) {
    if (own.values.size === 0 && own.attributes.size === 0) continue
    const read = facts.get(type)?.values ?? new Set<string>()
    rules.set(type, { withheld: read.size === 0, values: new Set([...read, ...more]), hidden: own.attributes })
  }
  return rules
}

/** Types of event that a filter would tell answers of: events that are picked by what was answered. */
export function pickedByAnswers(rules: EventRules, where: readonly Condition[]): string[] {
  return [...rules].flatMap(([type, rule]) => (where.some((condition) => asksAnswers(rule, condition)) ? [type] : []))
}

export function asksAnswers(rule: EventRule, condition: Condition): boolean {
  if ('limit' in condition) return !rule.values.has(condition.value)
  return 'attribute' in condition && rule.hidden.has(condition.attribute)
}

interface Told {
  readonly type: string
  readonly attributes: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, number>>
}

export function toldEvent<E extends Told>(rules: EventRules, event: E): E {
  const rule = rules.get(event.type)
  if (!rule) return event
  const attributes = Object.entries(event.attributes).filter(([name]) => !rule.hidden.has(name))
  const values = Object.entries(event.values).filter(([name]) => rule.values.has(name))
  return { ...event, attributes: Object.fromEntries(attributes), values: Object.fromEntries(values) }
}
