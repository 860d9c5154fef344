/** What others may say to `reports`: dashboards and wall screens, their sharing, their earlier versions, defaults for roles. */
import { z } from 'zod'
import { bilingual, event, instantText, page, pageQuery, route } from '#platform/contract'
import { roleName } from '#organisation/contract'
import { dashboardPage, ownScope, PAGES_LIMIT } from './contract/tiles.ts'

export {
  type Box,
  DESK_ROWS_LIMIT,
  type DashboardPage,
  GRID_COLUMNS,
  type OwnScope,
  PAGES_LIMIT,
  type Tile,
  type TileKind,
  tileShow,
  tileKinds,
  TILES_LIMIT,
  type TileShow,
  WALL_ROWS,
} from './contract/tiles.ts'

export const sharing = z.discriminatedUnion('with', [
  z.object({ with: z.literal('nobody') }),
  z.object({ with: z.literal('everyone') }),
  z.object({ with: z.literal('roles'), roles: z.array(roleName).min(1).max(12) }),
])
export type Sharing = z.infer<typeof sharing>

export const dashboardDraft = z.object({
  kind: z.enum(['desk', 'wall']),
  title: bilingual,
  /** What tiles that follow the page show where nobody chose otherwise. */
  scope: ownScope.default({ entity: null, grain: 'month', periods: 24 }),
  /** A desk has one page, a wall turns several. */
  pages: z.array(dashboardPage).min(1).max(PAGES_LIMIT),
  /** How long a wall shows each page. */
  secondsPerPage: z.number().int().min(5).max(3600).default(20),
})
export type DashboardDraft = z.infer<typeof dashboardDraft>

const summary = z.object({
  id: z.string(),
  kind: dashboardDraft.shape.kind,
  title: bilingual,
  owner: z.object({ id: z.string(), name: z.string() }),
  sharing,
  /** Grows with every save; whoever saves says which version they changed. */
  version: z.number().int(),
  savedAt: instantText,
  savedBy: z.string(),
  tileCount: z.number().int(),
  /** Roles whose people begin with it. */
  defaultFor: z.array(roleName),
  /** What the caller may do, as the rules decide. */
  mayEdit: z.boolean(),
  mayShare: z.boolean(),
})
export type DashboardSummary = z.infer<typeof summary>
export const dashboard = summary.extend({ draft: dashboardDraft })
export type Dashboard = z.infer<typeof dashboard>

export const dashboardVersion = z.object({
  version: z.number().int(),
  savedAt: instantText,
  savedBy: z.string(),
  /** The earlier version it brought back; null for a change of its own. */
  restoredFrom: z.number().int().nullable(),
  tileCount: z.number().int(),
})
export type DashboardVersion = z.infer<typeof dashboardVersion>

export const reportRefusals = {
  CHANGED_MEANWHILE: {
    status: 409,
    message: 'Somebody saved this dashboard meanwhile. Merge both, or load theirs.',
    data: z.object({ version: z.number(), by: z.string(), at: instantText }),
  },
  LAYOUT_INVALID: {
    status: 422,
    message: 'The tiles do not fit as they are placed.',
    data: z.object({ issues: z.array(z.object({ field: z.string(), rule: z.string(), message: z.string() })) }),
  },
  NOT_YOURS: { status: 409, message: 'Only its owner or the improvement office may change this. Copy it instead.' },
  NOT_SHARED_WITH_ROLE: {
    status: 422,
    message: 'People of this role could not see it. Share it with them first.',
    data: z.object({ role: z.string() }),
  },
  NO_DESK: { status: 422, message: 'A wall screen cannot be what people begin with. Choose a dashboard.' },
} as const

const tag = (path: `/${string}`, method: 'GET' | 'POST' | 'PUT' | 'DELETE', text: string) =>
  route.errors(reportRefusals).route({ path, method, summary: text, tags: ['reports'] })
const byId = z.object({ id: z.string().max(100) })
const versionNumber = z.coerce.number().int().min(1)

