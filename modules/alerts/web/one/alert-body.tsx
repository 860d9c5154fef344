/** Everything about one alert, for its page and for the drawer beside the list. */
import { useQuery } from '@tanstack/react-query'
import type { Alert } from '#alerts/contract'
import { useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { Facts, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded } from '#platform/web/page/states.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Timeline } from '#platform/web/parts/timeline.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { useLanguage } from '#platform/web/language.tsx'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import { Marks, SignalMark, StateText, Why } from './alert-marks.tsx'

const text = words.page
const ANSWER_MILLISECONDS = 2 * 3_600_000
const MEMBERS_SHOWN = 20

export function WhySection({ alert }: { alert: Alert }) {
  const say = useSay()
  return (
    <Section title={say(text.why)}>
      <div className="stack">
        <span className="row">
          <StatusMark status={alert.colour} />
          <SignalMark alert={alert} always />
          <Marks alert={alert} />
        </span>
        <p>
          <Why alert={alert} />
        </p>
      </div>
    </Section>
  )
}

/** A pooled alert says whose signals it is made of. */
export function Members({ alert }: { alert: Alert }) {
  const say = useSay()
  const { members } = alert
  if (members.length === 0) return null
  const shown = members.slice(0, MEMBERS_SHOWN)
  return (
    <Section title={say(text.members, { count: members.length })} lead={say(text.membersLead)}>
      <ul className="lines">
        {shown.map((member) => (
          <li key={member.key} className="line">
            {member.colour === null ? (
              <StatusMark status="grey" word={say(text.together)} />
            ) : (
              <StatusMark status={member.colour} />
            )}
            <span className="line-main">
              {alert.indicator ? (
                <Go to={`/measure/${alert.indicator.id}?entity=${encodeURIComponent(member.key)}`}>{member.name}</Go>
              ) : (
                member.name
              )}
            </span>
          </li>
        ))}
      </ul>
      {members.length > shown.length && (
        <p className="muted small">{say(text.moreMembers, { count: members.length - shown.length })}</p>
      )}
    </Section>
  )
}

/** What ended alerts like this one: the best hint at what to do now. */
export function Similar({ alert }: { alert: Alert }) {
  const say = useSay()
  const { language } = useLanguage()
  const query = useQuery(alerts.similarAlerts.queryOptions({ input: { id: alert.id } }))
  return (
    <Section title={say(text.similar)} lead={say(text.similarLead)}>
      <Loaded query={query} rows={3}>
        {(list) =>
          list.length === 0 ? (
            <p className="muted">{say(text.noSimilar)}</p>
          ) : (
            <ul className="similar">
              {list.map((one) => (
                <li key={one.id}>
                  <div className="row">
                    <StatusMark status={one.colour} bare />
                    <Go to={`/alerts/${one.id}`}>
                      {one.entity.name}
                      {one.rule.id !== alert.rule.id && ` · ${say(one.rule.title)}`}
                    </Go>
                    <span className="muted small">
                      <When at={one.raisedAt} />
                    </span>
                  </div>
                  <p className="small">
                    {one.closedBecause === null ? say(text.stillOpen) : say(words.closedBecause[one.closedBecause])}
                    {one.lastedDays !== null &&
                      ` · ${say(text.lasted, { days: formatNumber(one.lastedDays, language, 1) })}`}
                    {one.planId !== null && (
                      <>
                        {' · '}
                        <Go to={`/plans/${one.planId}`}>{say(words.act.toPlan)}</Go>
                      </>
                    )}
                    {one.responsePlan !== null && ` · ${one.responsePlan}`}
                  </p>
                  {one.remark !== null && <p className="duty-remark">{one.remark}</p>}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

export function AlertFacts({ alert }: { alert: Alert }) {
  const say = useSay()
  const mayProof = useMay('verification.read')
  const entity = encodeURIComponent(alert.entity.key)
  const inTime =
    alert.answeredAt !== null && Date.parse(alert.answeredAt) - Date.parse(alert.raisedAt) <= ANSWER_MILLISECONDS
  return (
    <Section title={say(text.facts)}>
      <Facts
        rows={[
          [
            say(text.owner),
            alert.owner?.name ?? (
              <span key="nobody" className="muted">
                {say(words.nobody)}
              </span>
            ),
          ],
          [say(text.state), <StateText key="state" alert={alert} />],
          [say(text.raised), <When key="raised" at={alert.raisedAt} exact />],
          [
            say(text.answered),
            <span key="answered">
              <When at={alert.answeredAt} exact />{' '}
              {alert.answeredAt !== null && (
                <span className="muted small">{say(inTime ? text.answeredInTime : text.answeredLate)}</span>
              )}
            </span>,
          ],
          [
            say(text.rule),
            <span key="rule">
              <Go to={`/alerts/rules/${alert.rule.id}`}>{say(alert.rule.title)}</Go>{' '}
              <span className="muted small">{say(text.ruleVersion, { version: alert.rule.version })}</span>
            </span>,
          ],
          ...(alert.planId === null
            ? []
            : [
                [
                  say(text.plan),
                  <span key="plan" className="row">
                    <Go to={`/plans/${alert.planId}`}>{say(words.act.toPlan)}</Go>
                    {mayProof && <Go to={`/verify/${alert.planId}`}>{say(text.proof)}</Go>}
                  </span>,
                ] as const,
              ]),
        ]}
      />
      <p className="row small no-print" style={{ marginTop: 12 }}>
        <Go to={`/alerts?entity=${entity}&state=all`}>{say(text.allOf)}</Go>
        {alert.indicator && <Go to={`/measure/${alert.indicator.id}?entity=${entity}`}>{say(text.indicatorPage)}</Go>}
      </p>
    </Section>
  )
}

const historyStatus: Partial<Record<Alert['history'][number]['what'], Status>> = {
  raised: 'orange',
  worsened: 'red',
  'signal-back': 'orange',
  escalated: 'red',
  reopened: 'orange',
  eased: 'yellow',
  'no-data': 'grey',
  silenced: 'grey',
  'signal-gone': 'green',
  'duty-done': 'green',
  closed: 'green',
}

export function History({ alert }: { alert: Alert }) {
  const say = useSay()
  return (
    <Section title={say(text.history)}>
      <Timeline
        label={say(text.history)}
        entries={alert.history.map((line) => ({
          at: line.at,
          // The system signs with the product's name.
          by: line.by === 'Bihuan' ? say(words.system) : line.by,
          what: say(words.history[line.what]),
          remark: line.remark,
          status: historyStatus[line.what] ?? 'blue',
        }))}
      />
    </Section>
  )
}
