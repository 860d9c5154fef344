export type RandomIndexTable = 'saaty-1980' | 'saaty-2008' | 'alonso-lamata-2006'

// Each from n = 1.
const TABLES: Record<RandomIndexTable, readonly number[]> = {
  'saaty-1980': [0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59],
  'saaty-2008': [0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.4, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59],
  'alonso-lamata-2006': [
    0, 0, 0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499, 1.4854, 1.5141, 1.5365, 1.5551, 1.5713, 1.5838,
  ],
}

/** The largest n of the tables. */
export const LARGEST_TABULATED_ITEMS = 15

/**
 * Random index: the consistency index to be expected of judgements thrown by dice, for n items of which `missing` pairs were not judged.
 *
 * When to use: as the divisor of the consistency ratio; through `ahpPriorities`.
 * Formula in words: the tabulated mean of (lambda max - n) / (n - 1) over random matrices on the scale 1/9 to 9; for incomplete matrices
 * times 1 - 2 missing / ((n - 1)(n - 2)), so that a tree of comparisons, which cannot contradict itself, has 0.
 * Sources: Saaty (1980), The Analytic Hierarchy Process; Saaty (2008), International Journal of Services Sciences 1:83-98 (table as in
 * Saaty and Tran, 2007); Alonso and Lamata (2006), International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 14:445-459;
 * Agoston and Csato (2022), Omega 108:102576 (near-linearity in the number of missing pairs).
 * Convention: the tables differ by up to 10 % at n = 3 and by under 2 % from n = 4, hence the named argument. The value for missing pairs
 * was found for the completion of least lambda max; for Harker's method our simulation (`reference/make-ahp.R`) has means up to 5 %
 * higher, so that the ratio is a little strict there.
 * Errors: RangeError for n outside 1 to 15, missing not a whole number from 0 to (n - 1)(n - 2) / 2. Cost: O(1).
 */
export function randomIndex(items: number, table: RandomIndexTable, missing = 0): number {
  if (!Number.isInteger(items) || items < 1 || items > LARGEST_TABULATED_ITEMS)
    throw new RangeError(`items must be a whole number from 1 to ${LARGEST_TABULATED_ITEMS}, got ${items}`)
  const tabulated = TABLES[table]?.[items - 1]
  if (tabulated === undefined) throw new RangeError(`table must be one of ${Object.keys(TABLES).join(', ')}`)
  const most = ((items - 1) * (items - 2)) / 2
  if (!Number.isInteger(missing) || missing < 0 || missing > most)
    throw new RangeError(`missing must be a whole number from 0 to ${most}, got ${missing}`)
  return missing === 0 ? tabulated : tabulated * (1 - missing / most)
}
