/** The tree: dimensions with their items and weights. Moved by mouse, by keyboard and by menu. */
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { schemeWords } from '../../../words/schemes.ts'
import { IssueLines } from '../parts/fields.tsx'
import { evenly } from '../state/give-way.ts'
import { addDimension, type ItemPlace, moveItem, weighDimensions } from '../state/tree.ts'
import { useEditorState } from '../state/use-editor.ts'
import { freshDimension } from '../state/writing.ts'
import { DimensionBlock } from './dimension-block.tsx'
import { useGiveWay } from './weight-control.tsx'

const words = schemeWords.tree
const DIMENSIONS_LIMIT = 20

/** What is being dragged, and where it would fall. */
export interface Dragging {
  readonly from: ItemPlace | null
  readonly over: ItemPlace | null
  readonly begin: (from: ItemPlace) => void
  readonly hover: (over: ItemPlace | null) => void
  readonly drop: () => void
  readonly cancel: () => void
}

function useDragging(): Dragging {
  const { change } = useEditorState()
  const [from, setFrom] = useState<ItemPlace | null>(null)
  const [over, setOver] = useState<ItemPlace | null>(null)
  const cancel = () => {
    setFrom(null)
    setOver(null)
  }
  return {
    from,
    over,
    cancel,
    begin: setFrom,
    hover: (next) => {
      // The same place again would draw everything anew at every pixel.
      if (next?.dimension !== over?.dimension || next?.item !== over?.item) setOver(next)
    },
    drop: () => {
      if (from && over) change((writing) => moveItem(writing, from, over))
      cancel()
    },
  }
}

export function TreePart() {
  const say = useSay()
  const { draft, change, locked } = useEditorState()
  const [open, setOpen] = useState<string | null>(null)
  const dragging = useDragging()
  const { dimensions } = draft
  const parts = dimensions.map(({ id, weight }) => ({ name: id, weight }))
  const weigh = useGiveWay(parts, locked, (weights, about) =>
    change((writing) => weighDimensions(writing, weights), about),
  )
  const taken = dimensions.map(({ id }) => id)
  return (
    <Section lead={say(words.hint)} title={say(schemeWords.page.part.items)} className="scheme-tree">
      <IssueLines field="dimensions" />
      {dimensions.map((dimension, place) => (
        <DimensionBlock
          key={dimension.id}
          place={place}
          weigh={(to) => weigh(place, to)}
          open={open}
          onOpen={setOpen}
          dragging={dragging}
        />
      ))}
      <div className="row tree-end">
        <Button
          icon={<PlusOutlined />}
          disabled={dimensions.length >= DIMENSIONS_LIMIT}
          onClick={() => change((writing) => addDimension(writing, freshDimension(taken)))}
        >
          {say(words.addDimension)}
        </Button>
        {dimensions.length > 1 && (
          <Button onClick={() => change((writing) => weighDimensions(writing, evenly(dimensions.length)))}>
            {say(words.even)}
          </Button>
        )}
      </div>
    </Section>
  )
}
