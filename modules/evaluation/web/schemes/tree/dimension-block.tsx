/** One dimension: name, weight, its items, and what can be done with it. */
import { EllipsisOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import type { DragEvent } from 'react'
import type { SchemeItem } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { schemeWords } from '../../../words/schemes.ts'
import { TextField } from '#platform/web/form/fields.tsx'
import { IssueLines } from '../parts/fields.tsx'
import { evenly } from '../state/give-way.ts'
import { addItem, moveDimension, removeDimension, weighItems } from '../state/tree.ts'
import { useEditorState } from '../state/use-editor.ts'
import { freshAssessed, freshItem } from '../state/writing.ts'
import { ItemRow } from './item-row.tsx'
import { dimensionTitle } from './item-title.ts'
import type { Dragging } from './tree-part.tsx'
import { useGiveWay, WeightControl } from './weight-control.tsx'
import { nth } from '../state/nth.ts'
import { useMarks } from '../punctuation.ts'

const words = schemeWords.tree
const ITEMS_LIMIT = 50

interface Props {
  readonly place: number
  readonly weigh: (to: number) => void
  /** The item whose details are open. */
  readonly open: string | null
  readonly onOpen: (id: string | null) => void
  readonly dragging: Dragging
}

export function DimensionBlock({ place, weigh, open, onOpen, dragging }: Props) {
  const say = useSay()
  const { language } = useLanguage()
  const { draft, change, locked, toggleLock } = useEditorState()
  const { dimensions } = draft
  const dimension = nth(dimensions, place)
  const { items } = dimension
  const title = dimensionTitle(dimension, say, language)
  const moveItems = useGiveWay(
    items.map(({ id, weight }) => ({ name: id, weight })),
    locked,
    (weights, about) => change((writing) => weighItems(writing, place, weights), about),
  )
  return (
    <section className="dimension" aria-label={title}>
      <div className="dimension-head">
        <DimensionNames place={place} />
        <WeightControl
          title={title}
          weight={dimension.weight}
          alone={dimensions.length === 1}
          locked={locked.has(dimension.id)}
          onLock={() => toggleLock(dimension.id)}
          onMove={weigh}
        />
        <DimensionMenu place={place} title={title} />
      </div>
      <IssueLines field={`dimensions.${place}.items`} />
      <ol className="items">
        {items.map((item, index) => (
          <ItemRow
            key={item.id}
            place={{ dimension: place, item: index }}
            weigh={(to) => moveItems(index, to)}
            open={open === item.id}
            onOpen={(opens) => onOpen(opens ? item.id : null)}
            dragging={dragging}
          />
        ))}
        <EmptyPlace place={place} dragging={dragging} count={items.length} />
      </ol>
      <DimensionEnd place={place} onOpen={onOpen} />
    </section>
  )
}

function DimensionEnd({ place, onOpen }: { place: number; onOpen: (id: string) => void }) {
  const say = useSay()
  const { draft, change } = useEditorState()
  const { items } = nth(draft.dimensions, place)
  const add = (item: SchemeItem) => {
    change((writing) => addItem(writing, place, item))
    onOpen(item.id)
  }
  const full = items.length >= ITEMS_LIMIT
  return (
    <div className="row dimension-end">
      <Button size="small" icon={<PlusOutlined />} disabled={full} onClick={() => add(freshItem(draft))}>
        {say(words.addIndicator)}
      </Button>
      <Button size="small" disabled={full} onClick={() => add(freshAssessed(draft))}>
        {say(words.addAssessed)}
      </Button>
      {items.length > 1 && (
        <Button
          size="small"
          type="text"
          onClick={() => change((writing) => weighItems(writing, place, evenly(items.length)))}
        >
          {say(words.even)}
        </Button>
      )}
    </div>
  )
}

function DimensionNames({ place }: { place: number }) {
  const say = useSay()
  const { language } = useLanguage()
  const { draft, patch, issues } = useEditorState()
  const { dimensions } = draft
  const { title } = nth(dimensions, place)
  const other = language === 'zh' ? 'en' : 'zh'
  const rename = (side: 'zh' | 'en', text: string) => {
    const next = { ...nth(dimensions, place), title: { ...title, [side]: text } }
    patch({ dimensions: dimensions.with(place, next) }, `dimension ${place} ${side}`)
  }
  const faulty = issues.some((issue) => issue.field.startsWith(`dimensions.${place}.title`))
  return (
    <div className={`dimension-names ${faulty ? 'faulty' : ''}`}>
      <TextField
        value={title[language]}
        max={200}
        label={say(words.dimensionName)}
        placeholder={say(words.dimensionName)}
        onChange={(text) => rename(language, text)}
      />
      <TextField
        value={title[other]}
        max={200}
        label={say(words.otherLanguage)}
        placeholder={say(words.otherLanguage)}
        onChange={(text) => rename(other, text)}
      />
      {faulty && <IssueLines field={`dimensions.${place}.title`} deep />}
    </div>
  )
}

function DimensionMenu({ place, title }: { place: number; title: string }) {
  const say = useSay()
  const { colon } = useMarks()
  const { draft, change } = useEditorState()
  const last = draft.dimensions.length - 1
  const items = [
    { key: 'up', label: say(words.up), disabled: place === 0 },
    { key: 'down', label: say(words.down), disabled: place === last },
    { key: 'remove', label: say(words.removeDimension), danger: true, disabled: last === 0 },
  ]
  const deeds: Readonly<Record<string, () => void>> = {
    up: () => change((writing) => moveDimension(writing, place, place - 1)),
    down: () => change((writing) => moveDimension(writing, place, place + 1)),
    remove: () => change((writing) => removeDimension(writing, place)),
  }
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => deeds[key]?.() }}>
      <Button type="text" icon={<EllipsisOutlined />} aria-label={say(words.more) + colon + title} />
    </Dropdown>
  )
}

/** Below the last item: where something dragged joins the dimension at its end. */
function EmptyPlace({ place, dragging, count }: { place: number; dragging: Dragging; count: number }) {
  const say = useSay()
  const here = { dimension: place, item: count }
  const over = dragging.over?.dimension === place && dragging.over.item === count
  const hover = (event: DragEvent) => {
    if (!dragging.from) return
    event.preventDefault()
    dragging.hover(here)
  }
  return (
    <li
      className={`item-gap ${over ? 'over' : ''} ${dragging.from ? 'ready' : ''}`}
      onDragOver={hover}
      onDrop={(event) => {
        event.preventDefault()
        dragging.drop()
      }}
    >
      {count === 0 && <span className="muted small">{say(words.empty)}</span>}
    </li>
  )
}
