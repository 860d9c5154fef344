import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Asked } from './attack-for-test.ts'
import { decideGroups, type GroupsTold } from './decide-groups.ts'
import { decideUnits, type Told } from './decide-units.ts'
import { entangled } from './entangled.ts'
import type { TimeNode } from './time-tree.ts'
import { answers, aboves, differences, LIMIT, treeOf, type World, worldOf } from './world-for-test.ts'

const MONTH = [['2025-01-01', '2025-02-01']] as const
const LEAVES = 5
const small = (world: World, groups: readonly (readonly number[])[]) =>
  groups.filter((group) => group.length > 0 && world.count(group) < LIMIT)

interface Cell extends Asked {
  readonly unit: number
  readonly node: TimeNode
  readonly group: number | null
  readonly told: boolean
}

function cellsOf(world: World, told: Told, groups: GroupsTold, kept: readonly (readonly number[])[]): Cell[] {
  return world.nodes.flatMap((node) =>
    [...world.tree.above.keys()].flatMap((unit) => {
      const name = `${unit} ${node.kind}`
      const whole = { name, unit, node, group: null, atoms: world.atomsOf(unit, node), told: told(node)[unit] === 1 }
      const split = kept.map((own, group) => ({
        name: `${name} of ${group}`,
        unit,
        node,
        group,
        atoms: own.flatMap((each) => world.atomsOf(unit, node, each)),
        told: groups(node)[group]![unit] === 1,
      }))
      return [whole, ...split]
    }),
  )
}

/** Cells told of which one is part of the other by construction: in place, time or group. */
function related(world: World, cells: readonly Cell[]): number[][] {
  const under = (unit: number, over: number): boolean =>
    unit === over || (unit > 0 && under(world.tree.above[unit]!, over))
  const inside = (node: TimeNode, wider: TimeNode): boolean =>
    node === wider || (node.within !== null && inside(node.within, wider))
  const told = cells.filter((cell) => cell.told)
  return told.flatMap((one) =>
    told.flatMap((other) => {
      if (one === other || !under(other.unit, one.unit) || !inside(other.node, one.node)) return []
      if (one.group !== null && one.group !== other.group) return []
      const taken = new Set(other.atoms)
      return [one.atoms.filter((atom) => !taken.has(atom))]
    }),
  )
}

function residuals(world: World, cells: readonly Cell[]): number[][] {
  const told = cells.filter((cell) => cell.told)
  return told.flatMap((whole) => {
    const less = (keep: (cell: Cell) => boolean) => {
      const taken = new Set(told.filter(keep).flatMap((cell) => cell.atoms))
      return whole.atoms.filter((atom) => !taken.has(atom))
    }
    const same = (cell: Cell) => cell.group === whole.group
    return [
      less((cell) => same(cell) && cell.node === whole.node && world.tree.above[cell.unit] === whole.unit),
      less((cell) => same(cell) && cell.unit === whole.unit && cell.node.within === whole.node),
      ...(whole.group === null
        ? [less((cell) => cell.group !== null && cell.unit === whole.unit && cell.node === whole.node)]
        : []),
    ]
  })
}

const worlds = (groups: number) =>
  aboves(5).chain((above) => {
    const size = above.length * LEAVES * groups
    return fc
      .array(answers, { minLength: size, maxLength: size })
      .map((list) =>
        worldOf(
          treeOf(above),
          MONTH,
          groups,
          (unit, leaf, group) => list[((unit * LEAVES + leaf) * groups + group) % size]!,
        ),
      )
  })

