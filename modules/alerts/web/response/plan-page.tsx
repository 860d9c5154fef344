/** One response plan: read as the checklist it becomes, or changed into a version of one's own. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { ResponsePlan } from '#alerts/contract'
import { useSay } from '#platform/web/language.tsx'
import { Facts, PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { roleWords } from '#platform/web/parts/role-words.ts'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useGo, useParam } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import '../alerts.css'
import { alerts } from '../api.ts'
import { PlanForm } from './plan-form.tsx'

const text = words.checklist.plans
const NEW = 'new'

export function ResponsePlanPage() {
  const say = useSay()
  const go = useGo()
  const id = useParam('id')
  const mayEdit = useMay('rules.edit')
  const [editing, setEditing] = useState(id === NEW)
  const plans = useQuery(alerts.listResponsePlans.queryOptions())
  const plan = plans.data?.find((one) => one.id === id)
  const leave = () => (id === NEW ? go('/alerts/plans') : setEditing(false))
  return (
    <PageFrame
      title={plan ? say(plan.title) : say(text.new)}
      crumbs={[
        { title: say(words.title), to: '/alerts' },
        { title: say(text.title), to: '/alerts/plans' },
      ]}
      may="alerts.read"
      actions={plan && mayEdit && !editing && <Button onClick={() => setEditing(true)}>{say(text.edit)}</Button>}
    >
      <Loaded query={plans} rows={10}>
        {() => {
          if (editing && (plan || id === NEW)) return <PlanForm plan={plan} leave={leave} />
          return plan ? <PlanTold plan={plan} /> : <Empty title={say(text.missing)} />
        }}
      </Loaded>
    </PageFrame>
  )
}

function PlanTold({ plan }: { plan: ResponsePlan }) {
  const say = useSay()
  const when = (at: string | null) => (at === null ? say(text.never) : <When at={at} exact />)
  return (
    <div className="columns">
      <div className="wide">
        <Section title={say(text.steps)}>
          <ol className="duties">
            {plan.steps.map((step) => (
              <li key={step.id} className="duty">
                <div className="duty-main">
                  <strong>{say(step.title)}</strong>
                  <span className="muted small">{say(roleWords[step.role])}</span>
                  {step.detail && <span className="small">{say(step.detail)}</span>}
                </div>
                <span className="duty-end muted">{say(words.checklist.minutes, { minutes: step.withinMinutes })}</span>
              </li>
            ))}
          </ol>
        </Section>
      </div>
      <div className="narrow">
        <Section>
          <Facts
            rows={[
              [say(text.hazard), say(words.checklist.hazard[plan.hazard])],
              [say(text.when), say(plan.when)],
              [say(text.until), say(plan.until)],
              [say(text.least), <StatusMark key="least" status={plan.match.leastColour} />],
              [say(text.origin), `${say(text.origins[plan.origin])} · ${say(text.version, { version: plan.version })}`],
              [say(text.lastUsed), when(plan.lastUsedAt)],
              [say(text.lastDrilled), when(plan.lastDrilledAt)],
            ]}
          />
        </Section>
      </div>
    </div>
  )
}
