/** Small parts of an alert: its deadline with countdown, its state, its reason, and what else marks it. */
import { Tag, Tooltip } from 'antd'
import type { Alert } from '#alerts/contract'
import { instantName, useNow } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go } from '#platform/web/router.tsx'
import { type Language, sayIn } from '#platform/web/words.ts'
import { words } from '../../words.ts'
import { useRuleNames } from '../rule-names.ts'
import { latest, whyText } from '../telling/why.ts'

const MINUTE_MILLISECONDS = 60_000
const page = words.page

function spanText(milliseconds: number, language: Language): string {
  const minutes = Math.max(0, Math.floor(Math.abs(milliseconds) / MINUTE_MILLISECONDS))
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (days > 0) return sayIn(language, words.due.days, { days, hours: hours % 24 })
  if (hours > 0) return sayIn(language, words.due.hours, { hours, minutes: minutes % 60 })
  return sayIn(language, words.due.minutes, { minutes })
}

/** A running clock: time left, or in red how long it is late. */
export function Clock({ dueAt }: { dueAt: string }) {
  const say = useSay()
  const { language } = useLanguage()
  const left = new Date(dueAt).getTime() - useNow()
  const span = spanText(left, language)
  return (
    <Tooltip title={instantName(dueAt, language)}>
      <span className="number">
        {left < 0 ? (
          <strong>
            <StatusMark status="red" word={say(words.due.over, { span })} />
          </strong>
        ) : (
          say(words.due.left, { span })
        )}
      </span>
    </Tooltip>
  )
}

/** Time left for the next duty; where nothing is owed or the alert is closed no clock runs. */
export function Due({ alert }: { alert: Alert }) {
  const say = useSay()
  if (alert.state === 'closed') {
    return (
      <span className="muted">
        {say(words.due.closed)} <When at={alert.closedAt} />
      </span>
    )
  }
  const owes = alert.duties.some((duty) => duty.doneAt === null)
  return owes ? <Clock dueAt={alert.dueAt} /> : <span className="muted">{say(words.duty.none)}</span>
}

export function StateText({ alert }: { alert: Alert }) {
  const say = useSay()
  if (alert.state === 'closed' && alert.closedBecause) return <>{say(words.closedBecause[alert.closedBecause])}</>
  if (alert.state === 'planned' && alert.planId) {
    return <Go to={`/plans/${alert.planId}`}>{say(words.state.planned)}</Go>
  }
  return <>{say(words.state[alert.state])}</>
}

/** The reason in one sentence, how often it fired, and how many units stand behind it. */
export function Why({ alert }: { alert: Alert }) {
  const say = useSay()
  const { language } = useLanguage()
  const ruleOf = useRuleNames(alert.rule.condition.kind === 'combination')
  const reading = latest(alert)
  if (!reading) return null
  return (
    <span className="alert-why">
      {whyText(alert, reading, language, { ruleOf })}
      {alert.members.length > 0 && say(words.why.pooled, { count: alert.members.length })}
      {alert.readings.length > 1 && say(words.why.again, { count: alert.readings.length })}
    </span>
  )
}

const signalStatus: Readonly<Record<Alert['signal'], Status>> = {
  normal: 'green',
  pending: 'blue',
  firing: 'orange',
  recovering: 'blue',
  'no-data': 'grey',
}

/** What the signal itself does, apart from what people do about it. A signal that simply fires is only told where asked. */
export function SignalMark({ alert, always = false }: { alert: Alert; always?: boolean }) {
  const say = useSay()
  if (alert.state === 'closed' || (alert.signal === 'firing' && !always)) return null
  return (
    <Tooltip title={say(page.signalWhy[alert.signal])}>
      <span className="small">
        <StatusMark status={signalStatus[alert.signal]} word={say(page.signals[alert.signal])} />
      </span>
    </Tooltip>
  )
}

export const relapsesOf = (alert: Alert): number => alert.history.filter((line) => line.what === 'reopened').length

/** Whatever makes this alert unlike a plain one, each explained on hover. */
export function Marks({ alert }: { alert: Alert }) {
  const say = useSay()
  const relapses = relapsesOf(alert)
  const told: [string, string, string][] = []
  if (alert.drill) told.push(['blue', say(page.drill), say(page.drillWhy)])
  if (relapses > 0) told.push(['red', say(page.relapse), say(page.relapseWhy, { count: relapses })])
  if (alert.revised) told.push(['blue', say(page.revised), say(page.revisedWhy)])
  if (alert.muted !== null) told.push(['', say(page.muted[alert.muted]), say(page.mutedWhy[alert.muted])])
  if (told.length === 0) return null
  return (
    <span className="alert-tags">
      {told.map(([colour, word, reason]) => (
        <Tooltip key={word} title={reason}>
          <Tag {...(colour === '' ? {} : { color: colour })}>{word}</Tag>
        </Tooltip>
      ))}
    </span>
  )
}
