/** Which definitions cannot be calculated, and which two are the same. */
import type { IndicatorDraft } from '../contract.ts'
import type { Condition, Term } from '../contract/definition.ts'

export interface DefinitionIssue {
  readonly field: string
  readonly rule: string
  readonly message: string
}

const PERCENT = 100

/** Everything that makes a draft impossible; empty when it can be calculated. What the schema refuses is not asked again. */
export function faultsOfDraft(draft: IndicatorDraft): DefinitionIssue[] {
  const { definition } = draft
  const issues: DefinitionIssue[] = []
  const tell = (field: string, rule: string, message: string) => issues.push({ field, rule, message })
  if (definition.numerator.length === 0) tell('definition.numerator', 'empty', 'The numerator needs at least one term.')
  const never = contradiction(definition.where)
  if (never !== null) tell('definition.where', 'never', contradictionText(never))
  const sides =
    'denominator' in definition
      ? { numerator: definition.numerator, denominator: definition.denominator }
      : { numerator: definition.numerator }
  for (const [side, terms] of Object.entries(sides)) {
    for (const [index, term] of terms.entries()) {
      const attribute = contradiction([...definition.where, ...term.where])
      if (attribute !== null && never === null)
        tell(`definition.${side}.${index}.where`, 'never', contradictionText(attribute))
    }
    if (terms.length > 0 && combined(terms).size === 0)
      tell(`definition.${side}`, 'cancels', `The terms of the ${side} cancel each other: it would always be 0.`)
  }
  if (definition.kind === 'proportion') {
    if (sameTerms(definition.numerator, definition.denominator))
      tell('definition.numerator', 'constant', 'Numerator and denominator are the same: the share would always be all.')
    const most = draft.unit === 'percent' ? PERCENT : draft.unit === 'per-thousand' ? 1000 : 1
    if (draft.target !== null && (draft.target < 0 || draft.target > most))
      tell('target', 'range', `A share in this unit lies between 0 and ${most}.`)
  }
  return issues
}

const contradictionText = (attribute: string) =>
  `No event fulfils all conditions on ${attribute}: it would always be 0.`

/** An attribute the conditions leave no value for; null when every one has some. */
function contradiction(conditions: readonly Condition[]): string | null {
  const allowed = new Map<string, Set<string>>()
  for (const condition of conditions) {
    if (condition.operator === 'is-not') continue
    const values = new Set(condition.operator === 'is' ? [condition.value] : condition.values)
    const before = allowed.get(condition.attribute)
    allowed.set(condition.attribute, before ? before.intersection(values) : values)
  }
  for (const condition of conditions) {
    if (condition.operator === 'is-not') allowed.get(condition.attribute)?.delete(condition.value)
  }
  for (const [attribute, values] of allowed) if (values.size === 0) return attribute
  return null
}

/** Coefficients of terms that count the same thing added up; those that come to 0 are left out. */
function combined(terms: readonly Term[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const term of terms) {
    const same = JSON.stringify([term.of, term.where.map((condition) => JSON.stringify(ordered(condition))).toSorted()])
    const sum = (sums.get(same) ?? 0) + term.coefficient
    if (sum === 0) sums.delete(same)
    else sums.set(same, sum)
  }
  return sums
}

function sameTerms(left: readonly Term[], right: readonly Term[]): boolean {
  const [one, other] = [combined(left), combined(right)]
  return one.size === other.size && [...one].every(([same, coefficient]) => other.get(same) === coefficient)
}

/** The draft with all keys in order: equal texts mean equal content. */
export const canonicalDraft = (draft: IndicatorDraft): string => JSON.stringify(ordered(draft))

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, ordered(each)]),
  )
}
