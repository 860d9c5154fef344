/** Small parts of an alert: its deadline with countdown, its state, its reason. */
import { Tooltip } from 'antd'
import type { Alert } from '#alerts/contract'
import { instantName, useNow } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go } from '#platform/web/router.tsx'
import { type Language, sayIn } from '#platform/web/words.ts'
import { words } from '../words.ts'
import { latest, whyText } from './why.ts'

const MINUTE_MILLISECONDS = 60_000

function spanText(milliseconds: number, language: Language): string {
  const minutes = Math.max(0, Math.floor(Math.abs(milliseconds) / MINUTE_MILLISECONDS))
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (days > 0) return sayIn(language, words.due.days, { days, hours: hours % 24 })
  if (hours > 0) return sayIn(language, words.due.hours, { hours, minutes: minutes % 60 })
  return sayIn(language, words.due.minutes, { minutes })
}

/** Time left, or how long overdue; a closed or planned alert has no clock running. */
export function Due({ alert }: { alert: Alert }) {
  const say = useSay()
  const { language } = useLanguage()
  const now = useNow()
  if (alert.state === 'closed') {
    return (
      <span className="muted">
        {say(words.due.closed)} <When at={alert.closedAt} />
      </span>
    )
  }
  const exact = instantName(alert.dueAt, language)
  if (alert.state === 'planned') {
    return (
      <span className="muted number" title={exact}>
        {exact}
      </span>
    )
  }
  const left = new Date(alert.dueAt).getTime() - now
  const span = spanText(left, language)
  return (
    <Tooltip title={exact}>
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

export function StateText({ alert }: { alert: Alert }) {
  const say = useSay()
  if (alert.state === 'closed' && alert.closedBecause) return <>{say(words.closedBecause[alert.closedBecause])}</>
  if (alert.state === 'planned' && alert.planId) {
    return <Go to={`/plans/${alert.planId}`}>{say(words.state.planned)}</Go>
  }
  return <>{say(words.state[alert.state])}</>
}

/** The reason in one sentence, and how often it fired. */
export function Why({ alert }: { alert: Alert }) {
  const say = useSay()
  const { language } = useLanguage()
  const reading = latest(alert)
  if (!reading) return null
  return (
    <span className="alert-why">
      {whyText(alert, reading, language)}
      {alert.readings.length > 1 && say(words.why.again, { count: alert.readings.length })}
    </span>
  )
}
