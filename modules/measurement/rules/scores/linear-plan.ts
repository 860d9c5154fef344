/** Plans whose value is one sum of states over another: those that the store can work out by itself for very many entities. */
import type { Indicator } from '../../contract/indicators.ts'
import { EMPTY_STATE, type Fact, type FactState } from '../plan/fact.ts'
import { planOf } from '../plan/plan.ts'
import { scaleOf, type Shape, shapeOf } from '../plan/shape.ts'

/** So many of a figure of a fact. */
export interface Coefficient {
  /** Place of the fact in the plan. */
  readonly fact: number
  readonly figure: 'n' | 'total' | 'squares'
  readonly times: number
}

export interface LinearPlan {
  readonly facts: readonly Fact[]
  readonly numerator: readonly Coefficient[]
  /** Null: 1. */
  readonly denominator: readonly Coefficient[] | null
  readonly n: readonly Coefficient[]
  readonly squares: readonly Coefficient[]
  readonly shape: Exclude<Shape, 'other'>
  readonly scale: number
}

const FIGURES = ['n', 'total', 'squares'] as const
const LINEAR: readonly Shape[] = ['count', 'weighted', 'mean', 'ratio', 'proportion', 'net-promoter']

/**
 * Null for definitions with another form. The coefficients are not written down a second time: the plan itself is asked what one more of
 * each figure gives, so both ways of calculating cannot differ in their formula.
 */
export function linearPlan(
  indicator: Pick<Indicator, 'definition' | 'unit' | 'cap' | 'exclusions' | 'rollUp'>,
): LinearPlan | null {
  const { definition } = indicator
  const shape = shapeOf(definition)
  const plain = indicator.exclusions.length === 0 && indicator.rollUp === 'ratio-of-sums'
  const overTime = definition.kind === 'cumulative' || definition.kind === 'backlog' || definition.kind === 'level'
  if (!plain || overTime || !LINEAR.includes(shape) || definition.kind === 'derived') return null
  const plan = planOf(indicator)
  const none = plan.facts.map(() => EMPTY_STATE)
  const at = (states: readonly FactState[]) => plan.evaluate(states)
  const zero = at(none)
  const found = {
    numerator: [] as Coefficient[],
    denominator: [] as Coefficient[],
    n: [] as Coefficient[],
    squares: [] as Coefficient[],
  }
  for (const [fact, asked] of plan.facts.entries()) {
    for (const figure of FIGURES) {
      if (!asked.figures.includes(figure)) continue
      const one = at(none.with(fact, { ...EMPTY_STATE, [figure]: 1 }))
      const add = (to: Coefficient[], times: number) => {
        if (times !== 0) to.push({ fact, figure, times })
      }
      add(found.numerator, one.numerator - zero.numerator)
      add(found.denominator, one.denominator - zero.denominator)
      add(found.n, one.n - zero.n)
      add(found.squares, one.sumOfSquares - zero.sumOfSquares)
    }
  }
  return {
    facts: plan.facts,
    numerator: found.numerator,
    denominator: found.denominator.length === 0 ? null : found.denominator,
    n: found.n,
    squares: found.squares,
    shape: shape as LinearPlan['shape'],
    scale: scaleOf(indicator),
  }
}
