import { chiSquareTail } from '../distributions/chi-square-tail.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { normalTail } from '../distributions/normal-tail.ts'
import { leastSquares } from '../regression/least-squares.ts'
import {
  type GroupTimeEffect,
  type GroupTimeEffects,
  type GroupTimeResult,
  groupTimeEffects,
  type StaggeredInput,
} from './group-time-effects.ts'
import { clusterSums, type BootstrapScale, type Multiplier, multiplierBootstrap } from './multiplier-bootstrap.ts'

export interface StaggeredEffect {
  estimate: number
  standardError: number
  /** Pointwise. */
  lower: number
  upper: number
  pValue: number
  /** Simultaneous over the figures of the same table; null without bootstrap. */
  band: { lower: number; upper: number } | null
}

export interface StaggeredEstimate {
  kind: 'estimate'
  groupTime: (StaggeredEffect & { group: number; time: number })[]
  /** Mean over all group-times after treatment, by size of the groups. */
  simple: StaggeredEffect
  /** Mean effect of each group over its treated times, and their mean by size. */
  byGroup: { overall: StaggeredEffect; groups: (StaggeredEffect & { group: number })[] }
  /** Mean effect by periods since treatment, groups weighted by size, and the mean over the periods from 0 on. */
  dynamic: { overall: StaggeredEffect; relatives: (StaggeredEffect & { relative: number })[] }
  /** Mean effect by calendar time, and the mean over times. */
  calendar: { overall: StaggeredEffect; times: (StaggeredEffect & { time: number })[] }
  /** Joint test that all effects before treatment are 0 (chi-square); null when there are none or they are dependent. */
  preTrend: { statistic: number; restrictions: number; pValue: number } | null
  units: number
  clusters: number
  confidence: number
}

export type StaggeredResult =
  | StaggeredEstimate
  | Extract<GroupTimeResult, { kind: 'cannot' }>
  | { kind: 'cannot'; because: 'too-few-clusters'; detail: string }

export interface StaggeredBootstrap {
  draws: number
  multiplier: Multiplier
  scale: BootstrapScale
  random: () => number
}

interface Figure {
  estimate: number
  influence: Float64Array
}

/**
 * Difference in differences with staggered introduction (Callaway and Sant'Anna).
 *
 * When to use: a measure introduced at different times in different units, whose effect may grow or differ: two-way effects mix these up.
 * Formula in words: `groupTimeEffects`, then weighted means: 'simple', by group, by periods since treatment, by calendar time; weights are
 * shares of groups, whose own estimation enters the errors. Errors from influence functions, summed by cluster; with `bootstrap` a
 * simultaneous band for each table by multiplier bootstrap (its errors too).
 * Source: Callaway and Sant'Anna (2021), Journal of Econometrics 225:200-230, section 3 and 4.2. R: did::att_gt, did::aggte.
 * Arguments: as `groupTimeEffects`; `bootstrap` null for normal intervals alone. Units: of the values.
 * Edge cases: fewer than two clusters 'too-few-clusters'; the rest as `groupTimeEffects`. Errors: as there; RangeError for confidence.
 * Convention: no covariates; errors without small-sample factor, which understates them with few clusters. Cost: O(groups times units).
 */
export function staggeredEffects(
  input: StaggeredInput & {
    bootstrap: StaggeredBootstrap | null
    confidence?: number
  },
): StaggeredResult {
  const { confidence = 0.95 } = input
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`confidence must lie in (0, 1), got ${confidence}`)
  const found = groupTimeEffects(input)
  if (found.kind === 'cannot') return found
  if (found.clusters.count < 2)
    return { kind: 'cannot', because: 'too-few-clusters', detail: 'there is one cluster only' }
  return tabulated(found, (figures) => finished(figures, found, input.bootstrap, confidence), confidence)
}

function tabulated(
  found: GroupTimeEffects,
  finish: (figures: readonly Figure[]) => StaggeredEffect[],
  confidence: number,
): StaggeredEstimate {
  const after = found.effects.filter(({ group, time }) => time >= group)
  const overall = (figure: Figure): StaggeredEffect => finish([figure])[0]!
  const table = <Key extends object>(rows: readonly { key: Key; figure: Figure }[]): (StaggeredEffect & Key)[] => {
    const effects = finish(rows.map(({ figure }) => figure))
    return rows.map(({ key }, i) => ({ ...effects[i]!, ...key }))
  }
  const groups = [...Map.groupBy(after, ({ group }) => group)].map(([group, own]) => ({
    key: { group },
    figure: plainMean(own),
  }))
  const dynamic = ascending(Map.groupBy(found.effects, (effect) => relativeOf(effect, found.times))).map(
    ([relative, effects]) => ({ key: { relative }, figure: weighted(effects, found) }),
  )
  const calendar = ascending(Map.groupBy(after, ({ time }) => time)).map(([time, effects]) => ({
    key: { time },
    figure: weighted(effects, found),
  }))
  const groupFigures = groups.map(({ key, figure }) => ({ ...figure, ...key }))
  const since = dynamic.filter(({ key }) => key.relative >= 0).map(({ figure }) => figure)
  return {
    kind: 'estimate',
    groupTime: table(found.effects.map((figure) => ({ key: { group: figure.group, time: figure.time }, figure }))),
    simple: overall(weighted(after, found)),
    byGroup: { overall: overall(weighted(groupFigures, found)), groups: table(groups) },
    dynamic: { overall: overall(plainMean(since)), relatives: table(dynamic) },
    calendar: { overall: overall(plainMean(calendar.map(({ figure }) => figure))), times: table(calendar) },
    preTrend: preTrendTest(
      found.effects.filter(({ group, time }) => time < group),
      found,
    ),
    units: found.units,
    clusters: found.clusters.count,
    confidence,
  }
}

