export interface NelderMeadResult {
  point: number[]
  value: number
  evaluations: number
  converged: boolean
}

/**
 * Minimum of a function of a few variables without derivatives.
 *
 * When to use: likelihoods of up to some five parameters, on a scale where all points are allowed (transform bounds away).
 * Formula in words: a simplex is reflected away from its worst corner, expanded, contracted or shrunk (factors 1, 2, 1/2, 1/2) until its
 * values lie within `tolerance` (relative) of each other and its corners within 1e-7; then once more from the best corner with a fresh
 * simplex, since a simplex can collapse early.
 * Source: Nelder and Mead (1965), Computer Journal 7:308-313; Lagarias et al. (1998), SIAM Journal on Optimization 9:112-147.
 * Arguments: `start`; `step` initial size of the simplex. A value of NaN counts as Infinity.
 * Errors: RangeError for an empty start or a step not above 0. Cost: some 50 to 300 evaluations a variable and restart.
 */
export function nelderMead(input: {
  minimise: (point: readonly number[]) => number
  start: readonly number[]
  step?: number
  tolerance?: number
  evaluations?: number
  restarts?: number
}): NelderMeadResult {
  const { start, step = 0.5, tolerance = 1e-10, evaluations = 4000, restarts = 1 } = input
  if (start.length === 0) throw new RangeError('start must hold at least one variable')
  if (!(step > 0)) throw new RangeError(`step must be above 0, got ${step}`)
  const state = { used: 0 }
  const value = (point: readonly number[]): number => {
    state.used += 1
    const found = input.minimise(point)
    return Number.isNaN(found) ? Number.POSITIVE_INFINITY : found
  }
  let best = { point: [...start], value: value(start) }
  let converged = false
  for (let round = 0; round <= restarts; round++) {
    const found = descend(value, best, round === 0 ? step : step / 4, tolerance, () => state.used < evaluations)
    converged = found.converged
    const gained = best.value - found.value
    if (found.value <= best.value) best = found
    if (round > 0 && gained <= tolerance * Math.abs(best.value)) break
  }
  return { point: best.point, value: best.value, evaluations: state.used, converged }
}

interface Corner {
  point: number[]
  value: number
}

const CORNER_DISTANCE = 1e-7

function descend(
  value: (point: readonly number[]) => number,
  start: Corner,
  step: number,
  tolerance: number,
  more: () => boolean,
): Corner & { converged: boolean } {
  const corners: Corner[] = [start]
  start.point.forEach((_, j) => {
    const point = start.point.map((x, i) => (i === j ? x + step : x))
    corners.push({ point, value: value(point) })
  })
  const between = (from: readonly number[], to: readonly number[], share: number): Corner => {
    const point = from.map((x, j) => x + share * (to[j]! - x))
    return { point, value: value(point) }
  }
  while (more()) {
    corners.sort((a, b) => a.value - b.value)
    const [best, worst] = [corners[0]!, corners.at(-1)!]
    const apart = Math.max(
      ...corners.map(({ point }) => Math.max(...point.map((x, j) => Math.abs(x - best.point[j]!)))),
    )
    if (worst.value - best.value <= tolerance * (Math.abs(best.value) + tolerance) && apart < CORNER_DISTANCE * 1e3)
      return { ...best, converged: true }
    if (apart < CORNER_DISTANCE) return { ...best, converged: true }
    const centre = best.point.map(
      (_, j) => corners.slice(0, -1).reduce((sum, corner) => sum + corner.point[j]!, 0) / (corners.length - 1),
    )
    const reflected = between(centre, worst.point, -1)
    if (reflected.value < best.value) {
      const expanded = between(centre, worst.point, -2)
      corners[corners.length - 1] = expanded.value < reflected.value ? expanded : reflected
      continue
    }
    if (reflected.value < corners.at(-2)!.value) {
      corners[corners.length - 1] = reflected
      continue
    }
    const outside = reflected.value < worst.value
    const contracted = between(centre, outside ? reflected.point : worst.point, 0.5)
    if (contracted.value < (outside ? reflected.value : worst.value)) {
      corners[corners.length - 1] = contracted
      continue
    }
    for (let i = 1; i < corners.length; i++) corners[i] = between(best.point, corners[i]!.point, 0.5)
  }
  corners.sort((a, b) => a.value - b.value)
  return { ...corners[0]!, converged: false }
}
