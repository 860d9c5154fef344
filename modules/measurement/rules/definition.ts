/** Which definitions cannot be calculated, and which two are the same. */
import { canonicalText, ordered } from '#platform/text/canonical-text'
import type { Condition, Term } from '../contract/definition.ts'
import type { IndicatorDraft } from '../contract/indicators.ts'
import { faultsOfKind, faultsOfRules } from './definition-kinds.ts'
import type { DefinitionIssue, DefinitionRule } from './drafts/issues.ts'

/** Everything that makes a draft impossible; empty when it can be calculated. What the schema refuses is not asked again. */
export function faultsOfDraft(draft: IndicatorDraft): DefinitionIssue[] {
  return [...faultsOfTerms(draft), ...faultsOfConditions(draft), ...faultsOfKind(draft), ...faultsOfRules(draft)]
}

type Termed = Extract<IndicatorDraft['definition'], { numerator: unknown }>

function faultsOfTerms(draft: IndicatorDraft): DefinitionIssue[] {
  const { definition } = draft
  if (!('numerator' in definition)) return []
  const issues: DefinitionIssue[] = []
  const tell = (field: string, rule: DefinitionRule, message: string, values?: Record<string, string>) =>
    issues.push({ field, rule, message, ...(values ? { values } : {}) })
  for (const [side, terms] of Object.entries(sidesOf(definition))) {
    for (const [index, term] of terms.entries()) {
      if (contradiction(definition.where) !== null) continue
      const attribute = contradiction([...definition.where, ...term.where])
      if (attribute !== null)
        tell(`definition.${side}.${index}.where`, 'never', contradictionText(attribute), { attribute })
    }
    if (terms.length > 0 && combined(terms).size === 0)
      tell(`definition.${side}`, 'cancels', `The terms of the ${side} cancel each other: it would always be 0.`)
  }
  if (definition.kind === 'proportion' && sameTerms(definition.numerator, definition.denominator))
    tell(
      'definition.numerator',
      'share-of-all',
      'Numerator and denominator are the same: the share would always be all.',
    )
  if (definition.kind === 'quantile' && definition.numerator[0]!.coefficient < 0)
    tell('definition.numerator.0.coefficient', 'quantile-turned', 'A negative factor would turn the quantile round.')
  return issues
}

function sidesOf(definition: Termed): Record<string, readonly Term[]> {
  const { numerator } = definition
  return 'denominator' in definition ? { numerator, denominator: definition.denominator } : { numerator }
}

/** Lists of conditions that leave nothing. */
function faultsOfConditions({ definition, exclusions }: IndicatorDraft): DefinitionIssue[] {
  const lists: [string, readonly Condition[]][] = exclusions.map((each, index) => [
    `exclusions.${index}.where`,
    each.where,
  ])
  if ('where' in definition) lists.push(['definition.where', definition.where])
  if (definition.kind === 'backlog')
    lists.push(
      ['definition.opened.where', definition.opened.where],
      ['definition.closed.where', definition.closed.where],
    )
  if ('pair' in definition)
    lists.push(
      ['definition.pair.from.where', definition.pair.from.where],
      ['definition.pair.to.where', definition.pair.to.where],
    )
  if (definition.kind === 'expression')
    for (const [index, fact] of definition.facts.entries()) lists.push([`definition.facts.${index}.where`, fact.where])
  return lists.flatMap(([field, conditions]) => {
    const attribute = contradiction(conditions)
    return attribute === null
      ? []
      : [{ field, rule: 'never', message: contradictionText(attribute), values: { attribute } }]
  })
}

const contradictionText = (attribute: string) =>
  `No event fulfils all conditions on ${attribute}: it would always be 0.`

/** An attribute the conditions leave no value for (or a value no number); null when every one has some. */
function contradiction(conditions: readonly Condition[]): string | null {
  const allowed = new Map<string, Set<string>>()
  for (const condition of conditions) {
    if (condition.operator !== 'is' && condition.operator !== 'in') continue
    const values = new Set(condition.operator === 'is' ? [condition.value] : condition.values)
    const before = allowed.get(condition.attribute)
    allowed.set(condition.attribute, before ? before.intersection(values) : values)
  }
  for (const condition of conditions) {
    if (condition.operator === 'is-not') allowed.get(condition.attribute)?.delete(condition.value)
    if (condition.operator === 'not-in')
      for (const value of condition.values) allowed.get(condition.attribute)?.delete(value)
    if (condition.operator === 'given') allowed.get(condition.attribute)?.delete('')
  }
  for (const [attribute, values] of allowed) if (values.size === 0) return attribute
  return presence(conditions) ?? emptyRange(conditions)
}

function presence(conditions: readonly Condition[]): string | null {
  const given = new Set(conditions.flatMap((each) => (each.operator === 'given' ? [each.attribute] : [])))
  return (
    conditions.flatMap((each) =>
      each.operator === 'not-given' && given.has(each.attribute) ? [each.attribute] : [],
    )[0] ?? null
  )
}

function emptyRange(conditions: readonly Condition[]): string | null {
  const compared = conditions.filter((each) => 'limit' in each)
  for (const low of compared) {
    if (low.operator !== 'at-least' && low.operator !== 'more-than') continue
    for (const high of compared) {
      if (high.value !== low.value || (high.operator !== 'at-most' && high.operator !== 'less-than')) continue
      const both = low.operator === 'at-least' && high.operator === 'at-most'
      if (low.limit > high.limit || (low.limit === high.limit && !both)) return low.value
    }
  }
  return null
}

/** Coefficients of terms that count the same thing added up; those that come to 0 are left out. */
function combined(terms: readonly Term[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const term of terms) {
    const same = JSON.stringify([
      term.of,
      term.eventType ?? null,
      term.where.map((condition) => JSON.stringify(ordered(condition))).toSorted(),
    ])
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

/** The draft with all keys in order: equal texts mean equal content. Limits that were measured when it was saved are no part of what was asked. */
export function canonicalDraft(draft: IndicatorDraft): string {
  const { cap } = draft
  return canonicalText(cap.kind === 'percentile' ? { ...draft, cap: { ...cap, resolved: undefined } } : draft)
}
