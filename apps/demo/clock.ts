/** The demo's clock: while two years are played through it stands where the story is; afterwards it is the real one. */
import type { Surroundings } from '#platform/context'
import type { Platform } from '#platform/run'

export interface StoryClock extends Surroundings {
  /** Stands at this instant until moved or let go. */
  readonly stand: (at: Temporal.Instant) => void
  /** From now on the real time. */
  readonly letGo: () => void
}

export function storyClock(real: Surroundings): StoryClock {
  let standing: Temporal.Instant | null = null
  return {
    // Each reading is a millisecond later, so that steps taken at one standing keep their order.
    now: () => {
      if (standing === null) return real.now()
      standing = standing.add({ milliseconds: 1 })
      return standing
    },
    random: real.random,
    stand: (at) => {
      standing = at
    },
    letGo: () => {
      standing = null
    },
  }
}

/** What happens by itself, in the order in which one thing rests on the other. */
const SCHEDULES = [
  'evaluation.scoreDue',
  'alerts.evaluate',
  'verification.concludeDue',
  'verification.watchEffects',
] as const

/** Stands at eight in the morning of the day: schedules run, news is delivered. */
export async function liveMorning(clock: StoryClock, platform: Platform, day: string, timeZone: string): Promise<void> {
  clock.stand(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: '08:00' }).toInstant())
  for (const schedule of SCHEDULES) await platform.runSchedule(schedule)
  await platform.settle()
}
