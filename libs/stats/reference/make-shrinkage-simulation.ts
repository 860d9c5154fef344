// Run: node libs/stats/reference/make-shrinkage-simulation.ts. Output: shrinkage-simulation.json beside this file.
import { writeFileSync } from 'node:fs'
import { simulateCoverage, simulateProportionCoverage, simulateRatings } from './shrinkage-simulation.ts'

const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value)
const figures = {
  ratings: [simulateRatings(20_000, 1), simulateRatings(200_000, 2)],
  meanCoverage: [5, 10, 20, 50].flatMap((groups) =>
    [0.3, 1].flatMap((spread) =>
      (['none', 'morris'] as const).map((correction) => simulateCoverage(groups, spread, correction, 3)),
    ),
  ),
  proportionCoverage: [5, 10, 20, 50].map((groups) => simulateProportionCoverage(groups, 4)),
}
writeFileSync(new URL('shrinkage-simulation.json', import.meta.url), `${JSON.stringify(figures, rounded, 2)}\n`)
