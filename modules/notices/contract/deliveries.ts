/** What became of every message that left the house. */
import { z } from 'zod'
import { bilingual, instantText } from '#platform/contract'
import { importance, noticeKind } from './notice.ts'

export const channel = z.enum(['mail', 'dingtalk', 'wecom', 'feishu', 'webhook'])
export type Channel = z.infer<typeof channel>

export const deliveryState = z.enum(['waiting', 'sent', 'failed', 'skipped'])
export type DeliveryState = z.infer<typeof deliveryState>

export const deliveryProblem = z.enum([
  'unreachable',
  'slow',
  'status',
  'rate-limit',
  'private',
  'redirect',
  'refused',
  'garbage',
  'secret-lost',
  'mail-off',
  'mail-refused',
  'no-address',
  'gone',
])
export type DeliveryProblem = z.infer<typeof deliveryProblem>

export const noticeDelivery = z.object({
  id: z.string(),
  channel,
  /** The robot or the person. */
  target: z.string(),
  kind: noticeKind,
  importance,
  title: bilingual,
  state: deliveryState,
  attempts: z.number().int(),
  createdAt: instantText,
  /** When it is tried next, while it waits. */
  dueAt: instantText.nullable(),
  sentAt: instantText.nullable(),
  problem: deliveryProblem.nullable(),
  /** What the other side said, shortened; addresses and secrets never stand here. */
  answer: z.string().nullable(),
  /** How many notices went out in one message with it. */
  together: z.number().int(),
})
export type NoticeDelivery = z.infer<typeof noticeDelivery>
