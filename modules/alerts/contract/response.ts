/** Response plans: what is done, by whom, by when, once something happens; and drills that show whether they hold. */
import { z } from 'zod'
import { bilingual, instantText, plainDate } from '#platform/contract'
import { entityKey, roleName } from '#organisation/contract'
import { indicatorId } from '#measurement/contract'
import { colour } from './condition.ts'
import { byId, remark, tag } from './route.ts'
import { ruleId } from './rule.ts'

const planId = z.string().regex(/^[a-z][a-z0-9-]{1,79}$/)
/** What kind of trouble it is for; the field's usual classes. */
export const hazard = z.enum([
  'equipment',
  'staffing',
  'complaints',
  'data',
  'weather',
  'public-opinion',
  'queue',
  'safety',
  'system',
  'supply',
  'health',
  'violence',
  'fire',
  'utilities',
  'finance',
])

const step = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  title: bilingual,
  /** How it is done, where a title is not enough. */
  detail: bilingual.nullable().default(null),
  role: roleName,
  /** Minutes from the start. */
  withinMinutes: z.number().int().min(1).max(43_200),
})

export const responsePlanDraft = z.object({
  id: planId,
  title: bilingual,
  hazard,
  /** When to start it, in a sentence. */
  when: bilingual,
  /** Which alerts it is proposed with: any of these. */
  match: z
    .object({
      rules: z.array(ruleId).max(50).default([]),
      indicators: z.array(indicatorId).max(50).default([]),
      /** Words in the title of the rule or indicator. */
      words: z.array(z.string().trim().min(1).max(40)).max(40).default([]),
      leastColour: colour.default('orange'),
    })
    .default({ rules: [], indicators: [], words: [], leastColour: 'orange' }),
  steps: z.array(step).min(3).max(40),
  /** When it may end. */
  until: bilingual,
  active: z.boolean().default(true),
})
export type ResponsePlanDraft = z.infer<typeof responsePlanDraft>
export const responsePlan = responsePlanDraft.extend({
  version: z.number().int(),
  /** From the library as it came, or changed by the organisation. */
  origin: z.enum(['library', 'changed', 'own']),
  lastUsedAt: instantText.nullable(),
  lastDrilledAt: instantText.nullable(),
})
export type ResponsePlan = z.infer<typeof responsePlan>

/** A plan that was started on an alert. */
export const response = z.object({
  id: z.string(),
  alertId: z.string(),
  plan: z.object({ id: planId, version: z.number().int(), title: bilingual, until: bilingual }),
  drill: z.boolean(),
  startedAt: instantText,
  startedBy: z.string(),
  endedAt: instantText.nullable(),
  steps: z.array(
    step.extend({
      dueAt: instantText,
      doneAt: instantText.nullable(),
      doneBy: z.string().nullable(),
      skippedBecause: z.string().nullable(),
      remark: z.string().nullable(),
      overdue: z.boolean(),
    }),
  ),
})
export type Response = z.infer<typeof response>

/** An exercise nobody knows of beforehand: drawn at random within its quarter, told to nobody until it begins. */
export const drillProgramme = z.object({
  /** Drills a quarter for the whole organisation. */
  perQuarter: z.number().int().min(0).max(24).default(2),
  /** Drawn among these; empty: all active plans. */
  plans: z.array(planId).max(60).default([]),
  /** Drawn among entities of this kind; null: the organisation itself. */
  entityKind: z.string().max(50).nullable().default(null),
  colour: colour.default('orange'),
})
export type DrillProgramme = z.infer<typeof drillProgramme>

