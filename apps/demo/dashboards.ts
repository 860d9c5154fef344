/** What hangs on the walls of the demo and lies on its desks: dashboards from the templates, shared and given to roles through the public API. */
import type { RoleName } from '#organisation/contract'
import type { Dashboard } from '#reports/contract'
import { draftFromTemplate, type TemplateName } from '../../modules/reports/rules/templates.ts'
import { words } from '../../modules/reports/words.ts'
import type { Api } from './stories.ts'

/** Which roles begin with which; a wall is nobody's beginning. */
const GIVEN: readonly { readonly template: TemplateName; readonly roles: readonly RoleName[] }[] = [
  { template: 'regulator', roles: ['regulator', 'assessor'] },
  { template: 'staff', roles: ['staff'] },
  { template: 'steering', roles: ['steering-group'] },
  { template: 'head', roles: ['department-head'] },
  { template: 'office', roles: ['improvement-office', 'administrator'] },
  { template: 'wall', roles: [] },
]

const INDICATORS_LIMIT = 200

export async function hangDashboards(office: Api): Promise<Dashboard[]> {
  const { rows: indicators } = await office.measurement.listIndicators({ limit: INDICATORS_LIMIT })
  const schemes = await office.evaluation.listSchemes({})
  const kinds = await office.organisation.entityKinds({})
  const made: Dashboard[] = []
  for (const { template, roles } of GIVEN) {
    const { title } = words.template[template]
    const pages = template === 'wall' ? { pages: words.template.wall.pages } : {}
    const draft = draftFromTemplate(template, { indicators, schemes, kinds }, { title, ...pages })
    const dashboard = await office.reports.createDashboard({ draft })
    made.push(await office.reports.shareDashboard({ id: dashboard.id, sharing: { with: 'everyone' } }))
    for (const role of roles) await office.reports.setRoleDefault({ role, id: dashboard.id })
  }
  return made
}
