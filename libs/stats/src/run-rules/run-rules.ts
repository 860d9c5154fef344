import type { ChartPoint } from '../charts/chart-contract.ts'
import { RULE_SETS, type RuleSetName } from './rule-sets.ts'
import { type JudgedPoint, type Side, type Window, windowsOf } from './rule-windows.ts'

/** Points that break one rule together. */
export interface RuleSignal {
  rule: string
  /** Side of the centre, or the way a trend goes; null for rules without a side. */
  side: Side | null
  /** First and last position involved. */
  start: number
  end: number
  /** Flagged positions, by the convention asked for. */
  positions: number[]
  /** Position at which the rule was first met: the day it could have been known. */
  knownAt: number
}

export interface RunRulesResult {
  ruleSet: RuleSetName
  signals: RuleSignal[]
  /** For every point the rule that names it, by the precedence of the set; null for none. */
  labels: (string | null)[]
}

/**
 * Applies a named rule set to a control chart.
 *
 * When to use: after any chart of this library, to find changes inside the limits; name the set in whatever is shown.
 * Formula in words: every full window of points meeting a rule flags either all points that carry it ('whole-run', as the NHS draws it) or
 * the last of them ('completing-point', as qcc and most software do); windows of one rule and side that overlap or touch are one signal.
 * Sources: Western Electric (1956), Nelson (1984), Montgomery (2013), NHS England (2019), see `RULE_SETS`.
 * Arguments: `points` as a chart returns them, with limits that vary or not: distances are taken in sigmas of each point. `acrossGaps`
 * 'break' ends runs at a gap, 'skip' passes over it. Runs never cross from one part into the next.
 * Edge cases: no points, no signals; a point on the centre belongs to no side; points without sigma lie on the centre unless beyond.
 * Errors: RangeError for an unknown set. Cost: O(points times rules times longest window).
 */
export function runRules(input: {
  points: readonly ChartPoint[]
  ruleSet: RuleSetName
  flag: 'whole-run' | 'completing-point'
  acrossGaps: 'break' | 'skip'
}): RunRulesResult {
  const { points, ruleSet, flag, acrossGaps } = input
  const set = RULE_SETS[ruleSet]
  if (!set) throw new RangeError(`ruleSet must be one of ${Object.keys(RULE_SETS).join(', ')}, got ${ruleSet}`)
  const stretches = stretchesOf(points, acrossGaps)
  const signals = set.rules.flatMap(({ id, rule }) =>
    stretches.flatMap((stretch) => signalsOf(id, windowsOf(rule, stretch), flag, stretch)),
  )
  const labels = points.map((): string | null => null)
  for (const id of set.precedence.toReversed())
    for (const signal of signals) if (signal.rule === id) for (const at of signal.positions) labels[at] = id
  return { ruleSet, signals, labels }
}

/** Neighbouring points of one part. */
function stretchesOf(points: readonly ChartPoint[], acrossGaps: 'break' | 'skip'): JudgedPoint[][] {
  const stretches: JudgedPoint[][] = []
  let open: JudgedPoint[] | null = null
  let part = -1
  for (const [position, point] of points.entries()) {
    if (point.value === null) {
      if (acrossGaps === 'break') open = null
      continue
    }
    if (!open || point.part !== part) {
      open = []
      stretches.push(open)
    }
    part = point.part
    open.push({ position, value: point.value, z: point.z ?? 0, beyond: point.beyond })
  }
  return stretches
}

function signalsOf(
  rule: string,
  windows: readonly Window[],
  flag: 'whole-run' | 'completing-point',
  stretch: readonly JudgedPoint[],
): RuleSignal[] {
  const place = new Map(stretch.map(({ position }, index) => [position, index]))
  const signals: RuleSignal[] = []
  const open = new Map<Side | null, RuleSignal>()
  for (const { hits, side } of windows) {
    const last = hits.at(-1)!
    const flagged = flag === 'whole-run' ? hits : [last]
    const running = open.get(side)
    // Windows of points that touch belong to one run; a beyond-limit point of yesterday and one of today do too.
    if (running && place.get(hits[0]!)! <= place.get(running.end)! + 1) {
      running.positions.push(...flagged.filter((at) => !running.positions.includes(at)))
      running.end = last
      continue
    }
    const signal: RuleSignal = { rule, side, start: hits[0]!, end: last, positions: [...flagged], knownAt: last }
    open.set(side, signal)
    signals.push(signal)
  }
  return signals
}
