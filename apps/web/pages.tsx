/** The page table: one line for each address. Pages load when they are first opened. */
import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { Hall } from './shell/hall.tsx'
import { Crashed, NotFound } from './shell/lost.tsx'
import { Shell } from './shell/shell.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Crashed })
/** Around every page of somebody signed in: navigation, live news, command palette. */
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })

/** Around what hangs on a wall: news and a lasting session, no navigation. */
const hall = createRoute({ getParentRoute: () => root, id: 'hall', component: Hall })

type PageFile = () => Promise<Record<string, unknown>>

const under = (parent: unknown) => (path: string, load: PageFile, name: string) =>
  createRoute({
    getParentRoute: () => parent,
    path,
    component: lazyRouteComponent(load as () => Promise<Record<string, never>>, name as never),
  } as never)
const page = under(shell)
const barePage = under(root)
const wall = under(hall)

const outside = [
  barePage('/sign-in', () => import('../../modules/organisation/web/door/sign-in-page.tsx'), 'SignInPage'),
  barePage('/setup', () => import('../../modules/organisation/web/door/setup-page.tsx'), 'SetupPage'),
  barePage(
    '/public/$organisation/league',
    () => import('../../modules/evaluation/web/publishing/open/leagues-page.tsx'),
    'LeaguesPage',
  ),
  barePage(
    '/public/$organisation/league/$id',
    () => import('../../modules/evaluation/web/publishing/open/league-page.tsx'),
    'LeaguePage',
  ),
]

