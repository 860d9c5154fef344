/** What kind of number a definition gives: which interval it has, how it scales with its unit, how points of it are pooled. */
import type { IndicatorDefinition } from '../../contract/definition.ts'
import type { IndicatorUnit } from '../../contract/indicators.ts'

/**
 * `count`: a plain number of events (Poisson). `weighted`: a total. `mean`: of one value, with its squares. `ratio`: of two
 * totals. `proportion`: successes of trials. `net-promoter`: a difference of two shares of the same trials.
 */
export type Shape = 'count' | 'weighted' | 'mean' | 'ratio' | 'proportion' | 'net-promoter' | 'other'

export function shapeOf(definition: IndicatorDefinition): Shape {
  switch (definition.kind) {
    case 'count':
    case 'cumulative':
      return definition.numerator.every((term) => term.coefficient === 1 && term.of === 'events') ? 'count' : 'weighted'
    case 'sum':
    case 'backlog':
    case 'level':
      return 'weighted'
    case 'mean':
    case 'ratio':
    case 'proportion':
      return definition.kind
    case 'duration':
      return definition.statistic.of === 'mean' ? 'mean' : definition.statistic.of === 'within' ? 'proportion' : 'other'
    case 'conversion':
    case 'repeat':
      return 'proportion'
    case 'survey':
      return { mean: 'mean', 'top-box': 'proportion', 'net-promoter': 'net-promoter' }[definition.score.of] as Shape
    case 'quantile':
    case 'distinct':
    case 'expression':
    case 'derived':
      return 'other'
  }
}

/** Shares and rates are shown in their unit; hours of pairs become the unit's; every other kind is recorded in it already. */
export function scaleOf({ definition, unit }: { definition: IndicatorDefinition; unit: IndicatorUnit }): number {
  const shape = shapeOf(definition)
  if (shape === 'net-promoter') return 100
  if (shape === 'proportion' || shape === 'ratio') return unit === 'percent' ? 100 : unit === 'per-thousand' ? 1000 : 1
  if (definition.kind === 'duration') return unit === 'minutes' ? 60 : unit === 'days' ? 1 / 24 : 1
  return 1
}
