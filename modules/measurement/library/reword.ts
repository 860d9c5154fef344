/** A draft in other words: the library's own become those an organisation sends its events in. */
import { type Condition, EVENTS, type IndicatorDefinition, type Pair, type Term } from '../contract/definition.ts'
import type { IndicatorDraft, WorkedExample } from '../contract/indicators.ts'
import type { OwnVocabulary } from '../contract/library.ts'

export type WordKind = keyof OwnVocabulary
/** Gives another word for a word. */
export type Rewording = (kind: WordKind, word: string) => string

export const NO_OWN_WORDS: OwnVocabulary = { eventTypes: {}, attributes: {}, values: {}, codes: {} }

/** What has no own word stays as it is. */
export const rewordingOf =
  (own: OwnVocabulary): Rewording =>
  (kind, word) =>
    Object.hasOwn(own[kind], word) ? own[kind][word]! : word

/** Every word of definition, exclusions and examples is asked for, in one order for drafts of one form. */
export function reworded(draft: IndicatorDraft, to: Rewording): IndicatorDraft {
  return {
    ...draft,
    definition: definitionIn(draft.definition, to),
    exclusions: draft.exclusions.map((each) => ({
      ...each,
      where: conditionsIn(each.where, to),
      evidence: to('attributes', each.evidence),
    })),
    examples: draft.examples.map((each) => exampleIn(each, to)),
  }
}

function exampleIn(example: WorkedExample, to: Rewording): WorkedExample {
  return {
    ...example,
    events: example.events.map((event) => ({
      ...event,
      type: to('eventTypes', event.type),
      attributes: Object.fromEntries(
        Object.entries(event.attributes).map(([name, text]) => [to('attributes', name), to('codes', text)]),
      ),
      values: Object.fromEntries(Object.entries(event.values).map(([name, value]) => [to('values', name), value])),
    })),
  }
}

const conditionsIn = (conditions: readonly Condition[], to: Rewording): Condition[] =>
  conditions.map((each) => {
    if ('calendar' in each) return each
    if ('limit' in each) return { ...each, value: to('values', each.value) }
    const attribute = to('attributes', each.attribute)
    if ('values' in each) return { ...each, attribute, values: each.values.map((code) => to('codes', code)) }
    if ('value' in each) return { ...each, attribute, value: to('codes', each.value) }
    return { ...each, attribute }
  })

const streamIn = <T extends { eventType: string; where: Condition[] }>(stream: T, to: Rewording): T => ({
  ...stream,
  eventType: to('eventTypes', stream.eventType),
  where: conditionsIn(stream.where, to),
})

const amountIn = (of: string, to: Rewording) => (of === EVENTS ? of : to('values', of))

const termsIn = <T extends Term>(terms: readonly T[], to: Rewording): T[] =>
  terms.map((term) => ({
    ...term,
    of: amountIn(term.of, to),
    where: conditionsIn(term.where, to),
    ...(term.eventType === undefined ? {} : { eventType: to('eventTypes', term.eventType) }),
  }))

const pairIn = (pair: Pair, to: Rewording): Pair => ({
  ...pair,
  from: streamIn(pair.from, to),
  to: streamIn(pair.to, to),
  match: pair.match.map((name) => to('attributes', name)),
})

function definitionIn(definition: IndicatorDefinition, to: Rewording): IndicatorDefinition {
  switch (definition.kind) {
    case 'count':
    case 'sum':
    case 'mean':
    case 'quantile':
    case 'cumulative':
      return { ...streamIn(definition, to), numerator: termsIn(definition.numerator, to) }
    case 'ratio':
    case 'proportion':
      return {
        ...streamIn(definition, to),
        numerator: termsIn(definition.numerator, to),
        denominator: termsIn(definition.denominator, to),
      }
    case 'distinct':
      return { ...streamIn(definition, to), attribute: to('attributes', definition.attribute) }
    case 'duration':
    case 'conversion':
      return { ...definition, pair: pairIn(definition.pair, to) }
    case 'repeat':
      return { ...streamIn(definition, to), match: definition.match.map((name) => to('attributes', name)) }
    case 'backlog':
      return { ...definition, opened: streamIn(definition.opened, to), closed: streamIn(definition.closed, to) }
    case 'level':
    case 'survey':
      return { ...streamIn(definition, to), value: to('values', definition.value) }
    case 'expression':
      return {
        ...definition,
        facts: definition.facts.map((fact) => ({
          ...streamIn(fact, to),
          of: amountIn(fact.of, to),
          ...(fact.distinct === undefined ? {} : { distinct: to('attributes', fact.distinct) }),
        })),
      }
    case 'derived':
      return definition
  }
}

/** Words of the calculation (not of its examples), in order, with repetitions. */
export function wordsOf(draft: IndicatorDraft): { kind: WordKind; word: string }[] {
  const words: { kind: WordKind; word: string }[] = []
  reworded({ ...draft, examples: [] }, (kind, word) => {
    words.push({ kind, word })
    return word
  })
  return words
}

export const eventTypesOf = (draft: IndicatorDraft): string[] => [
  ...new Set(wordsOf(draft).flatMap(({ kind, word }) => (kind === 'eventTypes' ? [word] : []))),
]

/**
 * The own words an organisation chose, read off what it installed: the same form holds its words at the same places. Drafts
 * whose form was changed since say nothing.
 */
export function ownWordsOf(pairs: readonly { ready: IndicatorDraft; installed: IndicatorDraft }[]): OwnVocabulary {
  const own: OwnVocabulary = { eventTypes: {}, attributes: {}, values: {}, codes: {} }
  for (const { ready, installed } of pairs) {
    const [left, right] = [wordsOf(ready), wordsOf(installed)]
    const sameForm =
      ready.definition.kind === installed.definition.kind &&
      left.length === right.length &&
      left.every(({ kind }, index) => kind === right[index]!.kind)
    if (!sameForm) continue
    for (const [index, { kind, word }] of left.entries()) {
      const chosen = right[index]!.word
      if (chosen !== word && !Object.hasOwn(own[kind], word)) own[kind][word] = chosen
    }
  }
  return own
}
