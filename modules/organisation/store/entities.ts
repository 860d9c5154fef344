/** Queries over the tree of entities. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { Entity, EntityDraft } from '../contract.ts'
import { entity } from '../tables.ts'

export type EntityRow = typeof entity.$inferSelect

export async function findEntity(context: Context, key: string): Promise<EntityRow | null> {
  const [row] = await context.records.select().from(entity).where(eq(entity.key, key))
  return row ?? null
}

export async function entitiesByKey(context: Context, keys: readonly string[]): Promise<Map<string, EntityRow>> {
  if (keys.length === 0) return new Map()
  // One array parameter instead of one parameter per key: PostgreSQL allows 65,535 parameters at most.
  const rows = await context.records
    .select()
    .from(entity)
    .where(sql`${entity.key} = any(${sql.param([...keys])}::text[])`)
  return new Map(rows.map((row) => [row.key, row]))
}

export async function entitiesByNumber(context: Context, numbers: readonly number[]): Promise<Map<number, EntityRow>> {
  if (numbers.length === 0) return new Map()
  const rows = await context.records
    .select()
    .from(entity)
    .where(sql`${entity.number} = any(${sql.param([...numbers])}::bigint[])`)
  return new Map(rows.map((row) => [row.number, row]))
}

/** Number, key, name, kind and path of every entity below a node (itself included), or of all; by number, in pages. */
export async function entityPage(
  context: Context,
  after: number,
  limit: number,
  numbers: readonly number[] | null,
): Promise<EntityRow[]> {
  const asked = numbers === null ? undefined : sql`${entity.number} = any(${sql.param([...numbers])}::bigint[])`
  return context.records
    .select()
    .from(entity)
    .where(and(sql`${entity.number} > ${after}`, asked))
    .orderBy(asc(entity.number))
    .limit(limit)
}

export async function selectEntities(
  context: Context,
  filter: { below?: number | undefined; kind?: string | undefined; limit: number },
): Promise<EntityRow[]> {
  const below = filter.below === undefined ? undefined : sql`${entity.path} @> array[${filter.below}]::bigint[]`
  const kind = filter.kind === undefined ? undefined : eq(entity.kind, filter.kind)
  return context.records.select().from(entity).where(and(below, kind)).orderBy(asc(entity.key)).limit(filter.limit)
}

/** Where every entity stands, by key; at most so many. */
export async function treeRows(
  context: Context,
  limit: number,
): Promise<{ number: number; key: string; kind: string; path: number[] }[]> {
  const { number, key, kind, path } = entity
  return context.records.select({ number, key, kind, path }).from(entity).orderBy(asc(key)).limit(limit)
}

export async function entityCount(
  context: Context,
  filter: { below?: number | undefined; kind: string },
): Promise<number> {
  const below = filter.below === undefined ? undefined : sql`${entity.path} @> array[${filter.below}]::bigint[]`
  const [row] = await context.records
    .select({ count: sql<number>`count(*)::int` })
    .from(entity)
    .where(and(below, eq(entity.kind, filter.kind)))
  return row!.count
}

export async function listEntityRows(
  context: Context,
  filter: {
    parent?: number | null | undefined
    kind?: string | undefined
    search?: string | undefined
    after?: string | undefined
    limit: number
  },
): Promise<EntityRow[]> {
  const { parent, kind, search, after } = filter
  const pattern = search ? `%${search.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%` : null
  return context.records
    .select()
    .from(entity)
    .where(
      and(
        parent === undefined ? undefined : parent === null ? sql`${entity.parent} is null` : eq(entity.parent, parent),
        kind ? eq(entity.kind, kind) : undefined,
        pattern === null
          ? undefined
          : sql`(lower(${entity.name}) like ${pattern} or lower(${entity.key}) like ${pattern})`,
        after === undefined ? undefined : sql`${entity.key} > ${after}`,
      ),
    )
    .orderBy(asc(entity.key))
    .limit(filter.limit)
}

