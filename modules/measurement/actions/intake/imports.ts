/** Mappings, and imports of files: asked for, watched, stopped, taken up again. */
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Files } from '#platform/files/files'
import { found, invalid, refuse } from '#platform/refusal'
import { z } from 'zod'
import { event } from '#platform/contract'
import { type ImportState, type MappingDefinition, measurementRefusals } from '../../contract.ts'
import type { Table } from '#platform/files/read-table'
import { findSourceRow } from '../../imports/find-row.ts'
import { looksLikeEvents } from '../../rules/intake/event-rows.ts'
import { missingColumns } from '../../rules/intake/map-row.ts'
import {
  findImport,
  findMapping,
  importPage,
  type ImportRow,
  insertImport,
  issueRows,
  mappingRows,
  setImport,
  upsertMapping,
} from '../../store/records/imports.ts'
import { readEventRules } from '../telling/event-rules.ts'
import { firstRows, openReceived } from './files.ts'

/** Somebody asked for an import, or for going on with one. Heard by this module only. */
export const importAsked = event('measurement.importAsked', z.object({ id: z.string() }))

/** Issues shown with an import; all of them page through `importIssues`. */
const ISSUES_SHOWN = 10

export const listMappings = (context: Context) => mappingRows(context)

export async function saveMapping(context: Context, input: { name: string; definition: MappingDefinition }) {
  const { time, values, attributes } = input.definition
  if (time.timeZone !== undefined && !isTimeZone(time.timeZone))
    invalid('definition.time.timeZone', 'unknown', `${time.timeZone} is not a time zone of the IANA list.`)
  for (const [field, names] of Object.entries({ values, attributes })) {
    const twice = names.find(({ name }, index) => names.findIndex((other) => other.name === name) !== index)
    if (twice) invalid(`definition.${field}`, 'unique', `The name ${twice.name} is given twice.`)
  }
  await upsertMapping(context, input.name, input.definition)
  return input
}

function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}

async function present(context: Context, row: ImportRow): Promise<ImportState> {
  const issues = row.refused > 0 ? await issueRows(context, row.id, 0, ISSUES_SHOWN) : []
  return {
    id: row.id,
    fileName: row.fileName,
    mapping: row.mappingName,
    dryRun: row.dryRun,
    state: row.state,
    readBytes: row.readBytes,
    totalBytes: row.totalBytes,
    rows: row.rows,
    stored: row.stored,
    duplicates: row.duplicates,
    corrected: row.corrected,
    refused: row.refused,
    ahead: row.ahead,
    repeats: row.repeats,
    createdEntities: row.createdEntities,
    issues: issues.map(({ number: _number, ...issue }) => issue),
    problem: row.problem,
    startedAt: row.startedAt?.toString() ?? null,
    endedAt: row.endedAt?.toString() ?? null,
  }
}

/** Refuses what can be seen at once: no such file or mapping, no table, columns that are missing. The rest is the import's. */
export async function startImport(
  files: Files,
  context: Context,
  input: { file: string; mapping: string | null; dryRun: boolean },
): Promise<ImportState> {
  const { file, mapping, dryRun } = input
  const definition = mapping === null ? null : found(await findMapping(context, mapping), 'mapping', mapping)
  const id = await askForImport(files, context, {
    file,
    mapping,
    definition,
    dryRun,
    sourceId: null,
    onRepeat: 'unasked',
  })
  return readImport(context, { id })
}

type Asked = Pick<ImportRow, 'file' | 'definition' | 'dryRun' | 'sourceId' | 'onRepeat'> & { mapping: string | null }

/** Looks whether the file fits, and leaves the rest to the import that is asked for; gives its id. */
export async function askForImport(files: Files, context: Context, asked: Asked): Promise<string> {
  const { mapping, ...rest } = asked
  const { name, table } = await openReceived(files, context, asked.file, { sheet: asked.definition?.sheet })
  await demandFit(table, asked.definition)
  const id = context.newId()
  await insertImport(context, {
    ...rest,
    id,
    fileName: name,
    mappingName: mapping,
    state: 'waiting',
    totalBytes: table.totalBytes,
    askedAt: context.now,
  })
  await context.announce(importAsked, { id })
  return id
}

