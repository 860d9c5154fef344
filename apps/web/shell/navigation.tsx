/** The rail in the order of the loop, and every page the command palette knows. */
import {
  AimOutlined,
  AlertOutlined,
  AuditOutlined,
  BellOutlined,
  CarryOutOutlined,
  DashboardOutlined,
  LineChartOutlined,
  OrderedListOutlined,
  SettingOutlined,
  SolutionOutlined,
  SyncOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Permission, RoleName } from '#organisation/contract'
import type { Sentence } from '#platform/web/words.ts'
import { words } from '../shell-words.ts'

export interface NavigationEntry {
  readonly to: string
  readonly title: Sentence
  readonly icon?: ReactNode
  /** Shown to those who hold one of these. */
  readonly may?: readonly Permission[]
  readonly under?: readonly NavigationEntry[]
  /** Only offered to these roles, e.g. a home of their own. */
  readonly roles?: readonly RoleName[]
}

const { nav, sub } = words

export const navigation: readonly NavigationEntry[] = [
  { to: '/', title: nav.loop, icon: <SyncOutlined /> },
  {
    to: '/dashboards',
    title: nav.dashboards,
    icon: <DashboardOutlined />,
    may: ['measurements.read'],
    under: [
      { to: '/dashboards', title: sub.myDashboard },
      { to: '/dashboards/all', title: sub.allDashboards },
    ],
  },
  {
    to: '/decisions',
    title: nav.decisions,
    icon: <SolutionOutlined />,
    may: ['plans.approve'],
    roles: ['steering-group'],
  },
  { to: '/my-work', title: nav.myWork, icon: <CarryOutOutlined />, may: ['tasks.progress'] },
  {
    to: '/measure',
    title: nav.measure,
    icon: <LineChartOutlined />,
    may: ['measurements.read'],
    under: [
      { to: '/measure', title: sub.indicators },
      { to: '/measure/library', title: sub.library },
      { to: '/measure/events', title: sub.events },
      { to: '/measure/customers', title: sub.customers, may: ['customers.read'] },
      { to: '/measure/imports', title: sub.imports, may: ['imports.run'] },
      { to: '/measure/sources', title: sub.sources, may: ['imports.run'] },
    ],
  },
  {
    to: '/evaluate',
    title: nav.evaluate,
    icon: <OrderedListOutlined />,
    may: ['evaluation.read'],
    under: [
      { to: '/evaluate', title: sub.ranking },
      { to: '/evaluate/schemes', title: sub.schemes },
      { to: '/evaluate/publications', title: sub.publications },
      { to: '/evaluate/consequences', title: sub.consequences, may: ['consequences.read'] },
      { to: '/evaluate/assessments', title: sub.assessments, may: ['assessments.give'] },
      { to: '/evaluate/agreement', title: sub.agreement, may: ['assessments.read'] },
    ],
  },
  {
    to: '/alerts',
    title: nav.alerts,
    icon: <AlertOutlined />,
    may: ['alerts.read'],
    under: [
      { to: '/alerts', title: sub.allAlerts },
      { to: '/alerts/rules', title: sub.rules },
      { to: '/alerts/plans', title: sub.responsePlans },
      { to: '/alerts/drills', title: sub.drills },
      { to: '/alerts/quiet', title: sub.quiet },
      { to: '/alerts/sharing', title: sub.sharing, may: ['rules.edit'] },
    ],
  },
  { to: '/plans', title: nav.plans, icon: <AimOutlined />, may: ['plans.read'] },
  { to: '/verify', title: nav.verify, icon: <AuditOutlined />, may: ['verification.read'] },
  {
    to: '/notices',
    title: nav.notices,
    icon: <BellOutlined />,
    under: [
      { to: '/notices', title: sub.inbox },
      { to: '/notices/on-call', title: sub.onCall },
      { to: '/notices/teams', title: sub.teams, may: ['teams.edit'] },
      { to: '/notices/deliveries', title: sub.noticeDeliveries, may: ['operations.read'] },
      { to: '/notices/preferences', title: sub.preferences },
    ],
  },
  {
    to: '/admin/entities',
    title: nav.admin,
    icon: <SettingOutlined />,
    may: ['entities.edit', 'calendars.edit', 'people.read', 'roles.edit', 'keys.edit', 'audit.read', 'operations.read'],
    under: [
      { to: '/admin/entities', title: sub.entities, may: ['entities.read'] },
      { to: '/admin/calendars', title: sub.calendars, may: ['entities.read'] },
      { to: '/admin/people', title: sub.people, may: ['people.read'] },
      { to: '/admin/roles', title: sub.roles },
      { to: '/admin/keys', title: sub.keys, may: ['keys.edit'] },
      { to: '/admin/protection', title: sub.protection, may: ['protection.edit'] },
      { to: '/admin/audit', title: sub.audit, may: ['audit.read'] },
      { to: '/admin/deliveries', title: sub.deliveries, may: ['operations.read'] },
    ],
  },
]

/** Pages without a place in the rail, for the palette. */
export const deeds: readonly NavigationEntry[] = [
  { to: '/measure/new', title: sub.newIndicator, may: ['indicators.edit'] },
  { to: '/evaluate/schemes/new', title: sub.newScheme, may: ['schemes.edit'] },
  { to: '/measure/imports/new', title: sub.newImport, may: ['imports.run'] },
  { to: '/dashboards/new', title: sub.newDashboard, may: ['dashboards.edit'] },
  { to: '/plans/new', title: sub.newPlan, may: ['plans.draft'] },
]

export interface Viewer {
  readonly permissions: readonly string[]
  readonly roles: readonly { readonly role: RoleName }[]
}

export function offered(entry: NavigationEntry, viewer: Viewer): boolean {
  const may = entry.may === undefined || entry.may.some((permission) => viewer.permissions.includes(permission))
  const fits = entry.roles === undefined || viewer.roles.some((held) => entry.roles?.includes(held.role))
  return may && fits
}

export const offeredBelow = (entry: NavigationEntry, viewer: Viewer) =>
  (entry.under ?? []).filter((one) => offered(one, viewer))

/** Where an entry with pages below leads: to the first of them this person may open. */
export const targetOf = (entry: NavigationEntry, viewer: Viewer) => offeredBelow(entry, viewer)[0]?.to ?? entry.to

/** The part of the site an address belongs to. */
export function isWithin(path: string, entry: NavigationEntry): boolean {
  if (entry.to === '/') return path === '/'
  const section = entry.to.startsWith('/admin') ? '/admin' : entry.to
  return path === section || path.startsWith(`${section}/`)
}
