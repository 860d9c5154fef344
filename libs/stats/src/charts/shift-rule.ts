/** A run of values on one side of the centre; `start` and `end` are positions, both inclusive. */
export interface Shift {
  side: 'above' | 'below'
  start: number
  end: number
}

/**
 * Shift rule: runs of at least so many values on one side of the centre line.
 *
 * When to use: beside an individuals chart, to find changes of level inside the limits.
 * Formula in words: count values in a row strictly above or strictly below the centre; report runs that reach `runLength`.
 * Sources: 7 points NHS Making Data Count, 8 Western Electric (1956), 9 Nelson (1984), Journal of Quality Technology 16:237-239.
 * Arguments: `onCentre` says whether a value on the centre breaks a run or is passed over.
 * Units: those of the values. Edge cases: fewer values than `runLength` give no runs; NaN breaks a run.
 * Errors: RangeError for another run length. Convention: the whole run is reported, not only the completing point. Cost: O(n).
 */
export function shiftRule(input: {
  values: readonly number[]
  centre: number
  runLength: 7 | 8 | 9
  onCentre?: 'breaks' | 'skipped'
}): Shift[] {
  const { values, centre, runLength, onCentre = 'breaks' } = input
  if (![7, 8, 9].includes(runLength)) throw new RangeError(`runLength must be 7, 8 or 9, got ${runLength}`)
  const shifts: Shift[] = []
  let run: (Shift & { length: number }) | null = null
  const close = () => {
    if (run && run.length >= runLength) shifts.push({ side: run.side, start: run.start, end: run.end })
    run = null
  }
  for (const [i, value] of values.entries()) {
    if (value === centre && onCentre === 'skipped') continue
    const side = value > centre ? 'above' : value < centre ? 'below' : null
    if (!side || (run as Shift | null)?.side !== side) close()
    if (!side) continue
    const open: Shift & { length: number } = run ?? { side, start: i, end: i, length: 0 }
    run = { ...open, end: i, length: open.length + 1 }
  }
  close()
  return shifts
}
