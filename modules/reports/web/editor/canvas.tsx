/** The grid one builds on: tiles by mouse (drag, pull a corner) and by keyboard (arrows, with Shift for the size). */
import { DeleteOutlined, SettingOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { GridLayout, type LayoutItem, noCompactor } from 'react-grid-layout'
import 'react-grid-layout/css/styles.css'
import { type Box, type DashboardDraft, GRID_COLUMNS, type Tile, WALL_ROWS } from '#reports/contract'
import { useSay } from '#platform/web/language.tsx'
import { usePhone } from '#platform/web/page/phone.ts'
import { readingOrder, rowsLimit } from '../../rules/layout.ts'
import { words as all } from '../../words.ts'
import '../wall/wall.css'
import { STAGE_WIDTH, WALL_BODY_HEIGHT, WALL_GAP } from '../wall/measures.ts'
import { TileSurroundings, useSurroundings, useWidth } from '../tiles/surroundings.ts'
import { TileView, useTileTitle } from '../tiles/tile.tsx'

const words = all.editor
const DESK = { rowHeight: 48, gap: 12 }

export interface CanvasProps {
  readonly kind: DashboardDraft['kind']
  readonly tiles: readonly Tile[]
  /** False where it does not fit there. */
  readonly onPlace: (id: string, box: Box) => boolean
  readonly onOpen: (id: string) => void
  readonly onRemove: (id: string) => void
}

export function Canvas(props: CanvasProps) {
  const say = useSay()
  const [place, width] = useWidth()
  // What the grid shows while dragging is its own; after a refused place it begins anew from ours.
  const [refused, setRefused] = useState(0)
  const wall = props.kind === 'wall'
  const scale = wall ? width / STAGE_WIDTH : 1
  const gap = wall ? WALL_GAP * scale : DESK.gap
  const rowHeight = wall ? (WALL_BODY_HEIGHT * scale - gap * (WALL_ROWS - 1)) / WALL_ROWS : DESK.rowHeight
  const settle = (_layout: unknown, before: LayoutItem | null, item: LayoutItem | null) => {
    if (!item || !before) return
    const { i, x, y, w, h } = item
    if (before.x === x && before.y === y && before.w === w && before.h === h) return
    if (!props.onPlace(i, { x, y, w, h })) setRefused((count) => count + 1)
  }
  return (
    <div ref={place} className={`canvas ${wall ? 'canvas-wall' : ''}`} role="region" aria-label={say(words.canvas)}>
      {width > 0 && (
        <GridLayout
          key={refused}
          width={width}
          layout={readingOrder(props.tiles).map(({ id, box }) => ({ i: id, ...box }))}
          gridConfig={{
            cols: GRID_COLUMNS,
            rowHeight,
            margin: [gap, gap],
            containerPadding: [0, 0],
            maxRows: rowsLimit(props.kind),
          }}
          compactor={noCompactor}
          dragConfig={{ cancel: 'button', threshold: 4 }}
          resizeConfig={{ enabled: true, handles: ['se'] }}
          onDragStop={settle}
          onResizeStop={settle}
          {...(wall ? { autoSize: false, style: { height: WALL_BODY_HEIGHT * scale } } : {})}
        >
          {readingOrder(props.tiles).map((tile) => (
            <div key={tile.id}>
              <CanvasTile tile={tile} scale={scale} {...props} />
            </div>
          ))}
        </GridLayout>
      )}
    </div>
  )
}

const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

function CanvasTile({ tile, scale, onPlace, onOpen, onRemove }: CanvasProps & { tile: Tile; scale: number }) {
  const say = useSay()
  const title = useTileTitle()(tile)
  const { box } = tile
  const around = useSurroundings()
  // On the canvas of a wall a tile looks as it will hang there.
  const surroundings = useMemo(() => (scale === 1 ? around : { ...around, place: 'wall' as const }), [around, scale])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const arrow = ARROWS[event.key]
    if (arrow) {
      const [x, y] = arrow
      onPlace(tile.id, event.shiftKey ? { ...box, w: box.w + x, h: box.h + y } : { ...box, x: box.x + x, y: box.y + y })
    } else if (event.key === 'Enter') onOpen(tile.id)
    else if (event.key === 'Delete' || event.key === 'Backspace') onRemove(tile.id)
    else return
    event.preventDefault()
  }
  return (
    <div
      className="canvas-tile"
      role="group"
      tabIndex={0}
      data-canvas-tile={tile.id}
      aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Shift+ArrowRight Shift+ArrowDown Enter Delete"
      aria-label={say(words.tileLabel, { title, column: box.x + 1, row: box.y + 1, w: box.w, h: box.h })}
      onKeyDown={onKeyDown}
    >
      <div
        className={scale === 1 ? 'canvas-content' : 'canvas-content stage-look'}
        inert
        style={scale === 1 ? {} : { width: `${100 / scale}%`, height: `${100 / scale}%`, transform: `scale(${scale})` }}
      >
        <TileSurroundings value={surroundings}>
          <TileView tile={tile} />
        </TileSurroundings>
      </div>
      <TileDeeds title={title} id={tile.id} onOpen={onOpen} onRemove={onRemove} />
    </div>
  )
}

export function TileDeeds(props: {
  title: string
  id: string
  onOpen: (id: string) => void
  onRemove: (id: string) => void
}) {
  const say = useSay()
  const { title, id } = props
  const size = usePhone() ? 'middle' : 'small'
  return (
    <span className="canvas-deeds">
      <Button
        size={size}
        icon={<SettingOutlined />}
        aria-label={say(words.tileSettings, { title })}
        onClick={() => props.onOpen(id)}
      />
      <Button
        size={size}
        icon={<DeleteOutlined />}
        aria-label={say(words.removeTile, { title })}
        onClick={() => props.onRemove(id)}
      />
    </span>
  )
}
