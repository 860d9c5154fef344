/** Which target holds for a period: the most specific one. */
import type { IndicatorDefinition } from '../../contract/definition.ts'
import type { AppliedTarget } from '../../contract/exploring/targets.ts'
import { shapeOf } from '../plan/shape.ts'

export interface SetTarget {
  readonly segment: string | null
  readonly entity: number | null
  readonly value: number | null
  readonly band: { readonly low: number; readonly high: number } | null
  readonly effectiveFrom: string
  readonly source: string
  /** Instants as text of one form: later ones compare greater. */
  readonly recordedAt: string
}

export interface Asked {
  readonly segment: string | null
  /** Numbers from the root down to the entity; empty for the whole organisation. */
  readonly path: readonly number[]
  /** First day of the period. */
  readonly day: string
  /** Whether what is set for a node holds for what lies below it. */
  readonly inherited: boolean
}

interface Own {
  readonly target: number | null
  readonly band: { readonly low: number; readonly high: number } | null
  readonly source: string
}

/** A share that is promised for a hospital is promised for its departments; a number of cases is the hospital's alone. */
export const inheritsTargets = (definition: IndicatorDefinition): boolean =>
  !['count', 'weighted'].includes(shapeOf(definition)) && definition.kind !== 'distinct'

/**
 * Of the targets in force on the day that reach the question: one for the segment before one for all cases, then the one set
 * for the nearest node, then the one that began last, then the one recorded last. Without any, the indicator's own.
 */
export function targetOn(targets: readonly SetTarget[], own: Own, asked: Asked): AppliedTarget | null {
  const [best] = targets
    .filter((one) => one.effectiveFrom <= asked.day && reaches(one, asked))
    .toSorted(
      (a, b) =>
        Number(b.segment !== null) - Number(a.segment !== null) ||
        depthOf(b, asked) - depthOf(a, asked) ||
        compareText(b.effectiveFrom, a.effectiveFrom) ||
        compareText(b.recordedAt, a.recordedAt),
    )
  if (best) return { value: best.value, band: best.band, of: 'target', source: best.source }
  if (own.target === null && own.band === null) return null
  return { value: own.target, band: own.band, of: 'definition', source: own.source }
}

function reaches(one: SetTarget, { segment, path, inherited }: Asked): boolean {
  if (one.segment !== null && one.segment !== segment) return false
  if (one.entity === null) return path.length === 0 || inherited
  return inherited ? path.includes(one.entity) : path.at(-1) === one.entity
}

/** Of the whole organisation 0, of its roots 1, … */
const depthOf = (one: SetTarget, { path }: Asked) => (one.entity === null ? 0 : path.indexOf(one.entity) + 1)
const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
