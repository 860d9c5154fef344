// False alarms of the named rule sets: points flagged (completing points) per 100 judged points, and the share of charts of 24 points that
// show any flag, when nothing changes. Limits known, or made by an XmR chart of the first 12, 24 or 60 points; noise independent or AR(1).
// Anhoej's tests count once a chart. Run: node libs/stats/reference/calibrate-charts.ts [charts]. Output: chart-calibration.json.
import { writeFileSync } from 'node:fs'
import { xmrChart } from '../src/charts/xmr-chart.ts'
import { normalQuantile } from '../src/distributions/normal-quantile.ts'
import { anhoejRule } from '../src/run-rules/anhoej-rule.ts'
import { RULE_SETS, type RuleSetName } from '../src/run-rules/rule-sets.ts'
import { runRules } from '../src/run-rules/run-rules.ts'

/** Seeded uniform numbers, mulberry32 (Tommy Ettinger, public domain). */
function seededUniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296
  }
}

const JUDGED = 24
const charts = Number(process.argv[2] ?? 4000)
const names = Object.keys(RULE_SETS) as RuleSetName[]
const round = (value: number) => Math.round(100 * value) / 100

/** New points judged by limits from `baseline` points before them (0: the limits are known). */
function falseAlarms(baseline: number, correlation: number) {
  const uniform = seededUniform(100 * baseline + Math.round(10 * correlation) + 1)
  const flags = new Map<string, { points: number; charts: number }>(
    [...names, 'anhoej-2014'].map((name) => [name, { points: 0, charts: 0 }]),
  )
  for (let chart = 0; chart < charts; chart++) {
    let noise = normalQuantile(uniform())
    const values = Array.from({ length: baseline + JUDGED }, () => {
      noise = correlation * noise + Math.sqrt(1 - correlation ** 2) * normalQuantile(uniform())
      return noise
    })
    const standard = baseline === 0 ? { centre: 0, sigma: 1 } : undefined
    const drawn = xmrChart({
      values,
      constants: 'exact',
      screening: false,
      standard,
      ...(baseline > 0 && { baseline }),
    })
    if (drawn.kind === 'cannot') throw new Error(drawn.detail)
    for (const ruleSet of names) {
      const { labels } = runRules({
        points: drawn.points.slice(baseline),
        ruleSet,
        flag: 'completing-point',
        acrossGaps: 'break',
      })
      const count = labels.filter(Boolean).length
      const tally = flags.get(ruleSet)!
      tally.points += count
      tally.charts += Number(count > 0)
    }
    const runs = anhoejRule({ values: values.slice(baseline), centre: drawn.points[0]!.centre })
    if (runs.kind === 'runs') flags.get('anhoej-2014')!.charts += Number(runs.runSignal || runs.crossingSignal)
  }
  return [...flags].map(([ruleSet, tally]) => ({
    baseline: baseline === 0 ? 'known' : baseline,
    correlation,
    ruleSet,
    flaggedPer100Points: ruleSet === 'anhoej-2014' ? null : round((100 * tally.points) / (charts * JUDGED)),
    chartsFlaggedPercent: round((100 * tally.charts) / charts),
  }))
}

const rows = [0, 12, 24, 60].flatMap((baseline) =>
  [0, 0.3].flatMap((correlation) => falseAlarms(baseline, correlation)),
)
writeFileSync(
  new URL('chart-calibration.json', import.meta.url),
  `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`,
)
console.table(rows)
