/** What becomes of an alert when its signal turns: raised, worse, milder, quiet, closed. The desk's decisions, apart from storing them. */
import type { Alert, Colour, Happening, Reading, SignalState } from '../contract.ts'
import { colourOf, rankOf } from './levels.ts'
import type { Turn } from './signals/step.ts'

/** Readings kept on an alert: two years of weeks. */
export const READINGS_LIMIT = 104

/** What the decision needs to know of a live alert. */
export interface LiveAlert {
  readonly colour: Colour
  readonly state: Alert['state']
  readonly signal: SignalState
  readonly readings: readonly Reading[]
  readonly revised: boolean
  /** Duties still open. */
  readonly owed: number
}

export interface SeenReading {
  readonly periodStart: string
  /** The period is over: another reading of it is a revision. */
  readonly settled: boolean
  /** Null where it was not bad. */
  readonly reading: Reading | null
}

export interface Changed {
  readonly colour: Colour
  readonly signal: SignalState
  readonly readings: readonly Reading[]
  readonly revised: boolean
  /** What to write into its history, in this order. */
  readonly told: readonly Happening['what'][]
  readonly closes: boolean
}

export type Outcome =
  | { readonly what: 'nothing' }
  | {
      readonly what: 'raise'
      readonly colour: Colour
      readonly signal: SignalState
      readonly readings: readonly Reading[]
    }
  | ({ readonly what: 'change' } & Changed)

/** Colour of an alert about data that ceased. */
const NO_DATA_COLOUR: Colour = 'yellow'

/**
 * One step of one unit. `reading`: what was seen where it was bad; `state`: of the signal after the step. An alert that a person closed while
 * its signal fires stays closed until the signal has been gone.
 */
export function decide(
  live: LiveAlert | null,
  step: { readonly turn: Turn; readonly state: SignalState; readonly severity: number },
  seen: SeenReading,
): Outcome {
  const { turn, state, severity } = step
  const { reading } = seen
  if (live === null) {
    if (turn === 'fires')
      return { what: 'raise', colour: colourOf(severity)!, signal: state, readings: reading ? [reading] : [] }
    if (turn === 'lost' && severity === 0) return { what: 'raise', colour: NO_DATA_COLOUR, signal: state, readings: [] }
    return { what: 'nothing' }
  }
  const { readings, revised } = withReading(live, seen)
  const firing = turn === 'fires' || turn === 'fires-on' || turn === 'back'
  const colour = firing ? (readings.at(-1)?.colour ?? colourOf(severity)!) : live.colour
  const told: Happening['what'][] = []
  if (revised && !live.revised) told.push('revised')
  if (turn === 'back' || (turn === 'fires' && live.signal !== 'firing')) told.push('signal-back')
  if (firing && rankOf(colour) < rankOf(live.colour)) told.push('worsened')
  if (firing && rankOf(colour) > rankOf(live.colour)) told.push('eased')
  if (turn === 'recovering') told.push('recovering')
  if (turn === 'lost') told.push('no-data')
  const gone = turn === 'gone'
  if (gone && live.signal !== 'normal') told.push('signal-gone')
  const closes = (gone || live.signal === 'normal') && state === 'normal' && live.owed === 0 && live.state !== 'planned'
  const same =
    told.length === 0 && !closes && colour === live.colour && state === live.signal && readings === live.readings
  if (same) return { what: 'nothing' }
  return { what: 'change', colour, signal: state, readings, revised: revised || live.revised, told, closes }
}

/** A period judged again replaces its reading; one that turned out not to be bad loses it. The last reading is never taken away. */
function withReading(
  { readings }: LiveAlert,
  { periodStart, settled, reading }: SeenReading,
): { readings: readonly Reading[]; revised: boolean } {
  const before = readings.find((known) => known.periodStart === periodStart)
  if (!before && !reading) return { readings, revised: false }
  if (before && reading && sameReading(before, reading)) return { readings, revised: false }
  const others = readings.filter((known) => known !== before)
  if (!reading)
    return settled ? { readings: others.length === 0 ? readings : others, revised: true } : { readings, revised: false }
  const all = [...others, reading].toSorted((a, b) => (a.periodStart < b.periodStart ? -1 : 1)).slice(-READINGS_LIMIT)
  return { readings: all, revised: settled && before !== undefined }
}

/** Values are rounded where chance was simulated; what matters is whether people would read something else. */
const sameReading = (a: Reading, b: Reading) =>
  a.colour === b.colour && a.n === b.n && Math.abs(a.value - b.value) <= 1e-9 * Math.max(1, Math.abs(a.value))
