/** Rules over events themselves: counts, silence and combinations become severities; the state machine does the rest. */
import type { Colour, ConditionOf, Reading, RuleDraft } from '../contract.ts'
import { colourOf, levelsOf, severityAbove, severityOf } from './levels.ts'
import type { SeenPeriod, SeenUnit } from './run.ts'

/** What was counted at a unit: events, customers, mentions, hours of silence, rules that fire. */
export interface Counted {
  readonly entity: number
  readonly measured: number
  readonly because: readonly string[]
}

/** Units that reach a level are bad; those watched before and now below are good. `today`: the day of the evaluation. */
export function seeCounted(
  rule: Pick<RuleDraft, 'condition' | 'steadiness'>,
  counted: readonly Counted[],
  around: {
    readonly today: string
    readonly watched: ReadonlySet<number>
    readonly resting: ReadonlySet<number>
    readonly firing: (entity: number) => boolean
  },
): SeenPeriod {
  const levels = levelsOf(rule.condition)!
  const seen = new Map<number, SeenUnit>()
  for (const one of counted) {
    if (around.resting.has(one.entity)) continue
    const easing = around.firing(one.entity) ? 1 - rule.steadiness.easePercent / 100 : 1
    const severity = severityAbove(levels, one.measured, easing)
    if (severity === 0) continue
    const colour = colourOf(severity)!
    seen.set(one.entity, {
      seen: { kind: 'bad', severity },
      reading: readingOf(one, around.today, colour, levels[colour] ?? 0),
    })
  }
  return { periodStart: around.today, speaks: true, settled: false, seen: withGood(seen, around) }
}

function readingOf({ measured, because }: Counted, today: string, colour: Colour, level: number): Reading {
  return {
    periodStart: today,
    value: measured,
    n: measured,
    low: null,
    high: null,
    baseline: null,
    level,
    colour,
    measured,
    pValue: null,
    because: [...because],
    expectedIn: null,
  }
}

function withGood(
  seen: Map<number, SeenUnit>,
  { watched, resting }: { readonly watched: ReadonlySet<number>; readonly resting: ReadonlySet<number> },
): Map<number, SeenUnit> {
  for (const entity of watched)
    if (!seen.has(entity) && !resting.has(entity)) seen.set(entity, { seen: { kind: 'good' }, reading: null })
  return seen
}

/** At least so many of the rules fire at a unit. */
export function seeCombination(
  condition: ConditionOf<'combination'>,
  firing: readonly { readonly ruleId: string; readonly entity: number; readonly severity: number }[],
  around: { readonly today: string; readonly watched: ReadonlySet<number>; readonly resting: ReadonlySet<number> },
): SeenPeriod {
  const seen = new Map<number, SeenUnit>()
  const wanted = firing.filter((each) => condition.rules.includes(each.ruleId))
  for (const [entity, own] of Map.groupBy(wanted, (each) => each.entity)) {
    if (own.length < condition.atLeast || around.resting.has(entity)) continue
    const severity =
      condition.colour === null ? Math.max(...own.map((each) => each.severity)) : severityOf(condition.colour)
    const counted = { entity, measured: own.length, because: own.map((each) => each.ruleId).toSorted() }
    seen.set(entity, {
      seen: { kind: 'bad', severity },
      reading: readingOf(counted, around.today, colourOf(severity)!, condition.atLeast),
    })
  }
  return { periodStart: around.today, speaks: true, settled: false, seen: withGood(seen, around) }
}

/** Combinations in an order in which each comes after those it rests on; those that rest on each other are left out and named. */
export function combinationOrder(rules: readonly { readonly id: string; readonly rests: readonly string[] }[]): {
  order: string[]
  circle: string[]
} {
  const left = new Map(
    rules.map((rule) => [rule.id, rule.rests.filter((id) => rules.some((other) => other.id === id))]),
  )
  const order: string[] = []
  for (let moved = true; moved; ) {
    moved = false
    for (const [id, rests] of left)
      if (rests.every((each) => !left.has(each))) {
        order.push(id)
        left.delete(id)
        moved = true
      }
  }
  return { order, circle: [...left.keys()].toSorted() }
}

/** Which watched units a text or event at an entity concerns: the entity's ancestors of the kind, or the node itself. */
export function concerned(
  watch: RuleDraft['watch'],
  place: { readonly path: readonly { readonly number: number; readonly key: string; readonly kind: string }[] },
): number[] {
  const { entityKind, below, everyNode } = watch
  const from = below === null ? 0 : place.path.findIndex((node) => node.key === below)
  if (from < 0) return []
  const inside = place.path.slice(from)
  if (everyNode) return inside.map((node) => node.number)
  if (entityKind !== null) return inside.filter((node) => node.kind === entityKind).map((node) => node.number)
  return below === null ? [0] : [inside[0]!.number]
}

/** Days for which mentions are looked at again. */
export const MENTION_DAYS = 366
