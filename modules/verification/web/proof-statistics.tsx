/** The estimates behind a verdict, with the method named. */
import type { Proof, Verdict } from '#verification/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatChange, formatNumber, formatPlain } from '#platform/web/numbers.ts'
import { Facts, Section } from '#platform/web/page/page-frame.tsx'
import { When } from '#platform/web/parts/when.tsx'
import type { Sentence } from '#platform/web/words.ts'
import { words } from '../words.ts'

const text = words.statistic

export function Statistics({ proof, verdict }: { proof: Proof; verdict: Verdict }) {
  const say = useSay()
  const estimates: [Sentence, Verdict['effect']][] = [
    [text.effect, verdict.effect],
    [text.level, verdict.levelChange],
    [text.slope, verdict.slopeChange],
  ]
  const known = estimates.filter((one): one is [Sentence, NonNullable<Verdict['effect']>] => one[1] !== null)
  return (
    <Section title={say(words.page.statistics)}>
      {known.length > 0 && (
        <div className="chart-table estimates">
          <table className="plain-table">
            <thead>
              <tr>
                {[text.what, text.value, text.interval, text.standardError, text.p].map((name) => (
                  <th key={name.en} scope="col">
                    {say(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {known.map(([name, estimate]) => (
                <EstimateRow
                  key={name.en}
                  name={say(name)}
                  estimate={estimate}
                  unit={proof.unit}
                  errorRate={proof.design.errorRate}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div style={{ marginTop: 12 }}>
        <Method verdict={verdict} />
      </div>
    </Section>
  )
}

interface EstimateProps {
  readonly name: string
  readonly estimate: NonNullable<Verdict['effect']>
  readonly unit: string
  readonly errorRate: number
}

function EstimateRow({ name, estimate, unit, errorRate }: EstimateProps) {
  const say = useSay()
  const { language } = useLanguage()
  const p = estimate.p < 0.001 ? say(text.below) : formatNumber(estimate.p, language, 3)
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="number">{formatChange(estimate.value, unit, language)}</td>
      <td className="number">
        {formatPlain(estimate.low, unit, language)} ～ {formatPlain(estimate.high, unit, language)}
      </td>
      <td className="number">{formatNumber(estimate.standardError, language, 3)}</td>
      <td>
        <span className="number">{p}</span>{' '}
        <span className="muted small">{say(estimate.p < errorRate ? text.significant : text.notSignificant)}</span>
      </td>
    </tr>
  )
}

function Method({ verdict }: { verdict: Verdict }) {
  const say = useSay()
  const { language } = useLanguage()
  const number = (value: number | null) => (value === null ? '—' : formatNumber(value, language, 2))
  return (
    <Facts
      rows={[
        [say(text.periods), say(text.periodsText, { before: verdict.periodsBefore, after: verdict.periodsAfter })],
        ...(verdict.errors === null
          ? []
          : [
              [
                say(text.errors),
                say(text[verdict.errors], { lag: verdict.lag, rho: number(verdict.autocorrelation) }),
              ] as const,
            ]),
        ...(verdict.durbinWatson === null
          ? []
          : [[say(text.durbinWatson), say(text.durbinWatsonText, { value: number(verdict.durbinWatson) })] as const]),
        [say(text.concludedAt), <When key="at" at={verdict.concludedAt} exact />],
        [say(text.codeVersion), verdict.codeVersion],
      ]}
    />
  )
}
