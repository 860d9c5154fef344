/** One item in its dimension: what it is, its weight, its details on demand. */
import { DownOutlined, EllipsisOutlined, HolderOutlined, UpOutlined } from '@ant-design/icons'
import { Button, Dropdown, Tag, Tooltip } from 'antd'
import type { DragEvent, KeyboardEvent } from 'react'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { schemeWords } from '../../../words/schemes.ts'
import { type ItemPlace, moveItem, removeItem, stepItem } from '../state/tree.ts'
import { useEditorState } from '../state/use-editor.ts'
import { ItemDetail } from './item-detail.tsx'
import { dimensionTitle, itemTitle } from './item-title.ts'
import type { Dragging } from './tree-part.tsx'
import { WeightControl } from './weight-control.tsx'
import { nth } from '../state/nth.ts'
import { useMarks } from '../punctuation.ts'

const words = schemeWords.tree

interface Props {
  readonly place: ItemPlace
  readonly weigh: (to: number) => void
  readonly open: boolean
  readonly onOpen: (opens: boolean) => void
  readonly dragging: Dragging
}

export function ItemRow({ place, weigh, open, onOpen, dragging }: Props) {
  const say = useSay()
  const { colon } = useMarks()
  const { language } = useLanguage()
  const { draft, locked, toggleLock, indicator, issues } = useEditorState()
  const dimension = nth(draft.dimensions, place.dimension)
  const item = nth(dimension.items, place.item)
  const title = itemTitle(item, indicator, say, language)
  const faulty = issues.some((issue) => issue.field.startsWith(`dimensions.${place.dimension}.items.${place.item}.`))
  const share = `${formatNumber(100 * dimension.weight * item.weight, language, 1)}%`
  const over = dragging.over?.dimension === place.dimension && dragging.over.item === place.item
  return (
    <li className={`item ${open ? 'open' : ''} ${over ? 'over' : ''}`} {...dropping(place, dragging)}>
      <div className="item-head">
        <Grip place={place} id={item.id} title={title} dragging={dragging} />
        <button type="button" className="item-name" aria-expanded={open} onClick={() => onOpen(!open)}>
          <span className={item.source.kind === 'indicator' && item.source.indicator === '' ? 'muted' : ''}>
            {title}
          </span>
          <Marks place={place} faulty={faulty} />
        </button>
        <WeightControl
          title={title}
          weight={item.weight}
          alone={dimension.items.length === 1}
          locked={locked.has(item.id)}
          onLock={() => toggleLock(item.id)}
          onMove={weigh}
        />
        <span className="item-share muted small number">{say(words.share, { share })}</span>
        <span className="item-tools">
          <ItemMenu place={place} title={title} />
          <Button
            type="text"
            icon={open ? <UpOutlined /> : <DownOutlined />}
            aria-label={say(words.open) + colon + title}
            aria-expanded={open}
            onClick={() => onOpen(!open)}
          />
        </span>
      </div>
      {open && <ItemDetail place={place} />}
    </li>
  )
}

/** Above or below the middle of a row: before or after it. */
function dropping(place: ItemPlace, dragging: Dragging) {
  return {
    onDragOver: (event: DragEvent) => {
      if (!dragging.from) return
      event.preventDefault()
      const box = event.currentTarget.getBoundingClientRect()
      const after = event.clientY > box.top + box.height / 2
      dragging.hover({ ...place, item: place.item + (after ? 1 : 0) })
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      dragging.drop()
    },
  }
}

/** Moved away, an item is drawn anew in its new place: the hand on the keyboard stays on it. */
function keepFocus(id: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-grip="${CSS.escape(id)}"]`)?.focus())
}

function Grip({ place, id, title, dragging }: { place: ItemPlace; id: string; title: string; dragging: Dragging }) {
  const say = useSay()
  const { colon } = useMarks()
  const { change } = useEditorState()
  const press = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
    if (!event.altKey || by === null) return
    event.preventDefault()
    change((writing) => stepItem(writing, place, by))
    keepFocus(id)
  }
  return (
    <Tooltip title={say(words.drag)}>
      <button
        type="button"
        className="item-grip"
        data-grip={id}
        draggable
        aria-label={title + colon + say(words.drag)}
        onKeyDown={press}
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move'
          event.dataTransfer.setData('text/plain', id)
          dragging.begin(place)
        }}
        onDragEnd={dragging.cancel}
      >
        <HolderOutlined />
      </button>
    </Tooltip>
  )
}

function Marks({ place, faulty }: { place: ItemPlace; faulty: boolean }) {
  const say = useSay()
  const { draft } = useEditorState()
  const item = nth(nth(draft.dimensions, place.dimension).items, place.item)
  return (
    <span className="item-marks">
      {faulty && <Tag color="error">{say(words.faulty)}</Tag>}
      {item.source.kind === 'assessed' && <Tag>{say(words.assessed)}</Tag>}
      {item.required && <Tag>{say(words.required)}</Tag>}
      {item.shrink === 'peers' && <Tag>{say(words.shrunk)}</Tag>}
      {draft.aggregation.kind === 'data-envelopment' && item.role === 'resource' && <Tag>{say(words.resource)}</Tag>}
    </span>
  )
}

function ItemMenu({ place, title }: { place: ItemPlace; title: string }) {
  const say = useSay()
  const { colon } = useMarks()
  const { language } = useLanguage()
  const { draft, change } = useEditorState()
  const { dimensions } = draft
  const others = dimensions.flatMap((dimension, index) =>
    index === place.dimension
      ? []
      : [{ key: `to ${index}`, label: say(words.moveTo, { name: dimensionTitle(dimension, say, language) }) }],
  )
  const items = [
    { key: 'up', label: say(words.up), disabled: place.dimension === 0 && place.item === 0 },
    {
      key: 'down',
      label: say(words.down),
      disabled:
        place.dimension === dimensions.length - 1 && place.item === nth(dimensions, place.dimension).items.length - 1,
    },
    ...others,
    { key: 'remove', label: say(words.remove), danger: true },
  ]
  const act = (key: string) =>
    change((writing) => {
      if (key === 'up') return stepItem(writing, place, -1)
      if (key === 'down') return stepItem(writing, place, 1)
      if (key === 'remove') return removeItem(writing, place)
      const dimension = Number(key.slice('to '.length))
      return moveItem(writing, place, { dimension, item: nth(writing.draft.dimensions, dimension).items.length })
    })
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => act(key) }}>
      <Button type="text" icon={<EllipsisOutlined />} aria-label={say(words.more) + colon + title} />
    </Dropdown>
  )
}
