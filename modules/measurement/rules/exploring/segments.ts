/** A definition narrowed to a segment, and the streams of events it looks at. */
import type { Condition, EventStream, IndicatorDefinition, Term } from '../../contract/definition.ts'

/**
 * The same indicator over the segment's events only: its conditions join those of every stream. Of paired events the first
 * one decides, since the second may well lack the attribute; a repeat must lie in the segment like the event it repeats. A
 * derived indicator stays as it is: its parts are narrowed.
 */
export function withSegment(definition: IndicatorDefinition, conditions: readonly Condition[]): IndicatorDefinition {
  if (conditions.length === 0) return definition
  const narrowed = <T extends { where: Condition[] }>(stream: T): T => ({
    ...stream,
    where: [...stream.where, ...conditions],
  })
  switch (definition.kind) {
    case 'derived':
      return definition
    case 'expression':
      return { ...definition, facts: definition.facts.map(narrowed) }
    case 'duration':
    case 'conversion':
      return { ...definition, pair: { ...definition.pair, from: narrowed(definition.pair.from) } }
    case 'backlog':
      return { ...definition, opened: narrowed(definition.opened), closed: narrowed(definition.closed) }
    default:
      return narrowed(definition)
  }
}

/** The events that may count: each stream with its conditions, each once. A value that must be carried is a condition too. */
export function streamsOf(definition: IndicatorDefinition): EventStream[] {
  const streams = allStreams(definition)
  return [...new Map(streams.map((stream) => [JSON.stringify(stream), stream])).values()]
}

function allStreams(definition: IndicatorDefinition): EventStream[] {
  switch (definition.kind) {
    case 'derived':
      return []
    case 'expression':
      return definition.facts.map(({ eventType, where }) => ({ eventType, where }))
    case 'duration':
    case 'conversion':
      return [definition.pair.from, definition.pair.to]
    case 'backlog':
      return [definition.opened, definition.closed]
    case 'repeat':
    case 'distinct':
      return [{ eventType: definition.eventType, where: definition.where }]
    case 'level':
    case 'survey':
      return [{ eventType: definition.eventType, where: [...definition.where, carries(definition.value)] }]
    default: {
      const terms = [...definition.numerator, ...('denominator' in definition ? definition.denominator : [])]
      return terms.map((term) => termStream(definition, term))
    }
  }
}

const carries = (value: string): Condition => ({ value, operator: 'at-least', limit: -Number.MAX_VALUE })

const termStream = (base: EventStream, term: Term): EventStream => ({
  eventType: term.eventType ?? base.eventType,
  where: [...base.where, ...term.where, ...(term.of === 'events' ? [] : [carries(term.of)])],
})
