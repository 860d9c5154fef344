/** Looks into a watched folder: files that stayed the same between two looks are new to take. */
import { createReadStream } from 'node:fs'
import { lstat, readdir, realpath } from 'node:fs/promises'
import { isAbsolute, join, normalize, relative, sep } from 'node:path'

/** Files of one folder a look considers; folders with more are tidied first. */
const FILES_LIMIT = 2_000

export interface SeenFile {
  readonly name: string
  readonly path: string
  readonly sizeBytes: number
  readonly changedMilliseconds: number
}

/** A path below the root that cannot leave it, also not through a link; null where it would, or where there is no such folder. */
export async function folderBelow(root: string, folder: string): Promise<string | null> {
  const wanted = normalize(join(root, folder))
  if (isAbsolute(folder) || folder.includes('\0') || leaves(root, wanted)) return null
  try {
    const [realRoot, real] = await Promise.all([realpath(root), realpath(wanted)])
    return leaves(realRoot, real) ? null : real
  } catch {
    return null
  }
}

function leaves(root: string, path: string): boolean {
  const way = relative(root, path)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
}

/** `*` stands for anything; everything else for itself, whatever its case. */
export function matchesPattern(name: string, pattern: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`^${escaped.join('.*')}$`, 'iu').test(name)
}

/** Files a person would see: no hidden ones, no links, no folders, none of nothing. */
export async function lookInto(folder: string, pattern: string): Promise<SeenFile[]> {
  const seen: SeenFile[] = []
  for (const name of (await readdir(folder)).toSorted().slice(0, FILES_LIMIT)) {
    if (name.startsWith('.') || !matchesPattern(name, pattern)) continue
    const path = join(folder, name)
    const status = await lstat(path).catch(() => null)
    if (!status?.isFile() || status.size === 0) continue
    seen.push({ name, path, sizeBytes: status.size, changedMilliseconds: Math.floor(status.mtimeMs) })
  }
  return seen
}

export const readSeen = (file: SeenFile): AsyncIterable<Uint8Array> => createReadStream(file.path)
