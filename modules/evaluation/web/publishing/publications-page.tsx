/** All publications whoever asks may see, and where the office begins one. */
import { useQuery } from '@tanstack/react-query'
import { Button, Form, Modal, Select } from 'antd'
import { useState } from 'react'
import type { Publication, PublicationState } from '#evaluation/contract'
import type { Grain } from '#platform/contract'
import { useAct } from '#platform/web/act.ts'
import { periodName } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Column, PagedTable, usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, ProblemNotice } from '#platform/web/page/states.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useGo, useSearchValue } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { publishingWords as words } from '../../words/publishing-screens.ts'
import { words as all } from '../../words.ts'
import { evaluation } from '../api.ts'
import { StateMark, usePublicationTitle } from './publication-marks.tsx'

const STATES = [
  'draft',
  'preview',
  'published',
  'corrected',
  'withdrawn',
  'discarded',
] as const satisfies readonly PublicationState[]

export function PublicationsPage() {
  const say = useSay()
  const mayPublish = useMay('scores.publish')
  const [beginning, setBeginning] = useState(false)
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      crumbs={[{ title: say(all.title), to: '/evaluate' }]}
      may="evaluation.read"
      actions={
        mayPublish && (
          <Button type="primary" onClick={() => setBeginning(true)}>
            {say(words.begin)}
          </Button>
        )
      }
    >
      <Section>
        <Publications />
      </Section>
      {beginning && <BeginDialog onClose={() => setBeginning(false)} />}
    </PageFrame>
  )
}

function useColumns(): Column<Publication>[] {
  const say = useSay()
  const titleOf = usePublicationTitle()
  const appeals = ({ appeals: { open, upheld, rejected } }: Publication) =>
    open > 0
      ? say(words.appealsOpen, { count: open })
      : upheld + rejected > 0
        ? say(words.appealsDone, { count: upheld + rejected })
        : say(words.appealsNone)
  const units = (row: Publication) => say(words.unitsRanked, { units: row.units, ranked: row.ranked })
  return [
    { key: 'period', title: say(words.period), render: titleOf, text: titleOf },
    {
      key: 'state',
      title: say(words.state),
      render: (row) => (
        <span className="row">
          <StateMark state={row.state} />
          {row.track === 'overlap' && <span className="muted small">{say(words.tracks.overlap)}</span>}
        </span>
      ),
      text: (row) => say(words.states[row.state]),
    },
    { key: 'units', title: say(words.units), render: units, text: units },
    { key: 'appeals', title: say(words.appeals), render: appeals, text: appeals },
    {
      key: 'changed',
      title: say(words.changed),
      render: (row) => <When at={lastStep(row)} />,
      text: lastStep,
    },
  ]
}

const lastStep = (row: Publication) => row.endedAt ?? row.publishedAt ?? row.previewedAt ?? row.draftedAt

function Publications() {
  const say = useSay()
  const [chosen, setChosen] = useSearchValue('state')
  const state = STATES.find((one) => one === chosen)
  const input = state ? { state } : {}
  const pages = usePages<Publication>(evaluation.listPublications.key({ input }), (cursor) =>
    evaluation.listPublications.call({ ...input, cursor }),
  )
  const columns = useColumns()
  return (
    <PagedTable
      pages={pages}
      columns={columns}
      rowKey={(row) => row.id}
      to={(row) => `/evaluate/publications/${row.id}`}
      exportName={say(words.title)}
      empty={<Empty title={say(words.none)} why={say(words.noneWhy)} />}
      tools={
        <Select
          aria-label={say(words.state)}
          value={state ?? ''}
          onChange={(next: string) => setChosen(next === '' ? undefined : next)}
          style={{ minWidth: 140 }}
          options={[
            { value: '', label: say(words.allStates) },
            ...STATES.map((value) => ({ value, label: say(words.states[value]) })),
          ]}
        />
      }
    />
  )
}

/** Schemes, their lengths of periods and the periods that are over, each following from the one chosen before. */
function usePeriods() {
  const [scheme, setScheme] = useState<string>()
  const [asked, setGrain] = useState<Grain>()
  const [wanted, setPeriod] = useState<string>()
  const schemes = useQuery(evaluation.listSchemes.queryOptions())
  const adopted = (schemes.data ?? []).filter((one) => one.state === 'adopted')
  const of = adopted.find((one) => one.id === scheme) ?? adopted[0]
  const grain = asked && of?.grains.includes(asked) ? asked : of?.grains[0]
  const ranking = useQuery({
    ...evaluation.readRanking.queryOptions({ input: { id: of?.id ?? '', ...(grain ? { grain } : {}), limit: 1 } }),
    enabled: of !== undefined,
  })
  const periods = (ranking.data?.periods ?? [])
    .filter((one) => one.complete)
    .map((one) => one.periodStart)
    .toSorted()
    .toReversed()
  const period = wanted && periods.includes(wanted) ? wanted : periods[0]
  return { adopted, of, grain, periods, period, setScheme, setGrain, setPeriod, loaded: !ranking.isLoading }
}

function BeginDialog({ onClose }: { onClose: () => void }) {
  const say = useSay()
  const go = useGo()
  const chosen = usePeriods()
  const { adopted, of, grain, period, setScheme } = chosen
  const draft = useAct(
    (input: { scheme: string; grain: Grain; periodStart: string }) => evaluation.draftPublication.call(input),
    {
      quiet: true,
      done: words.begun,
      refresh: ['evaluation'],
      onDone: (made) => go(`/evaluate/publications/${made[0]?.id ?? ''}`),
    },
  )
  const begin = () => of && grain && period && draft.run({ scheme: of.id, grain, periodStart: period })
  return (
    <Modal
      open
      title={say(words.begin)}
      okText={say(words.begin)}
      cancelText={say(floorWords.act.cancel)}
      okButtonProps={{ disabled: period === undefined }}
      confirmLoading={draft.busy}
      onOk={begin}
      onCancel={onClose}
    >
      <p className="muted">{say(words.beginWhat)}</p>
      <Form layout="vertical" component={false}>
        <Form.Item label={say(words.scheme)} htmlFor="begin-scheme">
          <Select
            id="begin-scheme"
            value={of?.id ?? null}
            onChange={(id: string) => setScheme(id)}
            options={adopted.map((one) => ({ value: one.id, label: say(one.title) }))}
          />
        </Form.Item>
        <PeriodFields chosen={chosen} />
      </Form>
      <ProblemNotice error={draft.error} />
    </Modal>
  )
}

function PeriodFields({ chosen }: { chosen: ReturnType<typeof usePeriods> }) {
  const say = useSay()
  const { language } = useLanguage()
  const { of, grain, periods, period, setGrain, setPeriod, loaded } = chosen
  return (
    <>
      {of && of.grains.length > 1 && (
        <Form.Item label={say(words.grain)} htmlFor="begin-grain">
          <Select
            id="begin-grain"
            value={grain ?? null}
            onChange={(next: Grain) => setGrain(next)}
            options={of.grains.map((value) => ({ value, label: say(floorWords.grain[value]) }))}
          />
        </Form.Item>
      )}
      {grain && (
        <Form.Item
          label={say(words.period)}
          htmlFor="begin-period"
          extra={loaded && periods.length === 0 && say(words.beginNone)}
        >
          <Select
            id="begin-period"
            value={period ?? null}
            onChange={(next: string) => setPeriod(next)}
            options={periods.map((value) => ({ value, label: periodName(value, grain, language) }))}
          />
        </Form.Item>
      )}
    </>
  )
}