describe('a split by one attribute', () => {
  // The fourth group stands for all that are not named.
  const NAMED = [0, 1, 2]
  const decided = (world: World) => {
    const counts = (node: TimeNode) => world.counts(node)
    const told = decideUnits(world.tree, world.time, counts)
    const groups = decideGroups(world.tree, world.time, {
      groups: NAMED.length,
      counts: (node) => NAMED.map((group) => world.counts(node, group)),
      lines: [{ members: NAMED, counts, told }],
    })
    return cellsOf(
      world,
      told,
      groups,
      NAMED.map((group) => [group]),
    )
  }
  test('gives no small group away by differences nor by what is left over', () => {
    fc.assert(
      fc.property(worlds(4), (world) => {
        const cells = decided(world)
        expect(
          small(
            world,
            cells.filter((cell) => cell.told).map((cell) => cell.atoms),
          ),
        ).toEqual([])
        expect(small(world, related(world, cells))).toEqual([])
        expect(small(world, residuals(world, cells))).toEqual([])
      }),
      { numRuns: 250 },
    )
  })
  test('a group is told where there is enough of everything', () => {
    const world = worldOf(treeOf([-1, 0, 0]), MONTH, 3, (unit) => (unit === 0 ? 0 : 20))
    expect(
      decided(world)
        .filter((cell) => cell.group !== null && cell.atoms.length > 0)
        .every((cell) => cell.told),
    ).toBe(true)
  })
  test('a small group is hidden, and the next smallest with it, and both in another unit too', () => {
    const counts = [
      [0, 0, 0, 0],
      [50, 20, 3, 0],
      [50, 20, 30, 0],
      [80, 40, 60, 0],
    ]
    const world = worldOf(
      treeOf([-1, 0, 0, 0]),
      [['2025-01-01', '2026-01-01']],
      4,
      (unit, _leaf, group) => counts[unit]![group]!,
    )
    const told = decided(world)
      .filter((cell) => cell.told && cell.group !== null)
      .map((cell) => cell.name)
    expect(told).toEqual([
      '0 year of 0',
      '0 year of 1',
      '0 year of 2',
      '1 year of 0',
      '2 year of 0',
      '3 year of 0',
      '3 year of 1',
      '3 year of 2',
    ])
  })
})

describe('segments', () => {
  const SEGMENTS = 2
  /** Group 1: in the first segment only; 2: in the second only; 3: in both; 0: in none. */
  const marks = ['00', '10', '01', '11']
  const decided = (world: World) => {
    const counts = (node: TimeNode) => world.counts(node)
    const told = decideUnits(world.tree, world.time, counts)
    const inside = (segment: number) => [...marks.keys()].filter((group) => marks[group]![segment] === '1')
    const groups = Array.from({ length: SEGMENTS }, (_unused, segment) =>
      decideGroups(world.tree, world.time, {
        groups: 1,
        counts: (node) => [
          Float64Array.from(world.tree.above, (_over, unit) =>
            inside(segment).reduce((sum, group) => sum + world.counts(node, group)[unit]!, 0),
          ),
        ],
        lines: [{ members: [0], counts, told, open: true }],
        barred: (node, _group, unit) =>
          entangled(new Map(marks.map((mark, group) => [mark, world.counts(node, group)[unit]!])), segment, LIMIT),
      }),
    )
    return cellsOf(world, told, (node) => groups.flatMap((each) => each(node)), [inside(0), inside(1)])
  }
  test('give no small group away: not by the whole, not by each other, not by units nor time', () => {
    fc.assert(
      fc.property(worlds(4), (world) => {
        const cells = decided(world)
        const told = cells.filter((cell) => cell.told)
        expect(
          small(
            world,
            told.map((cell) => cell.atoms),
          ),
        ).toEqual([])
        expect(small(world, related(world, cells))).toEqual([])
        for (const node of world.nodes)
          for (const unit of world.tree.above.keys())
            expect(small(world, differences(told.filter((cell) => cell.node === node && cell.unit === unit)))).toEqual(
              [],
            )
      }),
      { numRuns: 200 },
    )
  })
  const cases: [string, [string, number][], number, boolean][] = [
    [
      'all that is outside is small',
      [
        ['1', 50],
        ['0', 4],
      ],
      0,
      true,
    ],
    ['nothing is outside', [['1', 50]], 0, false],
    [
      'enough is outside',
      [
        ['1', 50],
        ['0', 40],
      ],
      0,
      false,
    ],
    [
      'one inside the other with few between: the later one',
      [
        ['11', 40],
        ['10', 5],
        ['00', 40],
      ],
      1,
      true,
    ],
    [
      'the earlier one stands',
      [
        ['11', 40],
        ['10', 5],
        ['00', 40],
      ],
      0,
      false,
    ],
    [
      'two overlap, neither holds the other',
      [
        ['11', 40],
        ['10', 5],
        ['01', 5],
        ['00', 40],
      ],
      1,
      false,
    ],
    [
      'three parts of the whole leave few over',
      [
        ['100', 30],
        ['010', 30],
        ['001', 30],
        ['000', 4],
      ],
      2,
      true,
    ],
    [
      'the same twice',
      [
        ['11', 40],
        ['00', 40],
      ],
      1,
      false,
    ],
  ]
  test.each(cases)('%s', (_name, marked, segment, expected) => {
    expect(entangled(new Map(marked), segment, LIMIT)).toBe(expected)
  })
})
