/** From a definition to the facts it needs and the way its value follows from their states. Every kind ends here. */
import { must } from '#platform/refusal'
import {
  EVENTS,
  type Condition,
  type IndicatorDefinition,
  type NamedFact,
  type Pair,
  type Term,
} from '../../contract/definition.ts'
import type { IndicatorDraft } from '../../contract/indicators.ts'
import { checkedFormula } from '../formula.ts'
import {
  EMPTY_STATE,
  eventSource,
  type Fact,
  type FactState,
  type Figure,
  factOf,
  type Source,
  streamSource,
} from './fact.ts'

/** What a period's states come to, before units. */
export interface Sums {
  readonly numerator: number
  readonly denominator: number
  readonly n: number
  /** Sum of the squared values; only means need it. */
  readonly sumOfSquares: number
  readonly value: number | null
  /** Events left out with evidence; null when the share allowed was exceeded and none was. */
  readonly excluded: number | null
  /** In the unit of `value`, where it does not follow from n and squares. */
  readonly standardError?: number
  /** The reading of an earlier period. */
  readonly carried?: boolean
}

/** Which events a period's value rests on: those in it, or those of a longer stretch that ends with it. */
export type Along =
  | { readonly kind: 'period' }
  | { readonly kind: 'rolling'; readonly days: number }
  | { readonly kind: 'to-date'; readonly since: 'month' | 'quarter' | 'year' }
  | { readonly kind: 'lifetime' }

export interface Plan {
  readonly facts: readonly Fact[]
  readonly along: Along
  /** Values of single entities that become one for what stands above: added up, averaged, or not (all events together). */
  readonly members: 'together' | 'sum' | 'mean'
  /** One state for each fact, in order. */
  readonly evaluate: (states: readonly FactState[]) => Sums
}

/** What of a draft decides values; everything else is words. */
export type Calculated = Pick<IndicatorDraft, 'definition'> &
  Partial<Pick<IndicatorDraft, 'cap' | 'exclusions' | 'rollUp' | 'population'>>

/** Derived indicators have no facts of their own: their parts are read first (`actions`), hence not here. */
export function planOf(draft: Calculated): Plan {
  const plan = planOfDefinition(draft.definition, limitsOf(draft.cap))
  const members = draft.rollUp === 'mean-of-units' ? 'mean' : plan.members
  return excluding({ ...plan, members }, draft.exclusions ?? [])
}

interface Limits {
  readonly low: number | null
  readonly high: number | null
}

function limitsOf(cap: IndicatorDraft['cap'] | undefined): Limits {
  if (!cap || cap.kind === 'none') return { low: null, high: null }
  if (cap.kind === 'absolute') return cap
  return cap.resolved ?? { low: null, high: null }
}

function planOfDefinition(definition: IndicatorDefinition, limits: Limits): Plan {
  switch (definition.kind) {
    case 'count':
    case 'sum':
      return totalPlan(definition, limits)
    case 'cumulative': {
      const { window } = definition
      return { ...totalPlan(definition, limits), along: window }
    }
    case 'ratio':
    case 'proportion':
      return sharePlan(definition, limits)
    case 'mean':
      return meanPlan(
        eventSource(definition.eventType),
        conditionsOf(definition),
        definition.numerator[0]!.of,
        limits,
        definition.numerator[0]!.coefficient,
      )
    case 'quantile':
      return quantileOf(definition, limits)
    case 'distinct':
      return distinctPlan(definition)
    case 'duration':
      return durationPlan(definition, limits)
    case 'conversion':
      return matchedPlan({ kind: 'pairs', pair: definition.pair, same: false })
    case 'repeat': {
      const { eventType, where, match, acrossEntities, withinHours } = definition
      const stream = { eventType, where }
      const pair: Pair = { from: stream, to: stream, match, acrossEntities, withinHours, open: 'censor' }
      return matchedPlan({ kind: 'pairs', pair, same: true })
    }
    case 'backlog': {
      const facts = [definition.opened, definition.closed].map((stream) =>
        factOf(streamSource(stream), stream.where, ['n']),
      )
      const evaluate = ([opened, closed]: readonly FactState[]) =>
        sums({ numerator: opened!.n - closed!.n, n: opened!.n })
      return { ...simple(facts, evaluate), along: { kind: 'lifetime' } }
    }
    case 'level':
      return levelPlan(definition, limits)
    case 'survey':
      return surveyPlan(definition, limits)
    case 'expression':
      return expressionPlan(definition, limits)
    case 'derived':
      throw new Error('a derived indicator is planned by its parts')
  }
}

