/** Reading and changing the tree of entities. */
import type { Context } from '#platform/context'
import { found, refuse } from '#platform/refusal'
import { type Entity, type EntityDraft, entitiesChanged, organisationRefusals } from '../contract.ts'
import { makesCycle } from '../rules.ts'
import {
  childCounts,
  countKinds,
  entitiesByNumber,
  type EntityRow,
  findEntity,
  insertEntities,
  listEntityRows,
  movePaths,
  type PlacedDraft,
  toEntity,
  updateEntities,
} from '../store/entities.ts'

async function present(context: Context, rows: readonly EntityRow[]): Promise<Entity[]> {
  const above = [...new Set(rows.flatMap((row) => row.path))]
  const ancestors = await entitiesByNumber(context, above)
  const counts = await childCounts(
    context,
    rows.map((row) => row.number),
  )
  return rows.map((row) => {
    const line = row.path.slice(0, -1).flatMap((number) => ancestors.get(number) ?? [])
    return toEntity(
      row,
      line.at(-1)?.key ?? null,
      line.map(({ key, name }) => ({ key, name })),
      counts.get(row.number) ?? 0,
    )
  })
}

export async function listEntities(
  context: Context,
  input: {
    parentKey?: string | undefined
    kind?: string | undefined
    search?: string | undefined
    cursor?: string | undefined
    limit: number
  },
) {
  const parent =
    input.parentKey === undefined
      ? undefined
      : input.parentKey === 'root'
        ? null
        : found(await findEntity(context, input.parentKey), 'entity', input.parentKey).number
  const rows = await listEntityRows(context, {
    parent,
    kind: input.kind,
    search: input.search,
    after: input.cursor,
    limit: input.limit + 1,
  })
  const shown = rows.slice(0, input.limit)
  return { rows: await present(context, shown), nextCursor: rows.length > input.limit ? shown.at(-1)!.key : null }
}

export async function readEntity(context: Context, input: { key: string }): Promise<Entity> {
  const row = found(await findEntity(context, input.key), 'entity', input.key)
  return (await present(context, [row]))[0]!
}

export const entityKinds = (context: Context) => countKinds(context)

async function place(context: Context, draft: EntityDraft): Promise<PlacedDraft> {
  if (draft.parentKey === null) return { ...draft, parent: null, parentPath: [] }
  const parent = await findEntity(context, draft.parentKey)
  if (!parent) return refuse(organisationRefusals, 'PARENT_UNKNOWN', { key: draft.parentKey })
  return { ...draft, parent: parent.number, parentPath: parent.path }
}

export async function createEntity(context: Context, draft: EntityDraft): Promise<Entity> {
  if (await findEntity(context, draft.key)) refuse(organisationRefusals, 'ENTITY_KEY_TAKEN', { key: draft.key })
  const [created] = await insertEntities(context, [await place(context, draft)])
  await context.announce(entitiesChanged, { numbers: [created!.number] })
  return readEntity(context, { key: draft.key })
}

export async function updateEntity(context: Context, draft: EntityDraft): Promise<Entity> {
  const before = found(await findEntity(context, draft.key), 'entity', draft.key)
  const placed = await place(context, draft)
  if (makesCycle(before.number, placed.parentPath)) refuse(organisationRefusals, 'TREE_CYCLE', { key: draft.key })
  await updateEntities(context, [placed])
  const moved = before.parent !== placed.parent
  if (moved) await movePaths(context, before.number, placed.parentPath)
  // A move changes the place of everything below: whoever copies the tree reads all of it again.
  await context.announce(entitiesChanged, { numbers: moved ? null : [before.number] })
  return readEntity(context, { key: draft.key })
}
