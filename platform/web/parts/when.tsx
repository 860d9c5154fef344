/** An instant as people say it, with the exact one on hover. */
import { Tooltip } from 'antd'
import { dayName, instantName, relativeName, useNow } from '../calendar.ts'
import { useLanguage } from '../language.tsx'

export function When({ at, exact }: { at: string | null | undefined; exact?: boolean }) {
  const { language } = useLanguage()
  const now = useNow()
  if (!at) return <span className="muted">—</span>
  const full = instantName(at, language)
  const near = relativeName(at, now, language)
  return (
    <Tooltip title={exact ? near : full}>
      <time dateTime={at} className="number">
        {exact ? full : near}
      </time>
    </Tooltip>
  )
}

/** A calendar day. */
export function Day({ day }: { day: string | null | undefined }) {
  const { language } = useLanguage()
  if (!day) return <span className="muted">—</span>
  return (
    <time dateTime={day} className="number">
      {dayName(day, language)}
    </time>
  )
}
