/** What one customer is likely to come for next, each likelihood with what the test saw. */
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { horizons, type Likelihoods } from '#measurement/contract'
import { dayName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, formatValue } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Go, useSearchValue } from '#platform/web/router.tsx'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { cellText } from './customer-told.ts'

const words = all.customers
type Horizon = (typeof horizons)[number]

/** The horizon in the address; a month where none is named. */
export function useHorizon(): [Horizon, (next: Horizon) => void] {
  const [text, set] = useSearchValue('days')
  const chosen = horizons.find((days) => String(days) === text) ?? 30
  return [chosen, (next) => set(next === 30 ? undefined : String(next))]
}

export function HorizonChoice({ value, onChange }: { value: Horizon; onChange: (next: Horizon) => void }) {
  const say = useSay()
  return (
    <Segmented<Horizon>
      aria-label={say(words.forecast.horizon)}
      value={value}
      onChange={onChange}
      options={horizons.map((days) => ({ value: days, label: say(words.forecast.days, { days }) }))}
    />
  )
}

export function NextNeeds({ id }: { id: string }) {
  const say = useSay()
  const { language } = useLanguage()
  const [horizonDays, setHorizon] = useHorizon()
  const query = useQuery(measurement.customerLikelihoods.queryOptions({ input: { id, horizonDays } }))
  const data = query.data
  return (
    <Section
      title={say(words.one.next)}
      {...(data && data.rows.length > 0
        ? { lead: say(words.one.nextLead, { day: dayName(data.endDay, language), days: data.horizonDays }) }
        : {})}
      actions={<HorizonChoice value={horizonDays} onChange={setHorizon} />}
    >
      <Loaded query={query} rows={6}>
        {(found) =>
          found.reason === null ? (
            <ul className="list-cards">
              {found.rows.map((row) => (
                <Need key={row.type} row={row} horizonDays={found.horizonDays} neededFrom={found.neededFrom} />
              ))}
            </ul>
          ) : (
            <Empty
              title={say(words.forecast.nothing)}
              why={say(words.reasons[found.reason], { from: dayName(found.neededFrom, language) })}
            />
          )
        }
      </Loaded>
      <Go to={`/measure/customers/forecast?days=${horizonDays}`}>{say(words.one.howGood)}</Go>
    </Section>
  )
}

function Need(props: { row: Likelihoods['rows'][number]; horizonDays: number; neededFrom: string }) {
  const { row, horizonDays, neededFrom } = props
  const say = useSay()
  const { language } = useLanguage()
  const percent = (share: number | null) => formatValue(share === null ? null : 100 * share, 'percent', language)
  const { cell, reason } = row
  return (
    <li>
      <div className="row spread">
        <strong>{row.type}</strong>
        {cell ? (
          <span className="figure">
            <span className="value number">{percent(cell.probability)}</span>
            <span className="rests">{say(words.one.all, { rate: percent(row.baseRate) })}</span>
          </span>
        ) : (
          <StatusMark status="grey" word={say(words.one.notShown)} />
        )}
      </div>
      {cell ? (
        <p className="muted small">
          {say(words.one.likeThis, { cell: cellText(cell, say) })} —{' '}
          {say(cell.test.customers > 0 ? words.one.nextRow : words.one.nextUntried, {
            count: formatNumber(1000 * cell.probability, language, 0),
            days: horizonDays,
            expected: percent(cell.probability),
            observed: percent(cell.test.customers > 0 ? cell.test.came / cell.test.customers : null),
            low: percent(cell.test.low),
            high: percent(cell.test.high),
            n: formatNumber(cell.test.customers, language, 0),
          })}
        </p>
      ) : (
        reason && <p className="muted small">{say(words.reasons[reason], { from: dayName(neededFrom, language) })}</p>
      )}
    </li>
  )
}
