/**
 * Completes package-lock.json after `npm install`: npm leaves out optional packages of other platforms that it could not look up, and then
 * `npm ci` refuses the lock. Their names, versions and platforms follow from those of the package that is there.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

interface LockEntry {
  version?: string
  cpu?: string[]
  os?: string[]
  libc?: string[]
  optional?: boolean
  license?: string
  optionalDependencies?: Record<string, string>
}
interface Lock {
  packages: Record<string, LockEntry>
}

/** `@chdb/lib-linux-arm64-gnu` says for which system it is. */
function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> | null {
  const found = /-(linux|darwin|win32)-(x64|arm64)(?:-(gnu|musl))?$/.exec(name)
  if (!found) return null
  return { cpu: [found[2]!], os: [found[1]!], ...(found[3] ? { libc: [found[3] === 'gnu' ? 'glibc' : 'musl'] } : {}) }
}

/** The optional packages that the lock's packages ask for and the lock does not hold. */
export function missingPlatforms(lock: Lock): { path: string; entry: LockEntry }[] {
  return Object.values(lock.packages).flatMap((entry) =>
    Object.entries(entry.optionalDependencies ?? {}).flatMap(([name, version]) => {
      const path = `node_modules/${name}`
      const platform = platformOf(name)
      return path in lock.packages || platform === null
        ? []
        : [{ path, entry: { version, ...platform, optional: true } }]
    }),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = 'package-lock.json'
  const lock = JSON.parse(readFileSync(path, 'utf8')) as Lock
  for (const missing of missingPlatforms(lock)) lock.packages[missing.path] = missing.entry
  lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
}
