import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import type { Forecast, TypeForecast } from '#measurement/contract'
import { dayName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, formatValue } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Facts, PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { useSearchValue } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { CalibrationChart } from './calibration-chart.tsx'
import { frequencyText, recencyText } from './customer-told.ts'
import { HorizonChoice, useHorizon } from './next-needs.tsx'

const words = all.customers.forecast
const reasons = all.customers.reasons

/** Below this skill a forecast is real, but of little use. */
const BARELY = 0.01

export function ForecastPage() {
  const say = useSay()
  const { language } = useLanguage()
  const may = useMay('customers.read')
  const [horizonDays, setHorizon] = useHorizon()
  const query = useQuery({
    ...measurement.customerForecast.queryOptions({ input: { horizonDays } }),
    enabled: may,
  })
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      crumbs={[
        { title: say(all.indicators.title), to: '/measure' },
        { title: say(all.customers.title), to: '/measure/customers' },
      ]}
      may="customers.read"
      scope={
        <div className="scope-bar">
          <span className="scope-part">
            {say(words.horizon)}
            <HorizonChoice value={horizonDays} onChange={setHorizon} />
          </span>
        </div>
      }
    >
      <Loaded query={query} rows={10}>
        {(forecast) =>
          forecast.reason === null ? (
            <Types forecast={forecast} />
          ) : (
            <Section>
              <Empty
                title={say(words.nothing)}
                why={say(reasons[forecast.reason], { from: dayName(forecast.neededFrom, language) })}
              />
            </Section>
          )
        }
      </Loaded>
    </PageFrame>
  )
}

function Types({ forecast }: { forecast: Forecast }) {
  const [chosen, choose] = useSearchValue('type')
  const type = forecast.types.find((each) => each.type === chosen) ?? forecast.types[0]
  const say = useSay()
  if (!type) return null
  return (
    <>
      <div className="scope-bar">
        <label className="scope-part">
          {say(words.type)}
          <Select<string>
            aria-label={say(words.type)}
            value={type.type}
            onChange={choose}
            options={forecast.types.map((each) => ({ value: each.type, label: each.type }))}
            style={{ minWidth: 200 }}
          />
        </label>
      </div>
      <div className="columns">
        <div className="half">
          <Verdict forecast={forecast} type={type} />
        </div>
        <div className="half">
          <Calibration type={type} />
        </div>
      </div>
      <Cells type={type} />
    </>
  )
}

function Shown({ type, neededFrom }: { type: TypeForecast; neededFrom: string }) {
  const say = useSay()
  const { language } = useLanguage()
  if (type.reason === null)
    return (
      <>
        <StatusMark status="green" word={say(words.shown)} />
        {(type.accuracy?.skill ?? 0) < BARELY && <div className="muted small">{say(words.barely)}</div>}
      </>
    )
  return (
    <>
      <StatusMark status="grey" word={say(all.customers.one.notShown)} />
      <div>{say(reasons[type.reason], { from: dayName(neededFrom, language) })}</div>
    </>
  )
}

/** The figures of the test, each with what it means. */
function useMeasured(accuracy: TypeForecast['accuracy']): [string, React.ReactNode][] {
  const say = useSay()
  const { language } = useLanguage()
  const percent = (share: number) => formatValue(100 * share, 'percent', language)
  const number = (value: number, digits = 0) => formatNumber(value, language, digits)
  return accuracy === null
    ? []
    : [
        [
          say(words.skill),
          <Told key="skill" why={say(words.skillTold)}>
            {percent(accuracy.skill)}{' '}
            <span className="muted small">
              {percent(accuracy.skillLow)} – {percent(accuracy.skillHigh)}
            </span>
          </Told>,
        ],
        [
          say(words.auc),
          <Told key="auc" why={say(words.aucTold)}>
            {accuracy.auc === null ? '—' : number(accuracy.auc, 3)}
          </Told>,
        ],
        [
          say(words.brier),
          say(words.brierText, { brier: number(accuracy.brier, 4), base: number(accuracy.brierBase, 4) }),
        ],
        [say(words.n), number(accuracy.n)],
        [
          say(words.came),
          say(words.cameText, {
            count: number(accuracy.came),
            share: percent(accuracy.came / Math.max(1, accuracy.n)),
          }),
        ],
      ]
}

