/** For the steering group: what waits for a decision, and whether what was approved has worked. */
import { useQuery } from '@tanstack/react-query'
import type { Plan } from '#plans/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { Go } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../words.ts'
import { plans } from './api.ts'
import { PlanActions } from './plan-actions.tsx'
import { effectSize, useGoalIndicator, useGoalText } from './plan-marks.tsx'
import './plans.css'
import { Portfolio } from './portfolio.tsx'

const text = words.decide
const WAITING_LIMIT = 100

export function DecisionsPage() {
  const say = useSay()
  const mayProof = useMay('verification.read')
  return (
    <PageFrame title={say(text.title)} lead={say(text.lead)} may="plans.read">
      <WaitingPlans />
      {mayProof && <Portfolio />}
    </PageFrame>
  )
}

function WaitingPlans() {
  const say = useSay()
  const waiting = useQuery(plans.listPlans.queryOptions({ input: { state: 'in-approval', limit: WAITING_LIMIT } }))
  const count = waiting.data?.rows.length
  return (
    <Section title={say(text.waiting)} lead={count ? say(text.waitingCount, { count }) : undefined}>
      <Loaded query={waiting} rows={4}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={say(text.none)} why={say(text.noneWhy)} />
          ) : (
            <ul className="plan-cards">
              {rows.map((plan) => (
                <WaitingCard key={plan.id} plan={plan} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

function WaitingCard({ plan }: { plan: Plan }) {
  const say = useSay()
  const { language } = useLanguage()
  const goalText = useGoalText()
  const { unit } = useGoalIndicator()(plan)
  const yuan = plan.measures.reduce((sum, measure) => sum + measure.costYuan, 0)
  const smallest = say(text.smallest, { effect: effectSize(plan.verification.smallestEffect, unit, language) })
  return (
    <li>
      <div>
        <Go to={`/plans/${plan.id}`}>
          <strong>{plan.title}</strong>
        </Go>
        <p>{goalText(plan)}</p>
        <p className="muted small">
          {[
            plan.entityName,
            say(words.kind[plan.kind]),
            say(text.cost, { yuan: formatNumber(yuan, language, 0) }),
            smallest,
            say(text.by, { name: plan.createdBy.name }),
          ].join(' · ')}
        </p>
      </div>
      <div className="row">
        <PlanActions plan={plan} judging />
      </div>
    </li>
  )
}
