/** The ranking a draft would give, beside the one in force. Nothing is saved by looking. */
import { useQuery } from '@tanstack/react-query'
import { Button, Form } from 'antd'
import { useState } from 'react'
import type { Score } from '#evaluation/contract'
import { useAct } from '#platform/web/act.ts'
import { addPeriods, startOfPeriod, today } from '#platform/web/calendar.ts'
import { useSay } from '#platform/web/language.tsx'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Empty, ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { words } from '../../words.ts'
import { evaluation } from '../api.ts'
import { draftOf, type SchemeForm, weightSum } from './scheme-form.ts'
import { FunnelMark, RankRange, ScoreBar, scaleOf } from '../standing.tsx'

const edit = words.edit

/** `saved`: the id of the scheme in force, where there is one. */
export function SchemePreview({ saved, day }: { saved: string | undefined; day: string | undefined }) {
  const say = useSay()
  const form = Form.useFormInstance<SchemeForm>()
  const values = Form.useWatch([], form) as SchemeForm | undefined
  const [chosen, setChosen] = useState<string>()
  const draft = values?.items ? draftOf({ ...values, id: values.id || 'preview' }) : null
  const usual = day ?? addPeriods(startOfPeriod(today(), values?.grain ?? 'month'), values?.grain ?? 'month', -1)
  const periodStart = chosen ?? usual
  const preview = useAct(evaluation.previewScheme.call, { quiet: true })
  const ready = draft !== null && weightSum(values?.items) === 100
  return (
    <Section
      title={say(edit.preview)}
      lead={say(edit.previewLead)}
      actions={
        <>
          <DayInput value={periodStart} onChange={setChosen} aria-label={say(edit.previewPeriod)} />
          <Button disabled={!ready} loading={preview.busy} onClick={() => draft && preview.run({ draft, periodStart })}>
            {say(edit.preview)}
          </Button>
        </>
      }
    >
      {preview.error !== null && <ProblemNotice error={preview.error} />}
      {preview.busy && <Waiting rows={6} />}
      {!preview.busy && preview.answer === undefined && preview.error === null && (
        <Empty title={say(edit.previewWait)} why={say(edit.previewWhy)} />
      )}
      {!preview.busy && preview.answer && <Result rows={preview.answer} saved={saved} />}
    </Section>
  )
}

function Result({ rows, saved }: { rows: readonly Score[]; saved: string | undefined }) {
  const say = useSay()
  const periodStart = rows[0]?.periodStart ?? ''
  const now = useQuery({
    ...evaluation.readRanking.queryOptions({ input: { id: saved ?? '', periodStart } }),
    enabled: saved !== undefined && periodStart !== '',
  })
  const ranks = new Map(now.data?.rows.map((row) => [row.entity.key, row.rank]))
  const scale = scaleOf(rows)
  const ranked = rows.flatMap((row) => row.composite ?? [])
  const mean = ranked.length === 0 ? null : ranked.reduce((sum, value) => sum + value, 0) / ranked.length
  const columns: Column<Score>[] = [
    { key: 'unit', title: say(words.unit), render: (row) => row.entity.name, text: (row) => row.entity.name },
    { key: 'then', title: say(edit.rankThen), render: (row) => <RankRange score={row} />, text: (row) => row.rank },
    ...(saved === undefined
      ? []
      : [
          {
            key: 'now',
            title: say(edit.rankNow),
            align: 'right' as const,
            render: (row: Score) => ranks.get(row.entity.key) ?? '—',
            text: (row: Score) => ranks.get(row.entity.key),
          },
        ]),
    {
      key: 'score',
      title: say(words.scoreScale, { from: scale.from, to: scale.to }),
      render: (row) => <ScoreBar score={row} scale={scale} mean={mean} />,
      text: (row) => row.composite,
    },
    { key: 'standing', title: say(words.standing), render: (row) => <FunnelMark funnel={row.funnel} /> },
  ]
  return (
    <RowTable<Score>
      columns={columns}
      rows={rows.slice(0, 200)}
      rowKey={(row) => row.entity.key}
      exportName={say(edit.preview)}
      empty={<Empty title={say(edit.previewNone)} />}
    />
  )
}
