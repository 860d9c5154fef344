/** One rule, one period, all units: from panel to verdicts that are more than chance. */
import { falseDiscovery } from '#stats/warning/false-discovery'
import type { Condition, RuleDraft } from '../../contract.ts'
import type { Asked } from './asked.ts'
import { judgeChange, judgeChart } from './chart-kinds.ts'
import { judgeBand, judgeMiss } from './forecast-kinds.ts'
import { judgeDeviation, judgeGrowth, judgeShortage, judgeThreshold } from './level-kinds.ts'
import { newVerdicts, type Verdicts } from './verdicts.ts'

/** Verdicts by levels, then only those that chance does not explain. */
export function judge(asked: Asked): Verdicts {
  return surely(asked, byLevels(asked))
}

function byLevels(asked: Asked): Verdicts {
  const { condition } = asked.rule
  switch (condition.kind) {
    case 'threshold':
      return judgeThreshold(asked, condition)
    case 'deviation':
      return judgeDeviation(asked, condition)
    case 'growth':
      return judgeGrowth(asked, condition)
    case 'chart':
      return judgeChart(asked, condition)
    case 'change-point':
      return judgeChange(asked, condition)
    case 'forecast-band':
      return judgeBand(asked, condition)
    case 'forecast-miss':
      return judgeMiss(asked, condition)
    case 'shortage':
      return judgeShortage(asked, condition)
    case 'repeated':
    case 'keyword':
    case 'silence':
    case 'combination':
      return newVerdicts(asked.panel.subjects.length)
  }
}

/** Kinds that say by themselves how sure they are: limits of charts and bands are their test. */
const OWN_TEST: ReadonlySet<Condition['kind']> = new Set(['chart', 'forecast-band', 'forecast-miss'])

/**
 * Each unit by itself at the rule's confidence, or all units of the run together by false discovery. Where a value has no known error the
 * level alone decides, but such a unit is never named by a run over many. What fires already, under eased levels, need not be proven again.
 */
function surely({ rule, firing }: Asked, verdicts: Verdicts): Verdicts {
  const { condition, confidence, steadiness, falseDiscoveryShare: share } = rule
  if (OWN_TEST.has(condition.kind)) return verdicts
  const proven = (unit: number) => firing?.[unit] === 1 && steadiness.easePercent > 0
  const { severity, pValue } = verdicts
  if (share === null) {
    if (confidence === 0) return verdicts
    for (let unit = 0; unit < severity.length; unit += 1)
      if (severity[unit]! > 0 && pValue[unit]! > 1 - confidence && !proven(unit)) severity[unit] = 0
    return verdicts
  }
  const found = falseDiscovery({ pValues: pValue, rate: share, method: 'benjamini-hochberg' })
  const named = new Set(found.named)
  for (let unit = 0; unit < severity.length; unit += 1)
    if (severity[unit]! > 0 && !named.has(unit) && !proven(unit)) severity[unit] = 0
  return verdicts
}

/** Periods before the judged one that a rule looks at. */
export function lookBack(condition: Condition, grain: RuleDraft['grain']): number {
  const year = { day: 364, week: 52, month: 12, quarter: 4, 'half-year': 2, year: 1 }[grain]
  switch (condition.kind) {
    case 'deviation': {
      const { baseline } = condition
      return baseline.of === 'own' ? baseline.periods : baseline.of === 'season' ? baseline.years * year : 0
    }
    case 'growth': {
      const base = condition.against === 'previous' ? condition.windowPeriods : year
      return Math.max(base + condition.windowPeriods - 1, condition.dispersionPeriods)
    }
    case 'chart':
    case 'change-point':
    case 'forecast-band':
    case 'forecast-miss':
      return condition.periods
    case 'threshold':
    case 'shortage':
    case 'repeated':
    case 'keyword':
    case 'silence':
    case 'combination':
      return 0
  }
}
