/** Around every tile: title with the way to the page behind it, the room for its content, what went wrong, and as of when. */
import type { UseQueryResult } from '@tanstack/react-query'
import { ReloadOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import type { Permission } from '#organisation/contract'
import { isProblem } from '#platform/web/api.ts'
import { timeName } from '#platform/web/calendar.ts'
import { BareCharts } from '#platform/web/charts/chart-frame.tsx'
import { useSay } from '#platform/web/language.tsx'
import { useProblemText } from '#platform/web/problems.ts'
import { Go } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../../words.ts'
import { useRoom, useSurroundings } from './surroundings.ts'

const words = all.tile

export interface Room {
  readonly width: number
  readonly height: number
}
type Asked = Pick<UseQueryResult<unknown, unknown>, 'data' | 'error' | 'dataUpdatedAt' | 'refetch'>

export interface TileFrameProps {
  readonly title: string
  /** Beside the title, smaller: unit, period. */
  readonly beside?: string | undefined
  /** The page behind the tile. */
  readonly to?: string | undefined
  /** Without this right the tile says so instead of asking. */
  readonly may?: Permission
  /** What the tile asked; all must have answered before it shows anything. */
  readonly queries?: readonly Asked[]
  readonly children: (room: Room) => ReactNode
}

export function TileFrame({ title, beside, to, may, queries = [], children }: TileFrameProps) {
  const say = useSay()
  const { place } = useSurroundings()
  const [ref, room] = useRoom()
  const allowed = useMay(may ?? 'measurements.read')
  const failed = queries.find((query) => query.error && query.data === undefined)
  const waiting = queries.some((query) => query.data === undefined)
  const updatedAt = queries.length === 0 || waiting ? null : Math.min(...queries.map((query) => query.dataUpdatedAt))
  return (
    <>
      <header className="tile-head">
        <h2 title={title}>
          {to !== undefined && place === 'desk' ? (
            <Go to={to} aria-label={say(words.open, { title })}>
              {title}
            </Go>
          ) : (
            title
          )}
        </h2>
        {beside !== undefined && <span className="muted small tile-beside">{beside}</span>}
        {updatedAt !== null && place !== 'wall' && (
          <span className="muted small number tile-as-of">{say(words.asOf, { time: timeName(updatedAt) })}</span>
        )}
      </header>
      <div className="tile-body" ref={ref}>
        <BareCharts value={true}>
          {!allowed ? (
            <p className="muted">{say(words.noRight)}</p>
          ) : failed ? (
            <TileProblem error={failed.error} again={() => void failed.refetch()} />
          ) : waiting ? (
            <TileWaiting />
          ) : room.height > 0 ? (
            children(room)
          ) : null}
        </BareCharts>
      </div>
    </>
  )
}

/** Grey in the size of what comes. */
export function TileWaiting() {
  const say = useSay()
  return (
    <div className="tile-waiting ant-skeleton" role="status">
      <span className="only-read">{say(words.waiting)}</span>
    </div>
  )
}

function TileProblem({ error, again }: { error: unknown; again: () => void }) {
  const say = useSay()
  const tell = useProblemText()
  const gone =
    isProblem(error, 'INDICATOR_UNKNOWN') || isProblem(error, 'SCHEME_UNKNOWN') || isProblem(error, 'NOT_FOUND')
  return (
    <div className="tile-problem" role="alert">
      <strong>{say(words.failed)}</strong>
      <span className="muted">{gone ? say(words.missing) : tell(error)}</span>
      <Tooltip title={say(words.again)}>
        <Button size="small" icon={<ReloadOutlined />} onClick={again}>
          {say(words.again)}
        </Button>
      </Tooltip>
    </div>
  )
}
