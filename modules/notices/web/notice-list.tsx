/** Notices as a list: unread ones told by a mark and a word, not by weight alone. */
import { Button } from 'antd'
import type { Notice } from '#notices/contract'
import { useAct } from '#platform/web/act.ts'
import { useSay } from '#platform/web/language.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { Go } from '#platform/web/router.tsx'
import { words as all } from '../words.ts'
import { notices } from './api.ts'
import './notices.css'

const words = all.inbox

/** Marks one as read; nothing is said, the list shows it. */
function useReading() {
  return useAct((id: string) => notices.readNotice.call({ id }), { refresh: ['notices'] })
}

/** `onOpen`: told when somebody follows one to where it leads. */
export function NoticeLines({ rows, onOpen }: { rows: readonly Notice[]; onOpen?: () => void }) {
  return (
    <ul className="notice-lines">
      {rows.map((row) => (
        <NoticeLine key={row.id} notice={row} {...(onOpen ? { onOpen } : {})} />
      ))}
    </ul>
  )
}

function NoticeLine({ notice, onOpen }: { notice: Notice; onOpen?: () => void }) {
  const say = useSay()
  const reading = useReading()
  const unread = notice.readAt === null
  const title = say(notice.title)
  const read = () => {
    if (unread) reading.run(notice.id)
  }
  const open = () => {
    read()
    onOpen?.()
  }
  return (
    <li className={unread ? 'unread' : ''}>
      <div className="notice-head">
        {notice.importance === 'urgent' && <StatusMark status="red" word={say(words.urgent)} />}
        <strong>
          {notice.link === null ? (
            title
          ) : (
            <Go to={notice.link} plain onClick={open}>
              {title}
            </Go>
          )}
        </strong>
        {unread && <span className="notice-unread">{say(words.unread)}</span>}
      </div>
      {say(notice.body) !== '' && <p className="notice-body">{say(notice.body)}</p>}
      {notice.step > 0 && <p className="small muted">{say(words.escalated)}</p>}
      <div className="notice-foot small muted">
        <span>{say(notice.kindName)}</span>
        <When at={notice.createdAt} />
        {unread && (
          <Button type="link" size="small" loading={reading.busy} onClick={read}>
            {say(words.read)}
          </Button>
        )}
      </div>
    </li>
  )
}
