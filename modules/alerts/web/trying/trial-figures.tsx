/** How a rule did on the past, in figures with their intervals; of one rule, or of two side by side. */
import { Tooltip } from 'antd'
import type { BacktestResult } from '#alerts/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { type Language, type Sentence, sayIn } from '#platform/web/words.ts'
import { words } from '../../words.ts'

const text = words.trying

interface FigureRow {
  readonly name: Sentence
  readonly why?: Sentence
  readonly tell: (result: BacktestResult, language: Language) => string
}

const percent = (share: number, language: Language) => `${formatNumber(100 * share, language, 0)}%`
const rateText = (rate: number, language: Language) => formatNumber(rate, language, rate < 0.1 ? 3 : 2)

function shareText(share: BacktestResult['precision'], language: Language): string {
  if (share === null) return '—'
  const values = {
    value: percent(share.share, language),
    low: percent(share.low, language),
    high: percent(share.high, language),
  }
  return `${sayIn(language, text.interval, values)} ${sayIn(language, text.of, { count: share.of })}`
}

const ROWS: readonly FigureRow[] = [
  {
    name: text.firings,
    tell: (result, language) =>
      sayIn(language, text.firingsOn, { firings: result.firings, units: result.firingUnits, of: result.units }),
  },
  {
    name: text.precision,
    why: text.precisionWhy,
    tell: (result, language) => (result.incidents === 0 ? '—' : shareText(result.precision, language)),
  },
  { name: text.recall, why: text.recallWhy, tell: (result, language) => shareText(result.recall, language) },
  {
    name: text.falseAlarms,
    why: text.falseAlarmsWhy,
    tell: ({ falseAlarms }, language) =>
      sayIn(language, text.interval, {
        value: rateText(falseAlarms.rate, language),
        low: rateText(falseAlarms.low, language),
        high: rateText(falseAlarms.high, language),
      }),
  },
  {
    name: text.leadTime,
    tell: ({ leadDays }, language) => (leadDays === null ? '—' : sayIn(language, text.leadTold, { ...leadDays })),
  },
]

export function TrialFigures({ result, other }: { result: BacktestResult; other?: BacktestResult | undefined }) {
  const say = useSay()
  const { language } = useLanguage()
  return (
    <div className="table-window">
      <table className="plain-table trial-figures">
        {other && (
          <thead>
            <tr>
              <th scope="col">{say(text.compare.figure)}</th>
              <th scope="col">{say(text.compare.this)}</th>
              <th scope="col">{say(text.compare.other)}</th>
            </tr>
          </thead>
        )}
        <tbody>
          {ROWS.map((row) => (
            <tr key={row.name.en}>
              <th scope="row">
                <Tooltip title={row.why ? say(row.why) : undefined}>{say(row.name)}</Tooltip>
              </th>
              <td>{row.tell(result, language)}</td>
              {other && <td>{row.tell(other, language)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
