/** The pages of a wall: which one is open, its title, adding and removing. */
import { PlusOutlined } from '@ant-design/icons'
import { Button, Input, Tabs } from 'antd'
import { type DashboardDraft, PAGES_LIMIT } from '#reports/contract'
import { useSay } from '#platform/web/language.tsx'
import { words as all } from '../../words.ts'
import { bilingualOf } from './tile-form.ts'

const words = all.editor

interface WallPagesProps {
  readonly draft: DashboardDraft
  readonly page: number
  readonly onPage: (page: number) => void
  readonly onChange: (draft: DashboardDraft) => void
}

export function WallPages({ draft, page, onPage, onChange }: WallPagesProps) {
  const say = useSay()
  const { pages } = draft
  const open = pages[page]
  const rename = (zh: string, en: string) =>
    onChange({ ...draft, pages: pages.map((one, at) => (at === page ? { ...one, title: bilingualOf(zh, en) } : one)) })
  return (
    <div className="wall-pages">
      <Tabs
        activeKey={String(page)}
        onChange={(key) => onPage(Number(key))}
        items={pages.map((one, at) => ({
          key: String(at),
          label: one.title ? say(one.title) : say(words.page, { page: at + 1 }),
        }))}
        tabBarExtraContent={
          <Button
            icon={<PlusOutlined />}
            disabled={pages.length >= PAGES_LIMIT}
            onClick={() => {
              onChange({ ...draft, pages: [...pages, { title: null, tiles: [] }] })
              onPage(pages.length)
            }}
          >
            {say(words.addPage)}
          </Button>
        }
      />
      <div className="row">
        <Input
          style={{ width: 220 }}
          maxLength={60}
          aria-label={say(words.pageTitle)}
          placeholder={say(words.pageTitle)}
          value={open?.title?.zh ?? ''}
          onChange={({ target: { value } }) =>
            rename(value, open?.title?.en === open?.title?.zh ? '' : (open?.title?.en ?? ''))
          }
        />
        <Input
          style={{ width: 220 }}
          maxLength={60}
          aria-label={`${say(words.pageTitle)} · ${say(words.inEnglish)}`}
          placeholder={`${say(words.pageTitle)} · ${say(words.inEnglish)}`}
          value={open?.title && open.title.en !== open.title.zh ? open.title.en : ''}
          onChange={({ target: { value } }) => rename(open?.title?.zh ?? '', value)}
        />
        {pages.length > 1 && (
          <Button
            danger
            type="text"
            onClick={() => onChange({ ...draft, pages: pages.filter((_one, at) => at !== page) })}
          >
            {say(words.removePage)}
          </Button>
        )}
      </div>
    </div>
  )
}