function quantileOf(definition: Extract<IndicatorDefinition, { kind: 'quantile' }>, limits: Limits): Plan {
  const [only] = definition.numerator
  const options = { value: only!.of, quantile: definition.quantile, ...limits }
  const fact = factOf(eventSource(definition.eventType), conditionsOf(definition), ['n', 'total', 'quantile'], options)
  return quantilePlan(fact, only!.coefficient)
}

function distinctPlan({ eventType, where, attribute }: Extract<IndicatorDefinition, { kind: 'distinct' }>): Plan {
  const given: Condition[] = [...where, { operator: 'given', attribute }]
  const fact = factOf(eventSource(eventType), given, ['n', 'distinct'], { distinct: attribute })
  return simple([fact], ([state]) => sums({ numerator: state!.distinct, n: state!.n }))
}

const simple = (facts: readonly Fact[], evaluate: Plan['evaluate']): Plan => ({
  facts,
  along: { kind: 'period' },
  members: 'together',
  evaluate,
})

/** Written out, not spread: it is called for every value of a million entities. */
function sums(of: Partial<Sums> & { numerator: number; n: number }): Sums {
  const { numerator, n, denominator = 1, sumOfSquares = 0, excluded = 0 } = of
  const value = of.value === undefined ? (denominator === 0 ? null : numerator / denominator) : of.value
  return { numerator, denominator, n, sumOfSquares, value, excluded }
}

const conditionsOf = (definition: Extract<IndicatorDefinition, { kind: 'mean' | 'quantile' }>): Condition[] => [
  ...definition.where,
  ...definition.numerator[0]!.where,
]
const valueOf = (term: Term) => (term.of === EVENTS ? null : term.of)
const amountOf = (fact: Fact, state: FactState) => (fact.amount.of === 'rows' ? state.n : state.total)

interface Stream {
  readonly eventType: string
  readonly where: readonly Condition[]
}

/** A linear combination of facts, one for each term. */
function termFacts(stream: Stream, terms: readonly Term[], limits: Limits): Fact[] {
  return terms.map((term) => {
    const value = valueOf(term)
    const figures: Figure[] = value === null ? ['n'] : ['total']
    const where = [...stream.where, ...term.where]
    return factOf(eventSource(term.eventType ?? stream.eventType), where, figures, {
      value,
      ...(value === null ? {} : limits),
    })
  })
}
/** States of the terms' facts stand from `first` on. */
function combined(terms: readonly Term[], facts: readonly Fact[], states: readonly FactState[], first = 0): number {
  let sum = 0
  for (let index = 0; index < terms.length; index += 1)
    sum += terms[index]!.coefficient * amountOf(facts[index]!, states[first + index]!)
  return sum
}

/** n: the events that have a part in any of the terms. */
function totalPlan(definition: Stream & { numerator: readonly Term[] }, limits: Limits): Plan {
  const { numerator } = definition
  const facts = termFacts(definition, numerator, limits)
  const types = [...new Set(numerator.map((term) => term.eventType ?? definition.eventType))]
  const counted = types.map((type) => {
    const own = numerator.filter((term) => (term.eventType ?? definition.eventType) === type)
    const parts = own.map((term) => ({ value: valueOf(term), where: term.where }))
    return factOf(eventSource(type), definition.where, ['n'], { parts })
  })
  return simple([...facts, ...counted], (states) =>
    sums({
      numerator: combined(numerator, facts, states),
      n: states.slice(facts.length).reduce((sum, state) => sum + state.n, 0),
    }),
  )
}

function sharePlan(
  definition: Stream & { numerator: readonly Term[]; denominator: readonly Term[] },
  limits: Limits,
): Plan {
  const above = termFacts(definition, definition.numerator, limits)
  const below = termFacts(definition, definition.denominator, limits)
  return simple([...above, ...below], (states) => {
    const denominator = combined(definition.denominator, below, states, above.length)
    return sums({ numerator: combined(definition.numerator, above, states), denominator, n: denominator })
  })
}

