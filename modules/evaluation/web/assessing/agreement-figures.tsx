/** Alpha and intraclass correlations with their intervals, of all judges and of each kind. */
import { Tooltip } from 'antd'
import type { AgreementCannot, AgreementReport } from '#evaluation/contract'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { assessingWords } from '../../words/assessing.ts'
import { hundredths } from './hundredths.ts'
import { raterWords } from '../../words/schemes.ts'

const words = assessingWords.agreement
type Agreement = NonNullable<AgreementReport['shown']>['agreement'][number]

/** Krippendorff (2004): at least 0.8; 0.667 for tentative conclusions. */
const RELIABLE = 0.8
const TENTATIVE = 0.667

function verdictOf(alpha: number): { status: Status; word: keyof typeof words.verdict } {
  if (alpha >= RELIABLE) return { status: 'green', word: 'good' }
  return alpha >= TENTATIVE ? { status: 'yellow', word: 'fair' } : { status: 'orange', word: 'poor' }
}

export function AgreementFigures({ shown }: { shown: NonNullable<AgreementReport['shown']> }) {
  const say = useSay()
  return (
    <Section title={say(words.figures)}>
      <div className="table-window">
        <table className="plain-table agreement-table">
          <thead>
            <tr>
              <th scope="col">{say(words.kind)}</th>
              <th scope="col">
                <Tooltip title={say(words.alphaWhy)}>
                  <span tabIndex={0}>{say(words.alpha)}</span>
                </Tooltip>
              </th>
              <th scope="col">
                <Tooltip title={say(words.iccWhy)}>
                  <span tabIndex={0}>{say(words.icc)}</span>
                </Tooltip>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.agreement.map((row) => (
              <FigureRow key={row.of ?? 'all'} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted small">{say(words.alphaWhy)}</p>
      <p className="muted small">{say(words.iccWhy)}</p>
    </Section>
  )
}

function FigureRow({ row }: { row: Agreement }) {
  const say = useSay()
  return (
    <tr>
      <th scope="row">
        {row.of === null ? say(words.whole) : say(raterWords[row.of])}
        <div className="muted small">{say(words.counts, { raters: row.raters, judgements: row.judgements })}</div>
      </th>
      <td>
        <Alpha row={row} />
      </td>
      <td>
        <Correlation row={row} />
      </td>
    </tr>
  )
}

function Alpha({ row: { alpha, alphaCannot } }: { row: Agreement }) {
  const say = useSay()
  if (!alpha) return <Cannot because={alphaCannot} />
  const { status, word } = verdictOf(alpha.estimate)
  return (
    <div>
      <strong className="number">{hundredths(alpha.estimate)}</strong>{' '}
      <StatusMark status={status} word={say(words.verdict[word])} />
      <div className="muted small number">
        <IntervalText low={alpha.low} high={alpha.high} />
      </div>
      <AlphaBar {...alpha} />
    </div>
  )
}

/** From -0.2 to 1, with the two borders people ask for. */
function AlphaBar({ estimate, low, high }: { estimate: number; low: number; high: number }) {
  const place = (value: number) => `${(100 * (Math.min(1, Math.max(-0.2, value)) + 0.2)) / 1.2}%`
  return (
    <svg width="100%" height="16" aria-hidden="true" className="alpha-bar">
      <line x1="0" x2="100%" y1="8" y2="8" className="ground" />
      {[0, TENTATIVE, RELIABLE].map((border) => (
        <line key={border} x1={place(border)} x2={place(border)} y1="1" y2="15" className="border" />
      ))}
      <line x1={place(low)} x2={place(high)} y1="8" y2="8" className="interval" />
      <circle cx={place(estimate)} cy="8" r="4.5" className="dot" />
    </svg>
  )
}

function IntervalText({ low, high }: { low: number; high: number }) {
  const say = useSay()
  return <>{say(words.interval, { low: hundredths(low), high: hundredths(high) })}</>
}

function Correlation({ row: { correlation, correlationCannot } }: { row: Agreement }) {
  const say = useSay()
  if (!correlation) return <Cannot because={correlationCannot} />
  const { single, average, units, raters } = correlation
  const rows = [
    [words.iccSingle, single],
    [words.iccAverage, average],
  ] as const
  return (
    <div>
      {rows.map(([name, value]) => (
        <div key={name.en}>
          <span className="muted small">{say(name)}</span>{' '}
          <strong className="number">{hundredths(value.estimate)}</strong>{' '}
          <span className="muted small number">
            <IntervalText low={value.low} high={value.high} />
          </span>
        </div>
      ))}
      <div className="muted small">{say(words.iccOf, { units, raters })}</div>
    </div>
  )
}

function Cannot({ because }: { because: AgreementCannot | null }) {
  const say = useSay()
  return <span className="muted">{because ? say(words.cannot[because]) : '—'}</span>
}