function Verdict({ forecast, type }: { forecast: Forecast; type: TypeForecast }) {
  const say = useSay()
  const { language } = useLanguage()
  const day = (value: string) => dayName(value, language)
  const percent = (share: number) => formatValue(100 * share, 'percent', language)
  const number = (value: number, digits = 0) => formatNumber(value, language, digits)
  const measured = useMeasured(type.accuracy)
  return (
    <Section title={type.type}>
      <div className="stack">
        <Facts
          rows={[
            [say(words.verdict), <Shown key="shown" type={type} neededFrom={forecast.neededFrom} />],
            ...measured,
            [say(words.base), percent(type.baseRate)],
            [
              say(words.prior),
              type.priorStrength === null
                ? say(words.priorAll)
                : say(words.priorText, { count: number(type.priorStrength, 1) }),
            ],
            [
              say(words.periods),
              say(words.periodsText, {
                fit: day(forecast.fitDay),
                test: day(forecast.testDay),
                days: forecast.horizonDays,
                end: day(forecast.endDay),
              }),
            ],
          ]}
        />
        <p className="muted small">{say(words.assumption)}</p>
        <p className="muted small">{say(words.method)}</p>
      </div>
    </Section>
  )
}

function Told({ why, children }: { why: string; children: React.ReactNode }) {
  return (
    <>
      <span className="number">{children}</span>
      <div className="muted small">{why}</div>
    </>
  )
}

type Group = NonNullable<TypeForecast['accuracy']>['calibration'][number]

function Calibration({ type }: { type: TypeForecast }) {
  const say = useSay()
  const { language } = useLanguage()
  const percent = (share: number) => formatValue(100 * share, 'percent', language)
  const groups = type.accuracy?.calibration ?? []
  const numbered = groups.map((group, index) => ({ ...group, number: index + 1 }))
  const cell = (text: string) => <span className="number">{text}</span>
  const columns: Column<Group & { number: number }>[] = [
    {
      key: 'expected',
      title: say(words.expected),
      render: (row) => cell(percent(row.expected)),
      text: (row) => row.expected,
    },
    {
      key: 'observed',
      title: say(words.observed),
      render: (row) => cell(percent(row.observed)),
      text: (row) => row.observed,
    },
    {
      key: 'interval',
      title: say(words.interval),
      render: (row) => cell(`${percent(row.low)} – ${percent(row.high)}`),
      text: (row) => `${row.low} – ${row.high}`,
    },
    {
      key: 'n',
      title: say(words.customers),
      align: 'right',
      render: (row) => cell(formatNumber(row.n, language, 0)),
      text: (row) => row.n,
    },
    {
      key: 'inside',
      title: say(words.inside),
      render: (row) => (
        <StatusMark status={row.inside ? 'green' : 'yellow'} word={say(row.inside ? words.yes : words.no)} />
      ),
      text: (row) => say(row.inside ? words.yes : words.no),
    },
  ]
  return (
    <Section title={say(words.calibration)} lead={say(words.calibrationLead)}>
      {groups.length > 0 && <CalibrationChart groups={groups} title={say(words.calibration)} />}
      <RowTable rows={numbered} rowKey={(row) => String(row.number)} columns={columns} />
    </Section>
  )
}

type Cell = TypeForecast['cells'][number]

/** What the test saw of such customers. */
function Seen({ test }: { test: Cell['test'] }) {
  const say = useSay()
  const { language } = useLanguage()
  if (test.customers === 0) return '—'
  const percent = (share: number | null) => formatValue(share === null ? null : 100 * share, 'percent', language)
  const values = { share: percent(test.came / test.customers), low: percent(test.low), high: percent(test.high) }
  return <span className="number">{say(words.seen, { ...values, n: formatNumber(test.customers, language, 0) })}</span>
}

function Cells({ type }: { type: TypeForecast }) {
  const say = useSay()
  const { language } = useLanguage()
  const percent = (share: number | null) => formatValue(share === null ? null : 100 * share, 'percent', language)
  const number = (text: string) => <span className="number">{text}</span>
  const shareOf = (came: number, customers: number) =>
    say(words.share, { came: formatNumber(came, language, 0), customers: formatNumber(customers, language, 0) })
  const columns: Column<Cell>[] = [
    {
      key: 'frequency',
      title: say(words.frequency),
      render: (row) => frequencyText(row, say),
      text: (row) => frequencyText(row, say),
    },
    {
      key: 'recency',
      title: say(words.recency),
      render: (row) => recencyText(row, say),
      text: (row) => recencyText(row, say),
    },
    {
      key: 'fit',
      title: say(words.fit),
      align: 'right',
      render: (row) => number(shareOf(row.came, row.customers)),
      text: (row) => shareOf(row.came, row.customers),
    },
    {
      key: 'probability',
      title: say(words.probability),
      align: 'right',
      render: (row) => number(percent(row.probability)),
      text: (row) => row.probability,
    },
    {
      key: 'test',
      title: say(words.test),
      align: 'right',
      render: (row) => <Seen test={row.test} />,
      text: ({ test }) => (test.customers === 0 ? null : test.came / test.customers),
    },
  ]
  return (
    <Section title={say(words.cells)} lead={say(words.cellsLead)}>
      <RowTable<Cell>
        rows={type.cells}
        rowKey={(row) => `${row.from} ${row.daysFrom}`}
        exportName={`${say(words.cells)} ${type.type}`}
        columns={columns}
      />
    </Section>
  )
}
