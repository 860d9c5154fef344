import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { seededChance } from '../../../platform/seeded-random.ts'
import { toEstimate, conclude } from './concluding.ts'
import type { Evidence, Observation, VerdictDesign } from './evidence.ts'

type Checked = { problems: { what: string }[]; effect: { value: number } | null }
const path = join(import.meta.dirname, '../../../apps/web/public/recompute-proof.mjs')
const { checkProof } = (await import(path)) as { checkProof: (text: string) => Promise<Checked> }

function weeks(count: number, shift: number, seed: number): Observation[] {
  const random = seededChance(seed)
  let carried = 0
  return Array.from({ length: count }, (_, index) => {
    const start = Temporal.PlainDate.from('2024-01-01').add({ weeks: index })
    carried = 0.4 * carried + 3 * (random() + random() - 1)
    const value = index === 11 ? null : 48 + carried + 2 * Math.sin(index) + (index >= 60 ? shift : 0)
    const n = 50 + Math.floor(100 * random())
    const periodEnd = start.add({ days: 6 }).toString()
    return { periodStart: start.toString(), periodEnd, numerator: 0, denominator: 1, n, value, weight: n }
  })
}

/** A proof as its page gives it away. */
function fileOf(method: VerdictDesign['method'], count: number, seasonPeriods: number) {
  const frozen = {
    method,
    direction: 'lower-is-better' as const,
    interventionOn: Temporal.PlainDate.from('2024-01-01').add({ weeks: 60 }).toString(),
    smallestEffect: 4,
    equivalenceMargin: 4,
    seasonPeriods,
    runUpPeriods: 2,
    errorRate: 0.05,
    grain: 'week',
    entityKey: 'HALL',
  }
  const text = JSON.stringify(Object.fromEntries(Object.entries(frozen).toSorted(([a], [b]) => (a < b ? -1 : 1))))
  const { entityKey, ...rest } = frozen
  const evidence: Evidence = {
    treated: weeks(count, -6, 1),
    comparison: Array.from({ length: 6 }, (_, i) => ({ key: `C${i}`, observations: weeks(count, 0, 20 + i) })),
  }
  const { analysis, outcome, because } = conclude({ ...frozen, seed: 3 }, evidence, { changes: [], openTasks: 0 })
  if (analysis.kind === 'cannot') throw new Error(analysis.because)
  return {
    design: {
      ...rest,
      id: '1',
      planTitle: 'x',
      state: 'concluded',
      entity: { key: entityKey, name: '大厅' },
      sha256: createHash('sha256').update(text).digest('hex'),
    },
    verdict: {
      outcome,
      because,
      effect: toEstimate(analysis.effect),
      errors: analysis.errors,
      lag: analysis.diagnostics?.lag ?? null,
      autocorrelation: analysis.diagnostics?.autocorrelation ?? null,
      weights: analysis.weights,
    },
    points: evidence.treated,
    comparison: evidence.comparison.map(({ key, observations }) => ({ key, points: observations })),
  }
}

describe('the script that stands on nothing agrees with the product', () => {
  const cases: [VerdictDesign['method'], number, number][] = [
    ['interrupted-time-series', 86, 0],
    ['interrupted-time-series', 86, 7],
    ['interrupted-time-series', 86, 26],
    ['interrupted-time-series', 230, 0],
    ['comparative-series', 86, 0],
    ['difference-in-differences', 86, 0],
    ['synthetic-control', 86, 0],
    ['structural', 86, 0],
  ]
  for (const [method, count, season] of cases) {
    test(`${method}, ${count} weeks, season ${season}`, async () => {
      const file = fileOf(method, count, season)
      expect((await checkProof(JSON.stringify(file))).problems).toEqual([])
      const touched = structuredClone(file)
      touched.design.smallestEffect = 0.1
      touched.verdict.effect.value += 0.01
      touched.verdict.outcome = 'harmful'
      const what = (await checkProof(JSON.stringify(touched))).problems.map((one) => one.what)
      expect(what).toContain('fingerprint of the design')
      expect(what).toContain('verdict')
      if (method !== 'structural') expect(what).toContain('effect: value')
    })
  }
})
