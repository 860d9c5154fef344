/** One rule over the periods that are due: verdicts become signals, signals become what happens to alerts. Nothing is stored here. */
import type { Colour, Happening, Reading, RuleDraft, SignalState } from '../contract.ts'
import { type LiveAlert, decide } from './outcome.ts'
import { NORMAL, type Seen, type Signal, stepSignal } from './signals/step.ts'

/** What is known of one unit of a rule before the run. */
export interface UnitBefore {
  readonly signal: Signal
  /** Null: no live alert. */
  readonly live: LiveAlert | null
}

/** What happened to one alert of the unit during the run. */
export interface Episode {
  /** Begun in this run; else it is the alert that was live before. */
  readonly raised: boolean
  readonly colour: Colour
  readonly signal: SignalState
  readonly readings: readonly Reading[]
  readonly revised: boolean
  readonly told: readonly Happening['what'][]
  /** With `raised`: it came and went within this run, history that nobody could have answered. */
  readonly closes: boolean
}

export interface UnitAfter {
  readonly entity: number
  readonly signal: Signal
  /** In order of time; empty: its signal moved, nothing for people. */
  readonly episodes: readonly Episode[]
}

export interface SeenUnit {
  readonly seen: Seen
  /** Where it is bad. */
  readonly reading: Reading | null
}

/** One period: what was seen of every unit that matters, by entity. */
export interface SeenPeriod {
  readonly periodStart: string
  /** Whether people hear of it; false while the state before a set-back is found again. */
  readonly speaks: boolean
  /** The period is over; one that runs still is judged again and again, which is no revision. */
  readonly settled: boolean
  readonly seen: ReadonlyMap<number, SeenUnit>
}

interface UnitRun {
  signal: Signal
  live: LiveAlert | null
  /** What is told of the live alert so far; null: nothing. */
  open: { raised: boolean; told: Happening['what'][] } | null
  readonly episodes: Episode[]
  moved: boolean
}

/** Units that appear nowhere, neither seen nor known before, are normal and stay so. */
export function runPeriods<P>(
  steadiness: RuleDraft['steadiness'],
  before: ReadonlyMap<number, UnitBefore>,
  periods: readonly P[],
  see: (period: P, signalOf: (entity: number) => Signal) => SeenPeriod,
): UnitAfter[] {
  const units = new Map<number, UnitRun>()
  const runOf = (entity: number): UnitRun => {
    const known = units.get(entity)
    if (known) return known
    const { signal, live } = before.get(entity) ?? { signal: NORMAL, live: null }
    const fresh: UnitRun = { signal, live, open: null, episodes: [], moved: false }
    units.set(entity, fresh)
    return fresh
  }
  for (const entity of before.keys()) runOf(entity)
  const signalOf = (entity: number) => units.get(entity)?.signal ?? NORMAL
  for (const period of periods) {
    const { periodStart, speaks, settled, seen } = see(period, signalOf)
    for (const [entity, { seen: what, reading }] of seen) {
      const unit = runOf(entity)
      const { signal, turn } = stepSignal(unit.signal, what, steadiness)
      if (signal !== unit.signal) unit.moved = true
      unit.signal = signal
      if (speaks)
        tell(
          unit,
          decide(
            unit.live,
            { turn, state: signal.state, severity: signal.severity },
            { periodStart, settled, reading },
          ),
        )
    }
  }
  return [...units].flatMap(([entity, unit]) => {
    finish(unit, false)
    const { signal, episodes, moved } = unit
    return moved || episodes.length > 0 ? [{ entity, signal, episodes }] : []
  })
}

function tell(unit: UnitRun, outcome: ReturnType<typeof decide>): void {
  if (outcome.what === 'nothing') return
  if (outcome.what === 'raise') {
    const { colour, signal, readings } = outcome
    // Nothing is owed yet: what comes and goes within one run closes by itself.
    unit.live = { colour, state: 'open', signal, readings, revised: false, owed: 0 }
    unit.open = { raised: true, told: ['raised'] }
    return
  }
  const { colour, signal, readings, revised, told, closes } = outcome
  unit.open ??= { raised: false, told: [] }
  unit.open.told.push(...told)
  unit.live = { ...unit.live!, colour, signal, readings, revised }
  if (closes) finish(unit, true)
}

function finish(unit: UnitRun, closes: boolean): void {
  const { live, open, episodes } = unit
  if (live === null || open === null) return
  const { colour, signal, readings, revised } = live
  episodes.push({ ...open, colour, signal, readings, revised, closes })
  unit.open = null
  if (closes) unit.live = null
}
