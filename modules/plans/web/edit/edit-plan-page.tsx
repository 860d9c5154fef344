/** Drafting a plan, by hand or from an alert, and changing one. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Form } from 'antd'
import { useState } from 'react'
import type { Plan } from '#plans/contract'
import { useAct } from '#platform/web/act.ts'
import { isProblem, refresh } from '#platform/web/api.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { useLeaveGuard } from '#platform/web/page/leave-guard.ts'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded, ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { Go, useGo, useParam, useSearchValue } from '#platform/web/router.tsx'
import { useScope } from '#platform/web/scope.ts'
import { words } from '../../words.ts'
import { plans } from '../api.ts'
import '../plans.css'
import { MeasureFields, TaskFields } from './lists.tsx'
import { AdviceSection } from './advice.tsx'
import { draftOf, emptyPlan, formOf, type PlanForm } from './plan-form.ts'
import { AboutSection, GoalFields, ProofFields } from './sections.tsx'

const edit = words.edit

export function NewPlanPage() {
  const say = useSay()
  const scope = useScope()
  const [alertId] = useSearchValue('alert')
  const crumbs = [
    alertId === undefined
      ? { title: say(words.title), to: '/plans' }
      : { title: say(words.part.toAlert), to: `/alerts/${alertId}` },
  ]
  return (
    <PageFrame
      title={say(alertId === undefined ? edit.newTitle : edit.alertTitle)}
      lead={say(alertId === undefined ? edit.lead : edit.suggested)}
      crumbs={crumbs}
      may="plans.draft"
    >
      {alertId === undefined ? (
        <Editor start={emptyPlan(scope.entity)} plan={undefined} alertId={null} />
      ) : (
        <FromAlert alertId={alertId} />
      )}
    </PageFrame>
  )
}

function FromAlert({ alertId }: { alertId: string }) {
  const suggestion = useQuery(
    plans.suggestPlan.queryOptions({ input: { alertId }, staleTime: Number.POSITIVE_INFINITY }),
  )
  return (
    <Loaded query={suggestion} waiting={<Waiting rows={10} />}>
      {(draft) => <Editor start={formOf(draft)} plan={undefined} alertId={alertId} />}
    </Loaded>
  )
}

export function EditPlanPage() {
  const say = useSay()
  const id = useParam('id')
  const query = useQuery(plans.readPlan.queryOptions({ input: { id } }))
  const [loads, setLoads] = useState(0)
  const reload = async () => {
    await query.refetch()
    setLoads((count) => count + 1)
  }
  return (
    <PageFrame
      title={say(edit.title, { title: query.data?.title ?? '' })}
      lead={say(edit.lead)}
      crumbs={[
        { title: say(words.title), to: '/plans' },
        { title: query.data?.title ?? id, to: `/plans/${id}` },
      ]}
      may="plans.draft"
    >
      <Loaded query={query} waiting={<Waiting rows={10} />}>
        {(plan) =>
          plan.possible.includes('edit') ? (
            <Editor key={loads} start={formOf(plan)} plan={plan} alertId={plan.alertId} reload={() => void reload()} />
          ) : (
            <Section>
              <Empty
                title={say(edit.notEditable)}
                why={say(edit.notEditableWhy)}
                begin={<Go to={`/plans/${id}`}>{say(edit.toPlan)}</Go>}
              />
            </Section>
          )
        }
      </Loaded>
    </PageFrame>
  )
}

interface EditorProps {
  readonly start: PlanForm
  readonly plan: Plan | undefined
  readonly alertId: string | null
  readonly reload?: () => void
}

function Editor({ start, plan, alertId, reload }: EditorProps) {
  const say = useSay()
  const go = useGo()
  const [form] = Form.useForm<PlanForm>()
  const touched = useLeaveGuard()
  // What the editing began with: news of others' changes must neither overwrite the text nor move the revision it is sent against.
  const [first] = useState({ start, revision: plan?.revision })
  const save = useAct(
    (values: PlanForm) => {
      const draft = draftOf(values, alertId)
      return plan === undefined || first.revision === undefined
        ? plans.draftPlan.call(draft)
        : plans.editPlan.call({ id: plan.id, revision: first.revision, draft })
    },
    {
      quiet: true,
      done: edit.saved,
      onDone: (saved) => {
        touched(false)
        refresh('plans', 'alerts')
        go(`/plans/${saved.id}`)
      },
    },
  )
  useFieldProblems(form, save.error)
  const stale = isProblem(save.error, 'REVISION_STALE')
  const follow = (changed: Partial<PlanForm>) => {
    touched(true)
    if (changed.entity !== undefined) form.setFieldValue(['goal', 'entity'], changed.entity)
  }
  const back = plan ? `/plans/${plan.id}` : alertId === null ? '/plans' : `/alerts/${alertId}`
  return (
    <Form<PlanForm>
      form={form}
      layout="vertical"
      initialValues={first.start}
      onValuesChange={follow}
      onFinish={() => save.run(form.getFieldsValue(true) as PlanForm)}
      scrollToFirstError={{ block: 'center' }}
    >
      <AboutSection />
      <GoalFields />
      <MeasureFields />
      <TaskFields />
      <ProofFields />
      <AdviceSection />
      {stale && <Stale error={save.error} reload={reload} />}
      {save.error !== null && !stale && <ProblemNotice error={save.error} />}
      <div className="row form-foot">
        <Button type="primary" htmlType="submit" loading={save.busy}>
          {say(plan === undefined || plan.state === 'draft' ? edit.save : edit.saveChange)}
        </Button>
        <Button onClick={() => go(back)}>{say(floorWords.act.cancel)}</Button>
      </div>
    </Form>
  )
}

/** Somebody else saved meanwhile: nothing is overwritten, the text stays on screen to be copied. */
function Stale({ error, reload }: { error: unknown; reload: (() => void) | undefined }) {
  const say = useSay()
  const data = isProblem(error, 'REVISION_STALE') ? (error.data as { revision?: number } | undefined) : undefined
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={say(edit.stale)}
      description={say(edit.staleWhy, { revision: data?.revision ?? '' })}
      action={reload && <Button onClick={reload}>{say(edit.reload)}</Button>}
    />
  )
}
