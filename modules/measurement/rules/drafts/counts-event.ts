/** Whether a definition looks at a single event at all: for showing examples beside a form. Values are calculated by the store alone. */
import type { Condition, EventStream, IndicatorDefinition } from '../../contract/definition.ts'

export interface ShownEvent {
  readonly type: string
  readonly attributes: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, number>>
}

/** Null where it hangs on a calendar, which only the server knows. */
export function countsEvent(definition: IndicatorDefinition, event: ShownEvent): boolean | null {
  const answers = streamsOf(definition)
    .filter((stream) => stream.eventType === event.type)
    .map((stream) => {
      const known = stream.where.filter((one) => !('calendar' in one))
      if (!known.every((one) => holds(one, event))) return false
      return known.length === stream.where.length ? true : null
    })
  return answers.includes(true) ? true : answers.includes(null) ? null : false
}

/** Every stream with all conditions an event of it must fulfil to have a part in the value. */
function streamsOf(definition: IndicatorDefinition): EventStream[] {
  if ('pair' in definition) return [definition.pair.from, definition.pair.to]
  if (definition.kind === 'backlog') return [definition.opened, definition.closed]
  if (definition.kind === 'expression') return [...definition.facts]
  if (definition.kind === 'derived') return []
  const terms = [
    ...('numerator' in definition ? definition.numerator : []),
    ...('denominator' in definition ? definition.denominator : []),
  ]
  if (terms.length === 0) return [definition]
  return terms.map((term) => ({
    eventType: term.eventType ?? definition.eventType,
    where: [...definition.where, ...term.where],
  }))
}

function holds(one: Condition, { attributes, values }: ShownEvent): boolean {
  if ('calendar' in one) return true
  if ('limit' in one) {
    const value = Object.hasOwn(values, one.value) ? values[one.value] : undefined
    if (value === undefined) return false
    const { limit } = one
    return {
      'at-least': value >= limit,
      'more-than': value > limit,
      'at-most': value <= limit,
      'less-than': value < limit,
    }[one.operator]
  }
  const said = Object.hasOwn(attributes, one.attribute) ? (attributes[one.attribute] ?? '') : ''
  switch (one.operator) {
    case 'is':
      return said === one.value
    case 'is-not':
      return said !== one.value
    case 'in':
      return one.values.includes(said)
    case 'not-in':
      return !one.values.includes(said)
    case 'given':
      return said !== ''
    case 'not-given':
      return said === ''
  }
}
