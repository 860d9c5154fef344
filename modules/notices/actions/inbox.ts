/** The own inbox and how one is told. Whoever asks sees their own only: the person is never an argument. */
import type { Context } from '#platform/context'
import { toPage, writeCursor } from '#platform/paging'
import { found } from '#platform/refusal'
import { type KindLine, type Notice, type Preferences, preferences } from '../contract.ts'
import { findNotice, type InboxRow, kindRows, markRead, noticePage, unreadCounts } from '../store/inbox.ts'
import { preferencesOf, setPreferences } from '../store/settings.ts'

const toNotice = ({ notice, message, kindName }: InboxRow): Notice => ({
  id: notice.id,
  kind: notice.kind,
  kindName: kindName ?? { zh: notice.kind, en: notice.kind },
  importance: notice.importance,
  title: message.title,
  body: message.body,
  link: message.link,
  createdAt: notice.createdAt.toString(),
  readAt: notice.readAt?.toString() ?? null,
  step: notice.step,
})

/** Programs with a key have no inbox: theirs is empty. */
export async function listNotices(
  context: Context,
  input: { kind?: string | undefined; unread?: boolean | undefined; cursor?: string | undefined; limit: number },
) {
  const rows = await noticePage(context, { ...input, person: context.who.id })
  const { shown, nextCursor } = toPage(rows, input.limit, ({ notice }) =>
    writeCursor(notice.createdAt.toString(), notice.id),
  )
  return { rows: shown.map(toNotice), nextCursor }
}

export async function noticeCounts(context: Context) {
  return unreadCounts(context, context.who.id)
}

export async function readNotice(context: Context, { id }: { id: string }): Promise<Notice> {
  found(await findNotice(context, context.who.id, id), 'notice', id)
  await markRead(context, context.who.id, { id })
  return toNotice((await findNotice(context, context.who.id, id))!)
}

export async function readAllNotices(context: Context, { kind }: { kind?: string | undefined }) {
  const changed = await markRead(context, context.who.id, { kind })
  return { read: changed.length }
}

export async function listNoticeKinds(context: Context): Promise<KindLine[]> {
  return kindRows(context)
}

/** `mailPossible`: whether the operator named a mail server. */
export async function readPreferences(mailPossible: boolean, context: Context) {
  const own = (await preferencesOf(context, [context.who.id])).get(context.who.id)
  return { ...preferences.parse(own ?? {}), mailPossible }
}

export async function savePreferences(mailPossible: boolean, context: Context, input: Preferences) {
  // Of a kind named twice the last choice counts.
  const kinds = [...new Map(input.kinds.map((each) => [each.kind, each])).values()]
  await setPreferences(context, context.who.id, { ...input, kinds })
  return { ...input, kinds, mailPossible }
}
