/** Units in order, each with its interval: where intervals overlap, the order is not certain. Plain SVG, long lists stay light. */
import { floorWords } from '../floor-words.ts'
import { useLanguage, useSay } from '../language.tsx'
import { formatPlain, formatValue } from '../numbers.ts'
import { Go } from '../router.tsx'
import { ChartFrame } from './chart-frame.tsx'
import './ranked-bars.css'

const words = floorWords.chart

interface RankedRow {
  readonly key: string
  readonly name: string
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly n?: number | null
  /** E.g. "2 – 5": best to worst possible rank. */
  readonly rank?: string
  readonly to?: string
  readonly tooFew?: boolean
}

export interface RankedBarsProps {
  readonly title: string
  readonly unit: string
  readonly rows: readonly RankedRow[]
  /** The value everyone is compared with, e.g. the mean. */
  readonly reference?: number | null
  /** Ends of the scale; from the data where absent. */
  readonly scale?: readonly [number, number]
}

export function RankedBars({ title, unit, rows, reference, scale }: RankedBarsProps) {
  const say = useSay()
  const { language } = useLanguage()
  const values = rows
    .flatMap((row) => [row.value, row.low, row.high])
    .filter((value): value is number => value !== null)
  const [from, to] = scale ?? [Math.min(0, ...values), Math.max(...values, 1)]
  const place = (value: number) => `${(100 * (Math.min(to, Math.max(from, value)) - from)) / (to - from || 1)}%`
  return (
    <ChartFrame
      head={[words.unit, words.value, words.low, words.high, words.n].map((name) => say(name))}
      rows={rows.map((row) => [row.name, row.value, row.low, row.high, row.n ?? null])}
      exportName={title}
    >
      <ol className="ranked" aria-label={title}>
        {rows.map((row) => (
          <li key={row.key} className={row.tooFew ? 'few' : ''}>
            <span className="ranked-name">
              {row.rank !== undefined && <span className="muted small number">{row.rank}</span>}
              {row.to === undefined ? row.name : <Go to={row.to}>{row.name}</Go>}
            </span>
            <svg width="100%" height="20" aria-hidden="true">
              <line x1="0" x2="100%" y1="10" y2="10" className="ranked-ground" />
              {reference !== null && reference !== undefined && (
                <line x1={place(reference)} x2={place(reference)} y1="0" y2="20" className="ranked-reference" />
              )}
              {row.low !== null && row.high !== null && (
                <line x1={place(row.low)} x2={place(row.high)} y1="10" y2="10" className="ranked-interval" />
              )}
              {row.value !== null && <circle cx={place(row.value)} cy="10" r="5" className="ranked-dot" />}
            </svg>
            <span className="number ranked-value">
              {row.tooFew ? say(floorWords.figure.tooFew) : formatValue(row.value, unit, language)}
              {row.low !== null && row.high !== null && !row.tooFew && (
                <span className="muted small">
                  {' '}
                  {formatPlain(row.low, unit, language)}–{formatPlain(row.high, unit, language)}
                </span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </ChartFrame>
  )
}