const inside = [
  page('/', () => import('./loop/loop-page.tsx'), 'LoopPage'),
  page('/measure', () => import('../../modules/measurement/web/indicators-page.tsx'), 'IndicatorsPage'),
  page(
    '/measure/new',
    () => import('../../modules/measurement/web/definition/edit-indicator-page.tsx'),
    'NewIndicatorPage',
  ),
  page('/measure/events', () => import('../../modules/measurement/web/events-page.tsx'), 'EventsPage'),
  page('/measure/segments', () => import('../../modules/measurement/web/exploring/segments-page.tsx'), 'SegmentsPage'),
  page('/measure/imports', () => import('../../modules/measurement/web/imports/imports-page.tsx'), 'ImportsPage'),
  page(
    '/measure/imports/new',
    () => import('../../modules/measurement/web/imports/new-import-page.tsx'),
    'NewImportPage',
  ),
  page('/measure/imports/$id', () => import('../../modules/measurement/web/imports/import-page.tsx'), 'ImportPage'),
  page('/measure/sources', () => import('../../modules/measurement/web/sources/sources-page.tsx'), 'SourcesPage'),
  page(
    '/measure/sources/new',
    () => import('../../modules/measurement/web/sources/new-source-page.tsx'),
    'NewSourcePage',
  ),
  page('/measure/sources/$id', () => import('../../modules/measurement/web/sources/source-page.tsx'), 'SourcePage'),
  page('/measure/library', () => import('../../modules/measurement/web/library/library-page.tsx'), 'LibraryPage'),
  page('/measure/files', () => import('../../modules/measurement/web/adopting/files-page.tsx'), 'IndicatorFilesPage'),
  page(
    '/measure/customers',
    () => import('../../modules/measurement/web/customers/customers-page.tsx'),
    'CustomersPage',
  ),
  page(
    '/measure/customers/forecast',
    () => import('../../modules/measurement/web/customers/forecast-page.tsx'),
    'ForecastPage',
  ),
  page(
    '/measure/customers/$id',
    () => import('../../modules/measurement/web/customers/customer-page.tsx'),
    'CustomerPage',
  ),
  page('/measure/$id', () => import('../../modules/measurement/web/indicator-page.tsx'), 'IndicatorPage'),
  page(
    '/measure/$id/edit',
    () => import('../../modules/measurement/web/definition/edit-indicator-page.tsx'),
    'EditIndicatorPage',
  ),
  page(
    '/measure/$id/versions',
    () => import('../../modules/measurement/web/adopting/versions-page.tsx'),
    'VersionsPage',
  ),
  page('/evaluate', () => import('../../modules/evaluation/web/ranking/ranking-page.tsx'), 'RankingPage'),
  page(
    '/evaluate/units/$key',
    () => import('../../modules/evaluation/web/scorecard/scorecard-page.tsx'),
    'ScorecardPage',
  ),
  page(
    '/evaluate/sensitivity',
    () => import('../../modules/evaluation/web/sensitivity/sensitivity-page.tsx'),
    'SensitivityPage',
  ),
  page('/evaluate/schemes', () => import('../../modules/evaluation/web/schemes/schemes-page.tsx'), 'SchemesPage'),
  page(
    '/evaluate/schemes/new',
    () => import('../../modules/evaluation/web/schemes/edit-scheme-page.tsx'),
    'NewSchemePage',
  ),
  page('/evaluate/schemes/$id', () => import('../../modules/evaluation/web/versions/scheme-page.tsx'), 'SchemePage'),
  page(
    '/evaluate/schemes/$id/edit',
    () => import('../../modules/evaluation/web/schemes/edit-scheme-page.tsx'),
    'EditSchemePage',
  ),
  page(
    '/evaluate/assessments',
    () => import('../../modules/evaluation/web/assessing/assessing-page.tsx'),
    'AssessingPage',
  ),
  page(
    '/evaluate/agreement',
    () => import('../../modules/evaluation/web/assessing/agreement-page.tsx'),
    'AgreementPage',
  ),
  page(
    '/evaluate/publications',
    () => import('../../modules/evaluation/web/publishing/publications-page.tsx'),
    'PublicationsPage',
  ),
  page(
    '/evaluate/publications/$id',
    () => import('../../modules/evaluation/web/publishing/publication-page.tsx'),
    'PublicationPage',
  ),
  page(
    '/evaluate/consequences',
    () => import('../../modules/evaluation/web/consequences/consequences-page.tsx'),
    'ConsequencesPage',
  ),
  page('/alerts', () => import('../../modules/alerts/web/alerts-page.tsx'), 'AlertsPage'),
  page('/alerts/rules', () => import('../../modules/alerts/web/rules/rules-page.tsx'), 'RulesPage'),
  page('/alerts/rules/$id', () => import('../../modules/alerts/web/rules/rule-page.tsx'), 'RulePage'),
  page('/alerts/plans', () => import('../../modules/alerts/web/response/plans-page.tsx'), 'ResponsePlansPage'),
  page('/alerts/plans/$id', () => import('../../modules/alerts/web/response/plan-page.tsx'), 'ResponsePlanPage'),
  page('/alerts/drills', () => import('../../modules/alerts/web/response/drills-page.tsx'), 'DrillsPage'),
  page('/alerts/sharing', () => import('../../modules/alerts/web/sharing/sharing-page.tsx'), 'SharingPage'),
  page('/alerts/quiet', () => import('../../modules/alerts/web/quiet/quiet-page.tsx'), 'QuietPage'),
  page('/alerts/incidents', () => import('../../modules/alerts/web/trying/incidents-page.tsx'), 'IncidentsPage'),
  page('/alerts/policy', () => import('../../modules/alerts/web/rules/policy-page.tsx'), 'PolicyPage'),
  page('/alerts/$id', () => import('../../modules/alerts/web/alert-page.tsx'), 'AlertPage'),
  page('/plans', () => import('../../modules/plans/web/plans-page.tsx'), 'PlansPage'),
  page('/plans/new', () => import('../../modules/plans/web/edit/edit-plan-page.tsx'), 'NewPlanPage'),
  page('/plans/$id', () => import('../../modules/plans/web/plan-page.tsx'), 'PlanPage'),
  page('/plans/$id/edit', () => import('../../modules/plans/web/edit/edit-plan-page.tsx'), 'EditPlanPage'),
  page('/my-work', () => import('../../modules/plans/web/my-work-page.tsx'), 'MyWorkPage'),
  page('/decisions', () => import('../../modules/plans/web/decisions-page.tsx'), 'DecisionsPage'),
  page('/verify', () => import('../../modules/verification/web/proofs-page.tsx'), 'ProofsPage'),
  page('/verify/portfolio', () => import('../../modules/verification/web/portfolio-page.tsx'), 'PortfolioPage'),
  page('/verify/$planId', () => import('../../modules/verification/web/proof-page.tsx'), 'ProofPage'),
  page('/dashboards', () => import('../../modules/reports/web/home-page.tsx'), 'HomePage'),
  page('/dashboards/all', () => import('../../modules/reports/web/dashboards-page.tsx'), 'DashboardsPage'),
  page('/dashboards/new', () => import('../../modules/reports/web/editor/editor-page.tsx'), 'NewDashboardPage'),
  page('/dashboards/$id', () => import('../../modules/reports/web/dashboard-page.tsx'), 'DashboardPage'),
  page('/dashboards/$id/edit', () => import('../../modules/reports/web/editor/editor-page.tsx'), 'EditDashboardPage'),
  page('/notices', () => import('../../modules/notices/web/notices-page.tsx'), 'NoticesPage'),
  page('/notices/preferences', () => import('../../modules/notices/web/preferences-page.tsx'), 'PreferencesPage'),
  page('/notices/teams', () => import('../../modules/notices/web/teams/teams-page.tsx'), 'TeamsPage'),
  page('/notices/on-call', () => import('../../modules/notices/web/on-call/on-call-page.tsx'), 'OnCallPage'),
  page('/notices/deliveries', () => import('../../modules/notices/web/deliveries-page.tsx'), 'NoticeDeliveriesPage'),
  page('/admin/entities', () => import('../../modules/organisation/web/entities-page.tsx'), 'EntitiesPage'),
  page(
    '/admin/calendars',
    () => import('../../modules/organisation/web/calendars/calendars-page.tsx'),
    'CalendarsPage',
  ),
  page(
    '/admin/calendars/new',
    () => import('../../modules/organisation/web/calendars/calendar-page.tsx'),
    'NewCalendarPage',
  ),
  page(
    '/admin/calendars/$id',
    () => import('../../modules/organisation/web/calendars/calendar-page.tsx'),
    'CalendarPage',
  ),
  page('/admin/people', () => import('../../modules/organisation/web/people-page.tsx'), 'PeoplePage'),
  page('/admin/roles', () => import('../../modules/organisation/web/roles-page.tsx'), 'RolesPage'),
  page('/admin/keys', () => import('../../modules/organisation/web/keys-page.tsx'), 'KeysPage'),
  page(
    '/admin/protection',
    () => import('../../modules/measurement/web/protection/protection-page.tsx'),
    'ProtectionPage',
  ),
  page('/admin/audit', () => import('../../modules/organisation/web/audit-page.tsx'), 'AuditPage'),
  page('/admin/deliveries', () => import('../../modules/organisation/web/deliveries-page.tsx'), 'DeliveriesPage'),
]

const walls = [wall('/wall/$id', () => import('../../modules/reports/web/wall/wall-page.tsx'), 'WallPage')]

/** The address is plain text: `?entity=0123` stays a text with its zero. */
export const router = createRouter({
  routeTree: root.addChildren([
    ...outside,
    shell.addChildren(inside),
    hall.addChildren(walls as never),
  ] as never) as unknown as AnyRoute,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (values) => {
    const text = new URLSearchParams(values as Record<string, string>).toString()
    return text === '' ? '' : `?${text}`
  },
  defaultPreload: false,
  scrollRestoration: true,
})
