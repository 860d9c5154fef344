/**
 * `backup` and `restore`: a copy of a stopped installation with the checksum of every file. A copy of both stores at rest is exact, and
 * needs no program that is not here; a server that must not stop keeps its data in servers of its own, with their own tools.
 */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { chown, cp, lchown, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { chooseUser } from '#platform/records/binaries'
import { lockDirectory } from '#platform/records/directory-lock'
import { VERSION } from '#platform/version'
import { readSettings, SettingInvalid } from './settings.ts'
import { migrateOnly, say } from './start.ts'

const MANIFEST = 'bihuan-backup.json'

interface Manifest {
  readonly version: string
  readonly files: Readonly<Record<string, string>>
}

function embeddedDirectory(): string {
  const settings = readSettings(process.env, { dataDirectory: join(import.meta.dirname, '..', 'data') })
  if (settings.recordsUrl || settings.measurementsUrl) {
    throw new SettingInvalid(
      'The stores are servers of their own: back them up with pg_dump and clickhouse-backup, and copy files, attachments, publications and secret of BIHUAN_DATA.',
    )
  }
  return settings.dataDirectory
}

async function* filesBelow(directory: string): AsyncIterable<string> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (entry.isFile()) yield path
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** Files that belong to a running process, not to the data. */
const passing = /(^|\/)(bihuan\.lock.*|postmaster\.pid|.*\.log)$/

async function listFiles(directory: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for await (const path of filesBelow(directory)) {
    const name = relative(directory, path)
    if (name !== MANIFEST && !passing.test(name)) files[name] = await sha256(path)
  }
  return files
}

async function isEmpty(directory: string): Promise<boolean> {
  return !existsSync(directory) || (await readdir(directory)).length === 0
}

/** Copied by root, the cluster would belong to root, as whom PostgreSQL does not work. */
async function giveToDatabaseUser(directory: string): Promise<void> {
  const user = await chooseUser()
  if (!user) return
  await chown(directory, user.uid, user.gid)
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    await lchown(join(entry.parentPath, entry.name), user.uid, user.gid)
  }
}

export async function backup(target: string): Promise<number> {
  const source = embeddedDirectory()
  if (!existsSync(join(source, 'records'))) throw new SettingInvalid(`There is no installation in ${source}.`)
  if (!(await isEmpty(target)))
    throw new SettingInvalid(`${target} is not empty. Name a new directory for each backup.`)
  // An unclean end may have left changes in the log only: opening and closing brings both stores to rest, and proves they open.
  await migrateOnly()
  const lock = await lockDirectory(join(source, 'records'))
  try {
    say('· copying')
    await cp(source, target, { recursive: true, filter: (path) => !passing.test(path) })
    say('· checksums')
    const manifest: Manifest = { version: VERSION, files: await listFiles(target) }
    await writeFile(join(target, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`)
    say(`Backed up ${Object.keys(manifest.files).length} files to ${target}.`)
    return 0
  } finally {
    lock.release()
  }
}

export async function restore(source: string): Promise<number> {
  const target = embeddedDirectory()
  const path = join(source, MANIFEST)
  if (!existsSync(path)) throw new SettingInvalid(`${source} is not a backup: ${MANIFEST} is missing.`)
  if (!(await isEmpty(target)))
    throw new SettingInvalid(`${target} is not empty. A backup is restored into an empty BIHUAN_DATA.`)
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest
  say('· checking')
  const found = await listFiles(source)
  const changed = Object.keys({ ...manifest.files, ...found }).filter((name) => manifest.files[name] !== found[name])
  if (changed.length > 0)
    throw new SettingInvalid(
      `The backup is not as it was made: ${changed.slice(0, 5).join(', ')} differ or are missing. Nothing was restored.`,
    )
  say('· copying')
  await mkdir(target, { recursive: true, mode: (await stat(source)).mode })
  await cp(source, target, { recursive: true, preserveTimestamps: true })
  await rm(join(target, MANIFEST))
  await giveToDatabaseUser(join(target, 'records', 'cluster'))
  await migrateOnly()
  say(`Restored from ${source}. Start with: npm start`)
  return 0
}
