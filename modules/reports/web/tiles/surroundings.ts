/** Where a tile stands: on whose page, at which scope, on a desk or a wall; how large it is and whether anybody sees it. */
import { createContext, type RefObject, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Grain } from '#platform/contract'
import type { OwnScope, Tile } from '#reports/contract'
import { addDays, addPeriods, startOfPeriod, today } from '#platform/web/calendar.ts'

export interface ShownScope {
  readonly entity: string | undefined
  readonly grain: Grain
  /** Days, both included. */
  readonly from: string
  readonly to: string
}

interface Surroundings {
  readonly scope: ShownScope
  readonly place: 'desk' | 'wall' | 'editor'
}

/** The periods up to the running one. */
export function shownScope(own: OwnScope): ShownScope {
  const start = startOfPeriod(today(), own.grain)
  return {
    entity: own.entity ?? undefined,
    grain: own.grain,
    from: addPeriods(start, own.grain, 1 - own.periods),
    to: addDays(addPeriods(start, own.grain, 1), -1),
  }
}

export const TileSurroundings = createContext<Surroundings>({
  scope: { entity: undefined, grain: 'month', from: '2000-01-01', to: '2000-01-31' },
  place: 'desk',
})
export const useSurroundings = () => useContext(TileSurroundings)

export function useTileScope(tile: Tile): ShownScope {
  const { scope } = useSurroundings()
  const own = tile.scope
  return useMemo(() => (own.from === 'own' ? shownScope(own) : scope), [own, scope])
}

/** The newest period of the scope that is over: what units are compared in. */
export function lastFullPeriod({ to, grain }: ShownScope): string {
  const start = startOfPeriod(to, grain)
  return addPeriods(start, grain, 1) > today() ? addPeriods(start, grain, -1) : start
}

/** Width and height of the room inside a tile, in its own pixels, whatever the wall is scaled by. */
export function useRoom(): [RefObject<HTMLDivElement | null>, { width: number; height: number }] {
  const place = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const element = place.current
    if (!element) return
    const measure = () => setRoom({ width: element.clientWidth, height: element.clientHeight })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [])
  return [place, room]
}

/** True from the moment the element comes near the window: tiles far below wait with their questions. */
export function useNear(place: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const element = place.current
    if (!element || near) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true)
      },
      { rootMargin: '200px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [place, near])
  return near
}

/** The width an element has, before the first picture and after every change. */
export function useWidth() {
  const place = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = place.current
    if (!element) return
    const measure = () => setWidth(element.clientWidth)
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [])
  return [place, width] as const
}
