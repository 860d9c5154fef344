/** An estimate with its interval, or an honest "cannot". All four figures of an estimate share the unit of the quantity. */
export type IntervalResult =
  | { kind: 'interval'; estimate: number; lower: number; upper: number; confidence: number }
  | { kind: 'cannot'; because: 'no-data' | 'too-few' | 'not-finite'; detail: string }

/** The usual confidence, 95 %. */
export const USUAL_CONFIDENCE = 0.95

/** Refuses a confidence outside (0, 1): a programmer's mistake. */
export function requireConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`confidence must lie in (0, 1), got ${confidence}`)
}
