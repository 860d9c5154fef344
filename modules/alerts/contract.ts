/** What others may say to `alerts`: rules, alerts with their duties, acknowledging and closing. */
import { z } from 'zod'
import { bilingual, event, grain, instantText, page, pageQuery, plainDate, route } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { indicatorId } from '#measurement/contract'

export const colour = z.enum(['yellow', 'orange', 'red'])
export type Colour = z.infer<typeof colour>

const levels = z.object({
  yellow: z.number().nullable().default(null),
  orange: z.number().nullable().default(null),
  red: z.number().nullable().default(null),
})
export const ruleDraft = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,79}$/),
  title: bilingual,
  indicator: indicatorId,
  grain: grain.default('month'),
  /** Whom it watches: every entity of this kind, below this node where given; without a kind the node itself. */
  watch: z.object({
    entityKind: z.string().max(50).nullable().default(null),
    below: entityKey.nullable().default(null),
  }),
  condition: z.discriminatedUnion('kind', [
    /** The value reaches a level, in the bad direction of the indicator. Levels in the indicator's unit. */
    z.object({ kind: z.literal('threshold'), levels }),
    /** The value is worse than its baseline by so many percent of the baseline. */
    z.object({
      kind: z.literal('deviation'),
      baseline: z.discriminatedUnion('of', [
        /** The entity's own pooled value over the periods before. */
        z.object({ of: z.literal('own'), periods: z.number().int().min(3).max(104).default(12) }),
        /** The pooled value of all watched entities in the same period. */
        z.object({ of: z.literal('peers') }),
      ]),
      levelsPercent: levels,
    }),
  ]),
  /** Fire only when the difference is more than chance at this level of confidence; 0 switches the test off. */
  confidence: z.number().min(0).max(0.9999).default(0.99),
  /** Fewer trials than this are never judged. */
  minimumN: z.number().int().min(0).default(10),
  active: z.boolean().default(true),
  /** The first period it judges; earlier ones stay silent. */
  startsOn: plainDate,
})
export type RuleDraft = z.infer<typeof ruleDraft>
export const rule = ruleDraft.extend({
  version: z.number().int(),
  evaluatedTo: plainDate.nullable(),
  createdAt: instantText,
  createdBy: z.string(),
})
export type Rule = z.infer<typeof rule>

/** What the rule saw when it fired or fired again. */
export const reading = z.object({
  periodStart: plainDate,
  value: z.number(),
  n: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  baseline: z.number().nullable(),
  /** The level that was crossed: a value for thresholds, percent for deviations. */
  level: z.number(),
  colour,
})
export type Reading = z.infer<typeof reading>

export const alert = z.object({
  id: z.string(),
  rule: z.object({
    id: z.string(),
    title: bilingual,
    version: z.number().int(),
    condition: ruleDraft.shape.condition,
    grain,
  }),
  indicator: z.object({ id: indicatorId, title: bilingual, unit: z.string(), direction: z.string() }),
  entity: z.object({ key: entityKey, name: z.string() }),
  colour,
  state: z.enum(['open', 'acknowledged', 'planned', 'closed']),
  raisedAt: instantText,
  /** By when the duty of its colour must be done. */
  dueAt: instantText,
  overdue: z.boolean(),
  /** What the colour obliges to. */
  duty: bilingual,
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  readings: z.array(reading),
  planId: z.string().nullable(),
  closedAt: instantText.nullable(),
  closedBecause: z.enum(['back-to-normal', 'plan-effective', 'by-hand']).nullable(),
  history: z.array(
    z.object({
      at: instantText,
      by: z.string(),
      what: z.enum(['raised', 'worsened', 'eased', 'acknowledged', 'planned', 'closed', 'reopened']),
      remark: z.string().nullable(),
    }),
  ),
})
export type Alert = z.infer<typeof alert>

/** Per colour: what must be done, and within which hours. */
export const dutyPolicy = z.object({
  yellow: z.object({ duty: bilingual, dueHours: z.number().min(0).max(8760) }),
  orange: z.object({ duty: bilingual, dueHours: z.number().min(0).max(8760) }),
  red: z.object({ duty: bilingual, dueHours: z.number().min(0).max(8760) }),
})
export type DutyPolicy = z.infer<typeof dutyPolicy>

export const alertRefusals = {
  ALERT_CLOSED: { status: 409, message: 'This alert is closed already.' },
  RULE_WITHOUT_LEVEL: { status: 422, message: 'A rule needs at least one level.' },
  LEVELS_CONTRADICT: {
    status: 422,
    message: 'The levels contradict each other: red must be at least as bad as orange, orange as yellow.',
    data: z.object({ field: z.string() }),
  },
  REMARK_NEEDED: { status: 422, message: 'Closing by hand needs a reason others can read.' },
} as const

const tag = (path: `/${string}`, method: 'GET' | 'POST' | 'PUT' | 'DELETE', summary: string) =>
  route.errors(alertRefusals).route({ path, method, summary, tags: ['alerts'] })

export const alertsContract = {
  listRules: tag('/alert-rules', 'GET', 'Rules with their newest version')
    .meta({ may: 'alerts.read' })
    .output(z.array(rule)),
  saveRule: tag('/alert-rules/{id}', 'PUT', 'Save a rule: a new one, or the next version of one')
    .meta({ may: 'rules.edit' })
    .input(ruleDraft)
    .output(rule),
  readPolicy: tag('/duty-policy', 'GET', 'What each colour obliges to').meta({ may: 'alerts.read' }).output(dutyPolicy),
  savePolicy: tag('/duty-policy', 'PUT', 'Change what each colour obliges to; alerts already raised keep theirs')
    .meta({ may: 'rules.edit' })
    .input(dutyPolicy)
    .output(dutyPolicy),
  listAlerts: tag('/alerts', 'GET', 'Alerts: the worst and most urgent first')
    .meta({ may: 'alerts.read' })
    .input(
      pageQuery.extend({
        colour: colour.optional(),
        /** `live` is everything not closed. */
        state: z.enum(['live', 'open', 'acknowledged', 'planned', 'closed', 'all']).default('live'),
        entity: entityKey.optional(),
        indicator: indicatorId.optional(),
      }),
    )
    .output(page(alert)),
  alertCounts: tag('/alert-counts', 'GET', 'How many alerts are live, by colour, and how many are overdue')
    .meta({ may: 'alerts.read' })
    .output(z.object({ yellow: z.number(), orange: z.number(), red: z.number(), overdue: z.number() })),
  readAlert: tag('/alerts/{id}', 'GET', 'One alert')
    .meta({ may: 'alerts.read' })
    .input(z.object({ id: z.string() }))
    .output(alert),
  acknowledgeAlert: tag('/alerts/{id}/acknowledgement', 'POST', 'Take charge of an alert: the caller becomes its owner')
    .meta({ may: 'alerts.act' })
    .input(z.object({ id: z.string(), remark: z.string().trim().max(2000).default('') }))
    .output(alert),
  closeAlert: tag('/alerts/{id}/closing', 'POST', 'Close an alert by hand, with the reason')
    .meta({ may: 'alerts.act' })
    .input(z.object({ id: z.string(), remark: z.string().trim().max(2000) }))
    .output(alert),
}

export const alertRaised = event(
  'alerts.raised',
  z.object({ id: z.string(), colour, entity: z.string(), rule: z.string() }),
)
export const alertChanged = event('alerts.changed', z.object({ id: z.string(), state: z.string(), colour }))
