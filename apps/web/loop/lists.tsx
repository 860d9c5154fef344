/** What is worst, what waits for me, what was proven. */
import { useQuery } from '@tanstack/react-query'
import { Tag } from 'antd'
import type { Alert } from '#alerts/contract'
import type { Plan, PlanOutcome } from '#plans/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatChange } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { Figure } from '#platform/web/parts/figure.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go } from '#platform/web/router.tsx'
import { useScope } from '#platform/web/scope.ts'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../shell-words.ts'
import { alerts, plans, verification } from './loop-api.ts'

const words = all.loop
const SHOWN_LIMIT = 6

export function WorstAlerts() {
  const say = useSay()
  const may = useMay('alerts.read')
  const { entity } = useScope()
  const input = { limit: SHOWN_LIMIT, ...(entity === undefined ? {} : { entity }) }
  const list = useQuery({ ...alerts.listAlerts.queryOptions({ input }), enabled: may })
  if (!may) return null
  return (
    <Section title={say(words.worstAlerts)} actions={<Go to="/alerts">{say(words.seeAll)}</Go>}>
      <Loaded query={list} rows={6}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty
              title={say(words.noAlerts)}
              why={say(words.noAlertsWhy)}
              begin={<Go to="/alerts/rules">{say(words.seeRules)}</Go>}
            />
          ) : (
            <ul className="lines">
              {rows.map((alert) => (
                <AlertLine key={alert.id} alert={alert} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

function AlertLine({ alert }: { alert: Alert }) {
  const say = useSay()
  const reading = alert.readings.at(-1)
  return (
    <li className="line">
      <StatusMark status={alert.colour} />
      <span className="line-main">
        <Go to={`/alerts/${alert.id}`}>
          {alert.entity.name} · {say(alert.indicator?.title ?? alert.rule.title)}
        </Go>
        <span className="muted small">{say(alert.duty)}</span>
      </span>
      <span>
        {reading && (
          <Figure
            value={reading.value}
            unit={alert.indicator?.unit ?? 'count'}
            n={reading.n}
            low={reading.low}
            high={reading.high}
          />
        )}
      </span>
      <span className="line-due">
        {alert.overdue && <span className="station-waits">{say(words.dueOver)}</span>}
        <span className="muted small">
          {say(words.due)} <When at={alert.dueAt} />
        </span>
      </span>
    </li>
  )
}

export function PlansForMe() {
  const say = useSay()
  const may = useMay('plans.read')
  const input = { waitingForMe: 'true', limit: SHOWN_LIMIT }
  const list = useQuery({ ...plans.listPlans.queryOptions({ input }), enabled: may })
  if (!may) return null
  return (
    <Section title={say(words.forMe)} actions={<Go to="/plans">{say(words.seeAll)}</Go>}>
      <Loaded query={list} rows={3}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={say(words.noPlans)} why={say(words.noPlansWhy)} />
          ) : (
            <ul className="lines">
              {rows.map((plan) => (
                <PlanLine key={plan.id} plan={plan} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

function PlanLine({ plan }: { plan: Plan }) {
  const say = useSay()
  return (
    <li className="line">
      <Tag>{say(all.planState[plan.state])}</Tag>
      <span className="line-main">
        <Go to={`/plans/${plan.id}`}>{plan.title}</Go>
        <span className="muted small">
          {plan.entityName} · {plan.createdBy.name}
        </span>
      </span>
      <span className="muted">
        <When at={plan.steps.at(-1)?.at ?? plan.createdAt} />
      </span>
    </li>
  )
}

const outcomes: Readonly<Record<PlanOutcome, readonly [Status, typeof words.effective]>> = {
  effective: ['green', words.effective],
  'no-relevant-difference': ['orange', words.noDifference],
  harmful: ['red', words.harmful],
  undecided: ['grey', words.undecided],
  waived: ['yellow', words.waived],
} as never

export function LatestVerdicts() {
  const say = useSay()
  const { language } = useLanguage()
  const may = useMay('verification.read')
  const list = useQuery({
    ...verification.listProofs.queryOptions({ input: { state: 'concluded', limit: SHOWN_LIMIT } }),
    enabled: may,
  })
  if (!may) return null
  return (
    <Section title={say(words.latestVerdicts)} actions={<Go to="/verify">{say(words.seeAll)}</Go>}>
      <Loaded query={list} rows={3}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={say(words.noVerdicts)} why={say(words.noVerdictsWhy)} />
          ) : (
            <ul className="lines">
              {rows.map(({ design, verdict, unit }) => {
                const [status, word] = outcomes[verdict?.outcome ?? 'undecided']
                const effect = verdict?.effect ? formatChange(verdict.effect.value, unit, language) : null
                return (
                  <li key={design.id} className="line">
                    <StatusMark status={status} word={say(word)} />
                    <span className="line-main">
                      <Go to={`/verify/${design.planId}`}>{design.planTitle}</Go>
                      <span className="muted small">
                        {design.entity.name}
                        {effect !== null && ` · ${say(words.effect, { effect })}`}
                      </span>
                    </span>
                  </li>
                )
              })}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}
