/** What a reader of a publication must know first: that it is a draft, corrected, taken back, or that something stands against it. */
import { Alert } from 'antd'
import type { ReactNode } from 'react'
import type { Publication } from '#evaluation/contract'
import { instantName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { Go } from '#platform/web/router.tsx'
import { publishingWords as words } from '../../words/publishing-screens.ts'

type Told = readonly ['info' | 'warning' | 'success', string, ReactNode?]

export function Notices({ row }: { row: Publication }) {
  const say = useSay()
  const { language } = useLanguage()
  const when = (at: string) => instantName(at, language)
  const see = (id: string, text: string) => <Go to={`/evaluate/publications/${id}`}>{text}</Go>
  const told: Told[] = []
  if (row.state === 'draft') told.push(['info', say(words.draftTold)])
  if (row.obstacles.includes('appeals-undecided'))
    told.push(['warning', say(words.window.undecided, { count: row.appeals.open })])
  if (row.state === 'preview' && row.obstacles.length === 0) told.push(['success', say(words.window.ready)])
  if (row.companion !== null) told.push(['info', say(words.companion), see(row.companion, say(words.companionSee))])
  if (row.correctedBy !== null)
    told.push(['warning', say(words.correctedBy), see(row.correctedBy, say(words.seeNewest))])
  if (row.corrects !== null)
    told.push(['info', say(words.corrects, { reason: row.reason }), see(row.corrects, say(words.seeEarlier))])
  if (row.newer?.differs) told.push(['info', say(words.newer, { at: when(row.newer.at) })])
  if (row.endedAt !== null && row.state !== 'corrected') {
    const values = { at: when(row.endedAt), by: row.endedBy ?? '', reason: row.endedBecause }
    told.push(['warning', say(words.ended, values)])
  }
  if (told.length === 0) return null
  return (
    <div className="stack" style={{ marginBottom: 16 }}>
      {told.map(([type, title, action]) => (
        <Alert key={title} type={type} showIcon title={title} action={action} />
      ))}
    </div>
  )
}
