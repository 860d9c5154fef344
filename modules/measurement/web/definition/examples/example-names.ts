/** Which names a worked example of a definition needs columns for. */
import type { Condition, EventStream, IndicatorDefinition, Term } from '../../../contract/definition.ts'
import { EVENTS } from '../../../contract/definition.ts'
import type { IndicatorDraft } from '#measurement/contract'

export interface Names {
  readonly attributes: readonly string[]
  readonly values: readonly string[]
}

/** Names the calculation looks at, in the order they are met. */
export function namesOf({ definition, exclusions }: Pick<IndicatorDraft, 'definition' | 'exclusions'>): Names {
  const conditions = [...conditionsOf(definition), ...exclusions.flatMap((one) => one.where)]
  const attributes = [
    ...matchOf(definition),
    ...conditions.flatMap((one) => ('attribute' in one ? [one.attribute] : [])),
    ...exclusions.map((one) => one.evidence),
    ...(definition.kind === 'distinct' ? [definition.attribute] : []),
    ...(definition.kind === 'expression' ? definition.facts.flatMap((fact) => fact.distinct ?? []) : []),
  ]
  const values = [
    ...amountsOf(definition),
    ...conditions.flatMap((one) => ('limit' in one ? [one.value] : [])),
    ...('value' in definition ? [definition.value] : []),
  ]
  return { attributes: once(attributes), values: once(values) }
}

/** Names the events of an example carry. */
export function namesCarried(events: IndicatorDraft['examples'][number]['events']): Names {
  return {
    attributes: once(events.flatMap((event) => Object.keys(event.attributes))),
    values: once(events.flatMap((event) => Object.keys(event.values))),
  }
}

export const bothNames = (one: Names, other: Names): Names => ({
  attributes: once([...one.attributes, ...other.attributes]),
  values: once([...one.values, ...other.values]),
})

const once = (names: readonly string[]) => [...new Set(names)].filter((name) => name !== '')

function termsOf(definition: IndicatorDefinition): readonly Term[] {
  if (!('numerator' in definition)) return []
  return [...definition.numerator, ...('denominator' in definition ? definition.denominator : [])]
}

function streamsOf(definition: IndicatorDefinition): readonly EventStream[] {
  if ('pair' in definition) return [definition.pair.from, definition.pair.to]
  if (definition.kind === 'backlog') return [definition.opened, definition.closed]
  if (definition.kind === 'expression') return definition.facts
  return definition.kind === 'derived' ? [] : [definition]
}

const conditionsOf = (definition: IndicatorDefinition): readonly Condition[] => [
  ...streamsOf(definition).flatMap((stream) => stream.where),
  ...termsOf(definition).flatMap((term) => term.where),
]

const matchOf = (definition: IndicatorDefinition): readonly string[] =>
  'pair' in definition ? definition.pair.match : definition.kind === 'repeat' ? definition.match : []

function amountsOf(definition: IndicatorDefinition): string[] {
  const facts = definition.kind === 'expression' ? definition.facts : []
  return [...termsOf(definition), ...facts].map((one) => one.of).filter((of) => of !== EVENTS)
}
