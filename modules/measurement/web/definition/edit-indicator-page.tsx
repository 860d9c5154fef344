/** Defining an indicator: as a form or as text, with its result beside it, and with what it would change before it is saved. */
import { useQuery } from '@tanstack/react-query'
import { Button, Form, Segmented } from 'antd'
import { useState } from 'react'
import { type Indicator, type IndicatorDraft, indicatorDraft } from '#measurement/contract'
import { useAct } from '#platform/web/act.ts'
import { addDays, today } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { useLeaveGuard } from '#platform/web/page/leave-guard.ts'
import { PageFrame } from '#platform/web/page/page-frame.tsx'
import { Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { type Issue, issuesOf } from '#platform/web/problems.ts'
import { Go, useGo, useParam } from '#platform/web/router.tsx'
import { adoptingWords } from '../../words/adopting.ts'
import { words as all } from '../../words.ts'
import { Review } from '../adopting/review.tsx'
import { SidePanel } from '../adopting/side-panel.tsx'
import { TextView } from '../adopting/text-view.tsx'
import { type Check, useCheck } from '../adopting/use-check.ts'
import { measurement } from '../api.ts'
import { Basics, Calculation } from './draft-fields.tsx'
import { Examples } from './examples/examples-field.tsx'
import { Faults, type Patch } from './fields.tsx'
import { freshDraft, type Writing } from './fresh-draft.ts'
import { Judging } from './judging-fields.tsx'

const words = all.definition

export function NewIndicatorPage() {
  const say = useSay()
  return (
    <PageFrame
      title={say(words.newTitle)}
      crumbs={[{ title: say(all.indicators.title), to: '/measure' }]}
      may="indicators.edit"
      actions={<Go to="/measure/files">{say(adoptingWords.files)}</Go>}
    >
      <Editor initial={null} />
    </PageFrame>
  )
}

export function EditIndicatorPage() {
  const say = useSay()
  const id = useParam('id')
  const indicator = useQuery({
    ...measurement.readIndicator.queryOptions({ input: { id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const crumbs = [
    { title: say(all.indicators.title), to: '/measure' },
    { title: indicator.data ? say(indicator.data.title) : id, to: `/measure/${id}` },
  ]
  return (
    <PageFrame
      title={say(words.editTitle)}
      lead={say(words.lead)}
      crumbs={crumbs}
      may="indicators.edit"
      actions={
        <>
          <Go to={`/measure/${id}/versions`}>{say(adoptingWords.versions)}</Go>
          <Go to="/measure/files">{say(adoptingWords.files)}</Go>
        </>
      }
    >
      <Loaded query={indicator} rows={10}>
        {(data) => <Editor initial={data} />}
      </Loaded>
    </PageFrame>
  )
}

/** Without what only a version has. */
const draftOf = (saved: Indicator): IndicatorDraft => indicatorDraft.parse(saved)

function Editor({ initial }: { initial: Indicator | null }) {
  const go = useGo()
  const touched = useLeaveGuard()
  // As it was when writing began: news of others' changes must not overwrite what is being typed.
  const [draft, setDraft] = useState<Writing>(() => (initial ? draftOf(initial) : freshDraft(addDays(today(), -1))))
  const [reviewing, setReviewing] = useState(false)
  const [tried, setTried] = useState(initial !== null)
  const check = useCheck(draft)
  const save = useAct((values: IndicatorDraft) => measurement.saveIndicator.call(values), {
    quiet: true,
    done: words.saved,
    refresh: ['measurement'],
    onDone: (saved) => {
      touched(false)
      go(`/measure/${saved.id}`)
    },
  })
  const change: Patch<Writing> = (part) => {
    touched(true)
    save.forget()
    setDraft((before) => ({ ...before, ...part }))
  }
  const onNext = () => {
    setTried(true)
    if (check.issues.length > 0 || check.waiting) return
    if (initial === null) save.run(draft)
    else setReviewing(true)
  }
  const shown = tried ? [...check.issues, ...issuesOf(save.error)] : check.issues.filter(isMistake)
  return (
    <Faults value={shown}>
      <Form layout="vertical" component={false}>
        {reviewing ? (
          <Review
            draft={draft}
            change={change}
            busy={save.busy}
            error={save.error}
            onBack={() => setReviewing(false)}
            onAdopt={() => save.run(draft)}
          />
        ) : (
          <Writer
            draft={draft}
            change={change}
            check={check}
            known={initial !== null}
            busy={save.busy}
            error={save.error}
            onNext={onNext}
            onCancel={() => go(initial ? `/measure/${initial.id}` : '/measure')}
          />
        )}
      </Form>
    </Faults>
  )
}

/** What is still empty is no mistake before somebody tried to save it. */
const isMistake = (issue: Issue) =>
  !['too_small', 'invalid_type', 'invalid_format', 'example-missing'].includes(issue.rule)

interface WriterProps {
  readonly draft: Writing
  readonly change: Patch<Writing>
  readonly check: Check
  readonly known: boolean
  readonly busy: boolean
  readonly error: unknown
  readonly onNext: () => void
  readonly onCancel: () => void
}

function Writer(props: WriterProps) {
  const say = useSay()
  const { draft, change, check, known } = props
  const [view, setView] = useState<'form' | 'text'>('form')
  return (
    <div className="columns">
      <div className="half">
        <div className="row" style={{ marginBottom: 12 }}>
          <Segmented
            value={view}
            onChange={setView}
            options={[
              { value: 'form', label: say(words.asForm) },
              { value: 'text', label: say(words.asText) },
            ]}
          />
        </div>
        {view === 'form' ? (
          <>
            <Basics draft={draft} change={change} fixedId={known} />
            <Calculation draft={draft} change={change} />
            <Judging draft={draft} change={change} />
            <Examples draft={draft} change={change} check={check} />
          </>
        ) : (
          <TextView
            draft={draft}
            onTake={(taken) => {
              change(known ? { ...taken, id: draft.id } : taken)
              setView('form')
            }}
          />
        )}
        <div className="stack">
          <ProblemNotice error={props.error} />
          <div className="row">
            <Button type="primary" onClick={props.onNext} loading={props.busy}>
              {say(known ? words.toReview : words.save)}
            </Button>
            <Button onClick={props.onCancel}>{say(floorWords.act.cancel)}</Button>
          </div>
        </div>
      </div>
      <div className="half" style={{ position: 'sticky', top: 64 }}>
        <SidePanel draft={draft} check={check} />
      </div>
    </div>
  )
}
