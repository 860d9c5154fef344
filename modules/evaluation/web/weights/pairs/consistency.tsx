/** How consistent judgements are, what that means, and which of them to think about again. */
import { Button } from 'antd'
import type { ComparisonReport } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { CONSISTENCY_RATIO_LIMIT } from '../../../rules/weights/hierarchy.ts'
import { weightWords } from '../../../words/weights.ts'
import type { ComparedSet, Hierarchy } from './hierarchy.ts'
import { judgementText } from './pair-scale.tsx'
import { PlainBars } from '../weight-bars.tsx'
import { nth } from '../../schemes/state/nth.ts'
import { useMarks } from '../../schemes/punctuation.ts'

const words = weightWords.ahp

interface Props {
  readonly set: ComparedSet
  readonly names: ReadonlyMap<string, string>
  /** Of all judges. */
  readonly together: ComparisonReport | null
  /** Of the judge whose judgements are shown. */
  readonly own: ComparisonReport | null
  readonly table: Hierarchy['randomIndex']
  readonly judges: readonly string[]
  readonly onRepair: (row: number, column: number, value: number) => void
}

export function Consistency({ set, names, together, own, table, judges, onRepair }: Props) {
  const say = useSay()
  const { colon } = useMarks()
  const { language } = useLanguage()
  const name = (place: number) => names.get(nth(set.parts, place)) ?? nth(set.parts, place)
  if (!together || together.cannot !== null) {
    return (
      <div className="consistency">
        <p className="muted">{say(words.cannot)}</p>
      </div>
    )
  }
  return (
    <div className="consistency">
      {judges.length > 1 && <h4>{say(words.together)}</h4>}
      <PlainBars
        title={say(weightWords.result)}
        rows={together.weights.map((weight, place) => ({ key: nth(set.parts, place), name: name(place), weight }))}
      />
      <Ratio ratio={together.consistencyRatio} />
      {together.consensus !== null && (
        <p className="small">
          {say(words.consensus) + colon}
          {say(words.consensusIs, { share: `${formatNumber(together.consensus * 100, language, 0)}%` })}
        </p>
      )}
      {judges.length > 1 && <JudgeRatios report={together} judges={judges} />}
      {own && own.cannot === null && set.parts.length > 2 && <Repairs report={own} name={name} onRepair={onRepair} />}
      <details className="settings">
        <summary>{say(words.why)}</summary>
        <p className="small">{say(words.ratioWhy, { table: say(words.tables[table]) })}</p>
      </details>
    </div>
  )
}

function Ratio({ ratio, label }: { ratio: number | null; label?: string }) {
  const say = useSay()
  const { language } = useLanguage()
  if (ratio === null) return <p className="muted small">{say(words.ratioNone)}</p>
  const fine = ratio <= CONSISTENCY_RATIO_LIMIT
  const text = say(fine ? words.ratioFine : words.ratioBad, { ratio: formatNumber(ratio, language, 2) })
  return (
    <p className="ratio">
      {label !== undefined && <span className="muted">{label} </span>}
      <StatusMark status={fine ? 'green' : 'orange'} word={text} />
    </p>
  )
}

function JudgeRatios({ report, judges }: { report: ComparisonReport; judges: readonly string[] }) {
  return (
    <ul className="judge-ratios small">
      {report.judges.map((judge, place) =>
        judge.consistencyRatio === null ? null : (
          <li key={place}>
            <Ratio ratio={judge.consistencyRatio} label={judges[place] ?? ''} />
          </li>
        ),
      )}
    </ul>
  )
}

function Repairs(props: {
  report: ComparisonReport
  name: (place: number) => string
  onRepair: (row: number, column: number, value: number) => void
}) {
  const say = useSay()
  const { language } = useLanguage()
  const { report, name, onRepair } = props
  const { repairs } = report
  return (
    <div className="repairs">
      <h4>{say(words.repairs)}</h4>
      {repairs.length === 0 && <p className="muted small">{say(words.noRepairs)}</p>}
      <ul>
        {repairs.map(({ row, column, said, suggested, ratioAfter }) => {
          const [a, b] = [name(row), name(column)]
          return (
            <li key={`${row} ${column}`}>
              <span>
                {say(words.repair, {
                  pair: say(words.pair, { a, b }),
                  said: judgementText(said, a, b, say),
                  suggested: judgementText(suggested, a, b, say),
                })}
                {ratioAfter !== null && (
                  <span className="muted small">
                    {' '}
                    {say(words.repairRatio, { ratio: formatNumber(ratioAfter, language, 2) })}
                  </span>
                )}
              </span>
              <Button
                size="small"
                onClick={() =>
                  onRepair(Math.min(row, column), Math.max(row, column), row < column ? suggested : 1 / suggested)
                }
              >
                {say(words.repairDeed)}
              </Button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
