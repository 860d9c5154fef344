/** Conditions no score buys off: a serious incident caps points or stars. */
import type { Gate } from '../../contract/scheme.ts'

/** Without a value a gate stays open: nothing is known against the unit. */
export function gateShuts({ operator, limit }: Pick<Gate, 'operator' | 'limit'>, value: number): boolean {
  if (Number.isNaN(value)) return false
  switch (operator) {
    case 'more-than':
      return value > limit
    case 'at-least':
      return value >= limit
    case 'less-than':
      return value < limit
    case 'at-most':
      return value <= limit
  }
}

/** Lowers composites to what shut gates allow. */
export function capPoints(gates: readonly Gate[], values: readonly Float64Array[], composite: Float64Array): void {
  for (const [place, gate] of gates.entries()) {
    if (gate.cap.kind !== 'points') continue
    const { most } = gate.cap
    const column = values[place]!
    for (let unit = 0; unit < composite.length; unit += 1)
      if (composite[unit]! > most && gateShuts(gate, column[unit]!)) composite[unit] = most
  }
}

/** The gate that caps a unit most, by its place; -1: none. Stars decide before points. */
export function tightestGate(
  gates: readonly Gate[],
  values: readonly Float64Array[],
  unit: number,
): { place: number; mostStars: number | null } {
  let place = -1
  let mostStars: number | null = null
  let mostPoints = Infinity
  for (const [index, gate] of gates.entries()) {
    if (!gateShuts(gate, values[index]![unit]!)) continue
    if (gate.cap.kind === 'stars') {
      if (mostStars !== null && gate.cap.most >= mostStars) continue
      mostStars = gate.cap.most
      place = index
    } else if (mostStars === null && gate.cap.most < mostPoints) {
      mostPoints = gate.cap.most
      place = index
    }
  }
  return { place, mostStars }
}
