/** `npm run bench`: every benchmark in its large size, each with its reference in the same run. Name some to run only those; `-- small` for the small size. */
import { cpus } from 'node:os'
import type { Comparison } from './measurement-store.ts'

const BENCHES = [
  'measurement-series',
  'measurement-insert',
  'measurement-import',
  'measurement-stages',
  'measurement-folds',
  'evaluation-scores',
  'alerts-rules',
  'organisation-entities',
  'pages/live',
  'pages/load',
  'pages/paint',
] as const

const words = process.argv.slice(2)
const size = words.includes('small') ? 'small' : 'large'
const asked = BENCHES.filter((name) => words.filter((word) => word !== 'small').length === 0 || words.includes(name))

const figure = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))

process.stdout.write(`${cpus().length} cores, Node ${process.versions.node}, ${size} size\n`)
for (const name of asked) {
  const { run } = (await import(`./${name}.ts`)) as {
    run: (how: { size: 'small' | 'large' }) => Promise<Comparison | Comparison[]>
  }
  const rows = [await run({ size })].flat()
  for (const row of rows) {
    process.stdout.write(
      `${name}: ${row.name}\n  ${figure(row.ours)} ${row.unit}, reference ${figure(row.reference)}, ratio ${row.ratio.toFixed(2)}  #${row.answerHash}\n`,
    )
  }
  if (rows.length === 0) process.stdout.write(`${name}: skipped (needs Chromium and the built web app)\n`)
}
