/** Panels and questions for tests. */
import { addPeriods } from '#platform/periods'
import { seededRandom } from '#platform/seeded-random'
import { type RuleDraftInput, ruleDraft } from '../../contract.ts'
import type { Direction } from '../levels.ts'
import type { Asked } from './asked.ts'
import type { Panel } from './panel.ts'

export interface Cell {
  readonly numerator: number
  readonly denominator?: number
  readonly n?: number
  readonly squares?: number
  readonly value?: number
  readonly error?: number
}

/** Rows of units; null: no data. Counts need a numerator only. */
export function panelOf(
  scatter: Panel['scatter'],
  rows: readonly (readonly (Cell | number | null)[])[],
  scale = 1,
): Panel {
  const width = rows[0]?.length ?? 0
  const cells = rows.flat().map((cell): Cell | null => (typeof cell === 'number' ? { numerator: cell } : cell))
  const column = (pick: (cell: Cell) => number, none: number) =>
    Float64Array.from(cells, (cell) => (cell === null ? none : pick(cell)))
  return {
    periods: { starts: Array.from({ length: width }, (_unused, place) => addPeriods('2023-01-01', 'month', place)) },
    subjects: rows.map((_row, unit) => unit + 1),
    scatter,
    scale,
    value: column((cell) => cell.value ?? (cell.numerator / (cell.denominator ?? 1)) * scale, Number.NaN),
    numerator: column((cell) => cell.numerator, 0),
    denominator: column((cell) => cell.denominator ?? Number.NaN, Number.NaN),
    n: column((cell) => cell.n ?? cell.denominator ?? cell.numerator, 0),
    squares: column((cell) => cell.squares ?? 0, 0),
    error: column((cell) => cell.error ?? Number.NaN, Number.NaN),
  }
}

export const ruleOf = (condition: RuleDraftInput['condition'], part: Partial<RuleDraftInput> = {}) =>
  ruleDraft.parse({
    id: 'a-rule',
    title: { zh: '规则', en: 'Rule' },
    indicator: 'an-indicator',
    watch: {},
    startsOn: '2023-01-01',
    minimumN: 0,
    condition,
    ...part,
  })

export function askedOf(
  panel: Panel,
  condition: RuleDraftInput['condition'],
  part: Partial<RuleDraftInput> & {
    direction?: Direction
    firing?: Uint8Array
    target?: number
    place?: number
    capacity?: Panel
  } = {},
): Asked {
  const { direction = 'lower-is-better', firing = null, target = null, place, capacity = null, ...rule } = part
  return {
    rule: ruleOf(condition, rule),
    direction,
    panel,
    place: place ?? panel.periods.starts.length - 1,
    firing,
    target: () => target,
    capacity,
    events: () => ({ events: [], fresh: 0 }),
    random: seededRandom(0.3),
  }
}
