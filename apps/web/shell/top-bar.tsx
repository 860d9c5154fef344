/** Whose data this is, the way to anywhere, and the account. */
import { SearchOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Dropdown, Tag, Tooltip } from 'antd'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { type Look, useLook } from '#platform/web/look/theme.tsx'
import { usePhone } from '#platform/web/page/phone.ts'
import { signOut } from '#platform/web/session.ts'
import type { Language } from '#platform/web/words.ts'
import { words } from '../shell-words.ts'
import { Bell } from './bell.tsx'

interface TopBarProps {
  readonly viewer: {
    readonly person: { readonly name: string; readonly email: string }
    readonly organisation: { readonly name: string }
    readonly demo: boolean
  }
  readonly onSearch: () => void
}

export function TopBar({ viewer, onSearch }: TopBarProps) {
  const say = useSay()
  const phone = usePhone()
  return (
    <header className="top-bar">
      <span className="top-name">{viewer.organisation.name}</span>
      {viewer.demo && (
        <Tooltip title={say(words.shell.demoWhy)}>
          <Tag color="blue" variant="outlined">
            {say(words.shell.demo)}
          </Tag>
        </Tooltip>
      )}
      <span className="top-gap" />
      <Button
        icon={<SearchOutlined />}
        onClick={onSearch}
        aria-label={say(words.palette.open)}
        aria-keyshortcuts="Control+K Meta+K"
        className="top-search"
      >
        {!phone && (
          <>
            {say(words.palette.open)} <kbd>Ctrl K</kbd>
          </>
        )}
      </Button>
      <Bell />
      <Account viewer={viewer} />
    </header>
  )
}

function Account({ viewer }: Pick<TopBarProps, 'viewer'>) {
  const say = useSay()
  const { language, choose } = useLanguage()
  const { look, choose: chooseLook } = useLook()
  const looks: readonly [Look, string][] = [
    ['system', say(words.shell.lookSystem)],
    ['light', say(words.shell.lookLight)],
    ['dark', say(words.shell.lookDark)],
  ]
  const languages: readonly [Language, string][] = [
    ['zh', '中文'],
    ['en', 'English'],
  ]
  const items = [
    { key: 'email', label: viewer.person.email, disabled: true },
    {
      key: 'language',
      type: 'group' as const,
      label: say(words.shell.language),
      children: languages.map(([value, label]) => ({ key: `language ${value}`, label, onClick: () => choose(value) })),
    },
    {
      key: 'look',
      type: 'group' as const,
      label: say(words.shell.look),
      children: looks.map(([value, label]) => ({ key: `look ${value}`, label, onClick: () => chooseLook(value) })),
    },
    { type: 'divider' as const },
    { key: 'out', label: say(words.shell.signOut), onClick: () => void signOut() },
  ]
  return (
    <Dropdown
      trigger={['click']}
      menu={{ items, selectable: true, selectedKeys: [`language ${language}`, `look ${look}`] }}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={say(words.shell.account)} className="top-account">
        <span className="top-person">{viewer.person.name}</span>
      </Button>
    </Dropdown>
  )
}
