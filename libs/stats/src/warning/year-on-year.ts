import { dispersedGrowthTest } from './dispersed-growth-test.ts'
import { type ExposedCount, growthTest, type GrowthResult, requireExposed } from './growth-test.ts'

export type YearOnYearResult =
  | {
      kind: 'year-on-year'
      earlier: ExposedCount
      later: ExposedCount
      ratio: number
      /** Exact p-value as if events were independent. */
      poissonPValue: number
      /** Scatter of earlier year-on-year pairs about their common ratio, at least 1; null with fewer than three pairs. */
      factor: number | null
      /** p-value with that scatter; null without it. */
      dispersedPValue: number | null
    }
  | Extract<GrowthResult, { kind: 'cannot' }>
  | { kind: 'cannot'; because: 'too-short'; detail: string }

/**
 * Growth of the latest window against the same window one season earlier.
 *
 * When to use: seasonal counts, where last month is no yardstick for this month.
 * Formula in words: sums of the last `window` periods and of the same periods one `season` before; `growthTest` on them. Earlier pairs of
 * periods one season apart, none of them in the last window, give the scatter about their common ratio (Pearson's chi-square over pairs - 1)
 * for a second p-value by `dispersedGrowthTest`, which stands also for years that differ for no reason.
 * Sources: Przyborowski and Wilenski (1940); McCullagh and Nelder (1989), section 4.5.2.
 * Units: as `growthTest`; `season` in periods (12 for months). Edge cases: fewer than season + window periods 'too-short'.
 * Errors: RangeError for season or window not whole from 1, window above season. Cost: O(n).
 */
export function yearOnYearGrowth(input: {
  series: readonly ExposedCount[]
  season: number
  window: number
  nullRatio: number
  alternative: 'greater' | 'less' | 'two-sided'
  method: 'exact' | 'mid-p'
}): YearOnYearResult {
  const { series, season, window, nullRatio, alternative, method } = input
  if (!Number.isInteger(season) || season < 1)
    throw new RangeError(`season must be a whole number from 1, got ${season}`)
  if (!Number.isInteger(window) || window < 1 || window > season)
    throw new RangeError(`window must be a whole number from 1 to the season, got ${window}`)
  series.forEach((period, i) => requireExposed(`series[${i}]`, period))
  const last = series.length - window
  if (last < season)
    return { kind: 'cannot', because: 'too-short', detail: `${series.length} periods, ${season + window} are needed` }
  const later = total(series.slice(last))
  const earlier = total(series.slice(last - season, last - season + window))
  const plain = growthTest({ earlier, later, nullRatio, alternative, method })
  if (plain.kind === 'cannot') return plain
  const pairs = series.slice(season, last).map((period, i) => ({ earlier: series[i]!, later: period }))
  const scatter = pairScatter(pairs)
  const dispersed = scatter
    ? dispersedGrowthTest({ earlier, later, nullRatio, alternative, dispersion: { kind: 'quasi-poisson', ...scatter } })
    : null
  return {
    kind: 'year-on-year',
    earlier,
    later,
    ratio: plain.ratio,
    poissonPValue: plain.pValue,
    factor: scatter?.factor ?? null,
    dispersedPValue: dispersed?.kind === 'growth' ? dispersed.pValue : null,
  }
}

function total(periods: readonly ExposedCount[]): ExposedCount {
  return periods.reduce(
    (sum, { events, exposure }) => ({ events: sum.events + events, exposure: sum.exposure + exposure }),
    { events: 0, exposure: 0 },
  )
}

/** Pearson's chi-square of pairs about their common ratio, over its degrees of freedom. */
function pairScatter(
  pairs: readonly { earlier: ExposedCount; later: ExposedCount }[],
): { factor: number; degreesOfFreedom: number } | null {
  const used = pairs.filter(
    ({ earlier, later }) => earlier.exposure > 0 && later.exposure > 0 && earlier.events + later.events > 0,
  )
  const first = total(used.map(({ earlier }) => earlier))
  const second = total(used.map(({ later }) => later))
  if (used.length < 3 || first.events === 0 || second.events === 0) return null
  const ratio = second.events / second.exposure / (first.events / first.exposure)
  const chiSquare = used.reduce((sum, { earlier, later }) => {
    const odds = (ratio * later.exposure) / earlier.exposure
    return sum + (later.events - odds * earlier.events) ** 2 / (odds * (earlier.events + later.events))
  }, 0)
  return { factor: Math.max(1, chiSquare / (used.length - 1)), degreesOfFreedom: used.length - 1 }
}
