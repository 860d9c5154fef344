import { describe, expect, test } from 'vitest'
import { bandsOf } from './bands.ts'

const row = (rank: number | null, rankLow: number | null, rankHigh: number | null) => ({ rank, rankLow, rankHigh })

describe('units that cannot be told apart', () => {
  test('a band ends where the first and the next exclude each other', () => {
    const rows = [row(1, 1, 2), row(2, 1, 3), row(3, 2, 4), row(4, 3, 4), row(5, 5, 5)]
    expect(bandsOf(rows)).toEqual([1, 1, 2, 2, 3])
  })
  test('one-sided overlap is not enough', () => {
    expect(bandsOf([row(1, 1, 3), row(2, 2, 3)])).toEqual([1, 2])
    expect(bandsOf([row(1, 1, 1), row(2, 1, 3)])).toEqual([1, 2])
  })
  test('without ranges each stands alone; without rank there is no band', () => {
    expect(bandsOf([row(1, null, null), row(2, null, null), row(null, null, null)])).toEqual([1, 2, null])
  })
  test('equal ranks stay together', () => {
    expect(bandsOf([row(1, 1, 1), row(1, 1, 1), row(3, 3, 3)])).toEqual([1, 1, 2])
  })
})
