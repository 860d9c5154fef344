/** Signed inbound messages: judged before they are read, mapped like a file, stored before they are answered, answered once. */
import type { Context } from '#platform/context'
import type { StreamRequest } from '#platform/module'
import { openBytes } from '#platform/files/open-any'
import { judgeSignature, signedHeaders } from '#platform/outbound/signature'
import { TableUnreadable } from '#platform/files/table-unreadable'
import { isUuid } from '#platform/records/columns'
import { found, refuse } from '#platform/refusal'
import type { Sealer } from '#platform/sealing'
import { readProfile } from '#organisation/actions/look-up'
import type { RowIssue } from '#organisation/contract'
import { demandFit } from '../actions/intake/imports.ts'
import { type MappingDefinition, measurementRefusals, sourceChanged } from '../contract.ts'
import { type Block, beginTaking, emptyBlock, mapBatch, sortOutRepeats } from '../imports/map-batch.ts'
import { rowReader } from '../imports/row-reader.ts'
import { refusingOverload, storeEvents } from '../recording/store-events.ts'
import { namedColumns } from '../rules/intake/map-row.ts'
import { findMapping, insertIssues } from '../store/records/imports.ts'
import { addToHour } from '../store/records/source-runs.ts'
import { findMessage, findSource, insertMessage, type SourceRow } from '../store/records/sources.ts'

export const HOOK_LIMIT_BYTES = 8 * 1024 * 1024
/** Issues the answer names, and issues kept with the run of an hour. */
const ISSUES_TOLD = 100
const ISSUES_KEPT = 1_000
const UUID_BYTES = 16

export interface HookAnswer extends Readonly<Record<string, unknown>> {
  readonly stored: number
  readonly duplicates: number
  readonly corrected: number
  readonly refused: number
  /** Looks like events stored under another id. */
  readonly repeats: number
  /** Later than the moment they arrived at. */
  readonly ahead: number
}

/** The name of a webhook in its address: the organisation and the source, so that the address alone leads to both. */
export function hookName(organisation: string, source: string): string {
  return Buffer.from(`${organisation}${source}`.replaceAll('-', ''), 'hex').toString('base64url')
}
function namedByHook(name: string): { organisation: string; source: string } | null {
  const bytes = Buffer.from(name, 'base64url')
  if (bytes.length !== 2 * UUID_BYTES) return null
  const [organisation, source] = [bytes.subarray(0, UUID_BYTES), bytes.subarray(UUID_BYTES)].map((part) =>
    part.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  )
  return isUuid(organisation!) && isUuid(source!) ? { organisation: organisation!, source: source! } : null
}
export const organisationOfHook = ({ source = '' }: Readonly<Record<string, string>>): string | null =>
  namedByHook(source)?.organisation ?? null

/** A wrong signature, an unknown source and a paused one are told before anything of the body is used. */
export async function receiveMessage(
  sealer: Sealer,
  context: Context,
  body: AsyncIterable<Uint8Array>,
  { parameters, headers }: StreamRequest,
): Promise<HookAnswer> {
  const name = parameters['source'] ?? ''
  const id = namedByHook(name)?.source ?? ''
  const bytes = await gather(body)
  const { row, answered, definition, timeZone } = await context.separately(async (inside) => {
    const source = found(await findSource(inside, id), 'source', name)
    const signed = signedHeaders(headers)
    const secret = source.sealed === null ? null : sealer.open(source.sealed)
    if (source.kind !== 'webhook' || secret === null || judgeSignature(secret, signed, bytes, inside.now) !== 'genuine')
      refuse(measurementRefusals, 'SIGNATURE_WRONG')
    if (!source.enabled) refuse(measurementRefusals, 'SOURCE_PAUSED')
    return {
      row: source,
      answered: await findMessage(inside, source.id, signed.id!),
      definition: source.mappingName === null ? null : await findMapping(inside, source.mappingName),
      timeZone: (await readProfile(inside)).timeZone,
    }
  })
  if (answered) return answered as unknown as HookAnswer
  return takeMessage(context, row, { id: signedHeaders(headers).id!, bytes, definition, timeZone })
}

async function gather(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

interface Message {
  readonly id: string
  readonly bytes: Buffer
  readonly definition: MappingDefinition | null
  readonly timeZone: string
}

async function takeMessage(context: Context, row: SourceRow, message: Message): Promise<HookAnswer> {
  const block = await readMessage(context, row, message)
  const { events, rows, refused, repeats, ahead } = block
  const origin = row.id
  const received = await context.separately(async (inside) => inside.now.epochMilliseconds)
  const receipt =
    events.length === 0
      ? { stored: 0, duplicates: 0, corrected: 0 }
      : await refusingOverload(() =>
          storeEvents(context, block.batch, events, { source: 'hook', importId: null, origin, received, tell: true }),
        )
  const { stored, duplicates, corrected } = receipt
  const answer = { stored, duplicates, corrected, refused, repeats, ahead }
  await context.separately(async (inside) => {
    // Another request with the same message was faster: it is counted there, and nothing was stored twice.
    if (!(await insertMessage(inside, row.id, message.id, answer))) return
    const kept = block.issues.slice(0, ISSUES_KEPT)
    const counts = { ...answer, rows, bytes: message.bytes.length, issueCount: kept.length }
    const run = await addToHour(inside, row.id, hourOf(inside.now), counts)
    if (run.issueCount <= ISSUES_KEPT) await insertIssues(inside, run.id, run.issueCount - kept.length + 1, kept)
    await inside.announce(sourceChanged, { source: row.id })
  })
  const issues: RowIssue[] = block.issues.slice(0, ISSUES_TOLD)
  return issues.length > 0 ? { ...answer, issues } : answer
}

const HOUR_MILLISECONDS = 3_600_000
const hourOf = (now: Temporal.Instant) =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(now.epochMilliseconds / HOUR_MILLISECONDS) * HOUR_MILLISECONDS)

async function readMessage(context: Context, row: SourceRow, message: Message): Promise<Block> {
  const { id, bytes, definition, timeZone } = message
  const columns = definition === null ? [] : namedColumns(definition)
  const now = await context.separately(async (inside) => inside.now)
  const block = emptyBlock(context.newId(), { byte: 0, line: 0 })
  try {
    await demandFit(await openBytes(bytes, { columns }), definition)
    const table = await openBytes(bytes, { columns })
    const reader = rowReader(definition, table, timeZone, `${row.id} ${id}`)
    const onRepeat = row.refuseRepeats ? 'refuse' : 'count'
    const taking = beginTaking(context, { definition, reader, dryRun: false, onRepeat, now })
    for await (const batch of table.batches()) await mapBatch(taking, batch, block)
    await sortOutRepeats(taking, block)
  } catch (error) {
    if (!(error instanceof TableUnreadable)) throw error
    refuse(measurementRefusals, 'FILE_UNREADABLE', { reason: error.reason, detail: error.detail })
  }
  return block
}
