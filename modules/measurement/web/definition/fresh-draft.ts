/** What a draft begins with, and what of a definition stays when another kind is chosen. */
import type { IndicatorDraft } from '#measurement/contract'
import type { DefinitionKind, EventStream, IndicatorDefinition, Pair, Term } from '../../contract/definition.ts'

/** Still being written: texts may be empty, numbers missing; the server says what is. */
export type Writing = IndicatorDraft

export const kinds: readonly DefinitionKind[] = [
  'proportion',
  'count',
  'mean',
  'ratio',
  'sum',
  'quantile',
  'duration',
  'conversion',
  'repeat',
  'survey',
  'distinct',
  'cumulative',
  'backlog',
  'level',
  'expression',
  'derived',
]

const eventsTerm = (): Term => ({ of: 'events', coefficient: 1, where: [] })
const valueTerm = (): Term => ({ of: '', coefficient: 1, where: [] })

/** The stream a definition looks at first. */
export function streamOf(definition: IndicatorDefinition): EventStream {
  if ('pair' in definition) return definition.pair.from
  if (definition.kind === 'backlog') return definition.opened
  if (definition.kind === 'expression') return definition.facts[0] ?? { eventType: '', where: [] }
  if (definition.kind === 'derived') return { eventType: '', where: [] }
  return { eventType: definition.eventType, where: definition.where }
}

export function freshDefinition(kind: DefinitionKind, before: IndicatorDefinition | null): IndicatorDefinition {
  const stream = before === null ? { eventType: '', where: [] } : streamOf(before)
  const { eventType, where } = stream
  const base = { eventType, where }
  const pair: Pair =
    before !== null && 'pair' in before
      ? before.pair
      : {
          from: base,
          to: { eventType: '', where: [] },
          match: [],
          acrossEntities: false,
          withinHours: 168,
          open: 'censor',
        }
  switch (kind) {
    case 'count':
      return { kind, ...base, numerator: [eventsTerm()] }
    case 'sum':
    case 'mean':
      return { kind, ...base, numerator: [valueTerm()] }
    case 'ratio':
    case 'proportion':
      return { kind, ...base, numerator: [eventsTerm()], denominator: [eventsTerm()] }
    case 'quantile':
      return { kind, ...base, numerator: [valueTerm()], quantile: 0.9 }
    case 'distinct':
      return { kind, ...base, attribute: '' }
    case 'duration':
      return { kind, pair, statistic: { of: 'mean' } }
    case 'conversion':
      return { kind, pair }
    case 'repeat':
      return { kind, ...base, match: [], acrossEntities: false, withinHours: 168 }
    case 'cumulative':
      return { kind, ...base, numerator: [eventsTerm()], window: { kind: 'rolling', days: 30 } }
    case 'backlog':
      return { kind, opened: base, closed: { eventType: '', where: [] } }
    case 'level':
      return { kind, ...base, value: '', take: 'last' }
    case 'survey':
      return { kind, ...base, value: '', scale: { low: 1, high: 5 }, score: { of: 'top-box', from: 4 } }
    case 'expression':
      return { kind, facts: [{ name: 'a', ...base, of: 'events' }], formula: 'a.n' }
    case 'derived':
      return { kind, parts: [{ name: 'a', indicator: '' }], formula: 'a' }
  }
}

/** The unit each kind usually has. */
export function usualUnit(definition: IndicatorDefinition, unit: IndicatorDraft['unit']): IndicatorDraft['unit'] {
  const share = ['percent', 'per-thousand', 'number']
  switch (definition.kind) {
    case 'count':
    case 'cumulative':
    case 'backlog':
    case 'distinct':
      return 'count'
    case 'proportion':
    case 'conversion':
    case 'repeat':
      return share.includes(unit) ? unit : 'percent'
    case 'duration':
      if (definition.statistic.of === 'within') return share.includes(unit) ? unit : 'percent'
      return ['minutes', 'hours', 'days'].includes(unit) ? unit : 'hours'
    case 'survey':
      if (definition.score.of === 'top-box') return share.includes(unit) ? unit : 'percent'
      return 'points'
    default:
      return unit
  }
}

export function freshDraft(day: string): Writing {
  return {
    id: '',
    title: { zh: '', en: '' },
    explanation: { zh: '', en: '' },
    unit: 'percent',
    direction: 'higher-is-better',
    category: null,
    answers: null,
    owner: '',
    source: '',
    target: null,
    band: null,
    minimumN: 10,
    belowMinimum: 'provisional',
    missing: { noEvents: 'gap' },
    cap: { kind: 'none' },
    exclusions: [],
    population: { kinds: [] },
    rollUp: 'ratio-of-sums',
    effectiveFrom: null,
    definition: freshDefinition('proportion', null),
    examples: [freshExample(day)],
  }
}

export const freshExample = (day: string): IndicatorDraft['examples'][number] => ({
  title: '',
  events: [],
  from: day,
  to: day,
  expected: null,
})