/** Refuses where the rows are not what the mapping, or the lack of one, takes them for. Closes the table. */
export async function demandFit(table: Table, definition: MappingDefinition | null): Promise<void> {
  const columns = [...table.header]
  const rowsAreObjects = table.format.kind === 'json' || table.format.kind === 'ndjson'
  if (definition === null) {
    const { objects } = await firstRows(table)
    if (objects === null || !looksLikeEvents(objects.slice(0, 1)))
      refuse(measurementRefusals, 'MAPPING_NEEDED', { columns })
    return
  }
  await table.close()
  const missing = missingColumns(definition, table.header, rowsAreObjects)
  if (missing.length > 0) refuse(measurementRefusals, 'MAPPING_MISFIT', { missing, columns })
}

export async function readImport(context: Context, input: { id: string }): Promise<ImportState> {
  return present(context, found(await findImport(context, input.id), 'import', input.id))
}

export async function listImports(context: Context, input: { cursor?: string | undefined; limit: number }) {
  const [at, id] = input.cursor?.split(' ') ?? []
  const rows = await importPage(context, at && id ? { at, id } : undefined, input.limit + 1)
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  const presented: ImportState[] = []
  for (const row of shown) presented.push(await present(context, row))
  return {
    rows: presented,
    nextCursor: rows.length > input.limit && last ? `${last.askedAt.toString()} ${last.id}` : null,
  }
}

/** The row an event came from, read again from the file. */
export async function sourceRow(files: Files, context: Context, input: { id: string; event: string }) {
  const { organisation } = context
  const { row, timeZone, answers } = await context.separately(async (inside) => {
    const row = found(await findImport(inside, input.id), 'import', input.id)
    const rules = await readEventRules(inside)
    const answers = row.definition === null ? rules.size > 0 : rules.has(row.definition.eventType)
    return { row, answers, timeZone: (await readProfile(inside)).timeZone }
  })
  // A row of a file is whole: what somebody answered, and who.
  if (answers && !context.who.permissions.has('answers.read'))
    return { found: false as const, fileName: row.fileName, because: 'protected' as const }
  const answer = await findSourceRow(files, { organisation, timeZone, eventId: input.event }, row)
  const { fileName } = row
  if (typeof answer === 'string') return { found: false as const, fileName, because: answer }
  return { found: true as const, fileName, line: answer.line, columns: [...answer.columns], cells: [...answer.cells] }
}

export async function importIssues(
  context: Context,
  input: { id: string; cursor?: string | undefined; limit: number },
) {
  const row = found(await findImport(context, input.id), 'import', input.id)
  const after = Number(input.cursor ?? 0)
  if (!Number.isSafeInteger(after)) invalid('cursor', 'cursor', 'This is no cursor of this list.')
  const issues = await issueRows(context, row.id, after, input.limit + 1)
  const shown = issues.slice(0, input.limit)
  return {
    rows: shown.map(({ number: _number, ...issue }) => issue),
    nextCursor: issues.length > input.limit ? String(shown.at(-1)!.number) : null,
  }
}

/** What is stored stays. The worker notices within about a second. Stopping twice changes nothing. */
export async function stopImport(context: Context, input: { id: string }): Promise<ImportState> {
  const row = found(await findImport(context, input.id, true), 'import', input.id)
  if (row.state === 'done' || row.state === 'failed') refuse(measurementRefusals, 'IMPORT_OVER')
  await setImport(context, row.id, { state: 'stopped', endedAt: context.now, claim: null, claimedUntil: null })
  return readImport(context, input)
}

export async function resumeImport(context: Context, input: { id: string }): Promise<ImportState> {
  const row = found(await findImport(context, input.id, true), 'import', input.id)
  if (row.state === 'done') refuse(measurementRefusals, 'IMPORT_OVER')
  if (row.state === 'stopped' || row.state === 'failed') {
    await setImport(context, row.id, {
      state: 'waiting',
      endedAt: null,
      problem: null,
      faults: 0,
      claim: null,
      claimedUntil: null,
    })
    await context.announce(importAsked, { id: row.id })
  }
  return readImport(context, input)
}
