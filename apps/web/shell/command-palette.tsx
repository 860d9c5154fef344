/** Ctrl-K: pages, indicators and units by name. Keys of an input method stay with the input method. */
import { useQuery } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useSay } from '#platform/web/language.tsx'
import { useIndicators } from '#platform/web/parts/pickers.tsx'
import { useGo } from '#platform/web/router.tsx'
import { organisation } from '#platform/web/session.ts'
import type { Sentence } from '#platform/web/words.ts'
import { words } from '../shell-words.ts'
import { deeds, navigation, offered, offeredBelow, type Viewer } from './navigation.tsx'

const HITS_LIMIT = 8

interface Hit {
  readonly group: Sentence
  readonly title: string
  readonly beside: string
  readonly to: string
}

interface PaletteProps {
  readonly viewer: Viewer
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
}

function useShortcut(onOpen: (open: boolean) => void): void {
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      if (event.isComposing || event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      onOpen(true)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [onOpen])
}

export function CommandPalette(props: PaletteProps) {
  useShortcut(props.onOpen)
  return (
    <Modal
      open={props.open}
      onCancel={() => props.onOpen(false)}
      footer={null}
      closable={false}
      destroyOnHidden
      width={600}
    >
      {props.open && <Palette {...props} />}
    </Modal>
  )
}

function useHits(viewer: Viewer, text: string): Hit[] {
  const say = useSay()
  const search = useDeferredValue(text.trim())
  const mayRead = viewer.permissions.includes('measurements.read')
  const indicators = useIndicators()
  const entities = useQuery({
    ...organisation.listEntities.queryOptions({ input: { search, limit: HITS_LIMIT } }),
    enabled: search !== '' && viewer.permissions.includes('entities.read'),
  })
  return useMemo(() => {
    const fits = (title: string, also = '') => `${title} ${also}`.toLowerCase().includes(search.toLowerCase())
    const entries = [...navigation, ...deeds].filter((entry) => offered(entry, viewer))
    const pages = entries
      .flatMap((entry) =>
        entry.under ? offeredBelow(entry, viewer).map((one) => [entry, one] as const) : [[entry, entry] as const],
      )
      .map(([entry, one]) => ({
        group: words.palette.pages,
        title: say(one.title),
        beside: entry === one ? '' : say(entry.title),
        to: one.to,
      }))
      .filter((hit) => fits(hit.title, `${hit.beside} ${hit.to}`))
    if (search === '') return pages
    const found = (mayRead ? (indicators ?? []) : [])
      .filter((one) => fits(`${one.title.zh} ${one.title.en}`, one.id))
      .slice(0, HITS_LIMIT)
      .map((one) => ({
        group: words.palette.indicators,
        title: say(one.title),
        beside: one.id,
        to: `/measure/${one.id}`,
      }))
    const units = (entities.data?.rows ?? []).map((one) => ({
      group: words.palette.entities,
      title: one.name,
      beside: one.ancestors.map((each) => each.name).join(' / '),
      to: `/?entity=${encodeURIComponent(one.key)}`,
    }))
    return [...pages.slice(0, HITS_LIMIT), ...found, ...units]
  }, [search, viewer, indicators, entities.data, mayRead, say])
}

function Palette({ viewer, onOpen }: PaletteProps) {
  const say = useSay()
  const go = useGo()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const hits = useHits(viewer, text)
  const chosen = Math.min(at, Math.max(0, hits.length - 1))
  const follow = (hit: Hit | undefined) => {
    if (!hit) return
    onOpen(false)
    go(hit.to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, its keys choose characters, not hits.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setAt((chosen + step + hits.length) % Math.max(1, hits.length))
    } else if (event.key === 'Enter') follow(hits[chosen])
  }
  return (
    <div className="palette">
      <Input
        autoFocus
        size="large"
        value={text}
        placeholder={say(words.palette.hint)}
        aria-label={say(words.palette.hint)}
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-hits"
        aria-activedescendant={hits.length > 0 ? `palette-hit-${chosen}` : undefined}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="palette-hits" role="listbox" aria-label={say(words.palette.open)}>
        {hits.map((hit, index) => (
          <HitLine
            key={`${hit.to} ${hit.title}`}
            hit={hit}
            index={index}
            headed={hits[index - 1]?.group !== hit.group}
            chosen={index === chosen}
            onPoint={() => setAt(index)}
            onFollow={() => follow(hit)}
          />
        ))}
      </ul>
      <div className="palette-foot" aria-live="polite">
        {hits.length === 0 ? say(words.palette.nothing, { text }) : say(words.palette.keys)}
      </div>
    </div>
  )
}

function HitLine(props: {
  hit: Hit
  index: number
  headed: boolean
  chosen: boolean
  onPoint: () => void
  onFollow: () => void
}) {
  const say = useSay()
  return (
    <>
      {props.headed && (
        <li role="presentation" className="palette-group">
          {say(props.hit.group)}
        </li>
      )}
      <li
        id={`palette-hit-${props.index}`}
        role="option"
        aria-selected={props.chosen}
        className="palette-hit"
        onMouseMove={props.onPoint}
        onClick={props.onFollow}
      >
        <span>{props.hit.title}</span>
        <span className="muted small">{props.hit.beside}</span>
      </li>
    </>
  )
}
