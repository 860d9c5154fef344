/**
 * Raters joined by common units, directly or through others.
 *
 * When to use: through `raterLeniency`: effects can be compared within a group only.
 * Formula in words: walk from rater to unit to rater until nothing new is reached.
 * Source: connectedness of two-way designs, Bose (1947), cited in Searle (1971), Linear Models, section 7.4.
 * Order: first appearance. Cost: O(ratings).
 */
export function connectedGroups(ratings: readonly { unit: string; rater: string }[]): string[][] {
  const unitsOf = new Map<string, Set<string>>()
  const ratersOf = new Map<string, Set<string>>()
  const note = (map: Map<string, Set<string>>, key: string, value: string) => {
    const known = map.get(key)
    if (known) known.add(value)
    else map.set(key, new Set([value]))
  }
  for (const { unit, rater } of ratings) {
    note(unitsOf, rater, unit)
    note(ratersOf, unit, rater)
  }
  const seenRaters = new Set<string>()
  const seenUnits = new Set<string>()
  const groups: string[][] = []
  for (const start of unitsOf.keys()) {
    if (seenRaters.has(start)) continue
    seenRaters.add(start)
    const group = [start]
    for (const rater of group) {
      for (const unit of unitsOf.get(rater)!) {
        if (seenUnits.has(unit)) continue
        seenUnits.add(unit)
        for (const other of ratersOf.get(unit)!) {
          if (seenRaters.has(other)) continue
          seenRaters.add(other)
          group.push(other)
        }
      }
    }
    groups.push(group)
  }
  return groups
}
