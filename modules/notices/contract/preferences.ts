/** How a person or a team wants to be told. */
import { z } from 'zod'
import { noticeKind } from './notice.ts'

/** `digest`: gathered, once a day. */
export const way = z.enum(['at-once', 'digest', 'off'])
export type Way = z.infer<typeof way>

export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM')

/** Times of day by the organisation's clock; an end before the start lies on the next day. Urgent notices pass. */
export const quietHours = z.object({ from: clockTime, until: clockTime })
export type QuietHours = z.infer<typeof quietHours>

export const KIND_CHOICES_LIMIT = 100
/** For a person the ways are those of e-mail, for a team those of its robots and webhooks. The inbox is always filled. */
export const preferences = z.object({
  language: z.enum(['zh', 'en']).default('zh'),
  ways: z.object({ urgent: way, normal: way, low: way }).default({ urgent: 'at-once', normal: 'digest', low: 'off' }),
  /** Kinds that go their own way, whatever their importance. */
  kinds: z
    .array(z.object({ kind: noticeKind, way, inbox: z.boolean().default(true) }))
    .max(KIND_CHOICES_LIMIT)
    .default([]),
  quiet: quietHours.nullable().default(null),
  /** The full hour, by the organisation's clock, at which a digest is sent. */
  digestHour: z.number().int().min(0).max(23).default(8),
})
export type Preferences = z.infer<typeof preferences>
