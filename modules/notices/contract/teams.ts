/** Teams, the robots and webhooks they are told by, and who of them is on call. */
import { z } from 'zod'
import { instantText, plainDate } from '#platform/contract'
import { clockTime, preferences } from './preferences.ts'
import { noticeKind } from './notice.ts'

export const MEMBERS_LIMIT = 200
export const ROBOTS_LIMIT = 10

export const robotKind = z.enum(['dingtalk', 'wecom', 'feishu', 'webhook'])
export type RobotKind = z.infer<typeof robotKind>

/** The address of a robot is a secret itself: whoever knows it may write to the group. */
export const robotDraft = z.object({
  kind: robotKind,
  title: z.string().trim().min(1).max(100),
  /** Left out when a robot is changed: the address stays. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(1000)
    .optional(),
  /** What messages are signed with (DingTalk, Feishu); null takes it away, left out it stays. */
  secret: z.string().trim().min(1).max(200).nullable().optional(),
  /** The word the group's security demands in every message. */
  keyword: z.string().trim().min(1).max(50).nullable().default(null),
  /** Only these kinds of notices; null is all. */
  kinds: z.array(noticeKind).max(100).nullable().default(null),
  enabled: z.boolean().default(true),
})
export type RobotDraft = z.infer<typeof robotDraft>

export const robot = z.object({
  id: z.string(),
  kind: robotKind,
  title: z.string(),
  /** Machine and last letters, to tell robots apart; never the whole address. */
  hint: z.string(),
  signed: z.boolean(),
  keyword: z.string().nullable(),
  kinds: z.array(noticeKind).nullable(),
  enabled: z.boolean(),
  waiting: z.number().int(),
  failed: z.number().int(),
  lastSentAt: instantText.nullable(),
})
export type Robot = z.infer<typeof robot>

/** Who takes turns, each for a day or a week, in this order and round again. */
export const rotaDraft = z.object({
  people: z.array(z.string().min(1).max(100)).min(1).max(50),
  every: z.enum(['day', 'week']),
  /** The first turn of the first person begins on this day. */
  startsOn: plainDate,
  handoverAt: clockTime.default('09:00'),
  /** After so many minutes unread, an urgent notice is told to the next in turn; null: never. */
  escalateMinutes: z.number().int().min(1).max(1440).nullable().default(15),
})
export type RotaDraft = z.infer<typeof rotaDraft>

export const overrideDraft = z.object({
  team: z.uuid(),
  from: instantText,
  until: instantText,
  /** Who takes over; null is whoever has the next turn. */
  person: z.string().nullable(),
  because: z.enum(['swap', 'leave']),
})
export type OverrideDraft = z.infer<typeof overrideDraft>

const who = z.object({ id: z.string(), name: z.string() })
export const shift = z.object({
  from: instantText,
  until: instantText,
  person: who,
  /** Set where it is not the person whose turn it was. */
  override: z.object({ id: z.string(), because: z.enum(['swap', 'leave']), insteadOf: who }).nullable(),
})
export type Shift = z.infer<typeof shift>

export const teamDraft = z.object({
  name: z.string().trim().min(1).max(100),
  members: z.array(z.string().min(1).max(100)).max(MEMBERS_LIMIT),
  preferences,
})
export type TeamDraft = z.infer<typeof teamDraft>

export const team = z.object({
  id: z.string(),
  name: z.string(),
  members: z.array(who.extend({ active: z.boolean() })),
  preferences,
  robots: z.array(robot),
  rota: rotaDraft.nullable(),
})
export type Team = z.infer<typeof team>

export const boardLine = z.object({
  team: z.object({ id: z.string(), name: z.string() }),
  rota: rotaDraft.nullable(),
  people: z.array(who),
  now: who.nullable(),
  nowUntil: instantText.nullable(),
  next: who.nullable(),
  shifts: z.array(shift),
})
export type BoardLine = z.infer<typeof boardLine>
