/** What a rule would have fired on: one click says whether it was real, and the next trial counts it. */
import { Button } from 'antd'
import type { BacktestResult, RuleDraft } from '#alerts/contract'
import { useAct } from '#platform/web/act.ts'
import { queryClient } from '#platform/web/api.ts'
import { addDays, addPeriods, periodName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber, formatValue } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { useIndicators } from '#platform/web/parts/pickers.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import { levelText } from '../telling/condition-text.ts'
import { TRIAL_KEY } from './trial.ts'

const text = words.trying
const SHOWN = 30

type Example = BacktestResult['examples'][number]

export function TrialExamples({ result, draft }: { result: BacktestResult; draft: RuleDraft }) {
  const say = useSay()
  const { language } = useLanguage()
  const unit = useIndicators()?.find((one) => one.id === draft.indicator)?.unit ?? 'number'
  const columns: Column<Example>[] = [
    {
      key: 'unit',
      title: say(text.unit),
      render: (row) => (
        <span className="alert-name">
          {row.entity.name}
          <StatusMark status={row.colour} />
        </span>
      ),
      text: (row) => row.entity.name,
    },
    {
      key: 'period',
      title: say(text.period),
      render: (row) => periodName(row.periodStart, draft.grain, language),
      text: (row) => row.periodStart,
    },
    {
      key: 'value',
      title: say(text.value),
      align: 'right',
      render: (row) => (
        <span className="alert-name number">
          {formatValue(row.value, unit, language)}
          {row.level !== 0 && (
            <span className="muted small">
              {say(text.level)} {levelText(draft.condition, row.level, unit, language)}
            </span>
          )}
        </span>
      ),
      text: (row) => row.value,
    },
    {
      key: 'actions',
      title: say(text.was),
      render: (row) => <Verdict example={row} draft={draft} />,
      text: (row) => (row.incident === null ? '' : say(row.incident ? text.isReal : text.isNothing)),
    },
  ]
  return (
    <RowTable<Example>
      columns={columns}
      rows={result.examples.slice(0, SHOWN)}
      rowKey={(row) => `${row.entity.key} ${row.periodStart}`}
      exportName={say(text.examples)}
      empty={<p className="muted">{say(text.none)}</p>}
    />
  )
}

function Verdict({ example, draft }: { example: Example; draft: RuleDraft }) {
  const say = useSay()
  const { language } = useLanguage()
  const mayAct = useMay('alerts.act')
  const label = useAct(alerts.labelIncident.call, {
    done: text.incidents.saved,
    onDone: () => void queryClient.invalidateQueries({ queryKey: [TRIAL_KEY] }),
  })
  if (example.incident !== null) {
    const { leadDays } = example
    return (
      <span className="alert-name">
        <StatusMark
          status={example.incident ? 'orange' : 'grey'}
          word={say(example.incident ? text.isReal : text.isNothing)}
        />
        {leadDays !== null && (
          <span className="muted small">
            {say(leadDays >= 0 ? text.leadOf : text.tooLate, { days: formatNumber(Math.abs(leadDays), language, 0) })}
          </span>
        )}
      </span>
    )
  }
  if (!mayAct) return null
  const run = (nothing: boolean) =>
    label.run({
      entity: example.entity.key,
      from: example.periodStart,
      until: addDays(addPeriods(example.periodStart, draft.grain, 1), -1),
      title: say(draft.title),
      rule: null,
      alert: null,
      nothing,
    })
  return (
    <span className="row">
      <Button size="small" disabled={false} loading={label.busy} onClick={() => run(false)}>
        {say(text.real)}
      </Button>
      <Button size="small" disabled={false} type="text" onClick={() => run(true)}>
        {say(text.nothing)}
      </Button>
    </span>
  )
}
