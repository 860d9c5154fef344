/**
 * Local regression at one place of an equally spaced series, tricube weights.
 *
 * Formula in words: weighted mean (degree 0) or line (degree 1) of the `window` nearest values, weight (1 - (distance / reach) cubed) cubed;
 * a window longer than the series widens the reach by half the excess.
 * Source: Cleveland (1979), JASA 74:829-836, in the form of Cleveland et al. (1990), section 2.
 * Arguments: `place` may lie one step outside the series. Edge cases: where all weights vanish, the nearest value. Cost: O(window).
 */
export function localLine(
  values: readonly number[],
  place: number,
  window: number,
  degree: 0 | 1,
  extraWeights: readonly number[] | null,
): number {
  const count = values.length
  const span = Math.min(window, count)
  const half = (span - 1) >> 1
  const from = Math.max(0, Math.min(place - half, count - span))
  const to = from + span - 1
  let reach = Math.max(place - from, to - place)
  if (window > count) reach += Math.floor((window - count) / 2)
  const weights = new Float64Array(span)
  let total = 0
  for (let j = from; j <= to; j++) {
    const distance = Math.abs(j - place)
    if (distance > 0.999 * reach && reach > 0) continue
    const near = distance <= 0.001 * reach ? 1 : (1 - (distance / reach) ** 3) ** 3
    weights[j - from] = near * (extraWeights ? extraWeights[j]! : 1)
    total += weights[j - from]!
  }
  if (!(total > 0)) return values[Math.min(count - 1, Math.max(0, place))]!
  let centre = 0
  for (let i = 0; i < span; i++) centre += ((from + i) * weights[i]!) / total
  let spread = 0
  for (let i = 0; i < span; i++) spread += ((from + i - centre) ** 2 * weights[i]!) / total
  const slope = degree === 1 && reach > 0 && Math.sqrt(spread) > 0.001 * (count - 1) ? (place - centre) / spread : 0
  let sum = 0
  for (let i = 0; i < span; i++) sum += (weights[i]! / total) * (slope * (from + i - centre) + 1) * values[from + i]!
  return sum
}
