/** Navigation: a rail on the desk, a bar at the bottom of a phone. */
import { MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { Badge, Button, Drawer, Tooltip } from 'antd'
import { useState } from 'react'
import { useSay } from '#platform/web/language.tsx'
import { Go, useAddress } from '#platform/web/router.tsx'
import { words } from '../shell-words.ts'
import {
  isWithin,
  navigation,
  type NavigationEntry,
  offered,
  offeredBelow,
  targetOf,
  type Viewer,
} from './navigation.tsx'

export interface RailProps {
  readonly viewer: Viewer
  readonly liveAlerts: number
}

export function Rail({
  viewer,
  liveAlerts,
  folded,
  onFold,
}: RailProps & { folded: boolean; onFold: (folded: boolean) => void }) {
  const say = useSay()
  return (
    <nav className={`rail ${folded ? 'folded' : ''}`} aria-label={say(words.shell.mainNavigation)}>
      <Go to="/" className="rail-brand" aria-label={say(words.product)}>
        <BrandMark />
        {!folded && <strong>{say(words.product)}</strong>}
      </Go>
      <ul>
        {navigation
          .filter((entry) => offered(entry, viewer))
          .map((entry) => (
            <RailEntry key={entry.to} entry={entry} viewer={viewer} folded={folded} liveAlerts={liveAlerts} />
          ))}
      </ul>
      <Button
        type="text"
        className="rail-fold"
        icon={folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        aria-label={say(folded ? words.shell.expand : words.shell.collapse)}
        onClick={() => onFold(!folded)}
      />
    </nav>
  )
}

function RailEntry({ entry, viewer, folded, liveAlerts }: RailProps & { entry: NavigationEntry; folded: boolean }) {
  const say = useSay()
  const { path } = useAddress()
  const open = isWithin(path, entry)
  const below = open && !folded ? offeredBelow(entry, viewer) : []
  // The deepest entry whose address begins the present one is the page itself.
  const here = [...below]
    .sort((a, b) => b.to.length - a.to.length)
    .find((one) => path === one.to || path.startsWith(`${one.to}/`))
  const count = entry.to === '/alerts' ? liveAlerts : 0
  const title = say(entry.title)
  const link = (
    <Go to={targetOf(entry, viewer)} className="rail-link" aria-current={open ? 'page' : undefined}>
      <span aria-hidden="true">{entry.icon}</span>
      <span className={folded ? 'only-read' : ''}>{title}</span>
      {count > 0 && <AlertCount count={count} small={folded} />}
    </Go>
  )
  return (
    <li>
      {folded ? (
        <Tooltip title={title} placement="right">
          {link}
        </Tooltip>
      ) : (
        link
      )}
      {below.length > 1 && (
        <ul className="rail-below">
          {below.map((one) => (
            <li key={one.to}>
              <Go to={one.to} className="rail-link" aria-current={here === one ? 'page' : undefined}>
                {say(one.title)}
              </Go>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function AlertCount({ count, small }: { count: number; small: boolean }) {
  const say = useSay()
  return (
    <>
      <Badge count={count} size="small" overflowCount={small ? 9 : 999} aria-hidden="true" />
      <span className="only-read">{say(words.shell.liveAlerts, { count })}</span>
    </>
  )
}

function BrandMark() {
  return (
    <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0f6e84" />
      <path d="M22.6 10.2a8.8 8.8 0 1 0 2.2 5.8" fill="none" stroke="#fff" strokeWidth="3.2" strokeLinecap="round" />
      <path
        d="M24.8 6.2v5.6h-5.6"
        fill="none"
        stroke="#fff"
        strokeWidth="3.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}

/** Four places a thumb reaches, and the rest behind the fifth. */
const PLACES = 4

export function BottomBar({ viewer, liveAlerts }: RailProps) {
  const say = useSay()
  const { path } = useAddress()
  const [open, setOpen] = useState(false)
  const entries = navigation.filter((entry) => offered(entry, viewer))
  const first = phoneOrder(entries).slice(0, PLACES)
  return (
    <nav className="bottom-bar" aria-label={say(words.shell.mainNavigation)}>
      {first.map((entry) => (
        <Go key={entry.to} to={targetOf(entry, viewer)} aria-current={isWithin(path, entry) ? 'page' : undefined}>
          <Badge count={entry.to === '/alerts' ? liveAlerts : 0} size="small" offset={[8, 0]}>
            <span aria-hidden="true" className="bottom-icon">
              {entry.icon}
            </span>
          </Badge>
          <span>{say(entry.title)}</span>
        </Go>
      ))}
      <button type="button" onClick={() => setOpen(true)} aria-expanded={open}>
        <span aria-hidden="true" className="bottom-icon">
          <MenuOutlined />
        </span>
        <span>{say(words.nav.more)}</span>
      </button>
      <Drawer open={open} onClose={() => setOpen(false)} placement="bottom" size="large" title={say(words.product)}>
        <ul className="bottom-more" onClick={() => setOpen(false)}>
          {entries.flatMap((entry) => {
            const below = offeredBelow(entry, viewer)
            return (below.length > 0 ? below : [entry]).map((one) => (
              <li key={one.to}>
                <Go to={one.to}>{say(one.title)}</Go>
              </li>
            ))
          })}
        </ul>
      </Drawer>
    </nav>
  )
}

const PHONE_FIRST = ['/', '/decisions', '/my-work', '/alerts', '/plans', '/measure']

function phoneOrder(entries: readonly NavigationEntry[]): NavigationEntry[] {
  const rank = (entry: NavigationEntry) => {
    const place = PHONE_FIRST.indexOf(entry.to)
    return place < 0 ? PHONE_FIRST.length : place
  }
  return [...entries].sort((a, b) => rank(a) - rank(b))
}
