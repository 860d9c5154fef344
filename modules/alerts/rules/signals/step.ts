/** The states a signal goes through: normal, pending, firing, recovering, no data. Decisions only; what people do about it is elsewhere. */
import type { RuleDraft, SignalState } from '../../contract.ts'

/** What was seen of a unit in one period. */
export type Seen =
  | { readonly kind: 'bad'; readonly severity: number }
  | { readonly kind: 'good' }
  | { readonly kind: 'no-data' }

export interface Signal {
  readonly state: SignalState
  /** How many times in a row it was bad (pending) or good (recovering). */
  readonly streak: number
  /** Colour while firing or recovering; of the worst yet while pending. 0: none. */
  readonly severity: number
}

export const NORMAL: Signal = { state: 'normal', streak: 0, severity: 0 }

/** What a step means to people. */
export type Turn = 'none' | 'fires' | 'fires-on' | 'back' | 'recovering' | 'gone' | 'lost'

export interface Step {
  readonly signal: Signal
  readonly turn: Turn
}

type Steadiness = RuleDraft['steadiness']

/** `fires`: from quiet to firing. `back`: firing again while recovering or without data. `gone`: quiet long enough. `lost`: data ceased. */
export function stepSignal(signal: Signal, seen: Seen, steadiness: Steadiness): Step {
  if (seen.kind === 'no-data') return withoutData(signal, steadiness)
  if (seen.kind === 'bad') return bad(signal, seen.severity, steadiness)
  return good(signal, steadiness)
}

function bad(signal: Signal, severity: number, { forPeriods }: Steadiness): Step {
  switch (signal.state) {
    case 'firing':
      return { signal: { state: 'firing', streak: 0, severity }, turn: 'fires-on' }
    case 'recovering':
      return { signal: { state: 'firing', streak: 0, severity }, turn: 'back' }
    case 'normal':
    case 'pending':
    case 'no-data': {
      // Without data while it was firing: the alert is still there.
      if (signal.state === 'no-data' && signal.severity > 0)
        return { signal: { state: 'firing', streak: 0, severity }, turn: 'back' }
      const streak = (signal.state === 'pending' ? signal.streak : 0) + 1
      if (streak >= forPeriods) return { signal: { state: 'firing', streak: 0, severity }, turn: 'fires' }
      return { signal: { state: 'pending', streak, severity: Math.max(severity, signal.severity) }, turn: 'none' }
    }
  }
}

function good(signal: Signal, { quietPeriods }: Steadiness): Step {
  switch (signal.state) {
    case 'normal':
    case 'pending':
      return { signal: NORMAL, turn: 'none' }
    case 'firing':
    case 'recovering':
    case 'no-data': {
      const streak = (signal.state === 'recovering' ? signal.streak : 0) + 1
      if (streak >= quietPeriods) return { signal: NORMAL, turn: 'gone' }
      return {
        signal: { state: 'recovering', streak, severity: signal.severity },
        turn: signal.state === 'recovering' ? 'none' : 'recovering',
      }
    }
  }
}

function withoutData(signal: Signal, steadiness: Steadiness): Step {
  if (steadiness.noData === 'quiet') return good(signal, steadiness)
  if (steadiness.noData === 'keep' || signal.state === 'no-data') return { signal, turn: 'none' }
  return { signal: { state: 'no-data', streak: 0, severity: signal.severity }, turn: 'lost' }
}
