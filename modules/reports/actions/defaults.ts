/** Earlier versions, and what people begin with. */
import type { RoleName } from '#organisation/contract'
import { z } from 'zod'
import type { Context } from '#platform/context'
import { readCursor, toPage, writeCursor } from '#platform/paging'
import { found, refuse } from '#platform/refusal'
import { type Dashboard, type DashboardVersion, reportRefusals } from '../contract.ts'
import { homeOf, maySee, roleSees } from '../rules/sharing.ts'
import {
  defaultRows,
  findChosen,
  findDashboard,
  findVersion,
  putChosen,
  putDefault,
  updateDashboard,
  type VersionRow,
  versionRows,
} from '../store/dashboards.ts'
import { ownedOf, requireEditable, requireVisible, writeVersion } from './dashboards.ts'

const toVersion = (row: VersionRow): DashboardVersion => ({
  version: row.version,
  savedAt: row.savedAt.toString(),
  savedBy: row.savedBy,
  restoredFrom: row.restoredFrom,
  tileCount: row.tileCount,
})

export async function listVersions(
  context: Context,
  input: { id: string; cursor?: string | undefined; limit: number },
) {
  await requireVisible(context, input.id)
  const place = readCursor(input.cursor, z.tuple([z.number().int()]))
  const rows = await versionRows(context, input.id, { before: place?.[0], limit: input.limit + 1 })
  const { shown, nextCursor } = toPage(rows, input.limit, (row) => writeCursor(row.version))
  return { rows: shown.map(toVersion), nextCursor }
}

export async function readVersion(context: Context, input: { id: string; version: number }) {
  await requireVisible(context, input.id)
  const row = found(await findVersion(context, input.id, input.version), 'version', String(input.version))
  return { ...toVersion(row), draft: row.draft }
}

export async function restoreVersion(context: Context, input: { id: string; version: number }): Promise<Dashboard> {
  const { one } = await requireEditable(context, input.id)
  const row = found(await findVersion(context, input.id, input.version), 'version', String(input.version))
  await updateDashboard(context, input.id, { version: one.row.version + 1 })
  return writeVersion(context, input.id, one.row.version + 1, row.draft, row.version)
}

export async function listDefaults(context: Context) {
  return (await defaultRows(context)).map((row) => ({
    role: row.role,
    id: row.id,
    title: row.draft.title,
    setBy: row.setBy,
    setAt: row.setAt.toString(),
  }))
}

export async function setRoleDefault(
  context: Context,
  input: { role: RoleName; id: string | null },
): Promise<Record<string, never>> {
  if (input.id !== null) {
    const { one, owned } = await requireVisible(context, input.id)
    if (one.row.kind === 'wall') refuse(reportRefusals, 'NO_DESK')
    if (!roleSees(owned.sharing, input.role)) refuse(reportRefusals, 'NOT_SHARED_WITH_ROLE', { role: input.role })
  }
  await putDefault(context, input.role, input.id)
  return {}
}

export async function chooseHome(context: Context, input: { id: string | null }): Promise<Record<string, never>> {
  if (input.id !== null) {
    const { one } = await requireVisible(context, input.id)
    if (one.row.kind === 'wall') refuse(reportRefusals, 'NO_DESK')
  }
  await putChosen(context, input.id)
  return {}
}

export async function homeDashboard(context: Context) {
  const chosen = await findChosen(context)
  const standing = chosen === null ? null : await visibleOrNull(context, chosen)
  return homeOf(standing, context.who.roles, await defaultRows(context))
}

/** A chosen dashboard may since have been taken away, or no longer be shared. */
async function visibleOrNull(context: Context, id: string): Promise<string | null> {
  const one = await findDashboard(context, id)
  if (!one || one.row.deletedAt !== null) return null
  return maySee(context.who, ownedOf(one, [])) ? id : null
}
