/** Between editing and saving: from which day the new version judges, and what it would change. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Radio } from 'antd'
import { useState } from 'react'
import type { IndicatorChange } from '#measurement/contract'
import { dayName, periodName, startOfPeriod, today } from '#platform/web/calendar.ts'
import { GroupChart } from '#platform/web/charts/group-chart.tsx'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatValue } from '#platform/web/numbers.ts'
import { RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { KindPicker } from '#platform/web/parts/pickers.tsx'
import { Go } from '#platform/web/router.tsx'
import { adoptingWords as words } from '../../words/adopting.ts'
import { measurement } from '../api.ts'
import type { DraftProps } from '../definition/draft-fields.tsx'
import { Field } from '../definition/fields.tsx'
import { Differences } from './differences.tsx'

interface ReviewProps extends DraftProps {
  readonly busy: boolean
  readonly error: unknown
  readonly onBack: () => void
  readonly onAdopt: () => void
}

export function Review({ draft, change, busy, error, onBack, onAdopt }: ReviewProps) {
  const say = useSay()
  const [kind, setKind] = useState<string | undefined>()
  const plan = useQuery({
    queryKey: [['measurement'], 'definition change', draft, kind],
    queryFn: ({ signal }) =>
      measurement.planIndicatorChange.call({ draft, ...(kind === undefined ? {} : { kind }) }, { signal }),
    enabled: draft.effectiveFrom !== '',
    placeholderData: (before) => before,
    retry: false,
  })
  return (
    <>
      <Section title={say(words.review)} lead={say(words.reviewLead, { version: plan.data?.version ?? '' })}>
        <div className="stack">
          <FromChoice draft={draft} change={change} earliest={plan.data?.earliest ?? null} />
          <ProblemNotice error={error} />
          <div className="row">
            <Button type="primary" loading={busy} disabled={draft.effectiveFrom === ''} onClick={onAdopt}>
              {say(words.adopt)}
            </Button>
            <Button onClick={onBack}>{say(words.back)}</Button>
          </div>
        </div>
      </Section>
      <Loaded query={plan} rows={8}>
        {(data) => (
          <>
            <div className="columns">
              <Section className="half" title={say(words.differences)}>
                <Differences rows={data.differences} />
              </Section>
              <Section className="half" title={say(words.series)} lead={say(words.seriesLead)}>
                <BothSeries plan={data} unit={draft.unit} title={say(draft.title)} />
              </Section>
            </div>
            <Units plan={data} unit={draft.unit} kind={kind} onKind={setKind} />
          </>
        )}
      </Loaded>
      <Resting />
    </>
  )
}

function FromChoice({ draft, change, earliest }: DraftProps & { earliest: string | null }) {
  const say = useSay()
  const { language } = useLanguage()
  const month = startOfPeriod(today(), 'month')
  const fresh = earliest !== null && earliest > month ? earliest : month
  return (
    <Field field="effectiveFrom" label={words.from}>
      {() => (
        <>
          <Radio.Group
            value={draft.effectiveFrom === null ? 'beginning' : 'day'}
            onChange={(event) => change({ effectiveFrom: event.target.value === 'beginning' ? null : fresh })}
            className="stack"
            style={{ gap: 8, alignItems: 'flex-start' }}
          >
            <Radio value="beginning" disabled={earliest !== null}>
              {say(words.fromBeginning)}
              <div className="muted small">
                {earliest === null
                  ? say(words.fromBeginningWhy)
                  : say(words.fromBeginningNot, { day: dayName(earliest, language) })}
              </div>
            </Radio>
            <Radio value="day">
              {say(words.fromDay)}
              <div className="muted small">{say(words.fromDayWhy)}</div>
            </Radio>
          </Radio.Group>
          {draft.effectiveFrom !== null && (
            <div style={{ marginTop: 8 }}>
              <DayInput
                value={draft.effectiveFrom}
                min={earliest ?? undefined}
                aria-label={say(words.chosenDay)}
                onChange={(day) => change({ effectiveFrom: day })}
              />
            </div>
          )}
        </>
      )}
    </Field>
  )
}

function BothSeries({ plan, unit, title }: { plan: IndicatorChange; unit: string; title: string }) {
  const say = useSay()
  const groups = [
    { name: say(words.old, { version: plan.current.version }), points: plan.before },
    { name: say(words.young, { version: plan.version }), points: plan.after },
  ]
  return <GroupChart title={title} groups={groups} unit={unit} grain="month" heightPixels={280} />
}

type Row = IndicatorChange['units']['rises'][number]
interface UnitsProps {
  readonly plan: IndicatorChange
  readonly unit: string
  readonly kind: string | undefined
  readonly onKind: (kind: string | undefined) => void
}

function Units({ plan, unit, kind, onKind }: UnitsProps) {
  const say = useSay()
  const { language } = useLanguage()
  const { units } = plan
  const month = periodName(units.periodStart, 'month', language)
  return (
    <Section
      title={say(words.units)}
      lead={say(words.unitsLead, { month })}
      actions={<KindPicker value={kind} onChange={onKind} placeholder={say(words.unitsKind)} />}
    >
      {units.kind === null ? (
        <p className="muted">{say(words.unitsChoose)}</p>
      ) : units.moved === 0 ? (
        <p className="muted">{say(words.unitsNone)}</p>
      ) : (
        <div className="stack">
          <p>{say(words.unitsSum, { moved: units.moved, unchanged: units.unchanged })}</p>
          <div className="columns">
            <div className="half">
              <h3>{say(words.rises)}</h3>
              <Movers rows={units.rises} unit={unit} />
            </div>
            <div className="half">
              <h3>{say(words.falls)}</h3>
              <Movers rows={units.falls} unit={unit} />
            </div>
          </div>
        </div>
      )}
    </Section>
  )
}

function Movers({ rows, unit }: { rows: readonly Row[]; unit: string }) {
  const say = useSay()
  const { language } = useLanguage()
  const told = (value: number | null) => formatValue(value, unit, language)
  if (rows.length === 0) return <p className="muted">{say(words.nobody)}</p>
  const changed = ({ before, after }: Row) => (before === null || after === null ? null : after - before)
  return (
    <RowTable
      rows={rows}
      rowKey={(row) => row.entity.key}
      columns={[
        { key: 'unit', title: say(words.unit), render: (row) => row.entity.name, text: (row) => row.entity.name },
        { key: 'before', title: say(words.before), align: 'right', render: (row) => told(row.before) },
        { key: 'after', title: say(words.after), align: 'right', render: (row) => told(row.after) },
        { key: 'change', title: say(words.change), align: 'right', render: (row) => told(changed(row)) },
      ]}
    />
  )
}

/** Who uses an indicator is their own business: this module only shows the way. */
function Resting() {
  const say = useSay()
  return (
    <Alert
      type="info"
      showIcon
      title={say(words.rests)}
      description={
        <>
          {say(words.restsWhy)} <Go to="/evaluate">{say(words.schemes)}</Go> ·{' '}
          <Go to="/alerts/rules">{say(words.alertRules)}</Go> · <Go to="/plans">{say(words.plans)}</Go>
        </>
      }
    />
  )
}
