/** The web app as files: those of the last build where nothing changed since, else built beside them, once for each state of the sources. */
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..')
const BUILT = join(ROOT, 'dist', 'web')
const SOURCES = ['apps/web/**', 'platform/web/**', 'modules/*/*.ts', 'modules/*/web/**', 'modules/*/words/**']

const changedAt = (path: string) => statSync(path).mtimeMs
const index = (directory: string) => join(directory, 'index.html')

export function webDirectory(): string {
  const newest = Math.max(...globSync(SOURCES, { cwd: ROOT }).map((path) => changedAt(join(ROOT, path))))
  if (existsSync(index(BUILT)) && changedAt(index(BUILT)) > newest) return BUILT
  // Not into the usual place: a server may be giving those files out.
  const directory = join(tmpdir(), `bihuan-web-${Math.floor(newest)}`)
  if (existsSync(index(directory))) return directory
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
  const words = ['build', '--config', 'apps/web/vite.config.ts', '--outDir', directory, '--logLevel', 'warn']
  // As people get it, not as a test would: the libraries look at this variable.
  execFileSync(process.execPath, [vite, ...words], { cwd: ROOT, env: { ...process.env, NODE_ENV: 'production' } })
  return directory
}
