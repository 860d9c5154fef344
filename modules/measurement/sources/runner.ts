/** Sources at work: looks into folders and asks addresses beside the requests; what comes is kept as a file and imported. */
import type { Context } from '#platform/context'
import type { Files } from '#platform/files/files'
import { Refusal } from '#platform/refusal'
import type { Sealer } from '#platform/sealing'
import { readProfile } from '#organisation/actions/look-up'
import { askForImport } from '../actions/intake/imports.ts'
import { sourceChanged } from '../contract.ts'
import { findMapping } from '../store/records/imports.ts'
import { giveUpRuns, insertRun, setRun } from '../store/records/source-runs.ts'
import {
  dueSources,
  findSource,
  isTaken,
  keepWatched,
  type SourceRow,
  updateSource,
  watchedFiles,
} from '../store/records/sources.ts'
import { nextDue } from './due.ts'
import { folderBelow, lookInto, readSeen, type SeenFile } from './folder.ts'
import { pull, PullFailed } from './pull.ts'

/** An attempt that is not over by then belonged to a process that died. */
const ATTEMPT_MINUTES = 15
/** Sources of all organisations at work at the same time. */
const CONCURRENT_SOURCES = 4

export interface SourceParts {
  readonly files: Files
  readonly sealer: Sealer
  /** The folder below which folders may be watched; null: none may. */
  readonly watchFolder: string | null
  /** Whether addresses of private networks may be asked. */
  readonly pullPrivate: boolean
}

export interface SourceRunner {
  /** Takes up every source that is due. */
  readonly resume: (context: Context) => Promise<void>
  /** Lets one run now, due or not. */
  readonly start: (context: Context, id: string) => void
  /** Resolves when nothing runs here any more; for tests. */
  readonly quiet: () => Promise<void>
}

export function createSourceRunner(parts: SourceParts): SourceRunner {
  const known = new Map<string, Promise<void>>()
  const waiting: (() => void)[] = []
  let free = CONCURRENT_SOURCES
  const enter = async () => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
  const start = (context: Context, id: string) => {
    if (known.has(id)) return
    const run = enter()
      .then(() => work(parts, context, id))
      .catch((error: unknown) => context.log.error({ err: error, source: id }, 'a data source could not run'))
      .finally(() => {
        leave()
        known.delete(id)
      })
    known.set(id, run)
  }
  return {
    start,
    resume: async (context) => {
      await giveUpRuns(context, context.now.subtract({ minutes: ATTEMPT_MINUTES }))
      for (const id of await dueSources(context)) start(context, id)
    },
    quiet: async () => {
      while (known.size > 0) await Promise.all(known.values())
    },
  }
}

async function work(parts: SourceParts, context: Context, id: string): Promise<void> {
  // The next time is written first: of several processes one takes the turn.
  const row = await context.separately(async (inside) => {
    const source = await findSource(inside, id, true)
    if (!source?.enabled || source.nextAt === null || Temporal.Instant.compare(source.nextAt, inside.now) > 0)
      return null
    const { timeZone } = await readProfile(inside)
    await updateSource(inside, id, { nextAt: nextDue(source.settings, inside.now, timeZone) })
    return source
  })
  if (!row) return
  if (row.settings.kind === 'folder') await runFolder(parts, context, row, row.settings)
  if (row.settings.kind === 'pull') await runPull(parts, context, row, row.settings.url)
}

async function runFolder(
  parts: SourceParts,
  context: Context,
  row: SourceRow,
  settings: { folder: string; pattern: string },
): Promise<void> {
  const folder = parts.watchFolder === null ? null : await folderBelow(parts.watchFolder, settings.folder)
  if (folder === null) {
    const problem = 'folder-gone: The folder is not there, or may not be watched.'
    return context.separately((inside) => tellFailure(inside, row, problem))
  }
  const seen = await lookInto(folder, settings.pattern)
  const before = await context.separately((inside) => watchedFiles(inside, row.id))
  for (const file of seen) {
    const last = before.get(file.name)
    const same = last?.sizeBytes === file.sizeBytes && last.changedMilliseconds === file.changedMilliseconds
    if (same && last.taken !== null) continue
    if (same) await takeFile(parts, context, row, file)
    else await context.separately((inside) => keepWatched(inside, { ...watched(row, file), taken: null }))
  }
}

