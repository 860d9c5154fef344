/** A change somebody confirmed: a measure that began, a rule that changed. */
export interface ConfirmedChange {
  /** Position of the first point after the change. */
  position: number
}

export type ProposedPart =
  | { position: number; accepted: true }
  | { position: number; accepted: false; because: 'too-few-before' | 'too-few-after' | 'outside'; points: number }

/**
 * Which confirmed changes may start new limits.
 *
 * When to use: before a chart with `parts`, so that limits are not drawn on a handful of points.
 * Formula in words: going forward, a change is accepted when at least `minimumPoints` figures lie between it and the accepted change before
 * it and as many between it and the next confirmed change or the end; limits are never re-based by a rule alone.
 * Sources: Perla, Provost and Murray (2011), BMJ Quality and Safety 20:46-51; NHS England (2019), Making Data Count (12 points).
 * Arguments: `values` null a gap, which does not count. Errors: RangeError for a position that is not whole or not ascending, or
 * minimumPoints below 2. Cost: O(n).
 */
export function proposeParts(input: {
  values: readonly (number | null)[]
  changes: readonly ConfirmedChange[]
  minimumPoints: number
}): { parts: number[]; changes: ProposedPart[] } {
  const { values, changes, minimumPoints } = input
  if (!(minimumPoints >= 2)) throw new RangeError(`minimumPoints must be at least 2, got ${minimumPoints}`)
  changes.forEach(({ position }, i) => {
    if (!Number.isInteger(position) || (i > 0 && position <= changes[i - 1]!.position))
      throw new RangeError(`changes[${i}].position must be whole and above the one before, got ${position}`)
  })
  const count = (from: number, to: number): number => values.slice(from, to).filter((value) => value !== null).length
  const parts: number[] = []
  const judged = changes.map(({ position }, i): ProposedPart => {
    if (position <= 0 || position >= values.length) return { position, accepted: false, because: 'outside', points: 0 }
    const before = count(parts.at(-1) ?? 0, position)
    if (before < minimumPoints) return { position, accepted: false, because: 'too-few-before', points: before }
    const after = count(position, Math.min(values.length, changes[i + 1]?.position ?? values.length))
    if (after < minimumPoints) return { position, accepted: false, because: 'too-few-after', points: after }
    parts.push(position)
    return { position, accepted: true }
  })
  return { parts, changes: judged }
}