function ascending<Value>(table: Map<number, Value>): [number, Value][] {
  return [...table].sort(([a], [b]) => a - b)
}

/** Periods since the first treated one, counted in places of the list of times. */
function relativeOf({ group, time }: GroupTimeEffect, times: readonly number[]): number {
  return times.indexOf(time) - times.findIndex((one) => one >= group)
}

function plainMean(figures: readonly Figure[]): Figure {
  const influence = new Float64Array(figures[0]!.influence.length)
  for (const figure of figures)
    for (let i = 0; i < influence.length; i++) influence[i]! += figure.influence[i]! / figures.length
  return { estimate: figures.reduce((sum, figure) => sum + figure.estimate, 0) / figures.length, influence }
}

/** Mean by shares of groups; a unit moves it through the figures and through the share of its own group (those of all groups cancel). */
function weighted(figures: readonly (Figure & { group: number })[], found: GroupTimeEffects): Figure {
  const sizes = new Map(found.groups.map(({ group, share }) => [group, share]))
  const shares = figures.map(({ group }) => sizes.get(group)!)
  const total = shares.reduce((sum, share) => sum + share, 0)
  const estimate = figures.reduce((sum, figure, j) => sum + figure.estimate * shares[j]!, 0) / total
  const influence = new Float64Array(found.units)
  const members = new Map(found.groups.map(({ group, members }) => [group, members]))
  figures.forEach((figure, j) => {
    const pull = (figure.estimate - estimate) / total
    for (let i = 0; i < influence.length; i++) influence[i]! += (shares[j]! / total) * figure.influence[i]!
    for (const i of members.get(figure.group)!) influence[i]! += pull
  })
  return { estimate, influence }
}

function errorOf(influence: Float64Array, found: GroupTimeEffects): number {
  const squares = clusterSums(influence, found.clusters).reduce((sum, value) => sum + value * value, 0)
  return Math.sqrt(squares) / found.units
}

function finished(
  figures: readonly Figure[],
  found: GroupTimeEffects,
  bootstrap: StaggeredBootstrap | null,
  confidence: number,
): StaggeredEffect[] {
  if (figures.length === 0) return []
  const influences = figures.map(({ influence }) => influence)
  const drawn = bootstrap
    ? multiplierBootstrap({ ...bootstrap, influences, clusters: found.clusters, confidence })
    : null
  const reach = normalQuantile((1 - confidence) / 2, 'upper')
  return figures.map(({ estimate, influence }, j) => {
    const standardError = drawn ? drawn.standardErrors[j]! : errorOf(influence, found)
    const around = (width: number) => ({
      lower: estimate - width * standardError,
      upper: estimate + width * standardError,
    })
    const distance = estimate === 0 ? 0 : Math.abs(estimate) / standardError
    const band = drawn ? around(drawn.criticalValue) : null
    return { estimate, standardError, ...around(reach), pValue: 2 * normalTail(distance, 'upper'), band }
  })
}

/** Wald's (1943) statistic of all effects before treatment against chi-square. */
function preTrendTest(before: readonly GroupTimeEffect[], found: GroupTimeEffects): StaggeredEstimate['preTrend'] {
  if (before.length === 0 || before.length >= found.clusters.count) return null
  const sums = before.map(({ influence }) => clusterSums(influence, found.clusters))
  const rows = sums.map((a) => sums.map((b) => a.reduce((sum, value, c) => sum + value * b[c]!, 0) / found.units ** 2))
  const solved = leastSquares({ rows, response: before.map(({ estimate }) => estimate) })
  if (solved.kind === 'cannot') return null
  const statistic = Math.max(
    0,
    before.reduce((sum, { estimate }, j) => sum + estimate * solved.coefficients[j]!, 0),
  )
  return { statistic, restrictions: before.length, pValue: chiSquareTail(statistic, before.length, 'upper') }
}
