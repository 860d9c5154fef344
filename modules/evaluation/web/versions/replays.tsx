/** The past by any version: what would have been, beside what counts. */
import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import type { Run, Scheme } from '#evaluation/contract'
import type { Grain } from '#platform/contract'
import { useAct } from '#platform/web/act.ts'
import { addPeriods, periodName, startOfPeriod, today } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go, useSearchValue } from '#platform/web/router.tsx'
import { versionWords } from '../../words/versions.ts'
import { evaluation } from '../api.ts'
import { nth } from '../schemes/state/nth.ts'

const words = versionWords.replay
const PERIODS_OFFERED = 36
const PERIODS_AT_FIRST = 6
const RUNS_SHOWN = 200

const resultOf = (run: Run) => `/evaluate?scheme=${run.scheme}&run=${run.id}`

export function Replays({ versions }: { versions: readonly Scheme[] }) {
  const say = useSay()
  return (
    <>
      <Section title={say(words.title)} lead={say(words.lead)}>
        <ReplayForm versions={versions} />
      </Section>
      <Section title={say(words.runs)}>
        <RunsOf scheme={nth(versions, 0).id} />
      </Section>
    </>
  )
}

interface Asked {
  readonly version: Scheme
  readonly grain: Grain
  readonly from: string
  readonly to: string
}

function useAsked(versions: readonly Scheme[]) {
  const [number, setVersion] = useSearchValue('replay')
  const version = versions.find((one) => String(one.version) === number) ?? nth(versions, 0)
  const [chosen, setGrain] = useState<Grain>(version.grains[0] ?? 'month')
  const grain = version.grains.includes(chosen) ? chosen : (version.grains[0] ?? 'month')
  const last = addPeriods(startOfPeriod(today(), grain), grain, -1)
  const [range, setRange] = useState<{ from: string; to: string } | null>(null)
  const { from, to } = range ?? { from: addPeriods(last, grain, 1 - PERIODS_AT_FIRST), to: last }
  const asked: Asked = { version, grain, from, to }
  return {
    asked,
    last,
    setVersion: (next: number) => setVersion(String(next)),
    setGrain: (next: Grain) => {
      setGrain(next)
      setRange(null)
    },
    // Whichever end is moved past the other takes it along.
    setFrom: (day: string) => setRange({ from: day, to: day > to ? day : to }),
    setTo: (day: string) => setRange({ from: day < from ? day : from, to: day }),
  }
}

function ReplayForm({ versions }: { versions: readonly Scheme[] }) {
  const say = useSay()
  const { language } = useLanguage()
  const { asked, last, setVersion, setGrain, setFrom, setTo } = useAsked(versions)
  const { version, grain, from, to } = asked
  const replay = useAct(evaluation.replayScheme.call, { quiet: true, done: words.done, refresh: ['evaluation'] })
  const periods = Array.from({ length: PERIODS_OFFERED }, (_unused, back) => {
    const day = addPeriods(last, grain, -back)
    return { value: day, label: periodName(day, grain, language) }
  })
  const offered = versions.map((one) => ({
    value: one.version,
    label: `${say(versionWords.page.versionShown, { version: one.version })} · ${say(versionWords.state[one.state])}`,
  }))
  const grains = version.grains.map((one) => ({ value: one, label: say(floorWords.grain[one]) }))
  return (
    <>
      <div className="row replay-form">
        <Picked name={say(words.version)} value={version.version} options={offered} onChange={setVersion} />
        {grains.length > 1 && <Picked name={say(words.grain)} value={grain} options={grains} onChange={setGrain} />}
        <Picked name={say(words.from)} value={from} options={periods} onChange={setFrom} />
        <Picked name={say(words.to)} value={to} options={periods} onChange={setTo} />
        <Button
          type="primary"
          loading={replay.busy}
          onClick={() => replay.run({ id: version.id, version: version.version, grain, from, to })}
        >
          {say(words.deed)}
        </Button>
        {replay.answer && <Go to={resultOf(replay.answer)}>{say(words.open)}</Go>}
      </div>
      {replay.error !== null && <ProblemNotice error={replay.error} />}
    </>
  )
}

function Picked<T extends string | number>(props: {
  name: string
  value: T
  options: { value: T; label: string }[]
  onChange: (value: T) => void
}) {
  return (
    <label className="plain-number">
      <span>{props.name}</span>
      <Select<T>
        value={props.value}
        options={props.options}
        onChange={props.onChange}
        aria-label={props.name}
        popupMatchSelectWidth={false}
        style={{ minWidth: 150 }}
      />
    </label>
  )
}

function RunsOf({ scheme }: { scheme: string }) {
  const say = useSay()
  const { language } = useLanguage()
  const runs = useQuery(evaluation.listRuns.queryOptions({ input: { scheme, limit: RUNS_SHOWN } }))
  const range = (run: Run) =>
    run.from === run.to
      ? periodName(run.from, run.grain, language)
      : say(words.range, {
          from: periodName(run.from, run.grain, language),
          to: periodName(run.to, run.grain, language),
        })
  const columns: Column<Run>[] = [
    { key: 'range', title: say(words.periods), render: range, text: range },
    {
      key: 'version',
      title: say(words.version),
      render: (run) => say(versionWords.page.versionShown, { version: run.version }),
      text: (run) => run.version,
    },
    { key: 'scores', title: '', render: (run) => say(words.scores, { count: run.scores }), text: (run) => run.scores },
    { key: 'at', title: say(words.at), render: (run) => <When at={run.at} />, text: (run) => run.at },
    { key: 'actions', title: '', render: (run) => <Go to={resultOf(run)}>{say(words.open)}</Go> },
  ]
  return (
    <Loaded query={runs} rows={4}>
      {({ rows }) => (
        <RowTable<Run>
          columns={columns}
          rows={rows.filter((run) => run.kind === 'replay')}
          rowKey={(run) => run.id}
          empty={<Empty title={say(words.none)} why={say(words.noneWhy)} />}
        />
      )}
    </Loaded>
  )
}
