/** What other modules ask about who takes part: entities by key or number, people by id, the organisation itself. */
import type { Context } from '#platform/context'
import { dayOf } from '#platform/periods'
import { found, refuse } from '#platform/refusal'
import { organisationRefusals } from '../contract.ts'
import {
  entitiesByKey,
  entitiesByNumber,
  type EntityRow,
  entityCount,
  entityPage,
  findEntity,
  insertEntities,
  listEntityRows,
  selectEntities,
  treeRows,
} from '../store/entities.ts'
import { entitiesChanged } from '../contract.ts'
import { findOrganisation, peopleById } from '../store/people.ts'

/** An entity as other modules know it. */
export interface EntityPlace {
  readonly key: string
  readonly number: number
  readonly name: string
  readonly kind: string
  /** Numbers from the root down to the entity itself. */
  readonly path: readonly number[]
}

const toPlace = (row: EntityRow): EntityPlace => ({
  key: row.key,
  number: row.number,
  name: row.name,
  kind: row.kind,
  path: row.path,
})

/** Those of the keys that exist. */
export async function lookUpEntities(context: Context, keys: readonly string[]): Promise<Map<string, EntityPlace>> {
  return new Map([...(await entitiesByKey(context, keys))].map(([key, row]) => [key, toPlace(row)]))
}
export async function lookUpEntityNumbers(
  context: Context,
  numbers: readonly number[],
): Promise<Map<number, EntityPlace>> {
  return new Map([...(await entitiesByNumber(context, numbers))].map(([number, row]) => [number, toPlace(row)]))
}
/** One entity; refuses with NOT_FOUND. */
export async function requireEntity(context: Context, key: string): Promise<EntityPlace> {
  return toPlace(found(await findEntity(context, key), 'entity', key))
}
/** Entities of a kind and/or below a node (itself included), by key. */
export async function findEntities(
  context: Context,
  filter: { below?: string | null; kind?: string | null; limit: number },
): Promise<EntityPlace[]> {
  const below = filter.below ? (await requireEntity(context, filter.below)).number : undefined
  return (await selectEntities(context, { below, kind: filter.kind ?? undefined, limit: filter.limit })).map(toPlace)
}
/** Where every entity stands in the tree, by key. */
export async function wholeTree(context: Context, limit: number): Promise<Omit<EntityPlace, 'name'>[]> {
  return treeRows(context, limit)
}

/** What entities may be grouped by. */
export interface EntityTraits extends EntityPlace {
  readonly region: string | null
  readonly attributes: Readonly<Record<string, string>>
}

/** As `findEntities`, with region and attributes. */
export async function findEntityTraits(
  context: Context,
  filter: { below?: string | null; kind?: string | null; limit: number },
): Promise<EntityTraits[]> {
  const below = filter.below ? (await requireEntity(context, filter.below)).number : undefined
  const rows = await selectEntities(context, { below, kind: filter.kind ?? undefined, limit: filter.limit })
  return rows.map((row) => ({ ...toPlace(row), region: row.region, attributes: row.attributes }))
}

/** Entities whose name or key holds the words, by key. */
export async function searchEntities(
  context: Context,
  search: string,
  filter: { kind?: string; limit: number },
): Promise<EntityPlace[]> {
  return (await listEntityRows(context, { search, ...filter })).map(toPlace)
}

/** How many entities of a kind there are, below a node where given. */
export async function countEntities(
  context: Context,
  filter: { below?: string | null; kind: string },
): Promise<number> {
  const below = filter.below ? (await requireEntity(context, filter.below)).number : undefined
  return entityCount(context, { below, kind: filter.kind })
}

/** All entities after a number, by number: for copying the tree in pages. */
export async function pageEntities(
  context: Context,
  after: number,
  limit: number,
  numbers: readonly number[] | null,
): Promise<EntityPlace[]> {
  return (await entityPage(context, after, limit, numbers)).map(toPlace)
}
/** Creates entities that an import met for the first time: the key serves as name until somebody gives a better one. */
export async function createMissingEntities(
  context: Context,
  keys: readonly string[],
  below: { kind: string; parentKey: string | null },
): Promise<EntityPlace[]> {
  const known = await entitiesByKey(context, keys)
  const missing = [...new Set(keys)].filter((key) => !known.has(key))
  if (missing.length === 0) return []
  const parent = below.parentKey === null ? null : await findEntity(context, below.parentKey)
  if (below.parentKey !== null && parent === null)
    refuse(organisationRefusals, 'PARENT_UNKNOWN', { key: below.parentKey })
  const drafts = missing.map((key) => ({
    key,
    name: key,
    kind: below.kind,
    parentKey: below.parentKey,
    region: null,
    latitudeDegrees: null,
    longitudeDegrees: null,
    attributes: {},
    parent: parent?.number ?? null,
    parentPath: parent?.path ?? [],
  }))
  const rows = await insertEntities(context, drafts)
  await context.announce(entitiesChanged, { numbers: rows.map((row) => row.number) })
  return rows.map((row) => ({ key: row.key, number: row.number, name: row.key, kind: below.kind, path: row.path }))
}

/** Those of the ids that are people of the organisation. */
export async function lookUpPeople(
  context: Context,
  ids: readonly string[],
): Promise<Map<string, { id: string; name: string }>> {
  const rows = await peopleById(context, ids)
  return new Map(rows.map((row) => [row.id, { id: row.id, name: row.name }]))
}
/** Name and time zone of the context's organisation. */
export async function readProfile(context: Context): Promise<{ name: string; timeZone: string; demo: boolean }> {
  const row = found(await findOrganisation(context), 'organisation', context.organisation)
  return { name: row.name, timeZone: row.timeZone, demo: row.demo }
}

/** The calendar day it is now, by the organisation's clock: what is due is due by it. */
export async function readToday(context: Context): Promise<string> {
  return dayOf(context.now, (await readProfile(context)).timeZone)
}
