import { expect, test } from 'vitest'
import { run as runRules } from './alerts-rules.ts'
import { run as runScores } from './evaluation-scores.ts'
import { run as runFolds } from './measurement-folds.ts'
import { run as runImport } from './measurement-import.ts'
import { run as runInsert } from './measurement-insert.ts'
import { run as runSeries } from './measurement-series.ts'
import { run as runStages } from './measurement-stages.ts'

test('the benchmarks run in their small size and both sides agree', async () => {
  for (const run of [runSeries, runInsert, runImport, runStages, runFolds, runScores, runRules]) {
    for (const comparison of [await run({ size: 'small' })].flat()) {
      expect(comparison.ours).toBeGreaterThan(0)
      expect(comparison.ratio).toBeGreaterThan(0)
      expect(comparison.answerHash).not.toBe('')
    }
  }
}, 180_000)
