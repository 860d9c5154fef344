/** A definition in words, so that nobody has to read a form to know what a number means. */
import type { IndicatorDraft } from '#measurement/contract'
import { type Language, sayIn } from '#platform/web/words.ts'
import { type Condition, EVENTS, type Term } from '../../contract/definition.ts'
import { definitionWords } from '../../words/definition.ts'

const { told } = definitionWords
type Definition = IndicatorDraft['definition']

function conditionsTold(conditions: readonly Condition[], language: Language): string {
  return conditions
    .map((one) => {
      const value = one.operator === 'in' ? one.values.join(language === 'zh' ? '、' : ', ') : one.value
      return sayIn(language, told[one.operator], { attribute: one.attribute, value })
    })
    .join(told.and[language])
}

function termsTold(terms: readonly Term[], language: Language): string {
  return terms
    .map((term, index) => {
      const what = term.of === EVENTS ? told.events[language] : sayIn(language, told.value, { name: term.of })
      const limited =
        term.where.length === 0
          ? what
          : sayIn(language, told.conditioned, { what, conditions: conditionsTold(term.where, language) })
      const size = Math.abs(term.coefficient)
      const factor = size === 1 ? '' : `${size} × `
      const sign = term.coefficient < 0 ? ' − ' : index === 0 ? '' : ' + '
      return `${sign}${factor}${limited}`
    })
    .join('')
}

export function definitionTold(definition: Definition, language: Language): string {
  const filter =
    definition.where.length === 0
      ? ''
      : sayIn(language, told.filter, { conditions: conditionsTold(definition.where, language) })
  return sayIn(language, told[definition.kind], {
    type: definition.eventType,
    filter,
    numerator: termsTold(definition.numerator, language),
    denominator: 'denominator' in definition ? termsTold(definition.denominator, language) : '',
    quantile: definition.kind === 'quantile' ? definition.quantile : '',
  })
}
