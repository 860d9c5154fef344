/** Dashboards: making, reading, saving, sharing, taking away. Earlier versions are kept. */
import type { Bilingual } from '#platform/contract'
import type { Context } from '#platform/context'
import { readTimePlace, toPage, writeCursor } from '#platform/paging'
import { found, refuse } from '#platform/refusal'
import {
  type Dashboard,
  dashboardChanged,
  type DashboardDraft,
  type DashboardSummary,
  reportRefusals,
  type Sharing,
} from '../contract.ts'
import { layoutFaults } from '../rules/layout.ts'
import { mayEdit, maySee, type Owned, rolesLeftOut } from '../rules/sharing.ts'
import {
  defaultRows,
  findDashboard,
  type FoundDashboard,
  insertDashboard,
  insertVersion,
  listDashboardRows,
  lockDashboard,
  updateDashboard,
} from '../store/dashboards.ts'

type Defaults = Awaited<ReturnType<typeof defaultRows>>

const sharingOf = ({ row }: FoundDashboard): Sharing =>
  row.sharedWith === 'roles' ? { with: 'roles', roles: row.sharedRoles } : { with: row.sharedWith }

export const ownedOf = (one: FoundDashboard, defaults: Defaults): Owned => ({
  ownerId: one.row.ownerId,
  sharing: sharingOf(one),
  defaultFor: defaults.filter((each) => each.id === one.row.id).map((each) => each.role),
})

function toSummary(context: Context, one: FoundDashboard, defaults: Defaults): DashboardSummary {
  const owned = ownedOf(one, defaults)
  const may = mayEdit(context.who, owned)
  return {
    id: one.row.id,
    kind: one.row.kind,
    title: one.newest.draft.title,
    owner: { id: one.row.ownerId, name: one.row.ownerName },
    sharing: owned.sharing,
    version: one.row.version,
    savedAt: one.newest.savedAt.toString(),
    savedBy: one.newest.savedBy,
    tileCount: one.newest.tileCount,
    defaultFor: [...owned.defaultFor],
    mayEdit: may,
    mayShare: may,
  }
}

/** One the caller may see; anything else is not there for them. */
export async function requireVisible(
  context: Context,
  id: string,
): Promise<{ one: FoundDashboard; owned: Owned; defaults: Defaults }> {
  const one = found(await findDashboard(context, id), 'dashboard', id)
  const defaults = await defaultRows(context)
  const owned = ownedOf(one, defaults)
  found(one.row.deletedAt === null && maySee(context.who, owned) ? one : null, 'dashboard', id)
  return { one, owned, defaults }
}

/** The same, held for a change, by somebody who may make it. */
export async function requireEditable(context: Context, id: string) {
  await lockDashboard(context, id)
  const visible = await requireVisible(context, id)
  if (!mayEdit(context.who, visible.owned)) refuse(reportRefusals, 'NOT_YOURS')
  return visible
}

export async function listDashboards(
  context: Context,
  input: { kind?: DashboardDraft['kind'] | undefined; cursor?: string | undefined; limit: number },
) {
  const { id, roles, permissions } = context.who
  const rows = await listDashboardRows(context, {
    viewer: { id, roles, allShared: permissions.has('dashboards.assign') },
    kind: input.kind,
    before: readTimePlace(input.cursor),
    limit: input.limit + 1,
  })
  const { shown, nextCursor } = toPage(rows, input.limit, ({ row }) => writeCursor(row.createdAt.toString(), row.id))
  const defaults = await defaultRows(context)
  return { rows: shown.map((one) => toSummary(context, one, defaults)), nextCursor }
}

export async function readDashboard(context: Context, input: { id: string }): Promise<Dashboard> {
  const { one, defaults } = await requireVisible(context, input.id)
  return { ...toSummary(context, one, defaults), draft: one.newest.draft }
}

