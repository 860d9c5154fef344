import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { follows, leftOpen, smallGroups } from './attack-for-test.ts'
import { decideUnits } from './decide-units.ts'
import {
  answers,
  aboves,
  type Cell,
  cellsOf,
  differences,
  LIMIT,
  residuals,
  treeOf,
  type World,
  worldOf,
} from './world-for-test.ts'

const MONTH = [['2025-01-01', '2025-02-01']] as const
const WEEKS = [
  ['2025-01-06', '2025-01-13'],
  ['2025-01-27', '2025-02-03'],
] as const
const DAY = [
  ['2025-01-08', '2025-01-09'],
  ['2025-02-01', '2025-03-01'],
] as const

const worlds = (most: number, ranges: readonly (readonly [string, string])[], leaves: number) =>
  aboves(most).chain((above) =>
    fc
      .array(answers, { minLength: above.length * leaves, maxLength: above.length * leaves })
      .map((list) => worldOf(treeOf(above), ranges, 1, (unit, leaf) => list[(unit * leaves + leaf) % list.length]!)),
  )

const small = (world: World, groups: readonly number[][]) =>
  groups
    .filter((group) => group.length > 0 && world.count(group) < LIMIT)
    .map((group) => group.map((place) => world.atoms[place]!))
const openTo = (world: World, cells: readonly Cell[]) =>
  leftOpen(
    cells.filter((cell) => cell.told && cell.n > 0).map((cell) => cell.atoms),
    world.atoms.length,
  )

describe('no two answers differ by a small group, and no answer less all its parts is one', () => {
  for (const [name, ranges, leaves] of [
    ['months', MONTH, 6],
    ['weeks across the end of a month', WEEKS, 12],
    ['days', DAY, 16],
  ] as const)
    test(name, () => {
      fc.assert(
        fc.property(worlds(7, ranges, leaves), (world) => {
          const cells = cellsOf(world)
          const told = cells.filter((cell) => cell.told)
          expect(
            small(
              world,
              told.map((cell) => [...cell.atoms]),
            ),
          ).toEqual([])
          expect(small(world, differences(told))).toEqual([])
          expect(small(world, residuals(world, cells))).toEqual([])
        }),
        { numRuns: 150 },
      )
    })
})

test('no hidden cell under the limit follows from everything told, however it is added up and subtracted', () => {
  fc.assert(
    fc.property(worlds(6, MONTH, 6), (world) => {
      const cells = cellsOf(world)
      const open = openTo(world, cells)
      const few = cells.filter((cell) => !cell.told && cell.n > 0 && cell.n < LIMIT)
      expect(few.filter((cell) => follows(open, cell.atoms)).map((cell) => cell.name)).toEqual([])
    }),
    { numRuns: 400 },
  )
})

// Any combination of any number of answers, by somebody who knows every n: what is left open is told in decision 0007.
test('of small worlds at most one in five hundred gives any small group away at all', () => {
  const sample = fc.sample(worlds(5, MONTH, 6), { numRuns: 1_500, seed: 7 }).filter((world) => world.atoms.length <= 24)
  const given = sample.filter(
    (world) =>
      smallGroups(
        openTo(world, cellsOf(world)),
        world.atoms.map((atom) => atom.n),
        LIMIT,
      ).length > 0,
  )
  expect(sample.length).toBeGreaterThan(900)
  expect(given.length / sample.length).toBeLessThanOrEqual(1 / 500)
})

test('an attacker finds what a rule without complements leaves open', () => {
  const world = worldOf(treeOf([-1, 0, 0, 0]), MONTH, 1, (unit) => [0, 4, 12, 15][unit]!)
  const cells = cellsOf(world).map((cell) => ({ ...cell, told: cell.n >= LIMIT }))
  expect(small(world, residuals(world, cells)).length).toBeGreaterThan(0)
})

describe('as told by hand', () => {
  /** Units 1 to 3 below the whole; answers in January, February, March, the second quarter, the second half. */
  const toldOf = (rows: readonly (readonly number[])[], limits?: readonly number[]) => {
    const world = worldOf(treeOf([-1, 0, 0, 0], limits), MONTH, 1, (unit, leaf) => rows[unit - 1]?.[leaf] ?? 0)
    const told = decideUnits(world.tree, world.time, (node) => world.counts(node))
    const at = (kind: string, place = 0) => [...told(world.nodes.filter((node) => node.kind === kind)[place]!)].join('')
    return { year: at('year'), half: at('half-year'), quarter: at('quarter'), month: at('month') }
  }
  const cases: [string, number[][], number[] | undefined, Partial<ReturnType<typeof toldOf>>][] = [
    [
      'enough everywhere',
      [
        [20, 20, 20, 20, 20],
        [20, 20, 20, 20, 20],
        [20, 20, 20, 20, 20],
      ],
      undefined,
      { year: '1111', month: '1111' },
    ],
    [
      'one month of one unit is small: its months of the quarter are hidden, and the smallest other one',
      [
        [20, 4, 20, 20, 20],
        [20, 20, 20, 20, 20],
        [30, 30, 30, 30, 30],
      ],
      undefined,
      { year: '1111', quarter: '1111', month: '1001' },
    ],
    [
      'two small ones that make the limit together hide nobody else',
      [
        [6, 6, 6, 20, 20],
        [7, 7, 7, 20, 20],
        [30, 30, 30, 30, 30],
      ],
      undefined,
      { quarter: '1111', month: '1001' },
    ],
    [
      'two small ones that do not',
      [
        [3, 3, 3, 20, 20],
        [4, 4, 4, 20, 20],
        [30, 30, 30, 30, 30],
      ],
      undefined,
      { year: '1111', quarter: '1001', month: '1000' },
    ],
    [
      'a unit without answers is no unit to hide',
      [
        [20, 20, 20, 20, 20],
        [0, 0, 0, 0, 0],
        [30, 30, 30, 30, 30],
      ],
      undefined,
      { month: '1111' },
    ],
    [
      'staff need more',
      [
        [20, 20, 20, 40, 40],
        [20, 20, 20, 40, 40],
        [50, 50, 50, 50, 50],
      ],
      [10, 30, 30, 30],
      { year: '1111', month: '1001' },
    ],
    [
      'a whole that is one person needs what that person needs',
      [
        [20, 20, 20, 20, 20],
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
      ],
      [10, 30, 30, 30],
      { year: '1111', month: '0000' },
    ],
  ]
  test.each(cases)('%s', (_name, rows, limits, expected) => {
    expect(toldOf(rows, limits)).toMatchObject(expected)
  })
})
