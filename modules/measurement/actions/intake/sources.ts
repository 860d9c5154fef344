/** Data sources: set up, changed, paused, tried; how fresh each is and what its runs brought. */
import type { Context } from '#platform/context'
import { found, invalid, refuse } from '#platform/refusal'
import { lookUpPeople, readProfile } from '#organisation/actions/look-up'
import {
  measurementRefusals,
  type Source,
  sourceChanged,
  sourceHeard,
  type SourceDraft,
  type SourceRun,
} from '../../contract.ts'
import { freshnessOf } from '../../rules/freshness.ts'
import { AddressRefused, demandPublicHost } from '#platform/outbound/addresses'
import { nextByCron, nextDue } from '../../sources/due.ts'
import { folderBelow } from '../../sources/folder.ts'
import { hookName } from '../../sources/hooks.ts'
import type { SourceParts } from '../../sources/runner.ts'
import { originOfSource, tellSilence } from '../../sources/silence.ts'
import { shownSecret } from '#platform/outbound/signature'
import { findMapping, issueRows } from '../../store/records/imports.ts'
import { findRun, runPage, runSummaries } from '../../store/records/source-runs.ts'
import {
  findSource,
  insertSource,
  removeSource,
  type SourceRow,
  sourceRows,
  sourcesByFreshness,
  updateSource,
  type Volume,
  volumes,
} from '../../store/records/sources.ts'

const HOURS = 24
const DAYS = 7
const SECRET_BYTES = 32
const UPLOAD = 'upload'

/** What stands beside the rows: read once for all of them. */
async function readBeside(context: Context, rows: readonly SourceRow[]) {
  const since = context.now.subtract({ hours: DAYS * HOURS })
  const owners = rows.flatMap((row) => (row.ownerId === null ? [] : [row.ownerId]))
  return {
    volumes: await volumes(context, DAYS * HOURS),
    ...(await runSummaries(context, since)),
    people: await lookUpPeople(context, owners),
  }
}
type Beside = Awaited<ReturnType<typeof readBeside>>

function told(all: readonly Volume[], origin: string): Pick<Source, 'hours' | 'days'> {
  const hours = Array<number>(HOURS).fill(0)
  const days = Array<number>(DAYS).fill(0)
  for (const { hoursAgo, stored, origin: from } of all) {
    if (from !== origin || hoursAgo < 0 || hoursAgo >= DAYS * HOURS) continue
    if (hoursAgo < HOURS) hours[HOURS - 1 - hoursAgo]! += stored
    days[DAYS - 1 - Math.floor(hoursAgo / HOURS)]! += stored
  }
  return { hours, days }
}

function present(context: Context, row: SourceRow, beside: Beside): Source {
  const sum = beside.sumOf.get(row.id)
  const owner = row.ownerId === null ? undefined : beside.people.get(row.ownerId)
  return {
    id: row.id,
    title: row.title,
    kind: row.kind,
    settings: row.settings,
    mapping: row.mappingName,
    owner: row.ownerId === null ? null : (owner ?? { id: row.ownerId, name: row.ownerId }),
    enabled: row.enabled,
    expectWithinMinutes: row.expectWithinMinutes,
    refuseRepeats: row.refuseRepeats,
    freshness: row.freshness,
    lastArrivalAt: row.lastArrivalAt?.toString() ?? null,
    nextAt: row.enabled ? (row.nextAt?.toString() ?? null) : null,
    ...told(beside.volumes, originOfSource(row)),
    refused: sum?.refused ?? 0,
    repeats: sum?.repeats ?? 0,
    ahead: sum?.ahead ?? 0,
    problem: beside.problems.get(row.id) ?? null,
    path: row.kind === 'webhook' ? `/api/hooks/${hookName(context.organisation, row.id)}` : null,
    createdAt: row.createdAt.toString(),
    createdBy: row.createdBy,
  }
}

/** Files people upload have no settings: their row is always there. */
function uploads(beside: Beside): Source {
  const volume = told(beside.volumes, UPLOAD)
  return {
    id: UPLOAD,
    title: UPLOAD,
    kind: 'upload',
    settings: null,
    mapping: null,
    owner: null,
    enabled: true,
    expectWithinMinutes: null,
    refuseRepeats: false,
    freshness: 'unwatched',
    lastArrivalAt: null,
    nextAt: null,
    ...volume,
    refused: 0,
    repeats: 0,
    ahead: 0,
    problem: null,
    path: null,
    createdAt: null,
    createdBy: null,
  }
}

