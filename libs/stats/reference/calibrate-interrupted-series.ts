// Coverage of the 95 % intervals of interruptedSeries on AR(1) noise, and the false-alarm rate at 5 % follows as 1 - coverage.
// The truth is a level change of 1 and a slope change of 0.05, noise of standard deviation 1, a third of the points after.
// Run: node libs/stats/reference/calibrate-interrupted-series.ts [replications]. Output: calibration.json beside this file.
// Standard error of a printed coverage: root(0.95 * 0.05 / replications), 0.34 points at 4,000.
import { writeFileSync } from 'node:fs'
import { interruptedSeries } from '../src/interrupted/interrupted-series.ts'
import { normalQuantile } from '../src/distributions/normal-quantile.ts'

/** Seeded uniform numbers, mulberry32 (Tommy Ettinger, public domain). */
function seededUniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296
  }
}

function coverage(
  length: number,
  correlation: number,
  standardErrors: 'newey-west' | 'prais-winsten' | 'ordinary',
  replications: number,
) {
  const uniform = seededUniform(length * 1000 + Math.round(correlation * 100))
  const start = Math.round((length * 2) / 3)
  const hits = { level: 0, slope: 0, average: 0 }
  for (let run = 0; run < replications; run++) {
    let noise = normalQuantile(uniform())
    const points = Array.from({ length }, (_, time) => {
      if (time > 0) noise = correlation * noise + Math.sqrt(1 - correlation ** 2) * normalQuantile(uniform())
      const effect = time >= start ? 1 + 0.05 * (time - start) : 0
      return { time, value: 10 + 0.1 * time + effect + noise }
    })
    const result = interruptedSeries({ points, interventionTime: start, standardErrors })
    if (result.kind !== 'estimate') throw new Error(result.detail)
    const average = 1 + (0.05 * (length - start - 1)) / 2
    const holds = ({ lower, upper }: { lower: number; upper: number }, truth: number) =>
      Number(lower <= truth && truth <= upper)
    hits.level += holds(result.levelChange, 1)
    hits.slope += holds(result.slopeChange!, 0.05)
    hits.average += holds(result.averageEffect, average)
  }
  const share = (count: number) => Math.round((1000 * count) / replications) / 10
  return { level: share(hits.level), slope: share(hits.slope), average: share(hits.average) }
}

const replications = Number(process.argv[2] ?? 4000)
const rows = [24, 36, 60, 120, 240].flatMap((length) =>
  [0, 0.2, 0.4, 0.6].flatMap((correlation) =>
    (['newey-west', 'prais-winsten', 'ordinary'] as const).map((standardErrors) => ({
      length,
      correlation,
      standardErrors,
      ...coverage(length, correlation, standardErrors, replications),
    })),
  ),
)
writeFileSync(
  new URL('calibration.json', import.meta.url),
  `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`,
)
console.table(rows)
