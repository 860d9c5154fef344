/** What others may say to `alerts`: rules and how they would have done, alerts with their duties, quiet times, response plans, sharing. */
import { z } from 'zod'
import { event, instantText, page, pageQuery } from '#platform/contract'
import { byId, remark, tag } from './contract/route.ts'
import { entityKey } from '#organisation/contract'
import { indicatorId } from '#measurement/contract'
import { alert, closingReason, similarAlert } from './contract/alert.ts'
import { backtestAsked, backtestResult, incident, incidentDraft, levelSearch } from './contract/backtest.ts'
import { colour } from './contract/condition.ts'
import { dutyPolicy } from './contract/policy.ts'
import { inhibitionDraft, quiet, quietDraft } from './contract/quiet.ts'
import { drillRoutes, responseRoutes } from './contract/response.ts'
import { rule, ruleDraft, ruleId } from './contract/rule.ts'
import { sharingRoutes } from './contract/sharing.ts'

export * from './contract/alert.ts'
export * from './contract/backtest.ts'
export * from './contract/condition.ts'
export * from './contract/policy.ts'
export * from './contract/quiet.ts'
export * from './contract/refusals.ts'
export * from './contract/response.ts'
export * from './contract/rule.ts'
export * from './contract/sharing.ts'

const ruleRoutes = {
  listRules: tag('/alert-rules', 'GET', 'Rules with their newest version and how their evaluation goes')
    .meta({ may: 'alerts.read' })
    .output(z.array(rule)),
  saveRule: tag('/alert-rules/{id}', 'PUT', 'Save a rule: a new one, or the next version of one')
    .meta({ may: 'rules.edit' })
    .input(ruleDraft)
    .output(rule),
  evaluateRule: tag('/alert-rules/{id}/evaluation', 'POST', 'Judge now what is due')
    .meta({ may: 'rules.edit' })
    .input(byId)
    .output(rule),
  readPolicy: tag('/duty-policy', 'GET', 'What each colour obliges to').meta({ may: 'alerts.read' }).output(dutyPolicy),
  savePolicy: tag('/duty-policy', 'PUT', 'Change what each colour obliges to; alerts already raised keep theirs')
    .meta({ may: 'rules.edit' })
    .input(dutyPolicy)
    .output(dutyPolicy),
}

const backtestRoutes = {
  backtestRule: tag('/alert-backtests', 'POST', 'Try a rule on the past, on data as they were known then')
    .meta({ may: 'rules.edit', transaction: 'own' })
    .input(backtestAsked)
    .output(backtestResult),
  searchLevel: tag(
    '/alert-level-searches',
    'POST',
    'Find the lowest level whose false alarms stay within what is tolerated',
  )
    .meta({ may: 'rules.edit', transaction: 'own' })
    .input(
      backtestAsked.extend({
        colour,
        /** False alarms per unit and month. */
        tolerated: z.number().gt(0).max(31),
      }),
    )
    .output(levelSearch),
  listIncidents: tag('/incidents', 'GET', 'Past incidents people have labelled')
    .meta({ may: 'alerts.read' })
    .input(pageQuery.extend({ entity: entityKey.optional(), rule: z.string().optional() }))
    .output(page(incident)),
  labelIncident: tag('/incidents', 'POST', 'Label a past incident')
    .meta({ may: 'alerts.act' })
    .input(incidentDraft)
    .output(incident),
  removeIncident: tag('/incidents/{id}', 'DELETE', 'Take a label back')
    .meta({ may: 'alerts.act' })
    .input(byId)
    .output(z.object({})),
}

