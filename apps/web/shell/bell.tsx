/** The bell: how many notices are unread, and the newest of them. */
import { BellOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Badge, Button, Drawer } from 'antd'
import { useState } from 'react'
import { useSay } from '#platform/web/language.tsx'
import { usePhone } from '#platform/web/page/phone.ts'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { Go, useGo } from '#platform/web/router.tsx'
import { notices } from '../../../modules/notices/web/api.ts'
import { NoticeLines } from '../../../modules/notices/web/notice-list.tsx'
import { words as all } from '../../../modules/notices/words.ts'

const words = all.inbox
const SHOWN = 8

export function Bell() {
  const say = useSay()
  const go = useGo()
  const phone = usePhone()
  const [open, setOpen] = useState(false)
  const counts = useQuery(notices.noticeCounts.queryOptions())
  const unread = counts.data?.unread ?? 0
  return (
    <>
      <Button
        type="text"
        className="top-bell"
        aria-label={unread === 0 ? say(words.bellNone) : say(words.bell, { count: unread })}
        aria-expanded={open}
        icon={
          <Badge count={unread} size="small" overflowCount={99} aria-hidden="true">
            <BellOutlined />
          </Badge>
        }
        onClick={() => (phone ? go('/notices', { plain: true }) : setOpen(true))}
      />
      <Drawer open={open} onClose={() => setOpen(false)} destroyOnHidden title={say(words.newest)}>
        <Newest onLeave={() => setOpen(false)} />
      </Drawer>
    </>
  )
}

/** Read when it is opened. */
function Newest({ onLeave }: { onLeave: () => void }) {
  const say = useSay()
  const newest = useQuery(notices.listNotices.queryOptions({ input: { limit: SHOWN } }))
  return (
    <div>
      <Loaded query={newest}>
        {({ rows }) =>
          rows.length === 0 ? <Empty title={say(words.empty)} /> : <NoticeLines rows={rows} onOpen={onLeave} />
        }
      </Loaded>
      <p className="bell-foot">
        <Go to="/notices" plain onClick={onLeave}>
          {say(words.all)}
        </Go>
      </p>
    </div>
  )
}
