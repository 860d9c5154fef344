/** What each kind of definition demands, and which properties do not go together: most of all roll-ups that would be wrong. */
import type { Pair } from '../contract/definition.ts'
import type { IndicatorDraft } from '../contract/indicators.ts'
import type { DefinitionIssue, DefinitionRule } from './drafts/issues.ts'
import { isFault, readFormula } from './formula.ts'
import { expressionNames } from './plan/plan.ts'
import { isWindowed } from './protecting/people-answers.ts'
import { shapeOf } from './plan/shape.ts'

type Tell = (field: string, rule: DefinitionRule, message: string, values?: Record<string, string | number>) => void

const collect = (look: (tell: Tell) => void): DefinitionIssue[] => {
  const issues: DefinitionIssue[] = []
  look((field, rule, message, values) => issues.push({ field, rule, message, ...(values ? { values } : {}) }))
  return issues
}

const TIMES = ['minutes', 'hours', 'days']
const SHARES = ['percent', 'per-thousand', 'number']

export const faultsOfKind = (draft: IndicatorDraft): DefinitionIssue[] =>
  collect((tell) => {
    const { definition, unit } = draft
    const shape = shapeOf(definition)
    if ('pair' in definition) pairFaults(definition.pair, tell)
    if (definition.kind === 'duration' && shape !== 'proportion' && !TIMES.includes(unit))
      tell('unit', 'unit-duration', 'A duration is told in minutes, hours or days.')
    if (
      definition.kind === 'duration' &&
      definition.statistic.of === 'within' &&
      definition.statistic.limitHours > definition.pair.withinHours
    )
      tell(
        'definition.statistic.limitHours',
        'beyond-window',
        'The limit lies beyond the window in which the second event is looked for.',
      )
    if (
      (definition.kind === 'conversion' || definition.kind === 'repeat' || definition.kind === 'duration') &&
      shape === 'proportion' &&
      !SHARES.includes(unit)
    )
      tell('unit', 'unit-share', 'A share is told in percent, per thousand or as a number.')
    if (definition.kind === 'survey') surveyFaults(definition, unit, tell)
    if (definition.kind === 'expression') {
      const names = definition.facts.map((fact) => fact.name)
      duplicates(names, 'definition.facts', tell)
      const read = readFormula(definition.formula, expressionNames(definition.facts))
      if (isFault(read)) tell('definition.formula', read.rule, read.message, { ...read.values })
      else if (read.names.length === 0)
        tell('definition.formula', 'formula-constant', 'The formula names no fact: it would always be the same.')
      else if (read.names.some((name) => name.endsWith('.last')) && draft.rollUp !== 'mean-of-units')
        tell(
          'definition.formula',
          'formula-last',
          'The last reading of several units together is that of any of them. Use kind level, which adds up each unit\u2019s own, or roll up as mean of units.',
        )
      if (definition.nOf !== undefined && !names.includes(definition.nOf))
        tell('definition.nOf', 'fact-unknown', `There is no fact ${definition.nOf}.`, { name: definition.nOf })
    }
    if (definition.kind === 'derived')
      duplicates(
        definition.parts.map((part) => part.name),
        'definition.parts',
        tell,
      )
  })

function pairFaults({ from, to, match }: Pair, tell: Tell): void {
  if (JSON.stringify(from) === JSON.stringify(to))
    tell(
      'definition.pair.to',
      'pair-same',
      'Both events are of the same stream. Use kind repeat for an event that comes again.',
    )
  if (new Set(match).size < match.length) tell('definition.pair.match', 'match-twice', 'An attribute is named twice.')
}

function duplicates(names: readonly string[], field: string, tell: Tell): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    tell(field, 'ambiguous', `Two of them are called ${twice}: the formula could mean either.`, { name: twice })
}

function surveyFaults(
  definition: Extract<IndicatorDraft['definition'], { kind: 'survey' }>,
  unit: string,
  tell: Tell,
): void {
  const { scale, score } = definition
  const inside = (value: number) => value >= scale.low && value <= scale.high
  if (scale.low >= scale.high) tell('definition.scale', 'scale-order', 'The scale ends before it begins.')
  else if (score.of === 'top-box' && !inside(score.from))
    tell('definition.score.from', 'score-outside', 'The top box begins outside the scale.')
  else if (score.of === 'net-promoter' && !(inside(score.promotersFrom) && inside(score.detractorsTo)))
    tell('definition.score', 'score-outside', 'Promoters and detractors lie outside the scale.')
  else if (score.of === 'net-promoter' && score.detractorsTo >= score.promotersFrom)
    tell('definition.score', 'score-order', 'Who is a detractor cannot be a promoter too.')
  if (score.of === 'top-box' && !SHARES.includes(unit))
    tell('unit', 'unit-share', 'A share is told in percent, per thousand or as a number.')
  if (score.of === 'net-promoter' && unit !== 'points' && unit !== 'number')
    tell('unit', 'unit-score', 'A net promoter score is told in points, from -100 to 100.')
}

