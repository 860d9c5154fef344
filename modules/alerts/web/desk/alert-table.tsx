/** The list at a desk: a row for each alert, chosen by mark, walked by keyboard. */
import { Table } from 'antd'
import type { Alert } from '#alerts/contract'
import { useSay } from '#platform/web/language.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Go } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import { AlertActions } from '../one/alert-actions.tsx'
import { Due, Marks, SignalMark, StateText, Why } from '../one/alert-marks.tsx'
import { nextDuty } from '../one/duties.tsx'
import { subjectOf } from '../telling/why.ts'

export interface ListProps {
  readonly rows: readonly Alert[]
  /** The row the keyboard stands on. */
  readonly active: string | undefined
  readonly chosen: ReadonlySet<string>
  readonly choose: (ids: readonly string[]) => void
  readonly open: (id: string) => void
}

export const rowId = (id: string) => `alert-row-${id}`

function WhatCell({ alert }: { alert: Alert }) {
  const say = useSay()
  return (
    <span className="alert-name">
      <span className="row">
        <StatusMark status={alert.colour} />
        <SignalMark alert={alert} />
      </span>
      <Go to={`/alerts/${alert.id}`}>{say(subjectOf(alert))}</Go>
      <Marks alert={alert} />
    </span>
  )
}

export function DueCell({ alert }: { alert: Alert }) {
  const say = useSay()
  const duty = nextDuty(alert)
  return (
    <span className="alert-name">
      <Due alert={alert} />
      {alert.state !== 'closed' && duty && <span className="muted small">{say(duty.title)}</span>}
    </span>
  )
}

export function OwnerCell({ alert }: { alert: Alert }) {
  const say = useSay()
  return (
    <span className="alert-name">
      <StateText alert={alert} />
      {alert.state !== 'closed' && <span className="muted small">{alert.owner?.name ?? say(words.nobody)}</span>}
    </span>
  )
}

export function AlertTable({ rows, active, chosen, choose, open }: ListProps) {
  const say = useSay()
  const mayAct = useMay('alerts.act')
  const mayDo = [mayAct, useMay('plans.draft')].includes(true)
  const { column } = words
  return (
    <Table<Alert>
      size="small"
      pagination={false}
      sticky
      dataSource={rows}
      rowKey="id"
      aria-label={say(words.list)}
      rowClassName={(row) =>
        [row.id === active && 'active-row', row.overdue && row.state !== 'closed' && 'late-row']
          .filter(Boolean)
          .join(' ')
      }
      onRow={(row) => ({
        id: rowId(row.id),
        'aria-current': row.id === active,
        style: { cursor: 'pointer' },
        onClick: (event) => {
          const target = event.target as HTMLElement
          // Dialogs of the row stand elsewhere on the page, yet their clicks arrive here.
          if (!event.currentTarget.contains(target)) return
          if (!target.closest('a, button, input, label, [role=button], .ant-select, .ant-table-selection-column'))
            open(row.id)
        },
      })}
      {...(mayAct
        ? {
            rowSelection: {
              selectedRowKeys: [...chosen],
              onChange: (keys: React.Key[]) => choose(keys.map(String)),
              getCheckboxProps: (row: Alert) => ({ 'aria-label': say(words.bulk.choose, { entity: row.entity.name }) }),
            },
          }
        : {})}
      columns={[
        { key: 'what', title: say(column.what), width: 190, render: (_value, row) => <WhatCell alert={row} /> },
        { key: 'entity', title: say(column.entity), width: 150, render: (_value, row) => row.entity.name },
        { key: 'why', title: say(column.why), render: (_value, row) => <Why alert={row} /> },
        { key: 'due', title: say(column.due), width: 190, render: (_value, row) => <DueCell alert={row} /> },
        { key: 'state', title: say(column.state), width: 110, render: (_value, row) => <OwnerCell alert={row} /> },
        ...(mayDo
          ? [
              {
                key: 'actions',
                width: 210,
                title: say(column.actions),
                render: (_value: unknown, row: Alert) => <AlertActions alert={row} size="small" />,
              },
            ]
          : []),
      ]}
    />
  )
}
