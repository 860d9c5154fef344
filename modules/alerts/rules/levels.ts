/** Colours and their levels: which one a measured figure reaches, and whether levels make sense together. */
import { type Colour, type Condition, type ConditionKind, type Levels } from '../contract.ts'

export type Direction = 'higher-is-better' | 'lower-is-better' | 'neutral'

/** From worst to mildest: the order of the desk. */
export const colours: readonly Colour[] = ['red', 'orange', 'yellow']
export const rankOf = (colour: Colour): number => colours.indexOf(colour) + 1
/** 0: none, 1: yellow, 2: orange, 3: red. */
export const severityOf = (colour: Colour | null): number => (colour === null ? 0 : 4 - rankOf(colour))
export const colourOf = (severity: number): Colour | null => (severity === 0 ? null : colours[3 - severity]!)

/** How much worse `a` is than `b`, in their unit: positive is worse. Without direction, higher counts as worse. */
export const worseBy = (a: number, b: number, direction: Direction): number =>
  direction === 'higher-is-better' ? b - a : a - b

/** The worst colour whose level is reached: `measured` at or above it. 0: none. */
export function severityAbove(levels: Levels, measured: number, easing = 1): number {
  for (const colour of colours) {
    const level = levels[colour]
    if (level !== null && measured >= level * easing) return severityOf(colour)
  }
  return 0
}

/** Where the levels of a kind stand, and whether more always means worse there. */
const FIELDS: Readonly<Record<ConditionKind, string | null>> = {
  threshold: 'levels',
  deviation: 'levelsPercent',
  growth: 'levelsPercent',
  chart: null,
  'change-point': 'levelsPercent',
  'forecast-band': 'levelsConfidencePercent',
  'forecast-miss': 'levelsChancePercent',
  shortage: 'levelsPercent',
  repeated: 'levels',
  keyword: 'levels',
  silence: 'levelsHours',
  combination: null,
}
export const levelsField = (kind: ConditionKind): string | null => FIELDS[kind]

export function levelsOf(condition: Condition): Levels | null {
  const field = FIELDS[condition.kind]
  return field === null ? null : ((condition as unknown as Record<string, Levels>)[field] ?? null)
}

/** Why levels cannot stand; null when they can. Red must be at least as bad as orange, orange as yellow. */
export function faultOfLevels(condition: Condition, direction: Direction): 'none' | 'contradict' | null {
  const levels = levelsOf(condition)
  if (levels === null) return null
  const given = colours.flatMap((colour) => levels[colour] ?? [])
  if (given.length === 0) return 'none'
  const falling = condition.kind === 'threshold' && direction === 'higher-is-better'
  const badness = falling ? given.map((level) => -level) : given
  return badness.some((level, index) => index > 0 && level > badness[index - 1]!) ? 'contradict' : null
}
