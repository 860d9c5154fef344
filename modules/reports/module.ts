import { defineModule } from '#platform/module'
import {
  copyDashboard,
  createDashboard,
  deleteDashboard,
  listDashboards,
  readDashboard,
  recoverDashboard,
  saveDashboard,
  shareDashboard,
} from './actions/dashboards.ts'
import {
  chooseHome,
  homeDashboard,
  listDefaults,
  listVersions,
  readVersion,
  restoreVersion,
  setRoleDefault,
} from './actions/defaults.ts'
import { reportsContract } from './contract.ts'

export const reportsModule = defineModule({
  name: 'reports',
  contract: reportsContract,
  handles: {
    listDashboards,
    homeDashboard,
    chooseHome,
    readDashboard,
    createDashboard,
    saveDashboard,
    copyDashboard,
    shareDashboard,
    deleteDashboard,
    recoverDashboard,
    listVersions,
    readVersion,
    restoreVersion,
    listDefaults,
    setRoleDefault,
  },
})
