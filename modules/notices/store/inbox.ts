/** Queries over kinds, messages and who was told them. */
import { and, asc, count, desc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
import type { Bilingual } from '#platform/contract'
import type { Context } from '#platform/context'
import { readTimePlace } from '#platform/paging'
import { delivery, kind, message, notice } from '../tables.ts'

export type MessageRow = typeof message.$inferSelect
export type NoticeRow = typeof notice.$inferSelect
export type NewNotice = Pick<NoticeRow, 'personId' | 'hidden' | 'teamId' | 'step' | 'escalateAt'>

const ROWS_AT_ONCE = 1000

export async function saveKind(context: Context, name: string, title: Bilingual): Promise<void> {
  await context.records
    .insert(kind)
    .values({ organisationId: context.organisation, kind: name, name: title })
    .onConflictDoUpdate({
      target: [kind.organisationId, kind.kind],
      set: { name: title },
      setWhere: sql`${kind.name} is distinct from excluded.name`,
    })
}
export async function kindRows(context: Context): Promise<{ kind: string; name: Bilingual }[]> {
  return context.records.select({ kind: kind.kind, name: kind.name }).from(kind).orderBy(asc(kind.kind)).limit(1000)
}

/** The message of this key: the one given, or the one that was told before. */
export async function keepMessage(
  context: Context,
  row: Omit<MessageRow, 'organisationId' | 'createdAt'>,
): Promise<MessageRow> {
  const [written] = await context.records
    .insert(message)
    .values({ ...row, organisationId: context.organisation, createdAt: context.now })
    .onConflictDoNothing()
    .returning()
  if (written) return written
  const [known] = await context.records.select().from(message).where(eq(message.key, row.key))
  return known!
}

export async function findMessage(context: Context, id: string): Promise<MessageRow | null> {
  const [row] = await context.records.select().from(message).where(eq(message.id, id))
  return row ?? null
}

/** Writes a notice for each who was not told before; gives who they are. */
export async function insertNotices(
  context: Context,
  told: MessageRow,
  rows: readonly NewNotice[],
): Promise<Set<string>> {
  const written = new Set<string>()
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const values = rows.slice(start, start + ROWS_AT_ONCE).map((row) => ({
      ...row,
      organisationId: context.organisation,
      id: context.newId(),
      messageId: told.id,
      kind: told.kind,
      importance: told.importance,
      createdAt: context.now,
    }))
    const answer = await context.records
      .insert(notice)
      .values(values)
      .onConflictDoNothing()
      .returning({ personId: notice.personId })
    for (const { personId } of answer) written.add(personId)
  }
  return written
}

const inboxColumns = { notice, message, kindName: kind.name }
export interface InboxRow {
  readonly notice: NoticeRow
  readonly message: MessageRow
  readonly kindName: Bilingual | null
}
const inbox = (context: Context) =>
  context.records
    .select(inboxColumns)
    .from(notice)
    .innerJoin(message, eq(message.id, notice.messageId))
    .leftJoin(kind, eq(kind.kind, notice.kind))

export async function noticePage(
  context: Context,
  asked: {
    person: string
    kind?: string | undefined
    unread?: boolean | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<InboxRow[]> {
  const before = readTimePlace(asked.cursor)
  return inbox(context)
    .where(
      and(
        eq(notice.personId, asked.person),
        eq(notice.hidden, false),
        asked.kind === undefined ? undefined : eq(notice.kind, asked.kind),
        asked.unread ? isNull(notice.readAt) : undefined,
        before
          ? or(lt(notice.createdAt, before.at), and(eq(notice.createdAt, before.at), lt(notice.id, before.id)))
          : undefined,
      ),
    )
    .orderBy(desc(notice.createdAt), desc(notice.id))
    .limit(asked.limit + 1)
}

export async function findNotice(context: Context, person: string, id: string): Promise<InboxRow | null> {
  const [row] = await inbox(context).where(and(eq(notice.id, id), eq(notice.personId, person)))
  return row ?? null
}

export async function unreadCounts(context: Context, person: string): Promise<{ unread: number; urgent: number }> {
  const rows = await context.records
    .select({ importance: notice.importance, notices: count() })
    .from(notice)
    .where(and(eq(notice.personId, person), isNull(notice.readAt), eq(notice.hidden, false)))
    .groupBy(notice.importance)
  const urgent = rows.find((row) => row.importance === 'urgent')?.notices ?? 0
  return { unread: rows.reduce((sum, row) => sum + row.notices, 0), urgent }
}

/** Marks as read; gives the messages of those that were not. */
export async function markRead(
  context: Context,
  person: string,
  which: { id?: string; kind?: string | undefined },
): Promise<string[]> {
  const rows = await context.records
    .update(notice)
    .set({ readAt: context.now, escalateAt: null })
    .where(
      and(
        eq(notice.personId, person),
        isNull(notice.readAt),
        which.id === undefined ? undefined : eq(notice.id, which.id),
        which.kind === undefined ? undefined : eq(notice.kind, which.kind),
      ),
    )
    .returning({ messageId: notice.messageId, teamId: notice.teamId })
  const calls = [...new Set(rows.filter((row) => row.teamId !== null).map((row) => row.messageId))]
  // Somebody on call has seen it: nobody else is called.
  if (calls.length > 0)
    await context.records
      .update(notice)
      .set({ escalateAt: null })
      .where(and(inArray(notice.messageId, calls), sql`${notice.escalateAt} is not null`))
  return rows.map((row) => row.messageId)
}

/** Unread calls whose time is over, taken so that no other process calls the next one too. */
export async function takeEscalations(context: Context, limit: number): Promise<NoticeRow[]> {
  const rows = await context.records
    .select()
    .from(notice)
    .where(and(lte(notice.escalateAt, context.now), isNull(notice.readAt)))
    .orderBy(asc(notice.escalateAt), asc(notice.id))
    .limit(limit)
    .for('update', { skipLocked: true })
  if (rows.length > 0)
    await context.records
      .update(notice)
      .set({ escalateAt: null })
      .where(
        inArray(
          notice.id,
          rows.map((row) => row.id),
        ),
      )
  return rows
}

/** Who was told a message, in the order they were. */
export async function toldOf(context: Context, messageId: string): Promise<NoticeRow[]> {
  return context.records
    .select()
    .from(notice)
    .where(eq(notice.messageId, messageId))
    .orderBy(asc(notice.step), asc(notice.createdAt), asc(notice.id))
    .limit(1000)
}

/** Messages told before an instant, with all that belongs to them; as many as one statement should take. */
export async function forgetMessages(context: Context, before: Temporal.Instant, limit: number): Promise<number> {
  const old = await context.records
    .select({ id: message.id })
    .from(message)
    .where(lt(message.createdAt, before))
    .orderBy(asc(message.createdAt))
    .limit(limit)
  if (old.length === 0) return 0
  const ids = old.map((row) => row.id)
  await context.records.delete(delivery).where(inArray(delivery.messageId, ids))
  await context.records.delete(notice).where(inArray(notice.messageId, ids))
  await context.records.delete(message).where(inArray(message.id, ids))
  return ids.length
}
