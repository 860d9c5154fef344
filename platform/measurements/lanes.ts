/** A few lanes, one job at a time in each, and a queue of bounded length before them. */
import { MeasurementsFailure } from './failures.ts'

export interface Lanes<C> {
  /** Runs `work` on a free lane, in the order of asking; refuses when the queue is full. */
  readonly run: <T>(work: (connection: C) => Promise<T>) => Promise<T>
  readonly waiting: () => number
  readonly running: () => number
  /** Refuses new work and settles when the work under way has ended, or after the given time. */
  readonly drain: (limitMilliseconds: number) => Promise<void>
}

interface Waiting<C> {
  readonly start: (connection: C) => void
  readonly refuse: (reason: Error) => void
}

/** `connections` become the lanes; at most `queueLimit` jobs wait for one. */
export function createLanes<C>(connections: readonly C[], queueLimit: number): Lanes<C> {
  const free = [...connections]
  const queue: Waiting<C>[] = []
  let closed = false
  let running = 0
  let quiet: (() => void) | undefined

  const leave = (connection: C) => {
    running -= 1
    const next = queue.shift()
    if (next) {
      running += 1
      next.start(connection)
      return
    }
    free.push(connection)
    if (running === 0) quiet?.()
  }
  const enter = (): Promise<C> => {
    if (closed) return Promise.reject(new MeasurementsFailure('UNAVAILABLE', 'The measurements were closed.'))
    const connection = free.pop()
    if (connection !== undefined) {
      running += 1
      return Promise.resolve(connection)
    }
    if (queue.length >= queueLimit) {
      const text = `${queue.length} queries wait for the measurements already. Try again in a moment.`
      return Promise.reject(new MeasurementsFailure('BUSY', text))
    }
    return new Promise((start, refuse) => queue.push({ start, refuse }))
  }
  return {
    run: async (work) => {
      const connection = await enter()
      try {
        return await work(connection)
      } finally {
        leave(connection)
      }
    },
    waiting: () => queue.length,
    running: () => running,
    drain: async (limitMilliseconds) => {
      closed = true
      for (const each of queue.splice(0)) {
        each.refuse(new MeasurementsFailure('UNAVAILABLE', 'The measurements were closed.'))
      }
      if (running === 0) return
      const { promise, resolve } = Promise.withResolvers<void>()
      quiet = resolve
      const timer = setTimeout(resolve, limitMilliseconds)
      await promise
      clearTimeout(timer)
    },
  }
}
