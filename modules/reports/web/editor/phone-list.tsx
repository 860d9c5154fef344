/** On a phone: the tiles in one column, moved up and down by buttons. */
import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Tile } from '#reports/contract'
import { useSay } from '#platform/web/language.tsx'
import { readingOrder } from '../../rules/layout.ts'
import { words as all } from '../../words.ts'
import { useTileTitle } from '../tiles/tile.tsx'
import { type CanvasProps, TileDeeds } from './canvas.tsx'

const words = all.editor

export function PhoneList({ tiles, onPlace, onOpen, onRemove }: CanvasProps) {
  const say = useSay()
  const titleOf = useTileTitle()
  const order = readingOrder(tiles)
  /** The second takes the place of the first, which gives way downwards. */
  const before = (first: Tile | undefined, second: Tile | undefined) => {
    if (first && second) onPlace(second.id, { ...second.box, x: first.box.x, y: first.box.y })
  }
  return (
    <ol className="list-cards" aria-label={say(words.canvas)}>
      {order.map((tile, index) => {
        const title = titleOf(tile)
        return (
          <li key={tile.id}>
            <div className="row spread">
              <span>
                <strong>{title}</strong> <span className="muted small">{say(all.tile.kind[tile.show.kind])}</span>
              </span>
              <span className="row">
                <Button
                  icon={<ArrowUpOutlined />}
                  disabled={index === 0}
                  aria-label={say(words.earlier, { title })}
                  onClick={() => before(order[index - 1], tile)}
                />
                <Button
                  icon={<ArrowDownOutlined />}
                  disabled={index === order.length - 1}
                  aria-label={say(words.later, { title })}
                  onClick={() => before(tile, order[index + 1])}
                />
                <TileDeeds title={title} id={tile.id} onOpen={onOpen} onRemove={onRemove} />
              </span>
            </div>
          </li>
        )
      })}
    </ol>
  )
}
