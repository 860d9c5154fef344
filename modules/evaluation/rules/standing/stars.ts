/** Grades: where their borders lie, and which one a unit has. */
import { gradeByCuts, gradeWithHysteresis } from '#weighting/grades/grade-by-cuts'
import { optimalClusters } from '#weighting/grades/optimal-clusters'
import { quantileCuts } from '#weighting/grades/quantile-cuts'
import type { Grades } from '../../contract/scheme.ts'

/** Points from which 2, 3, … stars begin, rising. `composites`: of all ranked units. Fewer borders where units do not differ. */
export function starBorders(grades: Grades, composites: Float64Array): number[] {
  const { bands } = grades
  switch (bands.kind) {
    case 'fixed':
      return [...bands.from]
    case 'quantile': {
      if (composites.length === 0) return []
      const shares: number[] = []
      let sum = 0
      for (const share of bands.shares.slice(0, -1)) shares.push((sum += share))
      const cuts = quantileCuts([...composites], shares)
      // Ties may bring borders together: then the grade between them is not given.
      return cuts.kind === 'cuts' ? cuts.cutPoints : distinctCuts([...composites], shares)
    }
    case 'k-means': {
      const different = new Set(composites).size
      if (different < 2) return []
      const found = optimalClusters(composites, Math.min(bands.count, different))
      return found.kind === 'clusters' ? found.cutPoints : []
    }
  }
}

function distinctCuts(composites: readonly number[], shares: readonly number[]): number[] {
  const cuts = shares.flatMap((share) => {
    const found = quantileCuts(composites, [share])
    return found.kind === 'cuts' ? found.cutPoints : []
  })
  return [...new Set(cuts)].sort((a, b) => a - b)
}

export interface Stars {
  readonly stars: number
  /** What the score alone gives. */
  readonly uncapped: number
  readonly held: boolean
}

/** `before`: stars of the period before; null: none. `most`: what a shut gate allows. */
export function starsOf(
  score: { readonly composite: number; readonly uncapped: number },
  borders: readonly number[],
  hysteresisPoints: number,
  before: number | null,
  most: number | null,
): Stars {
  const free = 1 + gradeByCuts(score.uncapped, borders)
  // Borders may have become fewer since: a grade that is not given any more is no grade to hold.
  const known = before === null ? null : Math.min(before, borders.length + 1) - 1
  const kept = 1 + gradeWithHysteresis(score.composite, known, borders, hysteresisPoints)
  const stars = most === null ? kept : Math.min(kept, most)
  const plain = 1 + gradeByCuts(score.composite, borders)
  return { stars, uncapped: free, held: stars === kept && kept !== plain }
}
