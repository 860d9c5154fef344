/** A notice in somebody's inbox, and what may be asked of the inbox. */
import { z } from 'zod'
import { bilingual, instantText } from '#platform/contract'

/** `urgent` passes quiet hours and is told at once; `low` only waits in the inbox, unless somebody wants more. */
export const importance = z.enum(['urgent', 'normal', 'low'])
export type Importance = z.infer<typeof importance>

/** What a notice is about, in the words of the module that tells it, e.g. `alert-raised`. */
export const noticeKind = z.string().regex(/^[a-z][a-z0-9-]{1,59}$/, 'small letters, digits and hyphens')

/** A page of the product; never an address outside. */
export const noticeLink = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\s\\]*$/u, 'a path of the product')

export const notice = z.object({
  id: z.string(),
  kind: noticeKind,
  kindName: bilingual,
  importance,
  title: bilingual,
  body: z.object({ zh: z.string(), en: z.string() }),
  link: noticeLink.nullable(),
  createdAt: instantText,
  readAt: instantText.nullable(),
  /** It came up because nobody before had read it in time; 0 is the first to be told. */
  step: z.number().int(),
})
export type Notice = z.infer<typeof notice>

export const kindLine = z.object({ kind: noticeKind, name: bilingual })
export type KindLine = z.infer<typeof kindLine>
