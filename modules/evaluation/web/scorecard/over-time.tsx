/** The score over time with its band; a period that is picked becomes the one shown. */
import type { Scheme, Score } from '#evaluation/contract'
import type { Grain } from '#platform/contract'
import { SeriesChart } from '#platform/web/charts/series-chart.tsx'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { scorecardWords } from '../../words/scorecard.ts'
import { words } from '../../words.ts'
import { restsOnProtected } from '../ranking/columns.tsx'
import { useProtectedWords } from '../standing.tsx'

/** Low enough for the whole card to fit one sheet. */
const CHART_PIXELS = 240

interface Props {
  readonly rows: readonly Score[]
  readonly scheme: Scheme
  readonly grain: Grain
  readonly onPick: (periodStart: string) => void
}

export function OverTime({ rows, scheme, grain, onPick }: Props) {
  const say = useSay()
  const { language } = useLanguage()
  const protectedWords = useProtectedWords(scheme.entityKind)
  const points = rows.map((row) => ({
    periodStart: row.periodStart,
    value: row.composite,
    n: restsOnProtected(row) ? null : row.n,
    low: row.low,
    high: row.high,
    complete: row.complete,
    ...(row.isProtected ? { remark: protectedWords } : {}),
  }))
  const level = formatNumber(100 * scheme.certainty.confidence, language)
  return (
    <Section title={say(words.card.over)} lead={say(scorecardWords.level, { level })}>
      <SeriesChart
        title={`${rows[0]?.entity.name ?? ''} ${say(scheme.title)}`}
        points={points}
        unit="points"
        grain={grain}
        heightPixels={CHART_PIXELS}
        onPick={(point) => onPick(point.periodStart)}
      />
    </Section>
  )
}
