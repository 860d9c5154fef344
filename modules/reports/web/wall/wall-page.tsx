/** The wall screen: pages in turn, live, the last values kept while the line is down. */
import {
  CloseOutlined,
  FullscreenOutlined,
  LeftOutlined,
  PauseOutlined,
  CaretRightOutlined,
  RightOutlined,
} from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type CSSProperties, useEffect, useState } from 'react'
import type { Dashboard } from '#reports/contract'
import { longDayName, timeName, useNow } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { useDownSince } from '#platform/web/line.ts'
import { Loaded } from '#platform/web/page/states.tsx'
import { StatusShape } from '#platform/web/parts/status-mark.tsx'
import { useGo, useParam } from '#platform/web/router.tsx'
import { useMe } from '#platform/web/session.ts'
import { words as all } from '../../words.ts'
import { reports } from '../api.ts'
import { STAGE } from './measures.ts'
import {
  fillScreen,
  type Rotation,
  useRotation,
  useShift,
  useSomebodyThere,
  useStageScale,
  useWakeLock,
  useWallKeys,
} from './rotation.ts'
import { Stage, StagePage } from './stage.tsx'

const words = all.wall

export function WallPage() {
  const id = useParam('id')
  const query = useQuery(reports.readDashboard.queryOptions({ input: { id } }))
  return (
    <main className="wall">
      <Loaded query={query}>{(dashboard) => <Wall dashboard={dashboard} />}</Loaded>
    </main>
  )
}

function Wall({ dashboard }: { dashboard: Dashboard }) {
  const say = useSay()
  const { draft } = dashboard
  const scale = useStageScale(STAGE.width, STAGE.height)
  const rotation = useRotation(draft.pages.length, draft.secondsPerPage)
  const shift = useShift()
  const there = useSomebodyThere()
  const opened = useOpened(rotation.page, draft.pages.length)
  useWallKeys(rotation)
  useWakeLock()
  const title = say(dashboard.title)
  useEffect(() => {
    document.title = title
  }, [title])
  const page = draft.pages[rotation.page]
  return (
    <div className={there ? 'wall-there' : 'wall-still'}>
      <Stage
        scale={scale}
        shift={shift}
        head={<Head title={title} page={page?.title ? say(page.title) : ''} />}
        foot={<Foot rotation={rotation} count={draft.pages.length} seconds={draft.secondsPerPage} />}
      >
        {draft.pages.map((one, at) => {
          const shown = at === rotation.page
          // A page may be edited while it hangs here; its place in the row is what it is known by.
          return opened.has(at) ? <StagePage key={at} draft={draft} page={one} shown={shown} /> : null
        })}
      </Stage>
      <Controls scale={scale} rotation={rotation} count={draft.pages.length} back={`/dashboards/${dashboard.id}`} />
    </div>
  )
}

/** Pages that were shown, and the next one, so that it is ready when its turn comes. */
function useOpened(page: number, count: number): ReadonlySet<number> {
  const [opened, setOpened] = useState<ReadonlySet<number>>(() => new Set([0]))
  const next = count === 0 ? 0 : (page + 1) % count
  if (!opened.has(page) || !opened.has(next)) setOpened(new Set([...opened, page, next]))
  return opened
}

const SECOND_MILLISECONDS = 1_000
/** The buttons grow beyond this scale of the stage, that of a screen of 1080 lines. */
const SCALE_AT_1080 = 2.4

function Head({ title, page }: { title: string; page: string }) {
  const { language } = useLanguage()
  const now = useNow(SECOND_MILLISECONDS)
  const me = useMe()
  return (
    <>
      <h1>
        {title}
        <span className="stage-sub">{page === '' ? me?.organisation.name : page}</span>
      </h1>
      <Offline />
      <span className="stage-day">{longDayName(now, language)}</span>
      <strong className="stage-clock number">{timeName(now)}</strong>
    </>
  )
}

/** Calm: what is shown stays, and since when it is old is told. */
function Offline() {
  const say = useSay()
  const since = useDownSince()
  return (
    <span className="stage-offline" role="status">
      {since !== null && (
        <>
          <StatusShape status="yellow" size={11} /> {say(words.offline, { time: timeName(since) })}
        </>
      )}
    </span>
  )
}

function Foot({ rotation, count, seconds }: { rotation: Rotation; count: number; seconds: number }) {
  const say = useSay()
  if (count < 2) return null
  return (
    <div
      className="stage-progress"
      role="img"
      aria-label={say(words.pageOf, { page: rotation.page + 1, count })}
      style={{ '--seconds': `${seconds}s` } as CSSProperties}
    >
      {Array.from({ length: count }, (_, at) => (
        <i
          key={`${at} ${rotation.page}`}
          className={`${at === rotation.page ? 'now' : ''} ${rotation.paused ? 'held' : ''}`}
        />
      ))}
    </div>
  )
}

function Controls(props: { scale: number; rotation: Rotation; count: number; back: string }) {
  const { rotation, count, back } = props
  const say = useSay()
  const go = useGo()
  const { paused, turn, setPaused } = rotation
  return (
    <div
      className="wall-controls"
      role="toolbar"
      aria-label={say(all.kinds.wall)}
      style={{ zoom: Math.max(1, props.scale / SCALE_AT_1080) }}
    >
      {count > 1 && (
        <>
          <Button icon={<LeftOutlined />} aria-label={say(words.before)} onClick={() => turn(-1)} />
          <Button
            icon={paused ? <CaretRightOutlined /> : <PauseOutlined />}
            aria-label={say(paused ? words.play : words.pause)}
            aria-pressed={paused}
            onClick={() => setPaused(!paused)}
          />
          <Button icon={<RightOutlined />} aria-label={say(words.next)} onClick={() => turn(1)} />
        </>
      )}
      <Button icon={<FullscreenOutlined />} aria-label={say(words.full)} onClick={() => void fillScreen()} />
      <Button icon={<CloseOutlined />} aria-label={say(words.leave)} onClick={() => go(back, { plain: true })} />
    </div>
  )
}
