// What shrinkage is worth, by simulation: ratings of entities with very unequal numbers of ratings, and the coverage of the intervals.
// Used by make-shrinkage-simulation.ts (figures in shrinkage-simulation.json) and by the test.
import { normalQuantile } from '../src/distributions/normal-quantile.ts'
import { shrinkMeans } from '../src/shrinkage/shrink-means.ts'
import { shrinkProportions } from '../src/shrinkage/shrink-proportions.ts'

/** Seeded uniform numbers, mulberry32 (Tommy Ettinger, public domain). */
export function seededUniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296
  }
}

function polarNormal(uniform: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}

/** True means normal (4.5, 0.2), ratings normal about them (1.1), numbers of ratings log-normal: median 12, deviation of the logarithm 1.3. */
export function simulateRatings(entities: number, seed: number) {
  const normal = polarNormal(seededUniform(seed))
  let [squares, freedom] = [0, 0]
  const list = Array.from({ length: entities }, () => {
    const truth = 4.5 + 0.2 * normal()
    const count = Math.max(1, Math.round(12 * Math.exp(1.3 * normal())))
    let [sum, sumOfSquares] = [0, 0]
    for (let i = 0; i < count; i++) {
      const rating = 1.1 * normal()
      sum += rating
      sumOfSquares += rating * rating
    }
    squares += sumOfSquares - (sum * sum) / count
    freedom += count - 1
    return { truth, count, raw: truth + sum / count }
  })
  const within = Math.sqrt(squares / freedom)
  const groups = list.map(({ raw, count }) => ({ estimate: raw, standardError: within / Math.sqrt(count) }))
  const result = shrinkMeans({ groups, method: 'reml', correction: 'none' })
  if (result.kind === 'cannot') throw new Error(result.detail)
  const shrunken = result.groups.map((group) => group.estimate)
  const all = list.map((_, i) => i)
  const enough = all.filter((i) => list[i]!.count >= 10)
  const top = Math.round(entities / 100)
  const best = (among: number[], score: (i: number) => number) =>
    new Set(among.sort((a, b) => score(b) - score(a)).slice(0, top))
  const truly = best([...all], (i) => list[i]!.truth)
  const report = (among: number[], score: (i: number) => number) => {
    const chosen = best([...among], score)
    const error = among.reduce((total, i) => total + (score(i) - list[i]!.truth) ** 2, 0) / among.length
    const counts = [...chosen].map((i) => list[i]!.count).sort((a, b) => a - b)
    return {
      rootMeanSquaredError: Math.sqrt(error),
      shareOfTrueTop: [...chosen].filter((i) => truly.has(i)).length / top,
      medianCountOfChosen: counts[counts.length >> 1]!,
    }
  }
  const covered = result.groups.filter((group, i) => group.lower <= list[i]!.truth && list[i]!.truth <= group.upper)
  return {
    entities,
    withinDeviation: within,
    betweenDeviation: Math.sqrt(result.prior.variance),
    rawMean: report(all, (i) => list[i]!.raw),
    atLeastTen: report(enough, (i) => list[i]!.raw),
    empiricalBayes: report(all, (i) => shrunken[i]!),
    coverage: covered.length / entities,
  }
}

/** Coverage of 95 % intervals for few groups of unequal error, true values normal (0, spread), 2,000 samples. */
export function simulateCoverage(groups: number, spread: number, correction: 'none' | 'morris', seed: number) {
  const uniform = seededUniform(seed)
  let [held, total] = [0, 0]
  for (let sample = 0; sample < 2000; sample++) {
    const list = Array.from({ length: groups }, (_, i) => {
      const truth = spread * normalQuantile(uniform())
      const standardError = 0.5 + (i % 4) / 2
      return { truth, standardError, estimate: truth + standardError * normalQuantile(uniform()) }
    })
    const result = shrinkMeans({ groups: list, method: 'paule-mandel', correction })
    if (result.kind === 'cannot') throw new Error(result.detail)
    result.groups.forEach((group, i) => {
      held += Number(group.lower <= list[i]!.truth && list[i]!.truth <= group.upper)
      total++
    })
  }
  return { groups, spread, correction, coverage: held / total }
}

/** Coverage of the beta posterior intervals, true proportions beta(8, 2), 500 samples. */
export function simulateProportionCoverage(groups: number, seed: number) {
  const uniform = seededUniform(seed)
  let [held, total] = [0, 0]
  for (let sample = 0; sample < 500; sample++) {
    const list = Array.from({ length: groups }, () => {
      // Beta (8, 2) by order statistics: the second largest of nine uniform numbers.
      const truth = Array.from({ length: 9 }, uniform).sort((a, b) => b - a)[1]!
      const trials = 3 + Math.floor(40 * uniform())
      return { truth, trials, successes: Array.from({ length: trials }, uniform).filter((u) => u < truth).length }
    })
    const result = shrinkProportions({ groups: list, method: 'marginal-likelihood' })
    if (result.kind === 'cannot') continue
    result.groups.forEach((group, i) => {
      held += Number(group.lower <= list[i]!.truth && list[i]!.truth <= group.upper)
      total++
    })
  }
  return { groups, coverage: held / total }
}