const finding = z.object({
  id: z.string(),
  text: z.string(),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  dueAt: instantText,
  doneAt: instantText.nullable(),
})
export const drill = z.object({
  id: z.string(),
  quarter: plainDate,
  /** Null until it begins, for everybody but those who plan drills. */
  startsAt: instantText.nullable(),
  plan: z.object({ id: planId, title: bilingual }).nullable(),
  entity: z.object({ key: entityKey, name: z.string() }).nullable(),
  state: z.enum(['drawn', 'running', 'finished', 'called-off']),
  alertId: z.string().nullable(),
  responseId: z.string().nullable(),
  /** From the start to somebody taking charge, and to the last step. */
  answeredMinutes: z.number().nullable(),
  finishedMinutes: z.number().nullable(),
  stepsInTime: z.object({ done: z.number().int(), of: z.number().int() }).nullable(),
  findings: z.array(finding),
  /** The draw can be done again: seed and rule stand here once it is over. */
  seed: z.string().nullable(),
})
export type Drill = z.infer<typeof drill>

export const responseRoutes = {
  listResponsePlans: tag('/response-plans', 'GET', 'The library of response plans')
    .meta({ may: 'alerts.read' })
    .output(z.array(responsePlan)),
  saveResponsePlan: tag('/response-plans/{id}', 'PUT', 'Save a response plan: a new one, or the next version of one')
    .meta({ may: 'rules.edit' })
    .input(responsePlanDraft)
    .output(responsePlan),
  proposedPlans: tag('/alerts/{id}/response-plans', 'GET', 'Plans that fit this alert, the best first')
    .meta({ may: 'alerts.read' })
    .input(byId)
    .output(z.array(responsePlan)),
  startResponse: tag('/alerts/{id}/responses', 'POST', 'Start a response plan on an alert')
    .meta({ may: 'alerts.act' })
    .input(byId.extend({ plan: z.string() }))
    .output(response),
  listResponses: tag('/alerts/{id}/responses', 'GET', 'Responses on an alert, the newest first')
    .meta({ may: 'alerts.read' })
    .input(byId)
    .output(z.array(response)),
  stepResponse: tag('/responses/{id}/steps/{step}', 'POST', 'Tick off a step, or skip it with a reason')
    .meta({ may: 'alerts.act' })
    .input(byId.extend({ step: z.string(), done: z.boolean(), remark: remark.default('') }))
    .output(response),
  endResponse: tag('/responses/{id}/end', 'POST', 'End a response once every step is done or skipped')
    .meta({ may: 'alerts.act' })
    .input(byId)
    .output(response),
}

export const drillRoutes = {
  readDrillProgramme: tag('/drill-programme', 'GET', 'How many drills a quarter, of what')
    .meta({ may: 'alerts.read' })
    .output(drillProgramme),
  saveDrillProgramme: tag('/drill-programme', 'PUT', 'Change it; drills already drawn stay')
    .meta({ may: 'rules.edit' })
    .input(drillProgramme)
    .output(drillProgramme),
  listDrills: tag('/drills', 'GET', 'Drills by quarter; those drawn but not begun without their day')
    .meta({ may: 'alerts.read' })
    .input(z.object({ from: plainDate.optional(), to: plainDate.optional() }))
    .output(z.array(drill)),
  startDrill: tag('/drills', 'POST', 'Begin a drill now')
    .meta({ may: 'rules.edit' })
    .input(z.object({ plan: z.string(), entity: entityKey.nullable() }))
    .output(drill),
  callOffDrill: tag('/drills/{id}', 'DELETE', 'Call a drill off').meta({ may: 'rules.edit' }).input(byId).output(drill),
  addFinding: tag('/drills/{id}/findings', 'POST', 'Write down what the drill showed; it becomes a duty')
    .meta({ may: 'alerts.act' })
    .input(
      byId.extend({
        text: z.string().trim().min(2).max(1000),
        owner: z.string().nullable(),
        dueDays: z.number().int().min(1).max(366),
      }),
    )
    .output(drill),
  finishFinding: tag('/drills/{id}/findings/{finding}/completion', 'POST', 'Say that a finding is dealt with')
    .meta({ may: 'alerts.act' })
    .input(byId.extend({ finding: z.string(), remark: remark.min(2) }))
    .output(drill),
}