function meanPlan(source: Source, where: readonly Condition[], value: string, limits: Limits, coefficient = 1): Plan {
  const fact = factOf(source, where, ['n', 'total', 'squares'], { value, ...limits })
  return simple([fact], ([state]) =>
    sums({
      numerator: coefficient * state!.total,
      denominator: state!.n,
      n: state!.n,
      sumOfSquares: coefficient ** 2 * state!.squares,
    }),
  )
}

function quantilePlan(fact: Fact, coefficient: number): Plan {
  // A negative factor turns the order round; the definition's rules refuse it.
  return simple([fact], ([state]) =>
    sums({
      numerator: coefficient * state!.total,
      denominator: state!.n,
      n: state!.n,
      value: state!.n === 0 || state!.quantile === null ? null : coefficient * state!.quantile,
    }),
  )
}

function durationPlan(definition: Extract<IndicatorDefinition, { kind: 'duration' }>, limits: Limits): Plan {
  const source: Source = { kind: 'pairs', pair: definition.pair, same: false }
  const { statistic } = definition
  if (statistic.of === 'mean') return meanPlan(source, [], 'hours', limits)
  if (statistic.of === 'quantile')
    return quantilePlan(
      factOf(source, [], ['n', 'total', 'quantile'], { value: 'hours', quantile: statistic.quantile, ...limits }),
      1,
    )
  const all = factOf(source, [], ['n'], { parts: [{ value: 'hours', where: [] }] })
  const timely = factOf(
    source,
    [
      { operator: 'at-least', value: 'matched', limit: 1 },
      { operator: 'at-most', value: 'hours', limit: statistic.limitHours },
    ],
    ['n'],
  )
  return simple([timely, all], ([within, counted]) =>
    sums({ numerator: within!.n, denominator: counted!.n, n: counted!.n }),
  )
}

const matchedPlan = (source: Source): Plan =>
  simple([factOf(source, [], ['n', 'total'], { value: 'matched' })], ([state]) =>
    sums({ numerator: state!.total, denominator: state!.n, n: state!.n }),
  )

function levelPlan(definition: Extract<IndicatorDefinition, { kind: 'level' }>, limits: Limits): Plan {
  const { eventType, where, value, take } = definition
  const figures: Figure[] = {
    last: ['n', 'last'],
    least: ['n', 'lowest'],
    greatest: ['n', 'highest'],
    mean: ['n', 'total'],
  }[take] as Figure[]
  const fact = factOf(eventSource(eventType), where, figures, { value, ...limits })
  const evaluate = ([state]: readonly FactState[]): Sums => {
    const { n, last, lowest, highest, total } = state!
    const level = { last, least: lowest, greatest: highest, mean: n === 0 ? null : total / n }[take]
    return sums({ numerator: level ?? 0, n, value: n === 0 ? null : level })
  }
  return { ...simple([fact], evaluate), members: 'sum' }
}

/** Ratings off the scale are mistakes of entry, not opinions: left out. */
function surveyPlan(definition: Extract<IndicatorDefinition, { kind: 'survey' }>, limits: Limits): Plan {
  const { eventType, value, scale, score } = definition
  const source = eventSource(eventType)
  const rated: Condition[] = [
    ...definition.where,
    { operator: 'at-least', value, limit: scale.low },
    { operator: 'at-most', value, limit: scale.high },
  ]
  if (score.of === 'mean') return meanPlan(source, rated, value, limits)
  const counted = (...more: Condition[]) => factOf(source, [...rated, ...more], ['n'])
  if (score.of === 'top-box')
    return simple([counted({ operator: 'at-least', value, limit: score.from }), counted()], ([top, rating]) =>
      sums({ numerator: top!.n, denominator: rating!.n, n: rating!.n }),
    )
  const promoters = counted({ operator: 'at-least', value, limit: score.promotersFrom })
  const detractors = counted({ operator: 'at-most', value, limit: score.detractorsTo })
  return simple([promoters, detractors, counted()], ([up, down, rating]) =>
    sums({
      numerator: up!.n - down!.n,
      denominator: rating!.n,
      n: rating!.n,
      // The squares of +1, 0 and -1.
      sumOfSquares: up!.n + down!.n,
    }),
  )
}

