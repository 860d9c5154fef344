/** Many indicators for many subjects in one period: facts are read once, whatever the number of indicators that rest on them. */
import type { Context } from '#platform/context'
import type { Indicator } from '../contract/indicators.ts'
import type { Measured } from '../contract/point.ts'
import { EMPTY_STATE, type Fact, type FactState } from '../rules/plan/fact.ts'
import { foldable } from '../rules/plan/fold.ts'
import { type Plan, planOf } from '../rules/plan/plan.ts'
import { shareFacts } from '../rules/plan/share-facts.ts'
import { toPoint } from '../rules/points.ts'
import { versionOn } from '../rules/versions.ts'
import { allVersions, currentIndicators } from '../store/records/indicators.ts'
import type { Subjects } from '../store/compile/subjects.ts'
import type { Cut } from './cut.ts'
import { DERIVED_DEPTH_LIMIT, derivedSums, formulaOf } from './derived.ts'
import { pointRows } from './point-rows.ts'
import { factsAt } from './sums.ts'

/** By id of the indicator, then by number of the subject. */
export type ManyPoints = ReadonlyMap<string, ReadonlyMap<number, Measured>>

interface Shared {
  readonly indicator: Indicator
  readonly plan: Plan
  /** Places of the plan's facts among all facts that are read. */
  readonly places: readonly number[]
}

/** The first period of the cut. Indicators whose values rest on more than it, or on single members, are asked for one by one. */
export async function manyPoints(
  context: Context,
  question: { indicators: readonly Indicator[]; subjects: Subjects; cut: Cut },
): Promise<ManyPoints> {
  const { subjects, cut } = question
  const period = cut.periods[0]!
  const complete = period.until <= context.now.epochMilliseconds
  const judging = await judgingOf(context, await withParts(context, question.indicators), period.start.slice(0, 10))
  const answer = new Map<string, Map<number, Measured>>()
  const together: { indicator: Indicator; plan: Plan }[] = []
  for (const indicator of judging) {
    if (indicator.definition.kind === 'derived') continue
    const plan = planOf(indicator)
    if (!sharable(indicator, plan, subjects)) {
      const rows = await pointRows(context, { indicator, frozen: true, subjects, cut: { ...cut, periods: [period] } })
      answer.set(indicator.id, new Map(rows.map((row) => [row.entity, row.point])))
      continue
    }
    together.push({ indicator, plan })
  }
  const { facts, places: placesOf } = shareFacts(together.map(({ plan }) => plan))
  const shared = together.map((each, index): Shared => ({ ...each, places: placesOf[index]! }))
  const states = await statesOfAll(context, facts, subjects, { ...cut, periods: [period] })
  for (const { indicator, plan, places } of shared) {
    const points = new Map<number, Measured>()
    for (const [entity, own] of states) {
      const mine = places.map((place) => own[place] ?? EMPTY_STATE)
      // Without an event of its own the subject has no point.
      if (mine.every((state) => state.n === 0 && state.total === 0 && state.distinct === 0)) continue
      points.set(entity, toPoint(indicator, period.start, plan.evaluate(mine), complete))
    }
    answer.set(indicator.id, points)
  }
  deriveAll(judging, answer, period.start, complete)
  return answer
}

/** Asked for together: one calculation over all events of the period, nothing drawn to a whole and nobody left out. */
function sharable(indicator: Indicator, plan: Plan, subjects: Subjects): boolean {
  if (plan.along.kind !== 'period' || indicator.belowMinimum === 'shrink' || indicator.population.kinds.length > 0)
    return false
  return plan.members === 'together' || (subjects.kind !== 'nodes' && subjects.kind !== 'organisation')
}

async function statesOfAll(
  context: Context,
  facts: readonly Fact[],
  subjects: Subjects,
  cut: Cut,
): Promise<Map<number, FactState[]>> {
  const states = new Map<number, FactState[]>()
  const places = facts.map((_fact, place) => place)
  for (const group of [
    places.filter((place) => foldable(facts[place]!)),
    places.filter((place) => !foldable(facts[place]!)),
  ]) {
    if (group.length === 0) continue
    for (const row of await factsAt(context, { facts: group.map((place) => facts[place]!), subjects, cut })) {
      const own = states.get(row.entity) ?? []
      for (const [index, place] of group.entries()) own[place] = row.states[index]!
      states.set(row.entity, own)
    }
  }
  return states
}

/** Those asked for and all they rest on. */
async function withParts(context: Context, asked: readonly Indicator[]): Promise<Indicator[]> {
  const all = new Map(asked.map((indicator) => [indicator.id, indicator]))
  let level = asked
  for (let depth = 0; depth < DERIVED_DEPTH_LIMIT && level.length > 0; depth += 1) {
    const ids = level.flatMap(({ definition }) =>
      definition.kind === 'derived' ? definition.parts.map((part) => part.indicator) : [],
    )
    level = await currentIndicators(
      context,
      ids.filter((id) => !all.has(id)),
    )
    for (const indicator of level) all.set(indicator.id, indicator)
  }
  return [...all.values()]
}

async function judgingOf(context: Context, indicators: readonly Indicator[], day: string): Promise<Indicator[]> {
  const judging: Indicator[] = []
  for (const indicator of indicators) {
    const dated = indicator.effectiveFrom !== null && indicator.effectiveFrom > day
    judging.push(dated ? (versionOn(await allVersions(context, indicator.id), day) ?? indicator) : indicator)
  }
  return judging
}

/** Parts before what rests on them. */
function deriveAll(
  indicators: readonly Indicator[],
  answer: Map<string, Map<number, Measured>>,
  start: string,
  complete: boolean,
): void {
  const byId = new Map(indicators.map((indicator) => [indicator.id, indicator]))
  const derive = (indicator: Indicator): Map<number, Measured> => {
    const known = answer.get(indicator.id)
    if (known || indicator.definition.kind !== 'derived') return known ?? new Map()
    const { definition } = indicator
    const parts = definition.parts.map(({ name, indicator: id }) => ({
      name,
      part: byId.get(id)!,
      points: derive(byId.get(id)!),
    }))
    const zeros = new Set(parts.flatMap(({ name, part }) => (part.missing.noEvents === 'zero' ? [name] : [])))
    const formula = formulaOf(definition)
    const entities = new Set(parts.flatMap(({ points }) => [...points.keys()]))
    const points = new Map<number, Measured>()
    for (const entity of entities) {
      const own = parts.flatMap(({ name, points: all }) => (all.has(entity) ? [[name, all.get(entity)!] as const] : []))
      points.set(entity, toPoint(indicator, start, derivedSums(formula, new Map(own), zeros), complete))
    }
    answer.set(indicator.id, points)
    return points
  }
  for (const indicator of indicators) derive(indicator)
}
