/** Queries over schemes and their versions. */
import { and, asc, desc, eq, isNotNull } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { Adoption, Scheme, SchemeDraft } from '../contract.ts'
import { scheme } from '../tables.ts'

type Row = typeof scheme.$inferSelect

const toScheme = (row: Row): Scheme => ({
  ...row.draft,
  version: row.version,
  state: row.adoption === null ? 'proposed' : 'adopted',
  adoption: row.adoption,
  createdAt: row.createdAt.toString(),
  createdBy: row.createdBy,
  adoptedAt: row.adoptedAt?.toString() ?? null,
  adoptedBy: row.adoptedBy,
})

/** Of one scheme or of all, oldest version first. */
export async function versionRows(context: Context, id?: string): Promise<Scheme[]> {
  const rows = await context.records
    .select()
    .from(scheme)
    .where(id === undefined ? undefined : eq(scheme.id, id))
    .orderBy(asc(scheme.id), asc(scheme.version))
  return rows.map(toScheme)
}

export async function adoptedVersions(context: Context, id?: string): Promise<(Scheme & { adoption: Adoption })[]> {
  const rows = await context.records
    .select()
    .from(scheme)
    .where(and(id === undefined ? undefined : eq(scheme.id, id), isNotNull(scheme.adoption)))
    .orderBy(asc(scheme.id), asc(scheme.version))
  return rows.map((row) => ({ ...toScheme(row), adoption: row.adoption! }))
}

export async function findVersion(context: Context, id: string, version: number): Promise<Scheme | null> {
  const [row] = await context.records
    .select()
    .from(scheme)
    .where(and(eq(scheme.id, id), eq(scheme.version, version)))
  return row ? toScheme(row) : null
}

/** Two who save at once wait for each other: the number of the newest version, locked. */
export async function lockNewest(context: Context, id: string): Promise<number> {
  const [row] = await context.records
    .select({ version: scheme.version })
    .from(scheme)
    .where(eq(scheme.id, id))
    .orderBy(desc(scheme.version))
    .limit(1)
    .for('update')
  return row?.version ?? 0
}

export async function insertVersion(
  context: Context,
  draft: SchemeDraft,
  version: number,
  adoption: Adoption | null,
): Promise<void> {
  await context.records.insert(scheme).values({
    organisationId: context.organisation,
    id: draft.id,
    version,
    draft,
    adoption,
    createdAt: context.now,
    createdBy: context.who.name,
    adoptedAt: adoption === null ? null : context.now,
    adoptedBy: adoption === null ? null : context.who.name,
  })
}

export async function setAdoption(context: Context, id: string, version: number, adoption: Adoption): Promise<void> {
  await context.records
    .update(scheme)
    .set({ adoption, adoptedAt: context.now, adoptedBy: context.who.name })
    .where(and(eq(scheme.id, id), eq(scheme.version, version)))
}
