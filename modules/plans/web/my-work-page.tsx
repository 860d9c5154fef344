/** My tasks in running plans, the next deadline first. Made for a thumb. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { dayName, daysBetween, today } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Go } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../words.ts'
import { plans } from './api.ts'
import { RemarkButton, type Task, useProgress } from './plan-tasks.tsx'
import './plans.css'

const text = words.work
/** Tasks due within so many days stand under a heading of their own. */
const SOON_DAYS = 7

interface Work {
  readonly planId: string
  readonly planTitle: string
  readonly task: Task
}

export function MyWorkPage() {
  const say = useSay()
  const mine = useQuery(plans.myTasks.queryOptions())
  return (
    <PageFrame title={say(text.title)} lead={say(text.lead)} may="tasks.progress">
      <Loaded query={mine} rows={8}>
        {(all) => (all.length === 0 ? <NoWork /> : <Groups all={all} />)}
      </Loaded>
    </PageFrame>
  )
}

function NoWork() {
  const say = useSay()
  const mayPlans = useMay('plans.read')
  return (
    <Section>
      <Empty
        title={say(text.none)}
        why={say(text.noneWhy)}
        begin={mayPlans && <Go to="/plans?state=running">{say(text.allPlans)}</Go>}
      />
    </Section>
  )
}

function Groups({ all }: { all: readonly Work[] }) {
  const say = useSay()
  const [showDone, setShowDone] = useState(false)
  const now = today()
  const open = all.filter(({ task }) => task.state !== 'done')
  const left = ({ task }: Work) => daysBetween(now, task.dueOn)
  const done = all.filter(({ task }) => task.state === 'done')
  const groups = [
    { title: text.late, rows: open.filter((work) => left(work) < 0) },
    { title: text.week, rows: open.filter((work) => left(work) >= 0 && left(work) <= SOON_DAYS) },
    { title: text.later, rows: open.filter((work) => left(work) > SOON_DAYS) },
    { title: text.finished, rows: showDone ? done : [] },
  ]
  return (
    <>
      {open.length === 0 && (
        <Section>
          <Empty title={say(text.none)} />
        </Section>
      )}
      {groups
        .filter((group) => group.rows.length > 0)
        .map((group) => (
          <Section key={group.title.en} title={say(group.title)}>
            <ul className="task-cards">
              {group.rows.map((work) => (
                <Card key={work.task.id} work={work} daysLeft={left(work)} />
              ))}
            </ul>
          </Section>
        ))}
      {done.length > 0 && !showDone && (
        <Button type="link" onClick={() => setShowDone(true)}>
          {say(text.showDone, { count: done.length })}
        </Button>
      )}
    </>
  )
}

function Card({ work, daysLeft }: { work: Work; daysLeft: number }) {
  const say = useSay()
  const { task, planId } = work
  const progress = useProgress(planId)
  const done = task.state === 'done'
  return (
    <li className={done ? 'done' : ''}>
      <div>
        <strong>{task.title}</strong>
        <div className="row small">
          <DueText task={task} daysLeft={daysLeft} />
          <span className="muted">{say(words.taskState[task.state])}</span>
          <Go to={`/plans/${planId}`}>{work.planTitle}</Go>
        </div>
        {task.remark !== '' && <p className="muted small plan-text">{task.remark}</p>}
      </div>
      <div className="row">
        <RemarkButton planId={planId} task={task} />
        {task.state === 'open' && (
          <Button loading={progress.busy} onClick={() => progress.run({ task, state: 'doing' })}>
            {say(text.start)}
          </Button>
        )}
        {done ? (
          <Button loading={progress.busy} onClick={() => progress.run({ task, state: 'doing' })}>
            {say(text.reopen)}
          </Button>
        ) : (
          <Button type="primary" loading={progress.busy} onClick={() => progress.run({ task, state: 'done' })}>
            {say(text.finish)}
          </Button>
        )}
      </div>
    </li>
  )
}

function DueText({ task, daysLeft }: { task: Task; daysLeft: number }) {
  const say = useSay()
  const { language } = useLanguage()
  const day = <span className="number">{dayName(task.dueOn, language)}</span>
  if (task.state === 'done') return day
  if (daysLeft < 0) {
    return (
      <>
        <StatusMark status="orange" word={say(text.lateBy, { days: -daysLeft })} /> {day}
      </>
    )
  }
  return (
    <>
      <strong>{daysLeft === 0 ? say(text.dueToday) : say(text.dueIn, { days: daysLeft })}</strong> {day}
    </>
  )
}
