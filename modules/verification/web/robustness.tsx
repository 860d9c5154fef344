/** The specification curve and the assumptions, each in words and figures. */
import type { Check, Proof, Specification, Verdict } from '#verification/contract'
import { type Say, useLanguage, useSay } from '#platform/web/language.tsx'
import { formatChange, formatNumber, formatPlain } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import type { Language, Sentence } from '#platform/web/words.ts'
import { robust } from '../words/robust.ts'
import { OutcomeMark } from './verdict-mark.tsx'

const curve = robust.curve
const ways: Readonly<Record<Specification['what'], Sentence>> = { ...robust.method, ...robust.way }

/** Units are told by name, not by key. */
function wayText(one: Specification, proof: Proof, say: Say): string {
  const unit = proof.comparison.find(({ key }) => key === one.detail)
  return say(ways[one.what], { detail: unit?.name ?? one.detail ?? '' })
}

export function SpecificationCurve({ proof, verdict }: { proof: Proof; verdict: Verdict }) {
  const say = useSay()
  const { specifications } = verdict
  if (specifications.length < 2) return null
  const figures = specifications.flatMap(({ low, high }) => (low === null || high === null ? [] : [low, high]))
  const better = proof.design.direction === 'higher-is-better' ? 1 : -1
  const promised = better * proof.design.smallestEffect
  const [from, to] = [Math.min(0, promised, ...figures), Math.max(0, promised, ...figures)]
  const place = (value: number) => `${4 + (92 * (value - from)) / (to - from || 1)}%`
  return (
    <Section title={say(curve.title)} lead={say(curve.lead)}>
      <div className="chart-table curve">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{say(curve.way)}</th>
              <th scope="col" className="curve-picture" aria-hidden="true" />
              <th scope="col">{say(curve.effect)}</th>
              <th scope="col">{say(curve.says)}</th>
            </tr>
          </thead>
          <tbody>
            {specifications.map((one) => (
              <tr key={`${one.kind} ${one.what} ${one.detail}`} className={one.kind}>
                <th scope="row">
                  {wayText(one, proof, say)} <span className="muted small">{say(curve[one.kind])}</span>
                </th>
                <td className="curve-picture">
                  <Interval one={one} place={place} promised={promised} />
                </td>
                <Says one={one} proof={proof} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

interface IntervalProps {
  readonly one: Specification
  readonly place: (value: number) => string
  readonly promised: number
}

function Interval({ one, place, promised }: IntervalProps) {
  const { value, low, high } = one
  return (
    <svg width="100%" height="20" aria-hidden="true">
      <line x1={place(0)} x2={place(0)} y1="0" y2="20" className="curve-nothing" />
      <line x1={place(promised)} x2={place(promised)} y1="0" y2="20" className="curve-promised" />
      {value !== null && low !== null && high !== null && (
        <>
          <line x1={place(low)} x2={place(high)} y1="10" y2="10" className="curve-range" />
          <circle cx={place(value)} cy="10" r="4" className="curve-point" />
        </>
      )}
    </svg>
  )
}

function Says({ one, proof }: { one: Specification; proof: Proof }) {
  const say = useSay()
  const { language } = useLanguage()
  const { value, low, high, outcome } = one
  if (value === null || low === null || high === null || outcome === null) {
    return (
      <td colSpan={2} className="muted">
        {say(curve.infeasible)}
      </td>
    )
  }
  const { unit } = proof
  const interval = `${formatPlain(low, unit, language)} ～ ${formatPlain(high, unit, language)}`
  return (
    <>
      <td className="number">
        {formatChange(value, unit, language)}（{interval}）
      </td>
      <td>
        {one.kind !== 'placebo' ? (
          <OutcomeMark outcome={outcome} />
        ) : low > 0 || high < 0 ? (
          <StatusMark status="yellow" word={say(curve.alarm)} />
        ) : (
          <span className="muted">{say(curve.quiet)}</span>
        )}
      </td>
    </>
  )
}

const SHARES: ReadonlySet<Check['code']> = new Set([
  'regression-to-the-mean',
  'missing-periods',
  'placebo-dates',
  'placebo-units',
  'other-ways',
])
const COUNTS: ReadonlySet<Check['code']> = new Set(['indicator-version', 'other-plans', 'notes', 'measure-applied'])
const marks: Readonly<Record<Check['state'], Status>> = { pass: 'green', warn: 'yellow', unknown: 'grey' }

function valueText({ code, value }: Check, language: Language): string {
  if (value === null) return '—'
  if (SHARES.has(code)) return `${formatNumber(100 * value, language, 0)}%`
  return formatNumber(value, language, COUNTS.has(code) ? 0 : 3)
}

export function Checks({ checks }: { checks: readonly Check[] }) {
  const say = useSay()
  const { language } = useLanguage()
  if (checks.length === 0) return null
  return (
    <Section title={say(robust.checks.title)}>
      <ul className="proof-checks">
        {checks.map((one) => (
          <li key={one.code}>
            <StatusMark status={marks[one.state]} word={say(robust.checks[one.state])} />
            <span>{say(robust.check[one.code], { value: valueText(one, language), detail: one.detail ?? '' })}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
