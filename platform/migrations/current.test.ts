import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const project = join(import.meta.dirname, '..', '..')
const sqlFiles = (folder: string) => readdirSync(folder).filter((file) => file.endsWith('.sql'))

test('the migrations hold exactly what the tables.ts files say', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(project, 'node_modules', '.bihuan-migrations-'))
  try {
    cpSync(join(project, 'migrations', 'records'), join(folder, 'records'), { recursive: true })
    const config = join(folder, 'drizzle.config.ts')
    const out = relative(project, join(folder, 'records'))
    writeFileSync(
      config,
      `import base from '../../drizzle.config.ts'\nexport default { ...base, out: ${JSON.stringify(out)} }\n`,
    )
    const program = join(project, 'node_modules', 'drizzle-kit', 'bin.cjs')
    // Without a terminal the tool cannot ask whether a table was renamed; then it fails, which is a difference too.
    const answer = spawnSync(process.execPath, [program, 'generate', '--config', config], {
      cwd: project,
      encoding: 'utf8',
    })
    expect(answer.status, answer.stderr || answer.stdout).toBe(0)
    const added = sqlFiles(join(folder, 'records')).length - sqlFiles(join(project, 'migrations', 'records')).length
    expect(added, 'tables.ts files changed: generate the migrations again as drizzle.config.ts says').toBe(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
