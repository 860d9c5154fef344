/** An attacker who may add up and subtract whatever is told, as often as they like. */

export interface Asked {
  readonly name: string
  /** Places of the atoms it is the sum of. */
  readonly atoms: readonly number[]
}

const TINY = 1e-9

/** A basis of what is orthogonal to all rows: a combination of atoms follows from the rows exactly when it is orthogonal to it. */
export function leftOpen(rows: readonly (readonly number[])[], count: number): number[][] {
  const matrix = rows.map((row) => {
    const line = new Float64Array(count)
    for (const atom of row) line[atom] = 1
    return line
  })
  const pivots: number[] = []
  let top = 0
  for (let column = 0; column < count && top < matrix.length; column += 1) {
    let best = top
    for (let row = top; row < matrix.length; row += 1)
      if (Math.abs(matrix[row]![column]!) > Math.abs(matrix[best]![column]!)) best = row
    const lead = matrix[best]![column]!
    if (Math.abs(lead) < TINY) continue
    ;[matrix[top], matrix[best]] = [matrix[best]!, matrix[top]!]
    for (let place = 0; place < count; place += 1) matrix[top]![place]! /= lead
    for (let row = 0; row < matrix.length; row += 1) {
      const factor = matrix[row]![column]!
      if (row === top || factor === 0) continue
      for (let place = 0; place < count; place += 1) matrix[row]![place]! -= factor * matrix[top]![place]!
    }
    pivots.push(column)
    top += 1
  }
  const free = Array.from({ length: count }, (_unused, column) => column).filter((column) => !pivots.includes(column))
  return free.map((column) => {
    const vector = Array.from({ length: count }, () => 0)
    vector[column] = 1
    for (const [row, pivot] of pivots.entries()) vector[pivot] = -matrix[row]![column]!
    return vector
  })
}

/** Whether the sum over these atoms follows. */
export function follows(open: readonly (readonly number[])[], atoms: readonly number[]): boolean {
  return open.every((vector) => Math.abs(atoms.reduce((sum, atom) => sum + vector[atom]!, 0)) < 1e-7)
}

/** All groups of atoms under the limit that follow; every subset is tried, so few atoms only. */
export function smallGroups(open: readonly (readonly number[])[], n: readonly number[], limit: number): number[][] {
  const found: number[][] = []
  const grow = (from: number, chosen: number[], sum: number) => {
    if (chosen.length > 0 && follows(open, chosen)) found.push([...chosen])
    for (let atom = from; atom < n.length; atom += 1)
      if (sum + n[atom]! < limit) grow(atom + 1, [...chosen, atom], sum + n[atom]!)
  }
  grow(0, [], 0)
  return found
}
