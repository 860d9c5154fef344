/** A dashboard as people read it: the grid on a desk, one column on a phone. */
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import type { Dashboard, DashboardDraft } from '#reports/contract'
import { useSay } from '#platform/web/language.tsx'
import { usePhone } from '#platform/web/page/phone.ts'
import { Empty } from '#platform/web/page/states.tsx'
import { useAddress, useSearchValues } from '#platform/web/router.tsx'
import { useScope } from '#platform/web/scope.ts'
import { readingOrder } from '../rules/layout.ts'
import { words } from '../words.ts'
import { TileSurroundings, useWidth } from './tiles/surroundings.ts'
import { TileView } from './tiles/tile.tsx'
import { STAGE } from './wall/measures.ts'
import { Stage, StagePage } from './wall/stage.tsx'

const ROW_PIXELS = 48
const GAP_PIXELS = 12
const USUAL: DashboardDraft['scope'] = { entity: null, grain: 'month', periods: 24 }

/** Opened without a scope in the address, a dashboard shows its own usual one. */
function useUsualScope(dashboard: Dashboard): void {
  const { search } = useAddress()
  const set = useSearchValues()
  const begun = useRef('')
  useEffect(() => {
    if (begun.current === dashboard.id) return
    begun.current = dashboard.id
    const chosen = new URLSearchParams(search)
    if (['entity', 'grain', 'from', 'to'].some((name) => chosen.has(name))) return
    const { entity, grain } = dashboard.draft.scope
    if (entity === USUAL.entity && grain === USUAL.grain) return
    set({ entity: entity ?? undefined, grain: grain === USUAL.grain ? undefined : grain })
  }, [dashboard, search, set])
}

/** A wall on the desk: each of its pages, small. */
function WallPreview({ dashboard }: { dashboard: Dashboard }) {
  const say = useSay()
  const [place, width] = useWidth()
  const { draft } = dashboard
  return (
    <div ref={place}>
      {width > 0 &&
        draft.pages.map((page, at) => (
          // Pages have no name of their own; they never move while they are looked at.
          <div key={at} className="stage-preview">
            <Stage
              scale={width / STAGE.width}
              head={
                <h1>
                  {say(draft.title)}
                  <span className="stage-sub">
                    {page.title ? say(page.title) : say(words.editor.page, { page: at + 1 })}
                  </span>
                </h1>
              }
              foot={null}
            >
              <StagePage draft={draft} page={page} shown={true} />
            </Stage>
          </div>
        ))}
    </div>
  )
}

export function DashboardView(props: { dashboard: Dashboard; begin?: ReactNode }) {
  return props.dashboard.kind === 'wall' ? <WallPreview dashboard={props.dashboard} /> : <DeskView {...props} />
}

function DeskView({ dashboard, begin }: { dashboard: Dashboard; begin?: ReactNode }) {
  const say = useSay()
  const phone = usePhone()
  useUsualScope(dashboard)
  const { entity, from, to, grain } = useScope()
  const surroundings = useMemo(
    () => ({ scope: { entity, from, to, grain }, place: 'desk' as const }),
    [entity, from, to, grain],
  )
  const tiles = readingOrder(dashboard.draft.pages.flatMap((page) => page.tiles))
  if (tiles.length === 0)
    return <Empty title={say(words.editor.empty)} why={say(words.editor.emptyWhy)} begin={begin} />
  return (
    <TileSurroundings value={surroundings}>
      <div className={phone ? 'desk-column' : 'desk-grid'}>
        {tiles.map(({ box, ...tile }) => (
          <div
            key={tile.id}
            style={
              phone
                ? { height: box.h * ROW_PIXELS + (box.h - 1) * GAP_PIXELS }
                : {
                    gridColumn: `${box.x + 1} / span ${box.w}`,
                    gridRow: `${box.y + 1} / span ${box.h}`,
                  }
            }
          >
            <TileView tile={{ ...tile, box }} />
          </div>
        ))}
      </div>
    </TileSurroundings>
  )
}
