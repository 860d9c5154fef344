/** A clock that moves only when it is told to. */
export interface TestClock {
  readonly now: () => Temporal.Instant
  /** Accepts ISO 8601 text with an offset. */
  readonly set: (instant: Temporal.Instant | string) => void
  /** A day counts 24 hours here: an instant knows no calendar. */
  readonly advance: (duration: {
    days?: number
    hours?: number
    minutes?: number
    seconds?: number
    milliseconds?: number
  }) => void
}

const HOURS_PER_DAY = 24

export function testClock(start: Temporal.Instant | string = '2026-03-02T01:00:00Z'): TestClock {
  let now = Temporal.Instant.from(start)
  return {
    now: () => now,
    set: (instant) => {
      now = Temporal.Instant.from(instant)
    },
    advance: ({ days = 0, hours = 0, ...rest }) => {
      now = now.add({ hours: days * HOURS_PER_DAY + hours, ...rest })
    },
  }
}
