import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Imports that must not be: the file they stand in, and the line. Each is written, linted and removed. */
const sins: [name: string, path: string, line: string][] = [
  ['a call upwards', 'modules/measurement/actions/sin-up.ts', "import '#alerts/contract'"],
  ['a reach past the door', 'modules/plans/actions/sin-reach.ts', "import '../../alerts/store/alerts.ts'"],
  ['an inner room by name', 'modules/plans/actions/sin-inner.ts', "import '#alerts/store/alerts'"],
  ['a screen that calls an action', 'modules/alerts/web/sin-screen.ts', "import '#measurement/actions/indicators'"],
  ['a screen that calls its own action', 'modules/alerts/web/sin-own.ts', "import '../actions/desk.ts'"],
  ['a rule that loads', 'modules/alerts/rules/sin-rule.ts', "import '#measurement/actions/indicators'"],
  ['a library that reads files', 'libs/stats/src/sin-lib.ts', "import 'node:fs'"],
  ['a library that knows the house', 'libs/stats/src/sin-house.ts', "import '#platform/refusal'"],
  ['a floor that knows business', 'platform/sin-floor.ts', "import '#alerts/contract'"],
  ['a contract that acts', 'modules/plans/contract/sin-contract.ts', "import '#alerts/actions/follow-up'"],
  ['an app imported', 'modules/plans/actions/sin-app.ts', "import '../../../apps/settings.ts'"],
]
/** A place of their own below the house, so that a run beside others never meets half a sin. */
const PLANTED = sins.map(([, path]) => path)

let report = ''
beforeAll(() => {
  for (const [, path, line] of sins) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${line}\nexport const sin = 1\n`)
  }
  try {
    execFileSync(process.execPath, [join('node_modules', 'oxlint', 'bin', 'oxlint'), '--format', 'unix', ...PLANTED], {
      encoding: 'utf8',
    })
  } catch (error) {
    report = (error as { stdout: string }).stdout
  }
})
afterAll(() => {
  for (const path of PLANTED) rmSync(path, { force: true })
  for (const folder of ['modules/alerts/rules', 'modules/plans/contract']) {
    try {
      rmSync(folder, { recursive: false })
    } catch {
      // The folder has other files by now, or was never made.
    }
  }
})

test.each(sins)('%s is found', (_name, path) => {
  const found = report.split('\n').filter((line) => line.includes(path) && line.includes('no-restricted-imports'))
  expect(found.length, report).toBeGreaterThan(0)
})
