/** Beside the editor: how the rule, as it is written now, would have done; alone or beside another. */
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, type FormInstance, Select } from 'antd'
import { useState } from 'react'
import { type BacktestResult, judgesIndicator, type Rule, type RuleDraft, ruleDraft } from '#alerts/contract'
import { addDays, addMonths, today } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import type { RuleForm } from '../rules/rule-form.ts'
import { LevelSearchPanel } from './level-search.tsx'
import { useRested, useTrial, type TrialRange } from './trial.ts'
import { TrialChart } from './trial-chart.tsx'
import { TrialExamples } from './trial-examples.tsx'
import { TrialFigures } from './trial-figures.tsx'

const text = words.trying
const MONTHS = 24
const SAVED = ' saved'

export function TrialPanel(props: { draft: RuleDraft | null; saved: Rule | undefined; form: FormInstance<RuleForm> }) {
  const say = useSay()
  const [range, setRange] = useState<TrialRange>(() => ({
    from: addMonths(today(), -MONTHS),
    to: addDays(today(), -1),
    knownAfterDays: 1,
  }))
  const [auto, setAuto] = useState(true)
  const [other, setOther] = useState<string>()
  const { draft } = props
  const rested = useRested({ draft, range })
  const trial = useTrial(rested.draft, rested.range, auto)
  const replayed = draft === null || judgesIndicator(draft.condition.kind)
  return (
    <>
      <Section title={say(text.title)} lead={say(text.lead)}>
        {replayed ? (
          <>
            <RangeRow range={range} change={setRange}>
              <Checkbox disabled={false} checked={auto} onChange={(event) => setAuto(event.target.checked)}>
                {say(text.auto)}
              </Checkbox>
              {!auto && (
                <Button loading={trial.isFetching} disabled={draft === null} onClick={() => void trial.refetch()}>
                  {say(text.run)}
                </Button>
              )}
            </RangeRow>
            <Compare saved={props.saved} other={other} choose={setOther} />
            {draft === null && !trial.data && <p className="muted">{say(text.notYet)}</p>}
            {trial.error && <ProblemNotice error={trial.error} />}
            {trial.isFetching && !trial.data && <Waiting rows={6} />}
            {trial.data && rested.draft && (
              <Outcome
                result={trial.data}
                draft={rested.draft}
                range={rested.range}
                busy={trial.isFetching}
                saved={props.saved}
                other={other}
              />
            )}
          </>
        ) : (
          <p className="muted">{say(text.eventsOnly)}</p>
        )}
      </Section>
      {replayed && rested.draft && <LevelSearchPanel draft={rested.draft} range={rested.range} form={props.form} />}
    </>
  )
}

function RangeRow(props: { range: TrialRange; change: (range: TrialRange) => void; children: React.ReactNode }) {
  const say = useSay()
  const { range, change } = props
  return (
    <div className="row trial-range">
      <DayInput
        value={range.from}
        max={range.to}
        onChange={(from) => from !== '' && change({ ...range, from })}
        aria-label={say(text.from)}
      />
      <span>～</span>
      <DayInput
        value={range.to}
        max={today()}
        onChange={(to) => to !== '' && change({ ...range, to })}
        aria-label={say(text.to)}
      />
      <Checkbox
        checked={range.knownAfterDays !== null}
        onChange={(event) => change({ ...range, knownAfterDays: event.target.checked ? 1 : null })}
      >
        <span title={say(text.knownWhy)}>{say(text.known)}</span>
      </Checkbox>
      {props.children}
    </div>
  )
}

function Compare(props: {
  saved: Rule | undefined
  other: string | undefined
  choose: (id: string | undefined) => void
}) {
  const say = useSay()
  const rules = useQuery(alerts.listRules.queryOptions()).data ?? []
  const { saved } = props
  const options = [
    { value: '', label: say(text.compare.none) },
    ...(saved ? [{ value: SAVED, label: say(text.compare.saved, { version: saved.version }) }] : []),
    ...rules
      .filter((rule) => rule.id !== saved?.id && judgesIndicator(rule.condition.kind))
      .map((rule) => ({ value: rule.id, label: say(rule.title) })),
  ]
  return (
    <div className="row trial-range">
      <span>{say(text.compare.title)}</span>
      <Select<string>
        aria-label={say(text.compare.title)}
        value={props.other ?? ''}
        onChange={(id) => props.choose(id === '' ? undefined : id)}
        options={options}
        showSearch={{ optionFilterProp: 'label' }}
        style={{ minWidth: 220 }}
      />
    </div>
  )
}

function Outcome(props: {
  result: BacktestResult
  draft: RuleDraft
  range: TrialRange
  busy: boolean
  saved: Rule | undefined
  other: string | undefined
}) {
  const say = useSay()
  const { result, draft, range, saved, other } = props
  const rules = useQuery(alerts.listRules.queryOptions()).data
  const chosen = other === SAVED ? saved : rules?.find((rule) => rule.id === other)
  const beside = useTrial(chosen ? ruleDraft.parse(chosen) : null, range, chosen !== undefined)
  return (
    <div className={props.busy ? 'trial-outcome busy' : 'trial-outcome'} aria-busy={props.busy}>
      {props.busy && <p className="muted small">{say(text.running)}</p>}
      <TrialFigures result={result} other={chosen ? beside.data : undefined} />
      {beside.error && chosen && <ProblemNotice error={beside.error} />}
      {result.incidents === 0 && <p className="small field-note">{say(text.noIncidents)}</p>}
      <h3>{say(text.perPeriod)}</h3>
      <TrialChart result={result} grain={draft.grain} />
      <h3>{say(text.examples)}</h3>
      <TrialExamples result={result} draft={draft} />
      <Remarks result={result} />
    </div>
  )
}

function Remarks({ result }: { result: BacktestResult }) {
  const say = useSay()
  const { language } = useLanguage()
  const { known, sampledOf } = result
  const percent = (value: number) => `${formatNumber(value, language, 1)}%`
  return (
    <p className="muted small">
      {known.lateSharePercent !== null && say(text.late, { percent: percent(known.lateSharePercent) })}{' '}
      {known.importedSharePercent !== null &&
        known.importedSharePercent > 0 &&
        say(text.imported, { percent: percent(known.importedSharePercent) })}{' '}
      {sampledOf !== null && say(text.sampled, { units: result.units, of: sampledOf })}{' '}
      {say(text.took, { seconds: formatNumber(result.milliseconds / 1000, language, 1) })}
    </p>
  )
}
