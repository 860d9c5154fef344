/** A rule tried on the past: how often it would have fired, on whom, how early, and how often for nothing. */
import { z } from 'zod'
import { instantText, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { colour } from './condition.ts'
import { ruleDraft } from './rule.ts'

/** Something that really went wrong, or did not, as somebody remembers it. */
export const incidentDraft = z.object({
  entity: entityKey,
  from: plainDate,
  /** Until when a warning would still have helped. */
  until: plainDate,
  title: z.string().trim().min(2).max(200),
  /** The rule it belongs to; null: any. */
  rule: z.string().max(80).nullable().default(null),
  /** The alert it is labelled from; its unit and days are then taken as given. */
  alert: z.string().nullable().default(null),
  /** Nothing was the matter: a false alarm, which proves a unit was looked at. */
  nothing: z.boolean().default(false),
})
export type IncidentDraft = z.infer<typeof incidentDraft>
export const incident = incidentDraft.extend({
  id: z.string(),
  entityName: z.string(),
  source: z.enum(['by-hand', 'alert', 'imported']),
  createdAt: instantText,
  createdBy: z.string(),
})
export type Incident = z.infer<typeof incident>

const share = z.object({ share: z.number(), low: z.number(), high: z.number(), of: z.number().int() }).nullable()

const firing = z.object({
  entity: z.object({ key: z.string(), name: z.string() }),
  periodStart: plainDate,
  colour,
  value: z.number(),
  level: z.number(),
  /** Whether an incident was near: true, false, or null where nobody labelled anything about the unit. */
  incident: z.boolean().nullable(),
  /** Days between firing and the incident's beginning; negative: too late. */
  leadDays: z.number().nullable(),
})

export const backtestAsked = z.object({
  draft: ruleDraft,
  from: plainDate,
  to: plainDate,
  /** Data as they were known so many days after a period ended; null: as they are known today. */
  knownAfterDays: z.number().int().min(0).max(90).nullable().default(1),
  /** Warnings up to so many days before an incident count as early. */
  mostLeadDays: z.number().int().min(0).max(366).default(60),
})
export type BacktestAsked = z.infer<typeof backtestAsked>

export const backtestResult = z.object({
  /** First days of the periods judged. */
  from: plainDate,
  to: plainDate,
  periods: z.number().int(),
  units: z.number().int(),
  /** Rules that look ahead are tried on some units only: so many of all. */
  sampledOf: z.number().int().nullable(),
  unitMonths: z.number(),
  firings: z.number().int(),
  firingUnits: z.number().int(),
  byColour: z.object({ yellow: z.number().int(), orange: z.number().int(), red: z.number().int() }),
  /** One for each period: how many units fired. */
  perPeriod: z.array(z.object({ periodStart: plainDate, yellow: z.number(), orange: z.number(), red: z.number() })),
  incidents: z.number().int(),
  /** Clopper and Pearson (1934), 95 %. */
  precision: share,
  recall: share,
  /** False alarms per unit and month with Garwood's (1936) 95 % limits. */
  falseAlarms: z.object({ rate: z.number(), low: z.number(), high: z.number(), count: z.number().int() }),
  leadDays: z.object({ median: z.number(), least: z.number(), most: z.number() }).nullable(),
  /** The newest and worst, at most a hundred. */
  examples: z.array(firing),
  /** Share of the values that were later changed by late data, and how many events came late. */
  known: z.object({
    as: z.enum(['then', 'today']),
    /** Of all events in the range, the share that came after it was judged. */
    lateSharePercent: z.number().nullable(),
    /** Events recorded long after they happened, all at once: history that was imported counts as known in time. */
    importedSharePercent: z.number().nullable(),
  }),
  milliseconds: z.number(),
})
export type BacktestResult = z.infer<typeof backtestResult>

/** False alarms and findings over levels, and the lowest level that stays within what is tolerated. */
export const levelSearch = z.object({
  tolerated: z.number(),
  /** False for rules whose level is no number of theirs: charts. */
  possible: z.boolean(),
  points: z.array(
    z.object({ level: z.number(), falseAlarmRate: z.number(), high: z.number(), recall: z.number().nullable() }),
  ),
  suggested: z.number().nullable(),
  /** Why there is none. */
  because: z.string().nullable(),
})
export type LevelSearch = z.infer<typeof levelSearch>
