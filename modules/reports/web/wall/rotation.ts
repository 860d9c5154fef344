/** Which page of the wall is shown: turning by itself, by keys, or held. */
import { useCallback, useEffect, useState } from 'react'

export interface Rotation {
  readonly page: number
  readonly paused: boolean
  readonly turn: (by: number) => void
  readonly setPaused: (paused: boolean) => void
}

const MILLISECONDS = 1_000

export function useRotation(count: number, secondsPerPage: number): Rotation {
  const [at, setAt] = useState(0)
  const [paused, setPaused] = useState(false)
  const page = count === 0 ? 0 : at % count
  const goTo = useCallback((next: number) => setAt(count === 0 ? 0 : (next + count) % count), [count])
  const turn = useCallback((by: number) => goTo(page + by), [goTo, page])
  useEffect(() => {
    if (paused || count < 2) return
    // Every turn, by hand too, begins the time of its page anew.
    const timer = setTimeout(() => goTo(page + 1), secondsPerPage * MILLISECONDS)
    return () => clearTimeout(timer)
  }, [paused, count, secondsPerPage, goTo, page])
  return { page, paused, turn, setPaused }
}

/** Arrow keys turn, the space bar holds, F fills the screen. */
export function useWallKeys({ turn, paused, setPaused }: Rotation): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === 'ArrowRight') turn(1)
      else if (event.key === 'ArrowLeft') turn(-1)
      else if (event.key === ' ' && !(event.target as HTMLElement).closest('button, a')) setPaused(!paused)
      else if (event.key === 'f') void fillScreen()
      else return
      event.preventDefault()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [turn, paused, setPaused])
}

export async function fillScreen(): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen()
    else await document.documentElement.requestFullscreen()
  } catch {
    // A browser that does not allow it shows the wall in its window.
  }
}

/** Keeps the screen from going dark where the browser can. */
export function useWakeLock(): void {
  useEffect(() => {
    let held: { release: () => Promise<void> } | undefined
    let over = false
    const hold = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
      try {
        held = await navigator.wakeLock.request('screen')
        if (over) await held.release()
      } catch {
        // Refused on low battery: the screen goes dark as its owner set it.
      }
    }
    void hold()
    const again = () => void hold()
    document.addEventListener('visibilitychange', again)
    return () => {
      over = true
      document.removeEventListener('visibilitychange', again)
      void held?.release()
    }
  }, [])
}

/** Every minute another pixel or two: nothing stands on the same spot for a year. */
const SHIFTS: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 0],
  [2, 1],
  [1, 2],
  [0, 1],
  [-1, 2],
  [-2, 1],
  [-1, 0],
  [-2, -1],
  [0, -1],
  [2, -1],
]
const SHIFT_MILLISECONDS = 60_000

export function useShift(): readonly [number, number] {
  const [step, setStep] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setStep((before) => (before + 1) % SHIFTS.length), SHIFT_MILLISECONDS)
    return () => clearInterval(timer)
  }, [])
  return SHIFTS[step] ?? [0, 0]
}

/** How often the stage fits the window. */
export function useStageScale(width: number, height: number): number {
  const fit = useCallback(() => Math.min(innerWidth / width, innerHeight / height), [width, height])
  const [scale, setScale] = useState(fit)
  useEffect(() => {
    const measure = () => setScale(fit())
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [fit])
  return scale
}

const STILL_MILLISECONDS = 3_000

/** True while somebody moves the mouse or presses keys: then the controls show, and the pointer. */
export function useSomebodyThere(): boolean {
  const [there, setThere] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const notice = () => {
      setThere(true)
      clearTimeout(timer)
      timer = setTimeout(() => setThere(false), STILL_MILLISECONDS)
    }
    for (const name of ['mousemove', 'keydown', 'touchstart'] as const) addEventListener(name, notice)
    return () => {
      clearTimeout(timer)
      for (const name of ['mousemove', 'keydown', 'touchstart'] as const) removeEventListener(name, notice)
    }
  }, [])
  return there
}
