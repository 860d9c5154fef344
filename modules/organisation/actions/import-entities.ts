/** Takes in the whole tree from a file: what is new is created, what differs is changed, nothing is deleted. */
import { z } from 'zod'
import type { Context } from '#platform/context'
import type { Files } from '#platform/files/files'
import { openTable, type Table, TableUnreadable } from '#platform/files/read-table'
import { found, refuse } from '#platform/refusal'
import { type EntityDraft, type RowIssue, entitiesChanged, entityDraft, organisationRefusals } from '../contract.ts'
import { entitiesByKey, insertEntities, movePaths, type PlacedDraft, updateEntities } from '../store/entities.ts'

/** Entities written in one statement. */
const CHUNK_ROWS = 5_000
/** Most entities one file may hold: they are ordered in memory. */
export const ENTITY_ROWS_LIMIT = 1_000_000
const ISSUES_LIMIT = 1_000
const FIELDS = ['key', 'name', 'kind', 'parentKey', 'region', 'latitudeDegrees', 'longitudeDegrees'] as const

export interface EntityImport {
  created: number
  updated: number
  unchanged: number
  issues: RowIssue[]
}

export async function importEntities(
  files: Files,
  context: Context,
  input: { file: string; dryRun: boolean },
): Promise<EntityImport> {
  const file = found(await files.find(context.organisation, input.file), 'file', input.file)
  const issues: RowIssue[] = []
  const drafts = await readDrafts(file.path, issues)
  return context.separately(async (inside) => {
    const named = [...drafts.values()].flatMap(({ draft }) =>
      draft.parentKey === null ? [draft.key] : [draft.key, draft.parentKey],
    )
    const known = await entitiesByKey(inside, [...new Set(named)])
    const levels = orderByLevel(drafts, new Set(known.keys()), issues)
    const result: EntityImport = { created: 0, updated: 0, unchanged: 0, issues: issues.slice(0, ISSUES_LIMIT) }
    if (issues.length > 0) return result
    const places = new Map([...known].map(([key, row]) => [key, { number: row.number, path: row.path }]))
    let moved = false
    for (const level of levels) {
      const placed = level.map((draft) => placeBelow(draft, places))
      const created = placed.filter((draft) => !known.has(draft.key))
      const changed = placed.filter((draft) => known.has(draft.key) && differs(draft, known.get(draft.key)!))
      result.created += created.length
      result.updated += changed.length
      result.unchanged += placed.length - created.length - changed.length
      if (input.dryRun) {
        for (const draft of created) places.set(draft.key, { number: 0, path: [] })
        continue
      }
      for (const chunk of chunks(created)) {
        for (const row of await insertEntities(inside, chunk)) places.set(row.key, row)
      }
      for (const chunk of chunks(changed)) await updateEntities(inside, chunk)
      for (const draft of changed) {
        const before = known.get(draft.key)!
        if (before.parent === draft.parent) continue
        moved = true
        await movePaths(inside, before.number, draft.parentPath)
        places.set(draft.key, { number: before.number, path: [...draft.parentPath, before.number] })
      }
    }
    if (!input.dryRun && (result.created > 0 || result.updated > 0 || moved))
      await inside.announce(entitiesChanged, { numbers: null })
    return result
  })
}

interface Line {
  readonly draft: EntityDraft
  readonly row: number
}

async function readDrafts(path: string, issues: RowIssue[]): Promise<Map<string, Line>> {
  const table = await openTable(path).catch((error: unknown) => {
    if (error instanceof TableUnreadable)
      return refuse(organisationRefusals, 'FILE_UNREADABLE', { reason: error.reason, detail: error.detail })
    throw error
  })
  try {
    return await draftsOf(table, issues)
  } finally {
    await table.close()
  }
}

