/** Bridges of a graph: edges without which two parts of it hang together no more. */

export interface Edge {
  /** Ends are numbers of any kind; several edges may join the same two. */
  readonly one: number
  readonly other: number
}

/**
 * Places of the edges that are bridges. Each visited end gets the time it was found; an edge to a newly found end is a bridge when
 * nothing beyond it leads back before it. Source: R. E. Tarjan (1974), A note on finding the bridges of a graph, Information Processing
 * Letters 2. Cost: linear in edges.
 */
export function bridgesOf(edges: readonly Edge[]): Set<number> {
  const around = new Map<number, { readonly edge: number; readonly to: number }[]>()
  const link = (from: number, to: number, edge: number) => {
    const known = around.get(from)
    if (known) known.push({ edge, to })
    else around.set(from, [{ edge, to }])
  }
  for (const [edge, { one, other }] of edges.entries()) {
    // Ends of both sides are numbered apart: parts are told by the side they stand on.
    link(2 * one, 2 * other + 1, edge)
    link(2 * other + 1, 2 * one, edge)
  }
  const found = new Map<number, number>()
  const lowest = new Map<number, number>()
  const bridges = new Set<number>()
  for (const start of around.keys()) {
    if (found.has(start)) continue
    const path = [{ end: start, by: -1, next: 0 }]
    found.set(start, found.size)
    lowest.set(start, found.get(start)!)
    while (path.length > 0) {
      const step = path.at(-1)!
      const onward = around.get(step.end)![step.next]
      if (onward === undefined) {
        path.pop()
        const before = path.at(-1)
        if (before === undefined) continue
        const low = Math.min(lowest.get(before.end)!, lowest.get(step.end)!)
        lowest.set(before.end, low)
        if (lowest.get(step.end)! > found.get(before.end)!) bridges.add(step.by)
        continue
      }
      step.next += 1
      if (onward.edge === step.by) continue
      const known = found.get(onward.to)
      if (known === undefined) {
        found.set(onward.to, found.size)
        lowest.set(onward.to, found.get(onward.to)!)
        path.push({ end: onward.to, by: onward.edge, next: 0 })
      } else lowest.set(step.end, Math.min(lowest.get(step.end)!, known))
    }
  }
  return bridges
}
