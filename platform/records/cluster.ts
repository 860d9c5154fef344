/** The files of the embedded database: where they lie, who owns them, and how they are first made. */
import { spawn } from 'node:child_process'
import { createHash, createHmac, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type Programs, type RunAs, firstClosedFolder } from './binaries.ts'
import { RecordsUnavailable } from './faults.ts'

/** Below this the database is not started: it could not even write its log and would stop half-way. */
export const FREE_SPACE_NEEDED_BYTES = 500 * 1024 * 1024
export const INITIALISE_LIMIT_MILLISECONDS = 60_000
/** A Unix socket's path has at most 107 bytes; PostgreSQL adds `/.s.PGSQL.5432` to the folder. */
const SOCKET_FOLDER_LIMIT_BYTES = 107 - '/.s.PGSQL.5432'.length
export const SUPERUSER = 'bihuan_owner'
export const DATABASE = 'bihuan'

export interface Places {
  readonly directory: string
  /** PostgreSQL's own data directory. */
  readonly cluster: string
  readonly sockets: string
  readonly password: string
  readonly log: string
}

export function placesIn(directory: string): Places {
  const root = resolve(directory)
  const near = join(root, 'socket')
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 12)
  const sockets =
    Buffer.byteLength(near) <= SOCKET_FOLDER_LIMIT_BYTES
      ? near
      : join(tmpdir(), `bihuan-${process.getuid?.() ?? 0}-${hash}`)
  return {
    directory: root,
    cluster: join(root, 'cluster'),
    sockets,
    password: join(root, 'password'),
    log: join(root, 'postgres.log'),
  }
}

/** Makes the directory: closed to others, except that the database's user may pass through when that is another. */
export async function prepareDirectory(places: Places, user: RunAs | undefined): Promise<void> {
  // Folders above are made with the machine's own rules: closed, they would keep the database's user out.
  mkdirSync(dirname(places.directory), { recursive: true })
  mkdirSync(places.directory, { recursive: true, mode: 0o700 })
  chmodSync(places.directory, user ? 0o711 : 0o700)
  if (!user) return
  const closed = await firstClosedFolder(places.directory, user)
  if (closed) {
    throw new RecordsUnavailable(
      'directory-unreadable',
      `Started as root, the database runs as the user "${user.name}", who may not enter ${closed}. ` +
        'Choose a data directory every user may pass through (for example below /var/lib), or start Bihuan as an ordinary user.',
    )
  }
}

export async function mustHaveSpace(places: Places, neededBytes = FREE_SPACE_NEEDED_BYTES): Promise<void> {
  const { bavail, bsize } = await statfs(places.directory)
  const freeBytes = bavail * bsize
  if (freeBytes >= neededBytes) return
  const megabytes = (bytes: number) => Math.floor(bytes / 1024 / 1024)
  throw new RecordsUnavailable(
    'too-little-space',
    `Only ${megabytes(freeBytes)} MB are free where ${places.directory} lies; the database needs ` +
      `${megabytes(neededBytes)} MB to start safely. Free some space, then start again.`,
  )
}

/** A folder only the database's user (and root) may enter, so that nobody else can reach the socket. */
export function prepareSockets(places: Places, user: RunAs | undefined): void {
  mkdirSync(places.sockets, { recursive: true, mode: 0o700 })
  const entry = lstatSync(places.sockets)
  const ours = [user?.uid, process.getuid?.()]
  if (!entry.isDirectory() || !ours.includes(entry.uid)) {
    throw new RecordsUnavailable(
      'directory-unreadable',
      `${places.sockets} belongs to another user; it may be a trap. Remove it, then start again.`,
    )
  }
  give(places.sockets, user)
  chmodSync(places.sockets, 0o700)
}

/** Makes a new cluster beside its final place and moves it there when complete, so that half a cluster is never used. */
export async function initialise(
  places: Places,
  programs: Programs,
  user: RunAs | undefined,
  sync: boolean,
): Promise<void> {
  if (existsSync(places.cluster)) return
  const draft = `${places.cluster}.new`
  const handover = join(places.directory, 'password.new')
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  give(draft, user)
  const password = randomBytes(24).toString('base64url')
  writeFileSync(places.password, password, { mode: 0o600 })
  writeFileSync(handover, password, { mode: 0o600 })
  give(handover, user)
  try {
    // Text is ordered by code point (`builtin`, `C.UTF-8`): no index ever depends on the version of a library. Where
    // people expect pinyin order, a query says `collate "zh-x-icu"`.
    await runInitdb(programs, user, [
      `--pgdata=${draft}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${handover}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      '--no-instructions',
      ...(sync ? [] : ['--no-sync']),
    ])
    renameSync(draft, places.cluster)
  } finally {
    rmSync(handover, { force: true })
  }
}

function runInitdb(programs: Programs, user: RunAs | undefined, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(programs.initdb, args, {
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
      cwd: '/',
      env: childEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: INITIALISE_LIMIT_MILLISECONDS,
    })
    let output = ''
    const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-2_000))
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const fail = (why: string, cause?: unknown) =>
      reject(new RecordsUnavailable('initialisation-failed', `The database files could not be made: ${why}`, cause))
    child.once('error', (error) => fail(error.message, error))
    child.once('close', (code, signal) =>
      code === 0 ? resolve() : fail(`${signal ?? `code ${code}`}: ${output.trim()}`),
    )
  })
}

/** A plain environment: no PG* variable of the user and no locale of the machine reaches the database. */
export function childEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}

export function readPassword(places: Places): string {
  try {
    return readFileSync(places.password, 'utf8').trim()
  } catch (error) {
    throw new RecordsUnavailable(
      'password-missing',
      `${places.password} is missing, so the database in ${places.cluster} cannot be opened. ` +
        'Restore that file from the backup of the directory.',
      error,
    )
  }
}

/** Made from the owner's password, so that one file holds all; knowing this one does not tell that one. */
export function requestPassword(ownerPassword: string): string {
  return createHmac('sha256', ownerPassword).update('the user of requests').digest('base64url')
}

function give(path: string, user: RunAs | undefined): void {
  if (user) chownSync(path, user.uid, user.gid)
}
