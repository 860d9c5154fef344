/** Which indicators rest on what people answered, and in which events and values their answers lie. */
import { EVENTS, type EventStream, type IndicatorDefinition, type Term } from '../../contract/definition.ts'
import type { IndicatorDraft } from '../../contract/indicators.ts'
import { eventTypesOf } from '../plan/event-types.ts'

type Judged = Pick<IndicatorDraft, 'definition'> & Partial<Pick<IndicatorDraft, 'answers' | 'category'>>

/** Values and attributes of events of one type. */
export interface Fields {
  readonly values: ReadonlySet<string>
  readonly attributes: ReadonlySet<string>
}
export type FieldsOfTypes = ReadonlyMap<string, Fields>

/** Kinds whose periods rest on the same answers as the ones before them: a moving window tells what came and what went. */
const WINDOWED: ReadonlySet<IndicatorDefinition['kind']> = new Set(['cumulative', 'backlog', 'level'])
export const isWindowed = (definition: IndicatorDefinition) => WINDOWED.has(definition.kind)

/** By what is said, else by what it is: surveys and satisfaction are answers, everything else facts. */
export function saysPeople({ answers = null, category = null, definition }: Judged): boolean {
  if (answers !== null) return answers === 'people'
  if (definition.kind === 'derived' || isWindowed(definition)) return false
  return definition.kind === 'survey' || category === 'satisfaction'
}

/**
 * Also what reads the same values of the same events as one that says so (the share of bad ratings that were followed up), unless it is
 * declared to be facts.
 */
export function restsOnAnswers(judged: Judged, answered: FieldsOfTypes): boolean {
  if (saysPeople(judged)) return true
  if (judged.answers === 'facts') return false
  return [...fieldsRead(judged.definition, 'all')].some(([type, read]) => {
    const own = answered.get(type)
    return own !== undefined && (meets(own.values, read.values) || meets(own.attributes, read.attributes))
  })
}

const meets = (one: ReadonlySet<string>, other: ReadonlySet<string>) => [...other].some((name) => one.has(name))

/** Fields in which the answers of these indicators lie. */
export function answerFields(indicators: readonly Judged[]): FieldsOfTypes {
  return joined(indicators.filter(saysPeople).map(({ definition }) => fieldsRead(definition, 'answers')))
}

/** Values read by indicators that are facts: these are told with single events of a type that also carries answers. */
export function factFields(indicators: readonly Judged[], answered: FieldsOfTypes): FieldsOfTypes {
  const facts = indicators.filter((each) => !restsOnAnswers(each, answered) && each.definition.kind !== 'derived')
  return joined(facts.map(({ definition }) => fieldsRead(definition, 'all')))
}

function joined(all: readonly FieldsOfTypes[]): FieldsOfTypes {
  const fields = new Map<string, { values: Set<string>; attributes: Set<string> }>()
  for (const each of all)
    for (const [type, { values, attributes }] of each) {
      const known = fields.get(type) ?? { values: new Set<string>(), attributes: new Set<string>() }
      for (const name of values) known.values.add(name)
      for (const name of attributes) known.attributes.add(name)
      fields.set(type, known)
    }
  return fields
}

/**
 * Names a definition takes values from or compares. `answers`: of attributes only those that say what was answered (conditions of a
 * numerator), not those that say which events are meant.
 */
export function fieldsRead(definition: IndicatorDefinition, which: 'answers' | 'all'): FieldsOfTypes {
  const fields = new Map<string, { values: Set<string>; attributes: Set<string> }>()
  const of = (type: string) => {
    const known = fields.get(type) ?? { values: new Set<string>(), attributes: new Set<string>() }
    fields.set(type, known)
    return known
  }
  const compare = ({ eventType, where }: EventStream, says = which === 'all') => {
    for (const condition of where) {
      if ('limit' in condition) of(eventType).values.add(condition.value)
      else if ('attribute' in condition && says) of(eventType).attributes.add(condition.attribute)
    }
  }
  const take = (type: string, name: string) => {
    if (name !== EVENTS) of(type).values.add(name)
  }
  const takeTerms = (base: string, terms: readonly Term[], says: boolean) => {
    for (const { eventType = base, of: name, where } of terms) {
      take(eventType, name)
      compare({ eventType, where }, says || which === 'all')
    }
  }
  for (const type of eventTypesOf(definition)) of(type)
  if ('eventType' in definition) compare(definition)
  if ('value' in definition) take(definition.eventType, definition.value)
  if ('numerator' in definition) takeTerms(definition.eventType, definition.numerator, true)
  if ('denominator' in definition) takeTerms(definition.eventType, definition.denominator, false)
  for (const stream of otherStreams(definition)) compare(stream)
  if (definition.kind === 'expression') for (const fact of definition.facts) take(fact.eventType, fact.of)
  return fields
}

function otherStreams(definition: IndicatorDefinition): readonly EventStream[] {
  if ('pair' in definition) return [definition.pair.from, definition.pair.to]
  if (definition.kind === 'backlog') return [definition.opened, definition.closed]
  return definition.kind === 'expression' ? definition.facts : []
}
