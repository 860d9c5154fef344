/** Tasks of a plan, their progress set in place; also the buttons of "My work". */
import { EditOutlined } from '@ant-design/icons'
import { Button, Form, Input, Modal, Segmented } from 'antd'
import { useState } from 'react'
import type { Plan } from '#plans/contract'
import { useAct } from '#platform/web/act.ts'
import { dayName } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { words } from '../words.ts'
import { plans } from './api.ts'
import { Progress } from './plan-marks.tsx'

export type Task = Plan['tasks'][number]
export type TaskState = Task['state']
const STATES: readonly TaskState[] = ['open', 'doing', 'done']
const part = words.part

export function useProgress(planId: string, onDone?: () => void) {
  return useAct(
    ({ task, state, remark }: { task: Task; state?: TaskState; remark?: string }) =>
      plans.progressTask.call({
        id: planId,
        task: task.id,
        state: state ?? task.state,
        remark: remark ?? task.remark,
      }),
    { done: words.work.saved, refresh: ['plans'], ...(onDone ? { onDone } : {}) },
  )
}

export function TasksSection({ plan }: { plan: Plan }) {
  const say = useSay()
  const { language } = useLanguage()
  const mayProgress = plan.possible.includes('progress')
  const columns: Column<Task>[] = [
    {
      key: 'title',
      title: say(part.task),
      render: (row) => (
        <span className="plan-name">
          {row.title}
          {row.remark !== '' && <span className="muted small"> — {row.remark}</span>}
        </span>
      ),
      text: (row) => row.title,
    },
    { key: 'owner', title: say(part.owner), render: (row) => row.ownerName, text: (row) => row.ownerName },
    {
      key: 'due',
      title: say(part.due),
      render: (row) => (
        <span className="row" style={{ gap: 6 }}>
          <span className="number">{dayName(row.dueOn, language)}</span>
          {row.overdue && <StatusMark status="orange" word={say(part.overdue)} />}
        </span>
      ),
      text: (row) => row.dueOn,
    },
    {
      key: 'state',
      title: say(part.taskState),
      render: (row) => (mayProgress ? <StateChoice planId={plan.id} task={row} /> : say(words.taskState[row.state])),
      text: (row) => say(words.taskState[row.state]),
    },
    {
      key: 'remark',
      title: say(part.taskRemark),
      render: (row) => row.remark || '—',
      text: (row) => row.remark,
      extra: true,
    },
  ]
  return (
    <Section title={say(part.tasks)} actions={<Progress plan={plan} />}>
      <RowTable<Task>
        columns={columns}
        rows={plan.tasks}
        rowKey={(row) => row.id}
        exportName={`${plan.title} ${say(part.tasks)}`}
        empty={<p className="muted">{say(words.noTasks)}</p>}
      />
    </Section>
  )
}

function StateChoice({ planId, task }: { planId: string; task: Task }) {
  const say = useSay()
  const progress = useProgress(planId)
  return (
    <span className="row" style={{ flexWrap: 'nowrap' }}>
      <Segmented<TaskState>
        size="small"
        aria-label={`${task.title}：${say(part.taskState)}`}
        disabled={progress.busy}
        value={task.state}
        onChange={(state) => progress.run({ task, state })}
        options={STATES.map((state) => ({ value: state, label: say(words.taskState[state]) }))}
      />
      <RemarkButton planId={planId} task={task} bare />
    </span>
  )
}

/** A remark on a task, written in a small dialog. */
export function RemarkButton({ planId, task, bare = false }: { planId: string; task: Task; bare?: boolean }) {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const [form] = Form.useForm<{ remark: string }>()
  const progress = useProgress(planId, () => setOpen(false))
  return (
    <>
      <Button
        type="text"
        size={bare ? 'small' : 'middle'}
        icon={<EditOutlined />}
        aria-label={`${task.title}：${say(words.work.remark)}`}
        onClick={() => setOpen(true)}
      >
        {bare ? null : say(words.work.remark)}
      </Button>
      {open && (
        <Modal
          open
          title={say(words.work.remarkTitle)}
          okText={say(floorWords.act.save)}
          cancelText={say(floorWords.act.cancel)}
          okButtonProps={{ loading: progress.busy }}
          onCancel={() => setOpen(false)}
          onOk={() => form.submit()}
        >
          <p>
            <strong>{task.title}</strong>
          </p>
          <Form
            form={form}
            initialValues={{ remark: task.remark }}
            onFinish={({ remark }) => progress.run({ task, remark: remark.trim() })}
          >
            <Form.Item name="remark">
              <Input.TextArea rows={4} maxLength={2000} showCount autoFocus aria-label={say(words.work.remarkTitle)} />
            </Form.Item>
          </Form>
          {progress.error !== null && <ProblemNotice error={progress.error} />}
        </Modal>
      )}
    </>
  )
}