async function draftsOf(table: Table, issues: RowIssue[]): Promise<Map<string, Line>> {
  const column = new Map(table.header.map((name, index) => [name.trim(), index]))
  for (const needed of ['key', 'name', 'kind']) {
    if (!column.has(needed))
      issues.push({ row: 1, field: needed, rule: 'required', message: `The column ${needed} is missing.` })
  }
  const drafts = new Map<string, Line>()
  if (issues.length > 0) return drafts
  const own = table.header.filter((name) => !(FIELDS as readonly string[]).includes(name.trim()))
  for await (const { line, cells } of table.rows) {
    const text = (name: string) => cells[column.get(name) ?? -1]?.trim() ?? ''
    const number = (name: string) => (text(name) === '' ? null : Number(text(name)))
    const parsed = entityDraft.safeParse({
      key: text('key'),
      name: text('name'),
      kind: text('kind'),
      parentKey: text('parentKey') || null,
      region: text('region') || null,
      latitudeDegrees: number('latitudeDegrees'),
      longitudeDegrees: number('longitudeDegrees'),
      attributes: Object.fromEntries(own.flatMap((name) => (text(name) === '' ? [] : [[name, text(name)]]))),
    })
    if (!parsed.success) issues.push(...rowIssues(line, parsed.error))
    else if (drafts.has(parsed.data.key)) {
      issues.push({
        row: line,
        field: 'key',
        rule: 'unique',
        message: `${parsed.data.key} stands in row ${drafts.get(parsed.data.key)!.row} already.`,
      })
    } else drafts.set(parsed.data.key, { draft: parsed.data, row: line })
    if (drafts.size > ENTITY_ROWS_LIMIT) {
      issues.push({
        row: line,
        field: 'key',
        rule: 'limit',
        message: `One file may hold ${ENTITY_ROWS_LIMIT} entities.`,
      })
      break
    }
    if (issues.length > ISSUES_LIMIT) break
  }
  return drafts
}

const rowIssues = (row: number, error: z.ZodError): RowIssue[] =>
  error.issues.map((issue) => ({ row, field: issue.path.join('.'), rule: issue.code, message: issue.message }))

/** Parents before children; what names an unknown parent or stands in a circle becomes an issue. */
function orderByLevel(
  drafts: ReadonlyMap<string, Line>,
  known: ReadonlySet<string>,
  issues: RowIssue[],
): EntityDraft[][] {
  const levels: EntityDraft[][] = []
  const done = new Set<string>()
  let rest = [...drafts.values()]
  while (rest.length > 0) {
    const ready = rest.filter(({ draft }) => {
      const { parentKey } = draft
      return parentKey === null || done.has(parentKey) || (!drafts.has(parentKey) && known.has(parentKey))
    })
    if (ready.length === 0) {
      for (const { draft, row } of rest.slice(0, ISSUES_LIMIT)) {
        const inFile = drafts.has(draft.parentKey!)
        const message = inFile
          ? `${draft.key} stands below itself, through ${draft.parentKey}.`
          : `There is no entity ${draft.parentKey} to stand below.`
        issues.push({ row, field: 'parentKey', rule: inFile ? 'cycle' : 'unknown', message })
      }
      return levels
    }
    const readyKeys = new Set(ready.map(({ draft }) => draft.key))
    for (const key of readyKeys) done.add(key)
    levels.push(ready.map(({ draft }) => draft))
    rest = rest.filter(({ draft }) => !readyKeys.has(draft.key))
  }
  return levels
}

function placeBelow(
  draft: EntityDraft,
  places: ReadonlyMap<string, { number: number; path: readonly number[] }>,
): PlacedDraft {
  const parent = draft.parentKey === null ? undefined : places.get(draft.parentKey)
  return { ...draft, parent: parent?.number ?? null, parentPath: parent?.path ?? [] }
}

function differs(
  draft: PlacedDraft,
  row: {
    name: string
    kind: string
    parent: number | null
    region: string | null
    latitudeDegrees: number | null
    longitudeDegrees: number | null
    attributes: Record<string, string>
  },
): boolean {
  return (
    draft.name !== row.name ||
    draft.kind !== row.kind ||
    draft.parent !== row.parent ||
    draft.region !== row.region ||
    draft.latitudeDegrees !== row.latitudeDegrees ||
    draft.longitudeDegrees !== row.longitudeDegrees ||
    sorted(draft.attributes) !== sorted(row.attributes)
  )
}

const sorted = (attributes: Record<string, string>) =>
  JSON.stringify(Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1)))

function* chunks<T>(rows: readonly T[]): Iterable<T[]> {
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) yield rows.slice(start, start + CHUNK_ROWS)
}
