import { measurementRecorded } from '#measurement/contract'
import { defineModule, listener } from '#platform/module'
import { acknowledgeAlert, assignAlert, closeAlert, finishDuty, reopenAlert } from './actions/desk/act.ts'
import { escalateDuties } from './actions/desk/escalate.ts'
import { alertCounts, listAlerts, readAlert, similarAlerts } from './actions/desk/read.ts'
import { evaluateMoment, evaluateRules, reactToEvents } from './actions/evaluating/evaluate.ts'
import { listInhibitions, listQuiet, liftQuiet, saveInhibitions, saveQuiet } from './actions/quiet.ts'
import { tellEscalated, tellFlood, tellRaised } from './actions/notify.ts'
import { evaluateRule, listRules, readPolicy, savePolicy, saveRule } from './actions/rules.ts'
import { forgetOldTexts, watchText } from './actions/texts.ts'
import { backtestRule, searchLevel } from './actions/trying/backtest.ts'
import { labelIncident, listIncidents, removeIncident } from './actions/trying/incidents.ts'
import { recordAnswer, recordUnanswered } from './actions/answer-events.ts'
import {
  addFinding,
  callOffDrill,
  finishFinding,
  listDrills,
  runDrills,
  startDrill,
} from './actions/drilling/drills.ts'
import { readDrillProgramme, saveDrillProgramme } from './actions/drilling/programme.ts'
import { listResponsePlans, proposedPlans, saveResponsePlan } from './actions/responding/plans.ts'
import { endResponse, listResponses, startResponse, stepResponse } from './actions/responding/respond.ts'
import { acknowledgeSharing, listSharings, sendShared, shareAlerts } from './actions/sharing/share.ts'
import {
  listSubscriptions,
  removeSubscription,
  saveSubscription,
  type SharingParts,
} from './actions/sharing/subscriptions.ts'
import {
  alertAnswered,
  alertChanged,
  alertRaised,
  alertsContract,
  alertsRaised,
  alertsShared,
  dutyEscalated,
} from './contract.ts'

/** How alerts are passed on to others outside. */
export type AlertsParts = SharingParts

export const alertsModule = (parts: AlertsParts) =>
  defineModule({
    name: 'alerts',
    contract: alertsContract,
    handles: {
      listRules,
      saveRule,
      evaluateRule,
      readPolicy,
      savePolicy,
      listAlerts,
      alertCounts,
      readAlert,
      similarAlerts,
      acknowledgeAlert,
      assignAlert,
      finishDuty,
      closeAlert,
      reopenAlert,
      listQuiet,
      saveQuiet,
      liftQuiet,
      listInhibitions,
      saveInhibitions,
      watchText,
      backtestRule,
      searchLevel,
      listIncidents,
      labelIncident,
      removeIncident,
      ...responding,
      ...drilling,
      listSubscriptions,
      saveSubscription: (context, draft) => saveSubscription(parts, context, draft),
      removeSubscription: (context, input) => removeSubscription(parts, context, input),
      listSharings: (context, input) => listSharings(parts, context, input),
      acknowledgeSharing,
    },
    listens: [
      listener(measurementRecorded, 'alerts.reactToEvents', reactToEvents),
      listener(alertRaised, 'alerts.tellRaised', tellRaised),
      listener(alertsRaised, 'alerts.tellFlood', tellFlood),
      listener(alertRaised, 'alerts.shareRaised', (context, { id }) => shareAlerts(parts, context, [id])),
      listener(alertsRaised, 'alerts.shareFlood', (context, { ids }) => shareAlerts(parts, context, ids)),
      listener(alertChanged, 'alerts.shareChanged', (context, { id }) => shareAlerts(parts, context, [id])),
      listener(alertsShared, 'alerts.sendShared', (context) => sendShared(parts, context)),
      listener(alertAnswered, 'alerts.recordAnswer', recordAnswer),
      listener(dutyEscalated, 'alerts.tellEscalated', tellEscalated),
    ],
    every: [
      { name: 'alerts.evaluate', cron: '7 * * * *', action: evaluateRules },
      { name: 'alerts.evaluateMoment', cron: '*/5 * * * *', action: evaluateMoment },
      { name: 'alerts.escalate', cron: '* * * * *', action: escalateDuties },
      { name: 'alerts.sendAgain', cron: '* * * * *', action: (context) => sendShared(parts, context) },
      { name: 'alerts.recordUnanswered', cron: '17 * * * *', action: recordUnanswered },
      { name: 'alerts.drills', cron: '*/5 * * * *', action: runDrills },
      { name: 'alerts.forgetTexts', cron: '40 2 * * *', action: forgetOldTexts },
    ],
  })

const responding = {
  listResponsePlans,
  saveResponsePlan,
  proposedPlans,
  startResponse,
  listResponses,
  stepResponse,
  endResponse,
}

const drilling = {
  readDrillProgramme,
  saveDrillProgramme,
  listDrills,
  startDrill,
  callOffDrill,
  addFinding,
  finishFinding,
}
