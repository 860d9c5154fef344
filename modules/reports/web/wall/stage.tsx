/** One page of a wall, drawn on the stage and scaled to a width: the same on a wall, and small on the desk. */
import { type CSSProperties, type ReactNode, useMemo } from 'react'
import { type DashboardDraft, type DashboardPage, WALL_ROWS } from '#reports/contract'
import { useSay } from '#platform/web/language.tsx'
import { words } from '../../words.ts'
import { shownScope, TileSurroundings } from '../tiles/surroundings.ts'
import { TileView } from '../tiles/tile.tsx'
import { STAGE, WALL_BODY_HEIGHT, WALL_GAP } from './measures.ts'
import './wall.css'

interface StageProps {
  readonly scale: number
  readonly head: ReactNode
  readonly foot: ReactNode
  /** Moves the whole picture by so many pixels of the stage, so that nothing burns in. */
  readonly shift?: readonly [x: number, y: number]
  readonly children: ReactNode
}

export function Stage({ scale, head, foot, shift = [0, 0], children }: StageProps) {
  return (
    <div className="stage-place" style={{ width: STAGE.width * scale, height: STAGE.height * scale }}>
      <div className="stage" style={{ transform: `scale(${scale}) translate(${shift[0]}px, ${shift[1]}px)`, ...STAGE }}>
        <header className="stage-head">{head}</header>
        <div className="stage-pages">{children}</div>
        <footer className="stage-foot">{foot}</footer>
      </div>
    </div>
  )
}

const GRID: CSSProperties = {
  gridTemplateRows: `repeat(${WALL_ROWS}, minmax(0, 1fr))`,
  gap: WALL_GAP,
  height: WALL_BODY_HEIGHT,
}

/** The tiles of a page; one that is not shown keeps its answers and its place. */
export function StagePage({ draft, page, shown }: { draft: DashboardDraft; page: DashboardPage; shown: boolean }) {
  const say = useSay()
  const surroundings = useMemo(() => ({ scope: shownScope(draft.scope), place: 'wall' as const }), [draft.scope])
  return (
    <div className={`stage-page ${shown ? 'shown' : ''}`} inert={!shown} aria-hidden={!shown} style={GRID}>
      <TileSurroundings value={surroundings}>
        {page.tiles.length === 0 && <p className="muted">{say(words.wall.empty)}</p>}
        {page.tiles.map((tile) => (
          <div
            key={tile.id}
            style={{
              gridColumn: `${tile.box.x + 1} / span ${tile.box.w}`,
              gridRow: `${tile.box.y + 1} / span ${tile.box.h}`,
            }}
          >
            <TileView tile={tile} />
          </div>
        ))}
      </TileSurroundings>
    </div>
  )
}
