/** On an alert: the plans that fit, one click to start, and each running checklist. */
import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import type { Alert, ResponsePlan } from '#alerts/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Loaded } from '#platform/web/page/states.tsx'
import { Go } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import { READ_AGAIN } from './api.ts'
import { Checklist } from './checklist.tsx'

const text = words.checklist
const PROPOSED = 3

export function Responses({ alert }: { alert: Alert }) {
  const say = useSay()
  const mayAct = useMay('alerts.act')
  const query = useQuery(alerts.listResponses.queryOptions({ input: { id: alert.id } }))
  return (
    <Section title={say(text.title)} lead={say(text.lead)}>
      <Loaded query={query} rows={3}>
        {(list) => (
          <div className="stack">
            {list.map((one) => (
              <Checklist key={one.id} response={one} />
            ))}
            {alert.state !== 'closed' && mayAct && list.every((one) => one.endedAt !== null) && (
              <Proposed alert={alert} />
            )}
          </div>
        )}
      </Loaded>
    </Section>
  )
}

function Proposed({ alert }: { alert: Alert }) {
  const say = useSay()
  const ask = useAsk()
  const [choosing, setChoosing] = useState(false)
  const fitting = useQuery(alerts.proposedPlans.queryOptions({ input: { id: alert.id } }))
  const library = useQuery({ ...alerts.listResponsePlans.queryOptions(), enabled: choosing })
  const start = useAct(alerts.startResponse.call, { done: text.started, refresh: READ_AGAIN })
  const begin = (plan: ResponsePlan) =>
    ask({
      title: say(text.startTitle, { plan: say(plan.title) }),
      lost: say(text.startWhy),
      deed: say(text.start),
      onYes: () => start.run({ id: alert.id, plan: plan.id }),
    })
  const proposed = (fitting.data ?? []).slice(0, PROPOSED)
  return (
    <div className="stack">
      {fitting.data &&
        (proposed.length === 0 ? <p className="muted">{say(text.none)}</p> : <p>{say(text.proposed)}</p>)}
      <ul className="duties">
        {proposed.map((plan) => (
          <li key={plan.id} className="duty">
            <div className="duty-main">
              <Go to={`/alerts/plans/${plan.id}`}>{say(plan.title)}</Go>
              <span className="muted small">{say(plan.when)}</span>
            </div>
            <div className="duty-end">
              <Button size="small" loading={start.busy} onClick={() => begin(plan)}>
                {say(text.start)}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {choosing ? (
        <Select<string>
          aria-label={say(text.choose)}
          placeholder={say(text.choose)}
          showSearch={{ optionFilterProp: 'label' }}
          loading={library.isLoading}
          options={(library.data ?? [])
            .filter((plan) => plan.active)
            .map((plan) => ({ value: plan.id, label: say(plan.title) }))}
          onChange={(id) => {
            const plan = library.data?.find((one) => one.id === id)
            if (plan) begin(plan)
          }}
        />
      ) : (
        <div>
          <Button size="small" type="link" onClick={() => setChoosing(true)}>
            {say(text.choose)}
          </Button>
        </div>
      )}
    </div>
  )
}