function demandLayout(draft: DashboardDraft): void {
  const issues = layoutFaults(draft)
  if (issues.length > 0) refuse(reportRefusals, 'LAYOUT_INVALID', { issues })
}
const tileCountOf = (draft: DashboardDraft) => draft.pages.reduce((sum, page) => sum + page.tiles.length, 0)

/** The draft as the next version, announced. */
export async function writeVersion(
  context: Context,
  id: string,
  version: number,
  draft: DashboardDraft,
  restoredFrom: number | null = null,
): Promise<Dashboard> {
  await insertVersion(context, { dashboard: id, version, draft, tileCount: tileCountOf(draft), restoredFrom })
  await context.announce(dashboardChanged, { id, version })
  return readDashboard(context, { id })
}

export async function createDashboard(context: Context, input: { draft: DashboardDraft }): Promise<Dashboard> {
  demandLayout(input.draft)
  const id = context.newId()
  await insertDashboard(context, {
    id,
    kind: input.draft.kind,
    ownerId: context.who.id,
    ownerName: context.who.name,
    sharedWith: 'nobody',
    sharedRoles: [],
    version: 1,
    createdAt: context.now,
  })
  return writeVersion(context, id, 1, input.draft)
}

export async function saveDashboard(
  context: Context,
  input: { id: string; version: number; draft: DashboardDraft },
): Promise<Dashboard> {
  const { one } = await requireEditable(context, input.id)
  if (one.row.version !== input.version) {
    refuse(reportRefusals, 'CHANGED_MEANWHILE', {
      version: one.row.version,
      by: one.newest.savedBy,
      at: one.newest.savedAt.toString(),
    })
  }
  // What hangs in a hall stays a wall: its address is a wall's.
  const draft = { ...input.draft, kind: one.row.kind }
  demandLayout(draft)
  await updateDashboard(context, input.id, { version: one.row.version + 1 })
  return writeVersion(context, input.id, one.row.version + 1, draft)
}

export async function copyDashboard(context: Context, input: { id: string; title: Bilingual }): Promise<Dashboard> {
  const { one } = await requireVisible(context, input.id)
  return createDashboard(context, { draft: { ...one.newest.draft, title: input.title } })
}

export async function shareDashboard(context: Context, input: { id: string; sharing: Sharing }): Promise<Dashboard> {
  const { one, owned } = await requireEditable(context, input.id)
  const [left] = rolesLeftOut(owned.defaultFor, input.sharing)
  if (left) refuse(reportRefusals, 'NOT_SHARED_WITH_ROLE', { role: left })
  await updateDashboard(context, input.id, {
    sharedWith: input.sharing.with,
    sharedRoles: input.sharing.with === 'roles' ? input.sharing.roles : [],
  })
  await context.announce(dashboardChanged, { id: input.id, version: one.row.version })
  // Whoever takes the sharing of somebody else's dashboard away would not see it afterwards: told from the changed row.
  const after = found(await findDashboard(context, input.id), 'dashboard', input.id)
  return { ...toSummary(context, after, await defaultRows(context)), draft: after.newest.draft }
}

export async function deleteDashboard(context: Context, input: { id: string }): Promise<Record<string, never>> {
  const { one } = await requireEditable(context, input.id)
  await updateDashboard(context, input.id, { deletedAt: context.now })
  await context.announce(dashboardChanged, { id: input.id, version: one.row.version })
  return {}
}

export async function recoverDashboard(context: Context, input: { id: string }): Promise<Dashboard> {
  const one = found(await findDashboard(context, input.id), 'dashboard', input.id)
  const owned = ownedOf(one, await defaultRows(context))
  found(maySee(context.who, owned) ? one : null, 'dashboard', input.id)
  if (!mayEdit(context.who, owned)) refuse(reportRefusals, 'NOT_YOURS')
  await updateDashboard(context, input.id, { deletedAt: null })
  await context.announce(dashboardChanged, { id: input.id, version: one.row.version })
  return readDashboard(context, input)
}
