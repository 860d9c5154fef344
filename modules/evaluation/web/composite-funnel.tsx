/** Funnel plot of the score against n: small units scatter more, so the limits are wider for them. */
import { useMemo } from 'react'
import type { Score } from '#evaluation/contract'
import { FunnelChart } from '#platform/web/charts/funnel-chart.tsx'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { useGo } from '#platform/web/router.tsx'
import { words } from '../words.ts'
import { cardAddress, type Ranking } from './ranking-table.tsx'

const Z95 = 1.96
const Z998 = 3.09
const CURVE_STEPS = 80

/**
 * Limits as curves over n. The error of a composite follows no exact law in n; the curve takes error = c / root n with c the median over
 * the units. Whether a unit lies outside was decided with its own error, so a dot may differ from the curve near its edge.
 */
function limitsOf(rows: readonly Score[], mean: number | null, overDispersion: number) {
  const known = rows.filter((row) => row.standardError !== null && row.standardError > 0 && row.n > 0)
  if (mean === null || known.length === 0) return []
  const spreads = known.map((row) => row.standardError! * Math.sqrt(row.n)).sort((a, b) => a - b)
  const spread = (spreads[Math.floor(spreads.length / 2)] ?? 0) * Math.sqrt(overDispersion)
  const most = Math.max(...known.map((row) => row.n)) * 1.05
  const least = Math.min(...known.map((row) => row.n))
  return Array.from({ length: CURVE_STEPS }, (_, step) => {
    // Steps in root n: dense where the curve bends.
    const root = Math.sqrt(least) + ((Math.sqrt(most) - Math.sqrt(least)) * step) / (CURVE_STEPS - 1)
    const width = spread / root
    return {
      n: root * root,
      low95: Math.max(0, mean - Z95 * width),
      high95: Math.min(100, mean + Z95 * width),
      low998: Math.max(0, mean - Z998 * width),
      high998: Math.min(100, mean + Z998 * width),
    }
  })
}

export function CompositeFunnel({ ranking }: { ranking: Ranking }) {
  const say = useSay()
  const go = useGo()
  const { rows, mean, overDispersion, scheme, periodStart } = ranking
  const limits = useMemo(() => limitsOf(rows, mean, overDispersion), [rows, mean, overDispersion])
  const points = useMemo(
    () =>
      rows.map((row) => ({
        key: row.entity.key,
        name: row.entity.name,
        n: row.n,
        value: row.composite,
        low: row.low,
        high: row.high,
        funnel: row.funnel,
        better: row.composite === null || mean === null ? null : row.composite >= mean,
      })),
    [rows, mean],
  )
  return (
    <Section title={say(words.view.funnel)} lead={say(words.funnelLead)}>
      <FunnelChart
        title={`${say(scheme.title)} · ${say(words.view.funnel)}`}
        unit="points"
        centre={mean}
        points={points}
        limits={limits}
        heightPixels={480}
        onPick={(point) => go(cardAddress(point.key, scheme.id, periodStart))}
      />
    </Section>
  )
}
