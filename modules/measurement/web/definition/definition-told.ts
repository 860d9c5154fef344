/** A definition in words, so that nobody has to read a form to know what a number means. */
import type { IndicatorDraft } from '#measurement/contract'
import { dayName } from '#platform/web/calendar.ts'
import { type Language, sayIn, type Sentence, type Values } from '#platform/web/words.ts'
import { type Condition, EVENTS, type EventStream, type Pair, type Term } from '../../contract/definition.ts'
import { toldWords as told } from '../../words/definition/definition-told.ts'

type Definition = IndicatorDraft['definition']
/** Titles of the indicators a derived one names, by id. */
export type Titles = ReadonlyMap<string, string>

type Teller = ReturnType<typeof tellerIn>

function tellerIn(language: Language) {
  const say = (sentence: Sentence, values: Values = {}): string => sayIn(language, sentence, values)
  const list = (names: readonly string[]): string =>
    names.map((name) => sayIn(language, told.quoted, { name })).join(say(told.list))
  const hours = (count: number): string => {
    if (count < 1) return say(told.minutes, { count: count * 60 })
    return count >= 48 && count % 24 === 0 ? say(told.days, { count: count / 24 }) : say(told.hours, { count })
  }
  const condition = (one: Condition): string => {
    const sentence = told.conditions[one.operator]
    if ('calendar' in one) return say(sentence, { name: one.calendar })
    if ('limit' in one) return say(sentence, { name: one.value, value: one.limit })
    const value = 'values' in one ? one.values.join(say(told.list)) : 'value' in one ? one.value : ''
    return say(sentence, { name: one.attribute, value })
  }
  // Chinese sets a blank between a figure and the word after it.
  const spaced = (text: string) => (language === 'zh' ? text.replace(/(\d)$/, '$1 ') : text)
  const conditions = (all: readonly Condition[]) => spaced(all.map(condition).join(say(told.and)))
  const stream = ({ eventType: type, where }: EventStream): string =>
    where.length === 0 ? say(told.stream, { type }) : say(told.streamWhere, { type, conditions: conditions(where) })
  const amount = (of: string, from: EventStream): string =>
    of === EVENTS
      ? say(told.streamCount, { stream: stream(from) })
      : say(told.streamValue, { stream: stream(from), value: of })
  const term = (base: EventStream, one: Term, index: number): string => {
    const from = { eventType: one.eventType ?? base.eventType, where: [...base.where, ...one.where] }
    const size = Math.abs(one.coefficient)
    const factor = size === 1 ? '' : `${size} × `
    return `${one.coefficient < 0 ? ' − ' : index === 0 ? '' : ' + '}${factor}${amount(one.of, from)}`
  }
  const pair = ({ match, acrossEntities, withinHours, open }: Pair): string =>
    [
      say(told.matched, { match: list(match) }),
      say(acrossEntities ? told.anyUnit : told.sameUnit),
      say(told.window, { window: hours(withinHours) }),
      language === 'en' ? ' ' : '',
      say(told.open[open]),
    ].join('')
  const terms = (base: EventStream, all: readonly Term[]) => all.map((one, index) => term(base, one, index)).join('')
  return { language, say, list, hours, conditions, stream, amount, terms, pair }
}

/** Conditions alone, as of a segment. */
export const conditionsTold = (conditions: readonly Condition[], language: Language): string =>
  tellerIn(language).conditions(conditions).trim()

export function definitionTold(definition: Definition, language: Language, titles: Titles = new Map()): string {
  const teller = tellerIn(language)
  const { kinds } = told
  const say = (sentence: Sentence, values: Values) => teller.say(sentence, values)
  switch (definition.kind) {
    case 'count':
    case 'sum':
    case 'mean':
    case 'ratio':
    case 'proportion':
    case 'quantile':
      return say(kinds[definition.kind], {
        numerator: teller.terms(definition, definition.numerator),
        denominator: 'denominator' in definition ? teller.terms(definition, definition.denominator) : '',
        percent: 'quantile' in definition ? 100 * definition.quantile : '',
      })
    case 'cumulative': {
      const { window } = definition
      const since = window.kind === 'to-date' ? told.windows[window.since] : told.windows[window.kind]
      const spoken = say(since, { days: window.kind === 'rolling' ? window.days : '' })
      return say(kinds.cumulative, { window: spoken, numerator: teller.terms(definition, definition.numerator) })
    }
    case 'distinct':
      return say(kinds.distinct, { stream: teller.stream(definition), attribute: definition.attribute })
    case 'duration':
    case 'conversion':
    case 'repeat':
      return pairsTold(definition, teller)
    case 'backlog': {
      const [opened, closed] = [teller.stream(definition.opened), teller.stream(definition.closed)]
      return say(kinds.backlog, { opened, closed })
    }
    case 'level': {
      const take = say(told.takes[definition.take], {})
      return say(kinds.level, { stream: teller.stream(definition), value: definition.value, take })
    }
    case 'survey':
      return surveyTold(definition, teller)
    case 'expression':
    case 'derived':
      return formulaTold(definition, teller, titles)
  }
}

