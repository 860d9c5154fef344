/** One plan: where it stands on its way, what comes next, what it wants and does, how it will be proved. */
import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Steps } from 'antd'
import type { Plan, PlanState } from '#plans/contract'
import { dayName } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { Facts, PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, Waiting } from '#platform/web/page/states.tsx'
import { Timeline } from '#platform/web/parts/timeline.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go, useParam } from '#platform/web/router.tsx'
import { useMay, useMe } from '#platform/web/session.ts'
import type { Sentence } from '#platform/web/words.ts'
import { words } from '../words.ts'
import { plans } from './api.ts'
import { PlanActions } from './plan-actions.tsx'
import { Progress, StateMark, useWaitsFor } from './plan-marks.tsx'
import { GoalSection, MeasuresSection, ProofSection } from './plan-parts.tsx'
import { TasksSection } from './plan-tasks.tsx'
import './plans.css'

export function PlanPage() {
  const say = useSay()
  const id = useParam('id')
  const query = useQuery(plans.readPlan.queryOptions({ input: { id } }))
  const plan = query.data
  return (
    <PageFrame
      title={plan?.title ?? say(words.title)}
      lead={plan && `${say(words.kind[plan.kind])} · ${plan.entityName}`}
      crumbs={[{ title: say(words.title), to: '/plans' }]}
      may="plans.read"
      actions={
        plan && (
          <>
            <Button icon={<PrinterOutlined />} onClick={() => print()}>
              {say(floorWords.act.print)}
            </Button>
            <PlanActions plan={plan} />
          </>
        )
      }
    >
      <Loaded query={query} waiting={<Waiting rows={12} />}>
        {(one) => <Whole plan={one} />}
      </Loaded>
    </PageFrame>
  )
}

function Whole({ plan }: { plan: Plan }) {
  const say = useSay()
  return (
    <>
      <Way plan={plan} />
      <div className="columns">
        <div className="wide">
          <Section title={say(words.part.current)}>
            {plan.currentState === '' ? (
              <p className="muted">{say(words.part.noCurrent)}</p>
            ) : (
              <p className="plan-text">{plan.currentState}</p>
            )}
          </Section>
          <GoalSection plan={plan} />
          <MeasuresSection plan={plan} />
          <TasksSection plan={plan} />
        </div>
        <div className="narrow">
          <About plan={plan} />
          <ProofSection plan={plan} />
          <History plan={plan} />
        </div>
      </div>
    </>
  )
}

const places: Readonly<Record<PlanState, number>> = {
  draft: 0,
  'in-review': 1,
  'in-approval': 2,
  running: 3,
  'change-requested': 0,
  closed: 4,
  withdrawn: 0,
  rejected: 2,
}

/** The way of a plan, where it is on it, and what comes next in words. */
function Way({ plan }: { plan: Plan }) {
  const say = useSay()
  const { language } = useLanguage()
  const me = useMe()
  const ended = plan.state === 'withdrawn' || plan.state === 'rejected'
  const own = plan.createdBy.id === me?.person.id && (plan.state === 'in-review' || plan.state === 'in-approval')
  const values = {
    day: dayName(plan.verification.endsOn, language),
    outcome: plan.outcome === null ? '' : say(words.outcome[plan.outcome]),
  }
  const names: Sentence[] = [
    words.step.draft,
    words.step.review,
    words.step.approval,
    words.step.running,
    words.step.closed,
  ]
  return (
    <Section>
      <Steps
        size="small"
        current={places[plan.state]}
        status={ended ? 'error' : plan.state === 'closed' ? 'finish' : 'process'}
        items={names.map((name) => ({ title: say(name) }))}
      />
      <p className="plan-next">
        <strong>{say(words.next.label)}</strong>　{say(words.next[plan.state], values)}
        {own && ` ${say(words.act.ownPlan)}`}
      </p>
    </Section>
  )
}

function About({ plan }: { plan: Plan }) {
  const say = useSay()
  const waitsFor = useWaitsFor()
  const mayAlerts = useMay('alerts.read')
  return (
    <Section title={say(words.part.facts)}>
      <Facts
        rows={[
          [say(words.column.state), <StateMark key="state" plan={plan} />],
          [say(words.column.waits), waitsFor(plan)],
          [say(words.column.progress), <Progress key="progress" plan={plan} />],
          [say(words.column.entity), plan.entityName],
          [
            say(words.column.author),
            <span key="author">
              {plan.createdBy.name} <When at={plan.createdAt} />{' '}
              <span className="muted small">{say(words.part.revision, { revision: plan.revision })}</span>
            </span>,
          ],
        ]}
      />
      {plan.alertId !== null && mayAlerts && (
        <p style={{ marginTop: 12 }}>
          <Go to={`/alerts/${plan.alertId}`}>{say(words.part.toAlert)}</Go>
        </p>
      )}
    </Section>
  )
}

/** A verdict's remark is a code; the outcome and the proof say it in words. */
function History({ plan }: { plan: Plan }) {
  const say = useSay()
  const roles: Readonly<Record<string, Sentence>> = words.role
  return (
    <Section title={say(words.part.history)}>
      <Timeline
        label={say(words.part.history)}
        entries={plan.steps.map((step) => {
          const role = roles[step.role]
          const verdict = step.what === 'closed' && plan.outcome !== null ? `：${say(words.outcome[plan.outcome])}` : ''
          return {
            at: step.at,
            what: say(words.history[step.what]) + verdict,
            by: step.role === 'system' ? say(words.role.system) : role ? `${step.by}（${say(role)}）` : step.by,
            remark: step.what === 'closed' ? null : step.remark,
            status:
              step.what === 'approved' || step.what === 'closed'
                ? 'green'
                : step.what === 'returned' || step.what === 'rejected'
                  ? 'orange'
                  : 'blue',
          } as const
        })}
      />
    </Section>
  )
}
