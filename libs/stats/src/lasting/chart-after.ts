import type { ChartRefusal } from '../charts/chart-contract.ts'
import { type XmrChart, xmrChart, type XmrConstants } from '../charts/xmr-chart.ts'
import type { RuleSetName } from '../run-rules/rule-sets.ts'
import { type RunRulesResult, runRules } from '../run-rules/run-rules.ts'

export type ChartAfterResult =
  | {
      kind: 'chart-after'
      chart: XmrChart
      rules: RunRulesResult
      /** Centre after less centre before, in units of the values. */
      shift: number
      /** Signals of the settled part on the bad side: the improvement slips. */
      slipping: RunRulesResult['signals']
    }
  | ChartRefusal

/**
 * Control chart of a measure that worked: limits before, new limits once it has settled, and signals that it slips.
 *
 * When to use: after a verdict 'effective', to hold the gain: the first `settling` points after the measure set the new limits, later ones are
 * judged by them.
 * Formula in words: `xmrChart` in two parts, the second frozen after its first `settling` points; `runRules` on both; slipping are signals
 * after the settling points on the side that is worse.
 * Source: Shewhart (1939), Statistical Method from the Viewpoint of Quality Control; Juran (1964), Managerial Breakthrough (holding the gains);
 * NHS England (2019), Making Data Count (re-basing after a known change).
 * Arguments: `changeAt` position of the first value after; `settling` points, at least 2, 12 as usual; `better` which way is good.
 * Units: of the values. Edge cases: as `xmrChart`. Errors: as there; RangeError for settling not whole from 2. Cost: O(n).
 */
export function chartAfter(input: {
  values: readonly (number | null)[]
  changeAt: number
  settling: number
  better: 'higher' | 'lower'
  constants: XmrConstants
  ruleSet: RuleSetName
}): ChartAfterResult {
  const { values, changeAt, settling, better, constants, ruleSet } = input
  if (!Number.isInteger(settling) || settling < 2)
    throw new RangeError(`settling must be a whole number from 2, got ${settling}`)
  const before = xmrChart({ values: values.slice(0, changeAt), constants, screening: false })
  if (before.kind === 'cannot') return before
  const after = xmrChart({ values: values.slice(changeAt), constants, screening: false, baseline: settling })
  if (after.kind === 'cannot') return after
  const shifted = after.points.map((point) => ({ ...point, part: 1 }))
  const part = after.parts[0]!
  const chart: XmrChart = {
    kind: 'chart',
    points: [...before.points, ...shifted],
    parts: [...before.parts, { ...part, start: changeAt, end: changeAt + part.end }],
    outside: [...before.outside, ...after.outside.map((at) => at + changeAt)],
    movingRanges: [...before.movingRanges, ...after.movingRanges],
    rangeParts: [...before.rangeParts, ...after.rangeParts],
  }
  const rules = runRules({ points: chart.points, ruleSet, flag: 'completing-point', acrossGaps: 'skip' })
  const worse = better === 'higher' ? 'below' : 'above'
  const slipping = rules.signals.filter(({ side, end }) => side === worse && end >= changeAt + settling)
  return { kind: 'chart-after', chart, rules, shift: part.centre - before.parts[0]!.centre, slipping }
}
