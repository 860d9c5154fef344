/** Many weak signals below one node become one: window, outlet, district. */
import type { RuleDraft } from '../../contract.ts'

export interface PooledUnit {
  readonly number: number
  /** From the root down to the unit's parent. */
  readonly ancestors: readonly number[]
  /** 0: quiet. */
  readonly severity: number
  readonly known: boolean
}

export interface PooledNode {
  readonly node: number
  readonly severity: number
  /** Units that fire below it. */
  readonly members: readonly number[]
}

type Pooling = NonNullable<RuleDraft['pooling']>

/**
 * Nodes that speak for the units below them: enough of them fire, and a large enough share of those judged. The lowest such node takes its
 * units; what is left counts towards the nodes above. Nodes without `together`'s own signal are found elsewhere, on pooled sums.
 */
export function poolSignals(units: readonly PooledUnit[], { leastUnits, leastSharePercent }: Pooling): PooledNode[] {
  const depths = new Map<number, number>()
  const judged = new Map<number, number>()
  const firing = new Map<number, PooledUnit[]>()
  for (const unit of units) {
    if (!unit.known) continue
    for (const [depth, node] of unit.ancestors.entries()) {
      depths.set(node, depth)
      judged.set(node, (judged.get(node) ?? 0) + 1)
      if (unit.severity > 0) firing.set(node, [...(firing.get(node) ?? []), unit])
    }
  }
  const taken = new Set<number>()
  const pooled: PooledNode[] = []
  const lowestFirst = [...firing.keys()].toSorted((a, b) => depths.get(b)! - depths.get(a)! || a - b)
  for (const node of lowestFirst) {
    const own = firing.get(node)!.filter((unit) => !taken.has(unit.number))
    if (own.length < leastUnits || (100 * own.length) / judged.get(node)! < leastSharePercent) continue
    for (const unit of own) taken.add(unit.number)
    pooled.push({
      node,
      severity: Math.max(...own.map((unit) => unit.severity)),
      members: own.map((unit) => unit.number),
    })
  }
  return pooled
}