export async function childCounts(context: Context, numbers: readonly number[]): Promise<Map<number, number>> {
  if (numbers.length === 0) return new Map()
  const rows = await context.records
    .select({ parent: entity.parent, count: sql<number>`count(*)::int` })
    .from(entity)
    .where(inArray(entity.parent, [...numbers]))
    .groupBy(entity.parent)
  return new Map(rows.map((row) => [row.parent!, row.count]))
}

export async function countKinds(context: Context): Promise<{ kind: string; count: number }[]> {
  return context.records
    .select({ kind: entity.kind, count: sql<number>`count(*)::int` })
    .from(entity)
    .groupBy(entity.kind)
    .orderBy(sql`count(*)`, entity.kind)
}

export interface PlacedDraft extends EntityDraft {
  readonly parent: number | null
  readonly parentPath: readonly number[]
}

const columnsOf = (organisation: string, drafts: readonly PlacedDraft[]) =>
  JSON.stringify(
    drafts.map((draft) => ({
      organisation_id: organisation,
      key: draft.key,
      name: draft.name,
      kind: draft.kind,
      parent: draft.parent,
      parent_path: draft.parentPath,
      region: draft.region,
      latitude_degrees: draft.latitudeDegrees,
      longitude_degrees: draft.longitudeDegrees,
      attributes: draft.attributes,
    })),
  )

const incoming = sql.raw(
  `(organisation_id uuid, key text, name text, kind text, parent bigint, parent_path bigint[], region text,
    latitude_degrees double precision, longitude_degrees double precision, attributes jsonb)`,
)

/** Writes many new entities in one statement; gives back the number of each key. */
export async function insertEntities(
  context: Context,
  drafts: readonly PlacedDraft[],
): Promise<{ key: string; number: number; path: number[] }[]> {
  const answer = await context.records.execute<{ key: string; number: string; path: string[] }>(sql`
    with incoming as (
      select *, nextval(pg_get_serial_sequence('organisation.entity', 'number')) as number
        from jsonb_to_recordset(${columnsOf(context.organisation, drafts)}::jsonb) as row ${incoming}
    )
    insert into organisation.entity
      (organisation_id, number, key, name, kind, parent, path, region, latitude_degrees, longitude_degrees, attributes)
      overriding system value
    select organisation_id, number, key, name, kind, parent, parent_path || number, region, latitude_degrees, longitude_degrees, attributes
      from incoming
    returning key, number, path`)
  return answer.rows.map((row) => ({ key: row.key, number: Number(row.number), path: row.path.map(Number) }))
}

/** Changes many entities in one statement, by key. Their descendants' paths are mended by `movePaths`. */
export async function updateEntities(context: Context, drafts: readonly PlacedDraft[]): Promise<void> {
  await context.records.execute(sql`
    update organisation.entity e
       set name = i.name, kind = i.kind, parent = i.parent, region = i.region, latitude_degrees = i.latitude_degrees,
           longitude_degrees = i.longitude_degrees, attributes = i.attributes
      from jsonb_to_recordset(${columnsOf(context.organisation, drafts)}::jsonb) as i ${incoming}
     where e.organisation_id = i.organisation_id and e.key = i.key`)
}

/** An entity moved: its path and those of everything below it start anew from the new parent's. */
export async function movePaths(context: Context, moved: number, parentPath: readonly number[]): Promise<void> {
  await context.records.execute(sql`
    update organisation.entity
       set path = ${sql.param([...parentPath])}::bigint[] || path[array_position(path, ${moved}::bigint):]
     where organisation_id = ${context.organisation}::uuid and path @> array[${moved}]::bigint[]`)
}

export function toEntity(
  row: EntityRow,
  parentKey: string | null,
  ancestors: Entity['ancestors'],
  childCount: number,
): Entity {
  return {
    key: row.key,
    name: row.name,
    kind: row.kind,
    parentKey,
    region: row.region,
    latitudeDegrees: row.latitudeDegrees,
    longitudeDegrees: row.longitudeDegrees,
    attributes: row.attributes,
    number: row.number,
    childCount,
    ancestors,
  }
}
