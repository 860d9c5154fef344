/**
 * A queue with exponential or given service times, first come first served, simulated exactly. Seeded: the dice are an argument.
 * When several windows are free the one free for longest is taken (lowest index on a tie).
 */

/** One customer's way through the queue, in minutes. */
export interface Passage {
  readonly arrivalMinutes: number
  readonly waitingMinutes: number
  readonly serviceMinutes: number
  /** 0-based. */
  readonly window: number
}

export const exponential = (random: () => number, mean: number): number => -mean * Math.log(1 - random())

/** The next arrival after `minutes` of a Poisson stream. */
export const nextArrival = (random: () => number, minutes: number, meanGapMinutes: number): number =>
  minutes + exponential(random, meanGapMinutes)

/** Windows that serve one common queue; each remembers when it is free again. */
export interface Windows {
  readonly freeAtMinutes: Float64Array
}
export const openWindows = (count: number, fromMinutes = 0): Windows => ({
  freeAtMinutes: new Float64Array(count).fill(fromMinutes),
})

/** Serves one arrival (arrivals in order of time) and books the window. Cost: O(windows). */
export function pass(windows: Windows, arrivalMinutes: number, serviceMinutes: number): Passage {
  const free = windows.freeAtMinutes
  let window = 0
  for (let index = 1; index < free.length; index += 1) if (free[index]! < free[window]!) window = index
  const startMinutes = Math.max(arrivalMinutes, free[window]!)
  free[window] = startMinutes + serviceMinutes
  return { arrivalMinutes, waitingMinutes: startMinutes - arrivalMinutes, serviceMinutes, window }
}

/**
 * Mean waiting time of a stationary queue with Poisson arrivals and exponential service (M/M/c), in the unit of `serviceMean`.
 * Source: Erlang (1917); Gross, Shortle, Thompson & Harris (2008), Fundamentals of Queueing Theory, section 2.3: the probability
 * of waiting C(c, a) by the recursion of the loss formula B, then W = C(c, a) * serviceMean / (c - a), a = load * c.
 * Throws RangeError unless 0 < load < 1.
 */
export function meanWaiting(windows: number, load: number, serviceMean: number): number {
  if (!(load > 0 && load < 1)) throw new RangeError(`load must lie between 0 and 1, got ${load}`)
  const offered = load * windows
  let blocking = 1
  for (let count = 1; count <= windows; count += 1) blocking = (offered * blocking) / (count + offered * blocking)
  const waitingProbability = blocking / (1 - load * (1 - blocking))
  return (waitingProbability * serviceMean) / (windows - offered)
}