export async function listSources(parts: SourceParts, context: Context) {
  const rows = await sourceRows(context)
  const beside = await readBeside(context, rows)
  return {
    rows: [...rows.map((row) => present(context, row, beside)), uploads(beside)],
    foldersAllowed: parts.watchFolder !== null,
  }
}

export async function silentSources(context: Context) {
  const rows = await sourcesByFreshness(context, 'silent')
  return rows.map(({ id, title, lastArrivalAt, expectWithinMinutes }) => ({
    id,
    title,
    lastArrivalAt: lastArrivalAt?.toString() ?? null,
    expectWithinMinutes: expectWithinMinutes ?? 0,
  }))
}

export async function readSource(context: Context, { id }: { id: string }): Promise<Source> {
  const row = found(await findSource(context, id), 'source', id)
  return present(context, row, await readBeside(context, [row]))
}

/** Refuses settings this installation does not allow; gives them as they are kept. */
async function settle(parts: SourceParts, context: Context, draft: SourceDraft) {
  const { settings, mapping, ownerId } = draft
  const { timeZone } = await readProfile(context)
  if (mapping !== null && (await findMapping(context, mapping)) === null)
    invalid('mapping', 'unknown', `There is no mapping named ${mapping}.`)
  if (ownerId !== null && !(await lookUpPeople(context, [ownerId])).has(ownerId))
    invalid('ownerId', 'unknown', 'There is no such person.')
  if (settings.kind === 'folder') {
    const { folder } = settings
    if (parts.watchFolder === null || (await folderBelow(parts.watchFolder, folder)) === null)
      refuse(measurementRefusals, 'FOLDER_NOT_ALLOWED', { folder })
  }
  if (settings.kind === 'pull') {
    if ('cron' in settings.schedule && nextByCron(settings.schedule.cron, context.now, timeZone) === null)
      invalid('settings.schedule.cron', 'cron', 'This is no cron text of five fields, such as "0 6 * * 1-5".')
    const url = new URL(settings.url)
    if (url.username !== '' || url.password !== '')
      invalid('settings.url', 'credentials', 'Put credentials into a header: the address is shown to others.')
    try {
      demandPublicHost(url, parts.pullPrivate)
    } catch (error) {
      if (!(error instanceof AddressRefused)) throw error
      refuse(measurementRefusals, 'ADDRESS_NOT_ALLOWED', { host: error.host })
    }
  }
  return { settings, timeZone }
}

const sealHeaders = (parts: SourceParts, headers: NonNullable<SourceDraft['headers']>) =>
  headers.length === 0
    ? null
    : parts.sealer.seal(
        JSON.stringify(Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value]))),
      )

export async function createSource(parts: SourceParts, context: Context, draft: SourceDraft) {
  const { settings, timeZone } = await settle(parts, context, draft)
  const secret = settings.kind === 'webhook' ? shownSecret(parts.sealer.newSecret(SECRET_BYTES)) : null
  const headers = draft.headers ?? []
  const { now } = context
  const enabled = true
  const { expectWithinMinutes } = draft
  const id = context.newId()
  await insertSource(context, {
    id,
    title: draft.title,
    kind: settings.kind,
    mappingName: draft.mapping,
    ownerId: draft.ownerId,
    enabled,
    expectWithinMinutes,
    refuseRepeats: draft.refuseRepeats,
    settings: settings.kind === 'pull' ? { ...settings, headers: headers.map((each) => each.name) } : settings,
    sealed: secret === null ? sealHeaders(parts, headers) : parts.sealer.seal(secret),
    nextAt: nextDue(settings, now, timeZone),
    watchedSince: now,
    freshness: freshnessOf({ enabled, expectWithinMinutes, lastArrivalAt: null, watchedSince: now }, now),
    createdAt: now,
    createdBy: context.who.name,
  })
  await context.announce(sourceChanged, { source: id })
  return { source: await readSource(context, { id }), secret }
}