function pairsTold(
  definition: Extract<Definition, { kind: 'duration' | 'conversion' | 'repeat' }>,
  teller: Teller,
): string {
  const { kinds } = told
  const gap = teller.language === 'en' ? ' ' : ''
  if (definition.kind === 'repeat') {
    const { match, acrossEntities, withinHours } = definition
    const [stream, window] = [teller.stream(definition), teller.hours(withinHours)]
    const matched = teller.list(match) + teller.say(acrossEntities ? told.anyUnit : told.sameUnit)
    return teller.say(kinds.repeat, { stream, window, match: matched })
  }
  const { pair } = definition
  const [from, to] = [teller.stream(pair.from), teller.stream(pair.to)]
  if (definition.kind === 'conversion') return teller.say(kinds.conversion, { from, to }) + gap + teller.pair(pair)
  const { statistic } = definition
  const sentence = { mean: kinds.durationMean, quantile: kinds.durationQuantile, within: kinds.durationWithin }[
    statistic.of
  ]
  const percent = statistic.of === 'quantile' ? 100 * statistic.quantile : ''
  const limit = statistic.of === 'within' ? teller.hours(statistic.limitHours) : ''
  return teller.say(sentence, { from, to, percent, limit }) + gap + teller.pair(pair)
}

function surveyTold(definition: Extract<Definition, { kind: 'survey' }>, teller: Teller): string {
  const { value, scale, score } = definition
  const base = { stream: teller.stream(definition), value, low: scale.low, high: scale.high }
  if (score.of === 'mean') return teller.say(told.kinds.surveyMean, base)
  if (score.of === 'top-box') return teller.say(told.kinds.surveyTop, { ...base, from: score.from })
  const limits = { promoters: score.promotersFrom, detractors: score.detractorsTo }
  return teller.say(told.kinds.surveyPromoter, { ...base, ...limits })
}

function formulaTold(
  definition: Extract<Definition, { kind: 'expression' | 'derived' }>,
  teller: Teller,
  titles: Titles,
): string {
  const parts =
    definition.kind === 'derived'
      ? definition.parts.map(({ name, indicator }) =>
          teller.say(told.partIs, { name, what: titles.get(indicator) ?? indicator }),
        )
      : definition.facts.map((fact) => {
          const { name, distinct } = fact
          const what =
            distinct === undefined
              ? teller.amount(fact.of, fact)
              : teller.say(told.streamDistinct, { stream: teller.stream(fact), attribute: distinct })
          return teller.say(told.factIs, { name, what })
        })
  const { formula } = definition
  const sentence = teller.say(told.kinds[definition.kind], { formula, parts: parts.join(teller.say(told.semicolon)) })
  const nOf = definition.kind === 'expression' ? definition.nOf : undefined
  return nOf === undefined ? sentence : `${sentence} ${teller.say(told.nOf, { name: nOf })}`
}

/** Everything beside the calculation that decides what is shown, a sentence each. */
export function rulesTold(draft: IndicatorDraft, language: Language): string[] {
  const teller = tellerIn(language)
  const { rest } = told
  const { cap, missing } = draft
  const sentences: string[] = []
  if (draft.minimumN > 0)
    sentences.push(teller.say(rest.minimum, { n: draft.minimumN }) + teller.say(rest[draft.belowMinimum]))
  const periods = missing.noEvents === 'carry' ? missing.periods : ''
  sentences.push(teller.say(rest[missing.noEvents], { periods }))
  if (cap.kind === 'absolute') {
    const low = cap.low === null ? '' : teller.say(rest.capLow, { low: cap.low })
    const high = cap.high === null ? '' : teller.say(rest.capHigh, { high: cap.high })
    sentences.push(`${low}${high}`.trim())
  }
  if (cap.kind === 'percentile')
    sentences.push(teller.say(rest.capPercentile, { low: 100 * cap.low, high: 100 * cap.high }))
  for (const { reason, where, evidence, capShare } of draft.exclusions)
    sentences.push(
      teller.say(rest.exclusion, {
        reason: reason[language],
        conditions: teller.conditions(where).trim(),
        evidence,
        share: 100 * capShare,
      }),
    )
  if (draft.population.kinds.length > 0)
    sentences.push(teller.say(rest.population, { kinds: teller.list(draft.population.kinds) }))
  if (draft.rollUp === 'mean-of-units') sentences.push(teller.say(rest.units))
  if (draft.effectiveFrom !== null)
    sentences.push(teller.say(rest.from, { day: dayName(draft.effectiveFrom, language) }))
  return sentences
}
