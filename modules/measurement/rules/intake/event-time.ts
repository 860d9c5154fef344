/** When an event may have happened. */
export const EARLIEST_MILLISECONDS = Temporal.Instant.from('1990-01-01T00:00:00Z').epochMilliseconds
/** Clocks of senders may run ahead, by this much. */
const AHEAD_HOURS = 24

/** The latest time taken at `now`. */
export const latestMilliseconds = (now: Temporal.Instant): number => now.add({ hours: AHEAD_HOURS }).epochMilliseconds

export const OUT_OF_RANGE = 'Events lie between 1990 and a day ahead of now.'
