import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Select } from 'antd'
import type { Notice } from '#notices/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { usePages } from '#platform/web/page/list.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { Go, useSearchValue } from '#platform/web/router.tsx'
import { words as all } from '../words.ts'
import { notices } from './api.ts'
import { NoticeLines } from './notice-list.tsx'

const words = all.inbox

export function NoticesPage() {
  const say = useSay()
  const [kind, setKind] = useSearchValue('kind')
  const [unread, setUnread] = useSearchValue('unread')
  const input = { ...(kind ? { kind } : {}), ...(unread ? { unread: true } : {}) }
  const pages = usePages<Notice>(notices.listNotices.key({ input }), (cursor) =>
    notices.listNotices.call({ ...input, cursor }),
  )
  const kinds = useQuery(notices.listNoticeKinds.queryOptions())
  const counts = useQuery(notices.noticeCounts.queryOptions())
  const readAll = useAct(() => notices.readAllNotices.call(kind ? { kind } : {}), {
    done: words.readAllDone,
    refresh: ['notices'],
  })
  const actions = (
    <>
      <Button disabled={(counts.data?.unread ?? 0) === 0} loading={readAll.busy} onClick={() => readAll.run(undefined)}>
        {say(words.readAll)}
      </Button>
      <Go to="/notices/preferences">{say(words.toPreferences)}</Go>
    </>
  )
  return (
    <PageFrame title={say(words.title)} lead={say(words.lead)} actions={actions}>
      <Section>
        <div className="list-tools">
          <div className="row">
            <Select
              aria-label={say(words.kind)}
              value={kind ?? ''}
              onChange={(value) => setKind(value === '' ? undefined : value)}
              style={{ minWidth: 160 }}
              options={[
                { value: '', label: say(words.allKinds) },
                ...(kinds.data ?? []).map((each) => ({ value: each.kind, label: say(each.name) })),
              ]}
            />
            <Checkbox
              checked={unread !== undefined}
              onChange={(event) => setUnread(event.target.checked ? 'true' : undefined)}
            >
              {say(words.onlyUnread)}
            </Checkbox>
          </div>
        </div>
        <Lines pages={pages} />
      </Section>
    </PageFrame>
  )
}

function Lines({ pages }: { pages: ReturnType<typeof usePages<Notice>> }) {
  const say = useSay()
  const rows = pages.data?.pages.flatMap((each) => each.rows)
  if (pages.error) return <ProblemNotice error={pages.error} again={() => void pages.refetch()} />
  if (rows === undefined) return <Waiting rows={6} />
  if (rows.length === 0) return <Empty title={say(words.empty)} why={say(words.emptyWhy)} />
  return (
    <>
      <NoticeLines rows={rows} />
      <div className="list-end" aria-live="polite">
        <span>{say(pages.hasNextPage ? floorWords.list.shown : floorWords.list.shownAll, { count: rows.length })}</span>
        {pages.hasNextPage && (
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {say(floorWords.list.more)}
          </Button>
        )}
      </div>
    </>
  )
}
