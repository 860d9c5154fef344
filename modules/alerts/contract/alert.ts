/** An alert: what fired, whose duty it is until when, and everything that happened since. */
import { z } from 'zod'
import { bilingual, grain, instantText, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { indicatorId } from '#measurement/contract'
import { colour, condition } from './condition.ts'

/** What the rule saw when it fired or fired again. Values in the indicator's unit, or counts. */
export const reading = z.object({
  periodStart: plainDate,
  value: z.number(),
  n: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  baseline: z.number().nullable(),
  /** The level that was crossed, in the unit the condition states it in; for charts 0. */
  level: z.number(),
  colour,
  /** What was compared with the level: the value, percent worse, chance in percent, hours, mentions. */
  measured: z.number().nullable().default(null),
  /** One-sided probability of this or worse by chance alone. */
  pValue: z.number().nullable().default(null),
  /** Which rule of the set, by its identifier; words that were found; what repeated events have in common. */
  because: z.array(z.string()).default([]),
  /** Period this is expected in, for forecasts. */
  expectedIn: plainDate.nullable().default(null),
})
export type Reading = z.infer<typeof reading>

/** What the state machine says of the signal itself, apart from what people do about it. */
export const signalState = z.enum(['normal', 'pending', 'firing', 'recovering', 'no-data'])
export type SignalState = z.infer<typeof signalState>

export const duty = z.object({
  id: z.string(),
  kind: z.enum(['answer', 'task', 'report', 'finding']),
  title: bilingual,
  /** The role that owes it, held for the unit or above it. */
  role: z.string(),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  dueAt: instantText,
  overdue: z.boolean(),
  /** How far up the line it was escalated. */
  escalations: z.number().int(),
  doneAt: instantText.nullable(),
  doneBy: z.string().nullable(),
  remark: z.string().nullable(),
})
export type Duty = z.infer<typeof duty>

export const closingReason = z.enum([
  'back-to-normal',
  'plan-effective',
  'false-alarm',
  'duplicate',
  'accepted',
  'by-hand',
])
export type ClosingReason = z.infer<typeof closingReason>

export const happening = z.object({
  at: instantText,
  by: z.string(),
  what: z.enum([
    'raised',
    'worsened',
    'eased',
    'revised',
    'recovering',
    'signal-gone',
    'signal-back',
    'no-data',
    'acknowledged',
    'assigned',
    'duty-done',
    'escalated',
    'response-started',
    'planned',
    'silenced',
    'shared',
    'closed',
    'reopened',
  ]),
  remark: z.string().nullable(),
})
export type Happening = z.infer<typeof happening>

export const alert = z.object({
  id: z.string(),
  rule: z.object({
    id: z.string(),
    title: bilingual,
    version: z.number().int(),
    condition,
    grain,
  }),
  indicator: z.object({ id: indicatorId, title: bilingual, unit: z.string(), direction: z.string() }).nullable(),
  entity: z.object({ key: entityKey, name: z.string() }),
  /** Units whose signals became this one. */
  members: z.array(z.object({ key: entityKey, name: z.string(), colour: colour.nullable() })),
  colour,
  state: z.enum(['open', 'acknowledged', 'planned', 'closed']),
  signal: signalState,
  raisedAt: instantText,
  /** By when the next duty must be done. */
  dueAt: instantText,
  overdue: z.boolean(),
  /** What the colour obliges to, in short. */
  duty: bilingual,
  duties: z.array(duty),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** When somebody first took charge; within two hours counts as answered in time. */
  answeredAt: instantText.nullable(),
  readings: z.array(reading),
  /** Late data changed what was seen. */
  revised: z.boolean(),
  /** Muted by a silence, or by a worse alert above it. */
  muted: z.enum(['silence', 'inhibited']).nullable(),
  /** Part of an exercise: counted nowhere. */
  drill: z.boolean(),
  planId: z.string().nullable(),
  closedAt: instantText.nullable(),
  closedBecause: closingReason.nullable(),
  history: z.array(happening),
})
export type Alert = z.infer<typeof alert>

/** Alerts like this one before, and what ended them. */
export const similarAlert = z.object({
  id: z.string(),
  rule: z.object({ id: z.string(), title: bilingual }),
  entity: z.object({ key: entityKey, name: z.string() }),
  colour,
  raisedAt: instantText,
  closedAt: instantText.nullable(),
  closedBecause: closingReason.nullable(),
  /** Days from raising to closing. */
  lastedDays: z.number().nullable(),
  planId: z.string().nullable(),
  responsePlan: z.string().nullable(),
  /** The last words written on it. */
  remark: z.string().nullable(),
})
