/** Who judges with which weight, and how lenient each judge is. */
import type { AgreementReport } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { assessingWords } from '../../words/assessing.ts'
import { raterWords } from '../../words/schemes.ts'
import { hundredths, signedHundredths } from './hundredths.ts'
import { useNamedIndicators } from '../schemes/state/use-indicators.ts'

const words = assessingWords.agreement
type Shown = NonNullable<AgreementReport['shown']>
type Kind = Shown['kinds'][number]
type Rater = Kind['raters'][number]

export function LeniencySection({ shown }: { shown: Shown }) {
  const say = useSay()
  const several = shown.kinds.filter((kind) => kind.raters.length > 1)
  return (
    <>
      <Section title={say(words.kinds)}>
        <KindsTable shown={shown} />
      </Section>
      {several.length > 0 && (
        <Section title={say(words.leniency)} lead={say(words.leniencyLead)}>
          <p className="small">{say(shown.leniencyTakenOut ? words.leniencyIn : words.leniencyOut)}</p>
          {several.map((kind) => (
            <KindLeniency key={kind.kind} kind={kind} />
          ))}
        </Section>
      )}
    </>
  )
}

function KindsTable({ shown }: { shown: Shown }) {
  const say = useSay()
  const { language } = useLanguage()
  const indicator = useNamedIndicators(shown.kinds.flatMap((kind) => kind.indicator ?? []))
  const nameOf = (id: string) => {
    const known = indicator(id)
    return known ? say(known.title) : id
  }
  return (
    <div className="table-window">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{say(words.kind)}</th>
            <th scope="col" className="right">
              {say(words.weight)}
            </th>
            <th scope="col">{say(words.judged)}</th>
            <th scope="col" className="right">
              {say(words.mean)}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.kinds.map((kind) => (
            <tr key={kind.kind}>
              <th scope="row">{say(raterWords[kind.kind])}</th>
              <td className="right number">{formatNumber(kind.weight * 100, language, 0)}%</td>
              <td>
                {kind.indicator === null ? (
                  say(words.counts, { raters: kind.raters.length, judgements: kind.judgements })
                ) : (
                  <span className="muted">
                    {say(words.byIndicator)} {nameOf(kind.indicator)}
                  </span>
                )}
              </td>
              <td className="right number">{kind.mean === null ? '—' : hundredths(kind.mean)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function KindLeniency({ kind }: { kind: Kind }) {
  const say = useSay()
  const reach = Math.max(
    0.1,
    ...kind.raters.flatMap(({ leniency }) => (leniency ? [Math.abs(leniency.low), Math.abs(leniency.high)] : [])),
  )
  return (
    <div className="kind-leniency">
      <h3 className="part-title">{say(raterWords[kind.kind])}</h3>
      {kind.leniencyCannot !== null && <p className="muted small">{say(words.cannot[kind.leniencyCannot])}</p>}
      <ul className="leniency">
        {kind.raters.map((rater) => (
          <RaterRow key={rater.name} rater={rater} reach={reach} />
        ))}
      </ul>
    </div>
  )
}

function RaterRow({ rater, reach }: { rater: Rater; reach: number }) {
  const say = useSay()
  const { leniency } = rater
  const place = (value: number) => `${50 + (50 * value) / (reach * 1.05)}%`
  const word = !leniency ? null : leniency.low > 0 ? words.lenient : leniency.high < 0 ? words.severe : words.neutral
  return (
    <li>
      <span>
        {rater.name}
        <span className="muted small">
          {' '}
          n={rater.judgements} · {say(words.mean)} {hundredths(rater.mean)}
        </span>
      </span>
      <svg width="100%" height="18" aria-hidden="true">
        <line x1="50%" x2="50%" y1="0" y2="18" className="border" />
        {leniency && (
          <>
            <line x1={place(leniency.low)} x2={place(leniency.high)} y1="9" y2="9" className="interval" />
            <circle cx={place(leniency.estimate)} cy="9" r="4.5" className="dot" />
          </>
        )}
      </svg>
      <span className="number small">
        {leniency && word ? (
          <>
            <strong>{signedHundredths(leniency.estimate)}</strong>{' '}
            <span className={word === words.neutral ? 'muted' : ''}>{say(word)}</span>
          </>
        ) : (
          <span className="muted">—</span>
        )}
      </span>
    </li>
  )
}