const deskRoutes = {
  listAlerts: tag('/alerts', 'GET', 'Alerts: the worst and most urgent first')
    .meta({ may: 'alerts.read' })
    .input(
      pageQuery.extend({
        colour: colour.optional(),
        /** `live` is everything not closed. */
        state: z.enum(['live', 'open', 'acknowledged', 'planned', 'closed', 'all']).default('live'),
        entity: entityKey.optional(),
        /** This node and all below it. */
        below: entityKey.optional(),
        indicator: indicatorId.optional(),
        rule: ruleId.optional(),
        /** `me`: owned by the caller, or with a duty of theirs. */
        owner: z.enum(['me', 'nobody']).optional(),
        overdue: z.coerce.boolean().optional(),
        drill: z.coerce.boolean().default(false),
      }),
    )
    .output(page(alert)),
  alertCounts: tag('/alert-counts', 'GET', 'How many alerts are live, by colour, and how many are overdue')
    .meta({ may: 'alerts.read' })
    .output(
      z.object({
        yellow: z.number(),
        orange: z.number(),
        red: z.number(),
        overdue: z.number(),
        mine: z.number(),
        muted: z.number(),
      }),
    ),
  readAlert: tag('/alerts/{id}', 'GET', 'One alert').meta({ may: 'alerts.read' }).input(byId).output(alert),
  similarAlerts: tag('/alerts/{id}/similar', 'GET', 'Alerts like it before, and what helped')
    .meta({ may: 'alerts.read' })
    .input(byId)
    .output(z.array(similarAlert)),
  acknowledgeAlert: tag('/alerts/{id}/acknowledgement', 'POST', 'Take charge of an alert: the caller becomes its owner')
    .meta({ may: 'alerts.act' })
    .input(byId.extend({ remark: remark.default('') }))
    .output(alert),
  assignAlert: tag('/alerts/{id}/owner', 'PUT', 'Hand an alert to somebody else')
    .meta({ may: 'alerts.act' })
    .input(byId.extend({ person: z.string(), remark: remark.default('') }))
    .output(alert),
  finishDuty: tag('/alerts/{id}/duties/{duty}/completion', 'POST', 'Say that a duty is done, and what was done')
    .meta({ may: 'alerts.act' })
    .input(byId.extend({ duty: z.string(), remark: remark.min(2) }))
    .output(alert),
  closeAlert: tag('/alerts/{id}/closing', 'POST', 'Close an alert by hand, with the reason')
    .meta({ may: 'alerts.act' })
    .input(
      byId.extend({
        because: closingReason.extract(['false-alarm', 'duplicate', 'accepted', 'by-hand']).default('by-hand'),
        remark,
      }),
    )
    .output(alert),
  reopenAlert: tag('/alerts/{id}/reopening', 'POST', 'Open a closed alert again')
    .meta({ may: 'alerts.act' })
    .input(byId.extend({ remark: remark.min(2) }))
    .output(alert),
}

const quietRoutes = {
  listQuiet: tag('/quiet-times', 'GET', 'Silences and maintenance windows')
    .meta({ may: 'alerts.read' })
    .output(z.array(quiet)),
  saveQuiet: tag('/quiet-times', 'POST', 'Plan a silence or a maintenance window')
    .meta({ may: 'rules.edit' })
    .input(quietDraft)
    .output(quiet),
  liftQuiet: tag('/quiet-times/{id}', 'DELETE', 'End it now').meta({ may: 'rules.edit' }).input(byId).output(quiet),
  listInhibitions: tag('/inhibitions', 'GET', 'Which alerts speak for others')
    .meta({ may: 'alerts.read' })
    .output(z.array(inhibitionDraft)),
  saveInhibitions: tag('/inhibitions', 'PUT', 'Say which alerts speak for others')
    .meta({ may: 'rules.edit' })
    .input(z.object({ inhibitions: z.array(inhibitionDraft).max(200) }))
    .output(z.array(inhibitionDraft)),
}

const textRoutes = {
  watchText: tag('/watched-texts', 'POST', 'Let rules with words read a text; only what was found is kept')
    .meta({ may: 'measurements.record' })
    .input(
      z.object({
        texts: z
          .array(
            z.object({
              /** Given again, the text is read no second time. */
              id: z.string().min(1).max(200),
              entity: entityKey,
              at: instantText,
              text: z.string().min(1).max(20_000),
            }),
          )
          .min(1)
          .max(500),
      }),
    )
    .output(z.object({ read: z.number().int(), mentions: z.number().int() })),
}

export const alertsContract = {
  ...ruleRoutes,
  ...backtestRoutes,
  ...deskRoutes,
  ...quietRoutes,
  ...textRoutes,
  ...responseRoutes,
  ...drillRoutes,
  ...sharingRoutes,
}

export const alertRaised = event(
  'alerts.raised',
  z.object({ id: z.string(), colour, entity: z.string(), rule: z.string() }),
)
/** A flood: what goes beyond the first few of one run. */
export const alertsRaised = event(
  'alerts.raisedMany',
  z.object({ rule: z.string(), count: z.number().int(), ids: z.array(z.string()) }),
)
export const alertChanged = event('alerts.changed', z.object({ id: z.string(), state: z.string(), colour }))
/** Somebody took charge of it. */
export const alertAnswered = event('alerts.answered', z.object({ id: z.string() }))
/** Messages to receivers outside wait to be sent. */
export const alertsShared = event('alerts.shared', z.object({ messages: z.number().int() }))
/** A duty was not done in time: this person is told now. */
export const dutyEscalated = event(
  'alerts.dutyEscalated',
  z.object({ alert: z.string(), duty: z.string(), person: z.string(), step: z.number().int() }),
)
