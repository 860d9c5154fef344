/** The entry at a place that must be there: a place beyond the list is a mistake of the programmer, told at once. */
export function nth<T>(list: ArrayLike<T>, place: number): T {
  const found = list[place]
  if (found === undefined) throw new RangeError(`There is no entry ${place} in a list of ${list.length}.`)
  return found
}
