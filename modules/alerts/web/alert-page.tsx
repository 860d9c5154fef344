/** One alert: why it was raised, how the indicator went, what must be done by when, what was done. */
import { useQuery } from '@tanstack/react-query'
import type { Alert } from '#alerts/contract'
import { periodName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, formatValue } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Facts, PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, Waiting } from '#platform/web/page/states.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Timeline } from '#platform/web/parts/timeline.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go, useParam } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../words.ts'
import { AlertActions } from './alert-actions.tsx'
import { AlertChart } from './alert-chart.tsx'
import { Due, StateText, Why } from './alert-marks.tsx'
import './alerts.css'
import { alerts } from './api.ts'

const text = words.page

export function AlertPage() {
  const say = useSay()
  const id = useParam('id')
  const query = useQuery(alerts.readAlert.queryOptions({ input: { id } }))
  const alert = query.data
  return (
    <PageFrame
      title={
        alert ? say(text.title, { entity: alert.entity.name, indicator: say(alert.indicator.title) }) : say(words.title)
      }
      crumbs={[{ title: say(words.title), to: '/alerts' }]}
      may="alerts.read"
      actions={alert && <AlertActions alert={alert} />}
    >
      <Loaded query={query} waiting={<Waiting rows={10} />}>
        {(one) => (
          <>
            <Section title={say(text.why)}>
              <div className="stack">
                <StatusMark status={one.colour} />
                <p>
                  <Why alert={one} />
                </p>
              </div>
            </Section>
            <div className="columns">
              <div className="wide">
                <AlertChart alert={one} />
                <Readings alert={one} />
              </div>
              <div className="narrow">
                <Duty alert={one} />
                <History alert={one} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

function Duty({ alert }: { alert: Alert }) {
  const say = useSay()
  const mayProof = useMay('verification.read')
  const entity = encodeURIComponent(alert.entity.key)
  return (
    <Section title={say(text.duty)}>
      <Facts
        rows={[
          [say(text.mustDo), say(alert.duty)],
          [
            say(text.deadline),
            <span key="due" className="stack" style={{ gap: 0 }}>
              <Due alert={alert} />
              <span className="muted small">
                <When at={alert.dueAt} exact />
              </span>
            </span>,
          ],
          [
            say(text.owner),
            alert.owner?.name ?? (
              <span key="nobody" className="muted">
                {say(words.nobody)}
              </span>
            ),
          ],
          [say(text.state), <StateText key="state" alert={alert} />],
          [
            say(text.rule),
            <span key="rule">
              <Go to={`/alerts/rules?rule=${alert.rule.id}`}>{say(alert.rule.title)}</Go>{' '}
              <span className="muted small">{say(text.ruleVersion, { version: alert.rule.version })}</span>
            </span>,
          ],
          [say(text.raised), <When key="raised" at={alert.raisedAt} exact />],
          ...(alert.planId === null
            ? []
            : [
                [
                  say(text.plan),
                  <span key="plan" className="row">
                    <Go to={`/plans/${alert.planId}`}>{say(words.act.toPlan)}</Go>
                    {mayProof && <Go to={`/verify/${alert.planId}`}>{say(text.proof)}</Go>}
                  </span>,
                ] as const,
              ]),
        ]}
      />
      <p className="row small no-print" style={{ marginTop: 12 }}>
        <Go to={`/alerts?entity=${entity}&state=all`}>{say(text.allOf)}</Go>
        <Go to={`/measure/${alert.indicator.id}?entity=${entity}`}>{say(text.indicatorPage)}</Go>
      </p>
    </Section>
  )
}

const historyStatus: Partial<Record<Alert['history'][number]['what'], Status>> = {
  raised: 'orange',
  worsened: 'red',
  eased: 'yellow',
  closed: 'green',
}

function History({ alert }: { alert: Alert }) {
  const say = useSay()
  return (
    <Section title={say(text.history)}>
      <Timeline
        label={say(text.history)}
        entries={alert.history.map((line) => ({
          at: line.at,
          // The system signs with the product's name.
          by: line.by === 'Bihuan' ? say(words.system) : line.by,
          what: say(words.history[line.what]),
          remark: line.remark,
          status: historyStatus[line.what] ?? 'blue',
        }))}
      />
    </Section>
  )
}

type ReadingRow = Alert['readings'][number]

function Readings({ alert }: { alert: Alert }) {
  const say = useSay()
  const { language } = useLanguage()
  const { unit } = alert.indicator
  const columns: Column<ReadingRow>[] = [
    {
      key: 'period',
      title: say(text.period),
      render: (row) => periodName(row.periodStart, alert.rule.grain, language),
      text: (row) => row.periodStart,
    },
    {
      key: 'colour',
      title: say(words.column.colour),
      render: (row) => <StatusMark status={row.colour} />,
      text: (row) => say(words.colour[row.colour]),
    },
    {
      key: 'value',
      title: say(text.value),
      align: 'right',
      render: (row) => <span className="number">{formatValue(row.value, unit, language)}</span>,
      text: (row) => row.value,
    },
    {
      key: 'n',
      title: say(text.n),
      align: 'right',
      render: (row) => <span className="number">{formatNumber(row.n, language, 0)}</span>,
      text: (row) => row.n,
    },
    {
      key: 'reference',
      title: say(text.reference),
      align: 'right',
      render: (row) => <span className="number">{formatValue(row.baseline ?? row.level, unit, language)}</span>,
      text: (row) => row.baseline ?? row.level,
    },
  ]
  return (
    <Section title={say(text.readings)}>
      <RowTable<ReadingRow>
        columns={columns}
        rows={alert.readings.toReversed()}
        rowKey={(row) => row.periodStart}
        exportName={`${alert.entity.name} ${say(alert.indicator.title)}`}
      />
    </Section>
  )
}
