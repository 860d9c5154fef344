/**
 * Files people attach: checked by their bytes, freed of what tells more than the picture, kept under the organisation. Whoever links one
 * decides who may read it; what nothing uses after a day goes.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { and, asc, count, eq, inArray, isNull, lt } from 'drizzle-orm'
import type { Context } from '../context.ts'
import type { Files } from '../files/files.ts'
import type { Download, StreamRoute } from '../module.ts'
import { found, refuse } from '../refusal.ts'
import { ATTACHMENT_TYPES, detectType, truthfulName } from './detect-type.ts'
import { stripped } from './strip-pictures.ts'
import { attachment } from './tables.ts'

export const ATTACHMENT_LIMIT_BYTES = 10 * 1024 * 1024
/** Files of one person that nothing uses yet. */
export const UNUSED_LIMIT = 20
const UNUSED_HOURS = 24

export const attachmentRefusals = {
  ATTACHMENT_TYPE: {
    status: 415,
    message: 'This kind of file is not taken. Attach PDF, PNG, JPEG, WebP, UTF-8 text, XLSX or DOCX without macros.',
  },
  ATTACHMENT_EMPTY: { status: 422, message: 'The file is empty.' },
  ATTACHMENTS_MANY: {
    status: 409,
    message:
      'There are as many files of yours that nothing uses as there may be. Send those in, or try again tomorrow.',
  },
  ATTACHMENT_UNKNOWN: {
    status: 422,
    message: 'The attachment is not there, is not yours, or is in use already. Upload it again.',
  },
} as const

export interface AttachedFile {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly sizeBytes: number
  readonly sha256: string
}

export interface Attachments {
  /** Takes a file in; opens its own transactions. */
  readonly receive: (context: Context, name: string, body: AsyncIterable<Uint8Array>) => Promise<AttachedFile>
  /** Ties files somebody uploaded themselves, and that nothing uses, to a thing; all or none. */
  readonly use: (context: Context, ids: readonly string[], usedBy: string) => Promise<void>
  /** Files of things, in the order they were uploaded. The caller has asked whether they may be seen. */
  readonly of: (context: Context, usedBy: readonly string[]) => Promise<Map<string, AttachedFile[]>>
  /** The bytes of a file of a thing; refuses with NOT_FOUND where it is not one of its files. */
  readonly open: (context: Context, id: string, usedBy: string) => Promise<Download>
  /** Drops what nothing has used for a day. */
  readonly forgetUnused: (context: Context) => Promise<void>
  /** `POST /attachments`, for any module that lists it. */
  readonly stream: StreamRoute
}

type Row = typeof attachment.$inferSelect
const toFile = ({ id, name, type, sizeBytes, sha256 }: Row): AttachedFile => ({ id, name, type, sizeBytes, sha256 })

export function createAttachments(files: Files): Attachments {
  const receive = (context: Context, name: string, body: AsyncIterable<Uint8Array>) => take(files, context, name, body)
  return {
    receive,
    use: useFiles,
    of: filesOf,
    open: async (context, id, usedBy) => {
      const [row] = await context.records
        .select()
        .from(attachment)
        .where(and(eq(attachment.id, id), eq(attachment.usedBy, usedBy)))
      const kept = found(row && (await files.find(context.organisation, row.sha256)), 'attachment', id)
      const { name, type, sizeBytes, sha256 } = row!
      return { name, type, sizeBytes, tag: sha256, body: createReadStream(kept.path) }
    },
    forgetUnused: (context) => forgetUnused(files, context),
    stream: {
      method: 'POST',
      path: '/attachments',
      may: 'signed-in',
      summary: 'Upload a file to attach; the answer names it for the request that uses it',
      accepts: ['application/octet-stream'],
      sizeLimitBytes: ATTACHMENT_LIMIT_BYTES,
      query: { name: 'What the file is called' },
      action: (context, body, query) => receive(context, query['name'] ?? '', body),
    },
  }
}

async function take(
  files: Files,
  context: Context,
  name: string,
  body: AsyncIterable<Uint8Array>,
): Promise<AttachedFile> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  const given = Buffer.concat(chunks)
  if (given.length === 0) refuse(attachmentRefusals, 'ATTACHMENT_EMPTY')
  const kind = detectType(given)
  const bytes = kind && stripped(given, kind)
  if (!kind || !bytes) return refuse(attachmentRefusals, 'ATTACHMENT_TYPE')
  await context.separately(async (inside) => {
    if ((await unusedOf(inside)) >= UNUSED_LIMIT) refuse(attachmentRefusals, 'ATTACHMENTS_MANY')
  })
  const kept = await files.receive(context.organisation, truthfulName(name, kind), once(bytes))
  return context.separately(async (inside) => {
    const row = {
      organisationId: inside.organisation,
      id: inside.newId(),
      sha256: createHash('sha256').update(bytes).digest('hex'),
      name: kept.name,
      type: ATTACHMENT_TYPES[kind].type,
      sizeBytes: bytes.length,
      uploadedAt: inside.now,
      uploadedById: inside.who.id,
      uploadedByName: inside.who.name,
      usedBy: null,
    }
    await inside.records.insert(attachment).values(row)
    return toFile(row)
  })
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

const own = ({ who }: Context) => and(eq(attachment.uploadedById, who.id), isNull(attachment.usedBy))

async function unusedOf(context: Context): Promise<number> {
  const [row] = await context.records.select({ files: count() }).from(attachment).where(own(context))
  return row?.files ?? 0
}

async function useFiles(context: Context, ids: readonly string[], usedBy: string): Promise<void> {
  if (ids.length === 0) return
  const used = await context.records
    .update(attachment)
    .set({ usedBy })
    .where(and(inArray(attachment.id, [...ids]), own(context)))
    .returning({ id: attachment.id })
  if (used.length !== new Set(ids).size) refuse(attachmentRefusals, 'ATTACHMENT_UNKNOWN')
}

async function filesOf(context: Context, usedBy: readonly string[]): Promise<Map<string, AttachedFile[]>> {
  if (usedBy.length === 0) return new Map()
  const rows = await context.records
    .select()
    .from(attachment)
    .where(inArray(attachment.usedBy, [...usedBy]))
    .orderBy(asc(attachment.uploadedAt), asc(attachment.id))
  return new Map([...Map.groupBy(rows, (row) => row.usedBy!)].map(([thing, files]) => [thing, files.map(toFile)]))
}

async function forgetUnused(files: Files, context: Context): Promise<void> {
  const before = context.now.subtract({ hours: UNUSED_HOURS })
  const gone = await context.records
    .delete(attachment)
    .where(and(isNull(attachment.usedBy), lt(attachment.uploadedAt, before)))
    .returning({ sha256: attachment.sha256 })
  for (const sha256 of new Set(gone.map((row) => row.sha256))) {
    const [left] = await context.records.select({ rows: count() }).from(attachment).where(eq(attachment.sha256, sha256))
    if (left?.rows === 0) await files.remove(context.organisation, sha256)
  }
}
