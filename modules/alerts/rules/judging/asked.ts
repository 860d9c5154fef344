/** Everything a kind of rule may look at when it judges one period. */
import type { RuleDraft } from '../../contract.ts'
import type { Direction } from '../levels.ts'
import type { Panel } from './panel.ts'

export interface RareEvents {
  /** In epoch milliseconds, with the number of the case. */
  readonly events: readonly { readonly at: number; readonly cases: number }[]
  readonly fresh: number
}

export interface Asked {
  readonly rule: Pick<
    RuleDraft,
    'condition' | 'confidence' | 'falseDiscoveryShare' | 'minimumN' | 'grain' | 'steadiness'
  >
  readonly direction: Direction
  readonly panel: Panel
  /** Place of the period judged; periods after it are not looked at. */
  readonly place: number
  /** 1: the unit's signal fires already, so its levels are eased. Null: nobody's does. */
  readonly firing: Uint8Array | null
  /** Target of a unit in this period, in the indicator's unit; null: none. */
  readonly target: (unit: number) => number | null
  /** The indicator of capacity, same rows. */
  readonly capacity: Panel | null
  /** Single events of a unit up to the end of a period, and how many of them, the newest, lie in it. */
  readonly events: (unit: number, place: number) => RareEvents
  /** Uniform in [0, 1), for forecasts. */
  readonly random: () => number
}

/** Levels of a firing unit are multiplied by this. */
export const easingOf = ({ rule, firing }: Asked, unit: number): number =>
  firing?.[unit] ? 1 - rule.steadiness.easePercent / 100 : 1

/** Values of a unit up to the period, the newest last; null: none. */
export function history(panel: Panel, unit: number, place: number, periods: number): (number | null)[] {
  const width = panel.periods.starts.length
  const first = Math.max(0, place - periods + 1)
  return Array.from({ length: place - first + 1 }, (_unused, index) => {
    const value = panel.value[unit * width + first + index]!
    return Number.isNaN(value) ? null : value
  })
}
