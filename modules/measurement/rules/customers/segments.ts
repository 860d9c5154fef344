/** Quintile scores of recency, frequency and money, and the segments made of them. */
import { type Scores, type CustomerSegment, customerSegmentNames } from '../../contract/customers/customers.ts'

/** The shares of customers the four cuts stand at. */
export const CUT_SHARES = [0.2, 0.4, 0.6, 0.8] as const

/**
 * The four cuts of a list of values: the value at rank ceil(share x n). Source of scoring by fifths: Hughes (1994), Strategic
 * Database Marketing; Bult & Wansbeek (1995), Marketing Science 14:378-394. Empty input gives no cuts. Cost: sorting.
 */
export function cutsOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  if (sorted.length === 0) return []
  return CUT_SHARES.map((share) => sorted[Math.ceil(share * sorted.length) - 1]!)
}

/**
 * The score of a value: one more than the cuts strictly below it. Equal values so always score the same, and score k says
 * that at least (k - 1) fifths of the customers are strictly lower; with many ties some scores stay empty.
 */
export const scoreOf = (value: number, cuts: readonly number[]): number => 1 + cuts.filter((cut) => cut < value).length

export interface Region {
  readonly segment: CustomerSegment
  /** First and last score, both included. */
  readonly recency: readonly [number, number]
  readonly frequency: readonly [number, number]
  /** Null: any, also none. */
  readonly monetary: readonly [number, number] | null
}

/** The first region a customer lies in is the segment. Together they leave no gap. */
export const regions: readonly Region[] = [
  { segment: 'high-value', recency: [3, 5], frequency: [4, 5], monetary: [5, 5] },
  { segment: 'loyal', recency: [3, 5], frequency: [4, 5], monetary: null },
  { segment: 'promising', recency: [3, 5], frequency: [3, 3], monetary: null },
  { segment: 'new', recency: [4, 5], frequency: [1, 2], monetary: null },
  { segment: 'occasional', recency: [3, 3], frequency: [1, 2], monetary: null },
  { segment: 'at-risk', recency: [1, 2], frequency: [3, 5], monetary: null },
  { segment: 'dormant', recency: [1, 2], frequency: [1, 2], monetary: null },
]

const within = (value: number, [from, to]: readonly [number, number]) => value >= from && value <= to

export function segmentOf({ recency, frequency, monetary }: Omit<Scores, 'segment'>): CustomerSegment {
  const region = regions.find(
    (each) =>
      within(recency, each.recency) &&
      within(frequency, each.frequency) &&
      (each.monetary === null || (monetary !== null && within(monetary, each.monetary))),
  )
  return region?.segment ?? customerSegmentNames.at(-1)!
}

/** The three scores as one number, as the store counts them; `monetary` 0 is none. */
export const placeOf = (recency: number, frequency: number, monetary: number): number =>
  recency * 36 + frequency * 6 + monetary

/** All places of a segment. */
export function placesOf(segment: CustomerSegment): number[] {
  const places: number[] = []
  for (let recency = 1; recency <= 5; recency += 1)
    for (let frequency = 1; frequency <= 5; frequency += 1)
      for (let monetary = 0; monetary <= 5; monetary += 1) {
        const scores = { recency, frequency, monetary: monetary === 0 ? null : monetary }
        if (segmentOf(scores) === segment) places.push(placeOf(recency, frequency, monetary))
      }
  return places
}