export const faultsOfRules = (draft: IndicatorDraft): DefinitionIssue[] =>
  collect((tell) => {
    const shape = shapeOf(draft.definition)
    targetFaults(draft, tell)
    capFaults(draft, tell)
    const { kind } = draft.definition
    if (draft.belowMinimum === 'shrink' && draft.minimumN === 0)
      tell('minimumN', 'shrink-minimum', 'Shrinking needs a minimum n: it is the weight of the whole.')
    if (draft.belowMinimum === 'shrink' && (shape === 'count' || shape === 'weighted' || kind === 'distinct'))
      tell(
        'belowMinimum',
        'shrink-total',
        'A unit\u2019s count is no estimate of the organisation\u2019s: counts and totals are not shrunk.',
      )
    if (draft.rollUp === 'mean-of-units' && kind === 'derived')
      tell('rollUp', 'roll-up-derived', 'A derived indicator follows its parts: declare the mean of units on them.')
    if (draft.rollUp === 'mean-of-units' && (kind === 'distinct' || kind === 'backlog' || kind === 'cumulative'))
      tell(
        'rollUp',
        'roll-up-stock',
        'Stocks and different customers add up over units; their mean would say nothing about the whole.',
      )
    if (
      draft.missing.noEvents === 'zero' &&
      (shape === 'mean' ||
        shape === 'proportion' ||
        shape === 'ratio' ||
        shape === 'net-promoter' ||
        kind === 'quantile')
    )
      tell('missing', 'zero-share', 'Nothing of nothing is no zero: without a case there is no share, rate or mean.')
    if (draft.missing.noEvents === 'zero' && kind === 'level')
      tell(
        'missing',
        'zero-level',
        'A level without a reading is not known to be zero. Carry the last reading instead.',
      )
    if (draft.exclusions.length > 0 && (kind === 'derived' || kind === 'backlog' || kind === 'level'))
      tell(
        'exclusions',
        'exclusion-kind',
        'Exclusions belong to indicators that judge single events; declare them on the parts.',
      )
    if (draft.answers === 'people' && isWindowed(draft.definition))
      tell('answers', 'answers-window', 'A moving window tells of single answers by what comes and goes.')
    // An example of nothing proves nothing; it may stand beside one that does.
    const filled = draft.examples.some(({ events, parts }) =>
      kind === 'derived' ? Object.keys(parts ?? {}).length > 0 : events.length > 0,
    )
    if (!filled)
      tell('examples', 'example-missing', 'A definition needs a worked example: events in, expected value out.')
    for (const [index, example] of draft.examples.entries()) {
      if (example.from > example.to) tell(`examples.${index}.to`, 'example-order', 'The example ends before it begins.')
      if (kind === 'derived' && example.parts === undefined)
        tell(
          `examples.${index}.parts`,
          'example-parts',
          'An example of a derived indicator gives its parts\u2019 values.',
        )
    }
  })

function targetFaults({ definition, unit, target, band, direction }: IndicatorDraft, tell: Tell): void {
  if (shapeOf(definition) === 'proportion') {
    const most = unit === 'percent' ? 100 : unit === 'per-thousand' ? 1000 : 1
    for (const [field, value] of [
      ['target', target],
      ['band.low', band?.low ?? null],
      ['band.high', band?.high ?? null],
    ] as const)
      if (value !== null && (value < 0 || value > most))
        tell(field, 'share-range', `A share in this unit lies between 0 and ${most}.`, { most })
  }
  if (band === null) return
  if (band.low > band.high) tell('band', 'band-order', 'The band ends before it begins.')
  if (direction !== 'neutral')
    tell('band', 'band-direction', 'A band is for indicators where neither more nor less is better.')
  if (target !== null) tell('target', 'band-target', 'There is either a target or a band.')
}

function capFaults({ cap, definition }: IndicatorDraft, tell: Tell): void {
  if (cap.kind === 'none') return
  if (cap.kind === 'absolute' && cap.low === null && cap.high === null)
    tell('cap', 'cap-empty', 'A cap needs a lower or an upper limit.')
  if (cap.low !== null && cap.high !== null && cap.low >= cap.high)
    tell('cap', 'cap-order', 'The lower limit is not below the upper one.')
  const { kind } = definition
  const capped =
    ['sum', 'mean', 'ratio', 'quantile', 'cumulative', 'level', 'expression'].includes(kind) ||
    (kind === 'duration' && definition.statistic.of !== 'within')
  if (!capped) tell('cap', 'cap-kind', 'There is no amount to be capped: this kind counts events.')
  if (cap.kind === 'percentile' && kind !== 'mean' && kind !== 'quantile' && kind !== 'duration' && kind !== 'level')
    tell('cap', 'cap-percentile', 'Percentiles are those of one value: of means, quantiles, durations and levels.')
}
