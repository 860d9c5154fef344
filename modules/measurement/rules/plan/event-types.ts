/** Which events a definition looks at, and how far their effect reaches. */
import type { IndicatorDefinition } from '../../contract/definition.ts'

/** Types of event, each once; none for a derived indicator, whose parts have them. */
export function eventTypesOf(definition: IndicatorDefinition): string[] {
  switch (definition.kind) {
    case 'derived':
      return []
    case 'expression':
      return [...new Set(definition.facts.map((fact) => fact.eventType))]
    case 'backlog':
      return [...new Set([definition.opened.eventType, definition.closed.eventType])]
    case 'duration':
    case 'conversion':
      return [...new Set([definition.pair.from.eventType, definition.pair.to.eventType])]
    default: {
      const terms = [
        ...('numerator' in definition ? definition.numerator : []),
        ...('denominator' in definition ? definition.denominator : []),
      ]
      return [...new Set([definition.eventType, ...terms.flatMap((term) => term.eventType ?? [])])]
    }
  }
}

/** Hours before an event, and days after it (null: for ever), in which values change because of it. */
export function effectOf(definition: IndicatorDefinition): { hoursBefore: number; daysAfter: number | null } {
  switch (definition.kind) {
    case 'duration':
    case 'conversion':
      return { hoursBefore: definition.pair.withinHours, daysAfter: 0 }
    case 'repeat':
      return { hoursBefore: definition.withinHours, daysAfter: 0 }
    case 'cumulative': {
      const { window } = definition
      if (window.kind === 'rolling') return { hoursBefore: 0, daysAfter: window.days }
      if (window.kind === 'lifetime') return { hoursBefore: 0, daysAfter: null }
      return { hoursBefore: 0, daysAfter: { month: 31, quarter: 92, year: 366 }[window.since] }
    }
    case 'backlog':
      return { hoursBefore: 0, daysAfter: null }
    default:
      return { hoursBefore: 0, daysAfter: 0 }
  }
}
