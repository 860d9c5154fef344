import { measurementRecorded } from '#measurement/contract'
import { defineModule, listener } from '#platform/module'
import { acknowledgeAlert, alertCounts, closeAlert, listAlerts, readAlert } from './actions/desk.ts'
import { evaluateRules, reactToEvents } from './actions/evaluate.ts'
import { listRules, readPolicy, savePolicy, saveRule } from './actions/rules.ts'
import { alertsContract } from './contract.ts'

export const alertsModule = defineModule({
  name: 'alerts',
  contract: alertsContract,
  handles: {
    listRules,
    saveRule,
    readPolicy,
    savePolicy,
    listAlerts,
    alertCounts,
    readAlert,
    acknowledgeAlert,
    closeAlert,
  },
  listens: [listener(measurementRecorded, 'alerts.reactToEvents', reactToEvents)],
  every: [{ name: 'alerts.evaluate', cron: '7 * * * *', action: evaluateRules }],
})
