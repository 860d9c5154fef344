/** Why the records cannot be opened, in words for the person who starts the product. */

export type UnavailableReason =
  | 'binaries-missing'
  | 'binaries-unreadable'
  | 'directory-unreadable'
  | 'no-unprivileged-user'
  | 'too-little-space'
  | 'initialisation-failed'
  | 'password-missing'
  | 'start-failed'
  | 'start-timeout'
  | 'orphan-not-stopped'
  | 'unsupported-system'
  | 'server-unreachable'
  | 'server-too-old'
  | 'server-rights'
  | 'crashed-too-often'

/** The records cannot be opened or were lost; `message` says why and what to do. */
export class RecordsUnavailable extends Error {
  readonly reason: UnavailableReason
  constructor(reason: UnavailableReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'RecordsUnavailable'
    this.reason = reason
  }
}

/** Another live process owns the data directory. Two owners of one directory would destroy it. */
export class DirectoryLocked extends Error {
  readonly pid: number
  constructor(pid: number, directory: string, host: string) {
    super(
      `The data directory ${directory} is in use by process ${pid} on ${host}. Stop that process first, or choose another directory.`,
    )
    this.name = 'DirectoryLocked'
    this.pid = pid
  }
}