export const reportsContract = {
  listDashboards: tag('/dashboards', 'GET', 'Dashboards and walls the caller may see, newest first')
    .meta({ may: 'measurements.read' })
    .input(pageQuery.extend({ kind: dashboardDraft.shape.kind.optional() }))
    .output(page(summary)),
  homeDashboard: tag('/home-dashboard', 'GET', 'What the caller begins with: their own choice, else that of their role')
    .meta({ may: 'measurements.read' })
    .output(z.object({ id: z.string().nullable(), because: z.enum(['chosen', 'role', 'none']) })),
  chooseHome: tag('/home-dashboard', 'PUT', 'Begin with this dashboard from now on; null goes back to the role’s')
    .meta({ may: 'measurements.read' })
    .input(z.object({ id: z.string().max(100).nullable() }))
    .output(z.object({})),
  readDashboard: tag('/dashboards/{id}', 'GET', 'One dashboard with its tiles')
    .meta({ may: 'measurements.read' })
    .input(byId)
    .output(dashboard),
  createDashboard: tag('/dashboards', 'POST', 'Make a dashboard or wall; nobody else sees it yet')
    .meta({ may: 'dashboards.edit' })
    .input(z.object({ draft: dashboardDraft }))
    .output(dashboard),
  saveDashboard: tag('/dashboards/{id}', 'PUT', 'Save a changed dashboard as its next version')
    .meta({ may: 'dashboards.edit' })
    .input(byId.extend({ version: z.number().int().min(1), draft: dashboardDraft }))
    .output(dashboard),
  copyDashboard: tag('/dashboards/{id}/copies', 'POST', 'Make a copy of one’s own, seen by nobody else')
    .meta({ may: 'dashboards.edit' })
    .input(byId.extend({ title: bilingual }))
    .output(dashboard),
  shareDashboard: tag('/dashboards/{id}/sharing', 'PUT', 'Say who else may see it')
    .meta({ may: 'dashboards.edit' })
    .input(byId.extend({ sharing }))
    .output(dashboard),
  deleteDashboard: tag('/dashboards/{id}', 'DELETE', 'Take a dashboard away; it can be recovered')
    .meta({ may: 'dashboards.edit' })
    .input(byId)
    .output(z.object({})),
  recoverDashboard: tag('/dashboards/{id}/recovery', 'POST', 'Bring back a dashboard that was taken away')
    .meta({ may: 'dashboards.edit' })
    .input(byId)
    .output(dashboard),
  listVersions: tag('/dashboards/{id}/versions', 'GET', 'Earlier versions, newest first')
    .meta({ may: 'measurements.read' })
    .input(pageQuery.extend(byId.shape))
    .output(page(dashboardVersion)),
  readVersion: tag('/dashboards/{id}/versions/{version}', 'GET', 'An earlier version as it was')
    .meta({ may: 'measurements.read' })
    .input(byId.extend({ version: versionNumber }))
    .output(dashboardVersion.extend({ draft: dashboardDraft })),
  restoreVersion: tag('/dashboards/{id}/versions/{version}/restoration', 'POST', 'Make an earlier version the newest')
    .meta({ may: 'dashboards.edit' })
    .input(byId.extend({ version: versionNumber }))
    .output(dashboard),
  listDefaults: tag('/dashboard-defaults', 'GET', 'Which dashboard the people of each role begin with')
    .meta({ may: 'measurements.read' })
    .output(
      z.array(z.object({ role: roleName, id: z.string(), title: bilingual, setBy: z.string(), setAt: instantText })),
    ),
  setRoleDefault: tag('/dashboard-defaults/{role}', 'PUT', 'Say what people of a role begin with; null takes it away')
    .meta({ may: 'dashboards.assign' })
    .input(z.object({ role: roleName, id: z.string().max(100).nullable() }))
    .output(z.object({})),
}

/** A dashboard was made, saved, shared or taken away: open walls read it again. */
export const dashboardChanged = event('reports.changed', z.object({ id: z.string(), version: z.number().int() }))