const NAMED_FIGURES: Readonly<
  Record<string, { needs: readonly Figure[]; of: (fact: Fact, state: FactState) => number | null }>
> = {
  n: { needs: ['n'], of: (_fact, { n }) => n },
  sum: { needs: ['n', 'total'], of: (fact, state) => amountOf(fact, state) },
  mean: { needs: ['n', 'total'], of: (fact, state) => (state.n === 0 ? null : amountOf(fact, state) / state.n) },
  min: { needs: ['n', 'lowest'], of: (_fact, { lowest }) => lowest },
  max: { needs: ['n', 'highest'], of: (_fact, { highest }) => highest },
  last: { needs: ['n', 'last'], of: (_fact, { last }) => last },
  distinct: { needs: ['n', 'distinct'], of: (_fact, { distinct }) => distinct },
}

/** Every quantity the formula may name: `visits.n`, `waits.mean`, …; `distinct` where the fact declares it. */
export function expressionNames(facts: readonly NamedFact[]): Map<string, string | null> {
  const figuresOf = (fact: NamedFact) => [
    ...(fact.of === EVENTS ? ['n', 'sum'] : ['n', 'sum', 'mean', 'min', 'max', 'last']),
    ...(fact.distinct === undefined ? [] : ['distinct']),
  ]
  return new Map(facts.flatMap((fact) => figuresOf(fact).map((figure) => [`${fact.name}.${figure}`, null] as const)))
}

function expressionPlan(definition: Extract<IndicatorDefinition, { kind: 'expression' }>, limits: Limits): Plan {
  const formula = checkedFormula(definition.formula, expressionNames(definition.facts))
  const facts = definition.facts.map((named) => {
    const asked = formula.names.flatMap((name) => {
      const [fact, figure] = name.split('.') as [string, string]
      return fact === named.name ? NAMED_FIGURES[figure]!.needs : []
    })
    const figures = [...new Set<Figure>(['n', ...asked])]
    const value = named.of === EVENTS ? null : named.of
    return factOf(eventSource(named.eventType), named.where, figures, {
      value,
      ...(value === null ? {} : limits),
      ...(named.distinct === undefined ? {} : { distinct: named.distinct }),
    })
  })
  const places = new Map(definition.facts.map(({ name }, index) => [name, index]))
  return simple(facts, (states) => {
    const value = formula.evaluate((name) => {
      const [fact, figure] = name.split('.') as [string, string]
      const place = places.get(fact)!
      return NAMED_FIGURES[figure]!.of(facts[place]!, states[place]!)
    })
    const place = definition.nOf === undefined ? undefined : places.get(definition.nOf)
    const n = place === undefined ? Math.max(...states.map((state) => state.n)) : states[place]!.n
    return sums({ numerator: value ?? 0, n, value })
  })
}

/**
 * Every fact twice: without the excluded events and with them, and how many were left out. Which one counts is decided for
 * each period, by the share that was left out.
 */
function excluding(plan: Plan, exclusions: IndicatorDraft['exclusions']): Plan {
  if (exclusions.length === 0) return plan
  const groups = exclusions.map(({ where, evidence }): Condition[] => [
    ...where,
    { operator: 'given', attribute: evidence },
  ])
  const share = Math.min(...exclusions.map((each) => each.capShare))
  // The last fact counts what is judged at all: trials, cases, exposure.
  const judged = plan.facts.at(-1)
  must(judged !== undefined, 'a plan has facts')
  const everything: Fact = { ...judged, parts: [{ value: null, where: [] }], amount: { of: 'rows' }, figures: ['n'] }
  const facts = [
    ...plan.facts.map((fact) => ({ ...fact, without: groups })),
    ...plan.facts,
    { ...everything, without: groups },
    everything,
  ]
  const count = plan.facts.length
  const evaluate = (states: readonly FactState[]): Sums => {
    const kept = states[2 * count] ?? EMPTY_STATE
    const all = states[2 * count + 1] ?? EMPTY_STATE
    const excluded = all.n - kept.n
    const allowed = excluded <= share * all.n
    const taken = allowed ? states.slice(0, count) : states.slice(count, 2 * count)
    return { ...plan.evaluate(taken), excluded: allowed ? excluded : null }
  }
  return { ...plan, facts, evaluate }
}