export async function saveSource(parts: SourceParts, context: Context, draft: SourceDraft & { id: string }) {
  const row = found(await findSource(context, draft.id, true), 'source', draft.id)
  if (row.kind !== draft.settings.kind) refuse(measurementRefusals, 'SOURCE_UNSUITABLE', { kind: row.kind })
  const { settings, timeZone } = await settle(parts, context, draft)
  const before = row.settings.kind === 'pull' ? row.settings : null
  const names = draft.headers?.map((each) => each.name) ?? before?.headers ?? []
  const freshness = freshnessOf({ ...row, expectWithinMinutes: draft.expectWithinMinutes }, context.now)
  const moved = settings.kind === 'pull' && before?.url !== settings.url
  // Headers were given for one machine: they do not go to another by a change of the address alone.
  const elsewhere = moved && before !== null && new URL(before.url).origin !== new URL(settings.url).origin
  if (elsewhere && draft.headers === undefined && row.sealed !== null)
    invalid('headers', 'required', 'The address is of another machine now. Enter the headers again, or leave them out.')
  await updateSource(context, row.id, {
    title: draft.title,
    mappingName: draft.mapping,
    ownerId: draft.ownerId,
    expectWithinMinutes: draft.expectWithinMinutes,
    refuseRepeats: draft.refuseRepeats,
    settings: settings.kind === 'pull' ? { ...settings, headers: names } : settings,
    ...(settings.kind === 'pull' && draft.headers !== undefined ? { sealed: sealHeaders(parts, draft.headers) } : {}),
    ...(moved ? { seen: null } : {}),
    nextAt: nextDue(settings, context.now, timeZone),
    freshness,
  })
  await tellSilence(context, row, freshness)
  await context.announce(sourceChanged, { source: row.id })
  return readSource(context, { id: row.id })
}

export async function switchSource(context: Context, { id, enabled }: { id: string; enabled: boolean }) {
  const row = found(await findSource(context, id, true), 'source', id)
  if (row.enabled !== enabled) {
    const { timeZone } = await readProfile(context)
    const watchedSince = enabled ? context.now : row.watchedSince
    const freshness = freshnessOf({ ...row, enabled, watchedSince }, context.now)
    const nextAt = enabled ? nextDue(row.settings, context.now, timeZone) : null
    await updateSource(context, row.id, { enabled, watchedSince, freshness, nextAt })
    await tellSilence(context, row, freshness)
    await context.announce(sourceChanged, { source: row.id })
  }
  return readSource(context, { id })
}

/** What is due now is taken up by the next delivery, a moment later. */
export async function trySource(context: Context, { id }: { id: string }) {
  const row = found(await findSource(context, id, true), 'source', id)
  if (row.kind !== 'folder' && row.kind !== 'pull') refuse(measurementRefusals, 'SOURCE_UNSUITABLE', { kind: row.kind })
  if (!row.enabled) refuse(measurementRefusals, 'SOURCE_PAUSED')
  await updateSource(context, row.id, { nextAt: context.now })
  await context.announce(sourceChanged, { source: row.id })
  return readSource(context, { id })
}

export async function rotateSecret(parts: SourceParts, context: Context, { id }: { id: string }) {
  const row = found(await findSource(context, id, true), 'source', id)
  if (row.kind !== 'webhook') refuse(measurementRefusals, 'SOURCE_UNSUITABLE', { kind: row.kind })
  const secret = shownSecret(parts.sealer.newSecret(SECRET_BYTES))
  await updateSource(context, row.id, { sealed: parts.sealer.seal(secret) })
  return { source: await readSource(context, { id }), secret }
}

export async function deleteSource(context: Context, { id }: { id: string }) {
  const row = found(await findSource(context, id, true), 'source', id)
  await removeSource(context, row.id)
  if (row.freshness === 'silent') await context.announce(sourceHeard, { source: row.id })
  await context.announce(sourceChanged, { source: row.id })
  return {}
}

export async function sourceRuns(context: Context, input: { id: string; cursor?: string | undefined; limit: number }) {
  const row = found(await findSource(context, input.id), 'source', input.id)
  const [at, id] = input.cursor?.split(' ') ?? []
  const rows = await runPage(context, row.id, at && id ? { at, id } : undefined, input.limit + 1)
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    rows: shown.map(
      (run): SourceRun => ({
        ...run,
        startedAt: run.startedAt.toString(),
        endedAt: run.endedAt?.toString() ?? null,
      }),
    ),
    nextCursor: rows.length > input.limit && last ? `${last.startedAt.toString()} ${last.id}` : null,
  }
}

export async function runIssues(context: Context, input: { id: string; cursor?: string | undefined; limit: number }) {
  const run = found(await findRun(context, input.id), 'run', input.id)
  const after = Number(input.cursor ?? 0)
  if (!Number.isSafeInteger(after)) invalid('cursor', 'cursor', 'This is no cursor of this list.')
  const issues = await issueRows(context, run.importId ?? run.id, after, input.limit + 1)
  const shown = issues.slice(0, input.limit)
  return {
    rows: shown.map(({ number: _number, ...issue }) => issue),
    nextCursor: issues.length > input.limit ? String(shown.at(-1)!.number) : null,
  }
}