const watched = (row: SourceRow, { name, sizeBytes, changedMilliseconds }: SeenFile) => ({
  sourceId: row.id,
  name,
  sizeBytes,
  changedMilliseconds,
})

async function takeFile(parts: SourceParts, context: Context, row: SourceRow, file: SeenFile): Promise<void> {
  const kept = await parts.files.receive(context.organisation, file.name, readSeen(file))
  await context.separately(async (inside) => {
    const known = await isTaken(inside, row.id, kept.file)
    await keepWatched(inside, { ...watched(row, file), taken: kept.file })
    // The same content under another name is taken once.
    if (!known) await beginImport(parts, inside, row, kept)
  })
}

async function runPull(parts: SourceParts, context: Context, row: SourceRow, url: string): Promise<void> {
  const runId = context.newId()
  await context.separately((inside) =>
    insertRun(inside, { id: runId, sourceId: row.id, startedAt: inside.now, state: 'running' }),
  )
  try {
    const headers = headersOf(parts, row)
    const { etag = null, lastModified = null, file = null } = row.seen ?? {}
    const answer = await pull({ url, headers, etag, lastModified, privateAllowed: parts.pullPrivate })
    const kept = answer && (await parts.files.receive(context.organisation, answer.name, answer.body))
    await context.separately(async (inside) => {
      if (!answer || !kept || kept.file === file) {
        await setRun(inside, runId, { state: 'unchanged', endedAt: inside.now, bytes: kept?.sizeBytes ?? 0 })
      } else {
        const begun = await beginImport(parts, inside, row, kept, runId)
        // What could not be begun is asked for again next time.
        const seen = { etag: answer.etag, lastModified: answer.lastModified, file: kept.file }
        if (begun) await updateSource(inside, row.id, { seen })
      }
      await inside.announce(sourceChanged, { source: row.id })
    })
  } catch (error) {
    const code = error instanceof PullFailed ? error.code : 'fault'
    if (code === 'fault') context.log.error({ err: error, source: row.id }, 'a pull met a fault')
    const problem = `${code}: ${error instanceof PullFailed ? error.message : 'The attempt met a fault, which is logged.'}`
    await context.separately(async (inside) => {
      await setRun(inside, runId, { state: 'failed', endedAt: inside.now, problem })
      await inside.announce(sourceChanged, { source: row.id })
    })
  }
}

function headersOf(parts: SourceParts, row: SourceRow): Record<string, string> {
  if (row.sealed === null) return {}
  const text = parts.sealer.open(row.sealed)
  if (text === null)
    throw new PullFailed('secret-lost', 'The headers were sealed by another installation. Enter them again.')
  return JSON.parse(text) as Record<string, string>
}

/** False where the file does not fit: the run says why, and keeps the file so that a mapping can be made from it. */
async function beginImport(
  parts: SourceParts,
  inside: Context,
  row: SourceRow,
  kept: { file: string; name: string; sizeBytes: number },
  runId?: string,
): Promise<boolean> {
  const id = runId ?? inside.newId()
  const run = { file: kept.file, fileName: kept.name, bytes: kept.sizeBytes }
  if (runId === undefined)
    await insertRun(inside, { ...run, id, sourceId: row.id, startedAt: inside.now, state: 'running' })
  await inside.announce(sourceChanged, { source: row.id })
  try {
    const mapping = row.mappingName
    const definition = mapping === null ? null : await findMapping(inside, mapping)
    const onRepeat = row.refuseRepeats ? 'refuse' : 'count'
    const asked = { file: kept.file, mapping, definition, dryRun: false, sourceId: row.id, onRepeat } as const
    await setRun(inside, id, { ...run, importId: await askForImport(parts.files, inside, asked) })
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const problem = `${error.code}: ${error.message}`
    await setRun(inside, id, { ...run, state: 'failed', endedAt: inside.now, problem })
    return false
  }
}

async function tellFailure(inside: Context, row: SourceRow, problem: string): Promise<void> {
  const { now } = inside
  await insertRun(inside, {
    id: inside.newId(),
    sourceId: row.id,
    startedAt: now,
    endedAt: now,
    state: 'failed',
    problem,
  })
  await updateSource(inside, row.id, { nextAt: now.add({ hours: 1 }) })
  await inside.announce(sourceChanged, { source: row.id })
}
