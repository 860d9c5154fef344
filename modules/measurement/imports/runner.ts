/** Imports run beside the requests of this process, a few at a time; what a dead process left is taken up by the schedule. */
import type { Context } from '#platform/context'
import type { Files } from '#platform/files/files'
import { TableUnreadable } from '#platform/files/table-unreadable'
import { Refusal } from '#platform/refusal'
import { advanceImport, claimImport, freeImports } from '../store/records/imports.ts'
import { CLAIM_SECONDS, LetGo, runImport } from './run-import.ts'

/** Imports of all organisations one process works on at the same time. */
const CONCURRENT_IMPORTS = 2
/** Faults in a row, without a step forward between them, after which an import is given up. */
const FAULTS_LIMIT = 5
const RESUMED_LIMIT = 100

export interface ImportRunner {
  /** Lets the import run as soon as a place is free; safe to call again. */
  readonly start: (context: Context, id: string) => void
  /** Takes up what nobody works on. */
  readonly resume: (context: Context) => Promise<void>
  /** Resolves when nothing runs here any more; for tests and benchmarks. */
  readonly quiet: () => Promise<void>
}

export function createImportRunner(files: Files): ImportRunner {
  const known = new Map<string, Promise<void>>()
  /** Asked for again while still known, e.g. resumed before the stopped run has noticed. */
  const again = new Set<string>()
  const places: (() => void)[] = []
  let free = CONCURRENT_IMPORTS
  const enter = async () => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => places.push(resolve))
  }
  const leave = () => {
    const next = places.shift()
    if (next) next()
    else free += 1
  }
  const start = (context: Context, id: string) => {
    if (known.has(id)) {
      again.add(id)
      return
    }
    const run = enter()
      .then(() => work(files, context, id))
      .catch((error: unknown) => context.log.error({ err: error, import: id }, 'an import could not go on'))
      .finally(() => {
        leave()
        known.delete(id)
        if (again.delete(id)) start(context, id)
      })
    known.set(id, run)
  }
  return {
    start,
    resume: async (context) => {
      for (const id of await freeImports(context, RESUMED_LIMIT)) start(context, id)
    },
    quiet: async () => {
      while (known.size > 0) await Promise.all(known.values())
    },
  }
}

async function work(files: Files, context: Context, id: string): Promise<void> {
  const claim = context.newId()
  const row = await context.separately((inside) =>
    claimImport(inside, id, claim, inside.now.add({ seconds: CLAIM_SECONDS })),
  )
  if (!row) return
  try {
    await runImport(files, context, row, claim)
  } catch (error) {
    if (error instanceof LetGo) return
    const problem = problemOf(error)
    const over = problem !== null || row.faults + 1 >= FAULTS_LIMIT
    await context.separately((inside) =>
      advanceImport(inside, id, claim, {
        ...(over ? { state: 'failed', endedAt: inside.now, claimedUntil: null } : {}),
        problem: problem ?? 'fault: The import met a fault, which is logged. What is stored stays; going on is safe.',
        faults: row.faults + 1,
      }),
    )
    if (problem === null) throw error
  }
}

/** What the sender can mend, after a code screens word it by; null for faults of ours, which are tried again. */
function problemOf(error: unknown): string | null {
  if (error instanceof TableUnreadable) return `${error.reason}: ${error.detail}`
  return error instanceof Refusal ? `${error.code}: ${error.message}` : null
}
