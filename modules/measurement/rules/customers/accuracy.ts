/** How good probabilities proved, computed from counts of customers alike. */
import { normalQuantile } from '#stats/distributions/normal-quantile'
import { wilsonInterval } from '#stats/intervals/wilson-interval'
import type { Accuracy } from '../../contract/customers/customers.ts'

export interface Tried {
  readonly probability: number
  readonly customers: number
  readonly came: number
}

const Z95 = normalQuantile(0.025, 'upper')
/** Groups of about equal size a calibration table is made of. */
const CALIBRATION_GROUPS = 10

/**
 * Brier score (Brier 1950, Monthly Weather Review 78:1-3), its skill against saying `baseRate` for everybody (Murphy 1973), and
 * the interval of that skill from the mean difference of squared errors over customers (Diebold & Mariano 1995, independent
 * cases). AUC: Hanley & McNeil (1982), ties count half. Null without a customer. Cost: sorting the cells.
 */
export function accuracyOf(cells: readonly Tried[], baseRate: number): Accuracy | null {
  const filled = cells.filter((cell) => cell.customers > 0)
  const n = filled.reduce((sum, cell) => sum + cell.customers, 0)
  if (n === 0) return null
  const came = filled.reduce((sum, cell) => sum + cell.came, 0)
  const brier = filled.reduce((sum, cell) => sum + errorsOf(cell, cell.probability), 0) / n
  const brierBase = filled.reduce((sum, cell) => sum + errorsOf(cell, baseRate), 0) / n
  const gain = brierBase - brier
  const squares = filled.reduce((sum, cell) => {
    const { probability, customers } = cell
    const ifCame = (baseRate - 1) ** 2 - (probability - 1) ** 2 - gain
    const ifNot = baseRate ** 2 - probability ** 2 - gain
    return sum + cell.came * ifCame ** 2 + (customers - cell.came) * ifNot ** 2
  }, 0)
  const margin = n > 1 ? Z95 * Math.sqrt(squares / (n - 1) / n) : Number.POSITIVE_INFINITY
  const ratio = (value: number) => (brierBase > 0 && Number.isFinite(value) ? value / brierBase : 0)
  return {
    n,
    came,
    brier,
    brierBase,
    skill: ratio(gain),
    skillLow: ratio(gain - margin),
    skillHigh: ratio(gain + margin),
    auc: aucOf(filled),
    calibration: calibrationOf(filled, n),
  }
}

const errorsOf = ({ customers, came }: Tried, probability: number) =>
  came * (1 - probability) ** 2 + (customers - came) * probability ** 2

/** The chance that somebody who came was given more than somebody who did not. */
function aucOf(cells: readonly Tried[]): number | null {
  const came = cells.reduce((sum, cell) => sum + cell.came, 0)
  const stayed = cells.reduce((sum, cell) => sum + cell.customers - cell.came, 0)
  if (came === 0 || stayed === 0) return null
  let below = 0
  let pairs = 0
  for (const tied of groupsOfEqual(cells)) {
    pairs += tied.came * (below + (tied.customers - tied.came) / 2)
    below += tied.customers - tied.came
  }
  return pairs / came / stayed
}

/** Cells of one probability as one, the least likely first. */
function groupsOfEqual(cells: readonly Tried[]): Tried[] {
  const groups: { probability: number; customers: number; came: number }[] = []
  for (const { probability, customers, came } of cells.toSorted((a, b) => a.probability - b.probability)) {
    const last = groups.at(-1)
    if (last?.probability === probability) {
      last.customers += customers
      last.came += came
    } else groups.push({ probability, customers, came })
  }
  return groups
}

/** Neighbouring cells joined until each group holds about a tenth of the customers; cells are never torn apart. */
function calibrationOf(cells: readonly Tried[], n: number): Accuracy['calibration'] {
  const groups: Accuracy['calibration'] = []
  let open = { customers: 0, came: 0, expected: 0 }
  const close = () => {
    if (open.customers === 0) return
    const interval = wilsonInterval({ successes: open.came, trials: open.customers })
    const [low, high] = interval.kind === 'interval' ? [interval.lower, interval.upper] : [0, 1]
    const expected = open.expected / open.customers
    const inside = expected >= low && expected <= high
    groups.push({ expected, observed: open.came / open.customers, low, high, n: open.customers, inside })
    open = { customers: 0, came: 0, expected: 0 }
  }
  for (const { probability, customers, came } of groupsOfEqual(cells)) {
    open = {
      customers: open.customers + customers,
      came: open.came + came,
      expected: open.expected + customers * probability,
    }
    if (open.customers >= n / CALIBRATION_GROUPS) close()
  }
  close()
  return groups
}
