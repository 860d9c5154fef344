/** Derived indicators: a formula over the values of others, for the same subjects and periods. */
import type { Context } from '#platform/context'
import { must, refuse } from '#platform/refusal'
import type { IndicatorDefinition } from '../contract/definition.ts'
import { measurementRefusals } from '../contract/refusals.ts'
import type { Measured } from '../contract/point.ts'
import { withSegment } from '../rules/exploring/segments.ts'
import { checkedFormula, type Formula } from '../rules/formula.ts'
import type { Sums } from '../rules/plan/plan.ts'
import { toPoint } from '../rules/points.ts'
import { currentIndicators } from '../store/records/indicators.ts'
import { sumsOfFacts, type SumsQuestion, type SumsRow } from './sums.ts'

/** Indicators of indicators of indicators: deeper nobody understands it. Cycles are refused when a definition is saved. */
export const DERIVED_DEPTH_LIMIT = 5

export type Derived = Extract<IndicatorDefinition, { kind: 'derived' }>

/** Of any definition. */
export async function sumsOf(context: Context, question: SumsQuestion, depth = 0): Promise<SumsRow[]> {
  const { definition } = question.indicator
  if (definition.kind !== 'derived') {
    const indicator = { ...question.indicator, definition: withSegment(definition, question.segment ?? []) }
    return sumsOfFacts(context, { ...question, indicator })
  }
  must(depth < DERIVED_DEPTH_LIMIT, 'derived indicators are not nested deeper than the rules allow')
  const found = new Map(
    (
      await currentIndicators(
        context,
        definition.parts.map((part) => part.indicator),
      )
    ).map((each) => [each.id, each]),
  )
  const rows = new Map<string, { row: SumsRow; parts: Map<string, Measured> }>()
  const zeros = new Set<string>()
  for (const { name, indicator: id } of definition.parts) {
    const part = found.get(id) ?? refuse(measurementRefusals, 'INDICATOR_UNKNOWN', { id })
    if (part.missing.noEvents === 'zero') zeros.add(name)
    for (const row of await sumsOf(context, { ...question, indicator: part }, depth + 1)) {
      const key = `${row.entity} ${row.period} ${row.other} ${JSON.stringify(row.groups)}`
      const known = rows.get(key) ?? { row, parts: new Map<string, Measured>() }
      known.parts.set(name, toPoint(part, '', row.sums, true))
      rows.set(key, known)
    }
  }
  const formula = formulaOf(definition)
  return [...rows.values()].map(({ row, parts }) => ({ ...row, sums: derivedSums(formula, parts, zeros) }))
}

export const formulaOf = (definition: Derived): Formula =>
  checkedFormula(definition.formula, new Map(definition.parts.map(({ name }) => [name, null])))

/** Step of the numerical slope, as a part of the value's own error: small against the curve, large against rounding. */
const SLOPE_STEP = 0.01

/**
 * The formula at the parts' values. Its standard error by the delta method (first-order propagation, parts taken as
 * independent): the root of the sum of (slope x error of the part) squared. n is the smallest of the parts'.
 */
export function derivedSums(formula: Formula, parts: ReadonlyMap<string, Measured>, zeros: ReadonlySet<string>): Sums {
  const valueOf = (name: string) => parts.get(name)?.value ?? (zeros.has(name) ? 0 : null)
  const value = formula.evaluate(valueOf)
  const n = Math.min(...[...parts.values()].map((point) => point.n))
  let variance: number | null = value === null ? null : 0
  for (const name of formula.names) {
    const error = parts.has(name) ? parts.get(name)!.standardError : 0
    if (error === null) variance = null
    if (variance === null || error === null || error === 0) continue
    const step = SLOPE_STEP * error
    const at = (shift: number) => formula.evaluate((each) => (each === name ? valueOf(each)! + shift : valueOf(each)))
    const [above, below] = [at(step), at(-step)]
    variance = above === null || below === null ? null : variance + (((above - below) / (2 * step)) * error) ** 2
  }
  return {
    numerator: value ?? 0,
    denominator: 1,
    n: Number.isFinite(n) ? n : 0,
    sumOfSquares: 0,
    value,
    excluded: 0,
    ...(variance === null ? {} : { standardError: Math.sqrt(variance) }),
  }
}
