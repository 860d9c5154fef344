/** Which single values an indicator is made of, and how they are put into bars. */
import type { Condition } from '../../contract/definition.ts'
import { type Fact, factOf, eventSource } from '../plan/fact.ts'
import { type Calculated, planOf } from '../plan/plan.ts'

/** The events (or pairs) whose amounts are looked at, and the factor that brings them to the indicator's unit; null for counts and formulas. */
export function valuesFact(indicator: Calculated): { fact: Fact; factor: number } | null {
  const { definition } = indicator
  switch (definition.kind) {
    case 'mean':
    case 'quantile':
      return { fact: planOf(indicator).facts[0]!, factor: definition.numerator[0]!.coefficient }
    case 'level':
      return { fact: planOf(indicator).facts[0]!, factor: 1 }
    case 'duration':
      return {
        fact: factOf({ kind: 'pairs', pair: definition.pair, same: false }, [], ['n'], { value: 'hours' }),
        factor: 1,
      }
    case 'survey': {
      const { eventType, value, scale } = definition
      const rated: Condition[] = [
        ...definition.where,
        { operator: 'at-least', value, limit: scale.low },
        { operator: 'at-most', value, limit: scale.high },
      ]
      return { fact: factOf(eventSource(eventType), rated, ['n'], { value }), factor: 1 }
    }
    default:
      return null
  }
}

/** With so few different values each gets a bar of its own. */
export const SINGLE_VALUES_LIMIT = 21
const BINS_WANTED = 24
const STEPS = [1, 2, 2.5, 5, 10]

/** Ends of bins in whole steps that hold the middle 98 % of values; those beyond go into open bins at the ends. */
export function binEnds(low: number, high: number): number[] {
  // Values that differ in their last digits only cannot be told apart by the ends of bins.
  if (!(high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high)))) return [low, high + 1]
  const rough = (high - low) / BINS_WANTED
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * STEPS.find((each) => each * power >= rough)!
  const first = Math.floor(low / step)
  const count = Math.floor(high / step) - first + 1
  return Array.from({ length: count + 1 }, (_, index) => Number(((first + index) * step).toPrecision(14)))
}
