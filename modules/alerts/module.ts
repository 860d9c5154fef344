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
import { alertRaised, alertsContract, alertsRaised, dutyEscalated } from './contract.ts'

export const alertsModule = defineModule({
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
  },
  listens: [
    listener(measurementRecorded, 'alerts.reactToEvents', reactToEvents),
    listener(alertRaised, 'alerts.tellRaised', tellRaised),
    listener(alertsRaised, 'alerts.tellFlood', tellFlood),
    listener(dutyEscalated, 'alerts.tellEscalated', tellEscalated),
  ],
  every: [
    { name: 'alerts.evaluate', cron: '7 * * * *', action: evaluateRules },
    { name: 'alerts.evaluateMoment', cron: '*/5 * * * *', action: evaluateMoment },
    { name: 'alerts.escalate', cron: '* * * * *', action: escalateDuties },
    { name: 'alerts.forgetTexts', cron: '40 2 * * *', action: forgetOldTexts },
  ],
})
