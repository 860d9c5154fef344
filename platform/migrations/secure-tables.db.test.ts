import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditEntry, idempotency } from '../records/tables.ts'
import { ORGANISATION, OTHER_ORGANISATION, type TestWorld, openTestWorld } from '../testing/world.ts'
import { ORGANISATION_POLICY, secureTables } from './secure-tables.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const remembered = (organisationId: string, key: string) => ({
  organisationId,
  actorId: 'someone',
  key,
  requestSha256: 'x',
  status: 200,
  createdAt: world.clock.now(),
})
const inside = <T>(organisation: string, work: Parameters<typeof world.records.inOrganisation<T>>[1]) =>
  world.records.inOrganisation(organisation, work)

test('every table with an organisation forces row-level security and carries the policy', async () => {
  const { rows } = await world.records.ownerPool.query(
    `select n.nspname || '.' || c.relname as name from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id'
      where c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity
        and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = $1))`,
    [ORGANISATION_POLICY],
  )
  expect(rows).toEqual([])
})

test('the role of requests owns nothing, is no superuser, and holds no right on tables without an organisation', async () => {
  const role = await world.records.ownerPool.query(
    `select rolsuper, rolbypassrls, rolcanlogin, rolcreaterole from pg_roles where rolname = 'bihuan_app'`,
  )
  expect(role.rows[0]).toEqual({ rolsuper: false, rolbypassrls: false, rolcanlogin: false, rolcreaterole: false })
  const open = await world.records.ownerPool.query(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relrowsecurity and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss')
        and has_table_privilege('bihuan_app', c.oid, 'select, insert, update, delete')`,
  )
  expect(open.rows).toEqual([])
})

test('shows an organisation its own rows, and none without one', async () => {
  await inside(ORGANISATION, (records) => records.insert(idempotency).values(remembered(ORGANISATION, 'a')))
  await inside(OTHER_ORGANISATION, (records) => records.insert(idempotency).values(remembered(OTHER_ORGANISATION, 'b')))
  const own = await inside(ORGANISATION, (records) => records.select().from(idempotency))
  expect(own.map((row) => row.key)).toEqual(['a'])
  const nobody = await inside(ORGANISATION, async (records) => {
    await records.execute(sql`select set_config('bihuan.organisation', '', true)`)
    return records.select().from(idempotency)
  })
  expect(nobody).toEqual([])
  expect((await world.records.owner.select().from(idempotency)).length).toBe(2)
})

test('a connection used before shows no rows to the role when no organisation is set', async () => {
  const client = await world.records.ownerPool.connect()
  await client.query(
    `begin; set local role bihuan_app; select set_config('bihuan.organisation', '${ORGANISATION}', true)`,
  )
  expect((await client.query('select * from platform.idempotency')).rowCount).toBe(1)
  await client.query('commit; begin; set local role bihuan_app')
  expect((await client.query('select * from platform.idempotency')).rowCount).toBe(0)
  await client.query('rollback')
  client.release()
})

test('leaving the role gains nothing: the login of requests has no right of its own', async () => {
  const escape = (statement: string) =>
    inside(ORGANISATION, async (records) => {
      await records.execute(sql.raw(statement))
      return records.select().from(idempotency)
    })
  for (const statement of [
    'reset role',
    'set role none',
    'set local role bihuan_owner',
    'reset session authorization',
  ]) {
    await expect(escape(statement)).rejects.toMatchObject({ cause: { code: '42501' } })
  }
})

test('refuses to write a row for another organisation, or to move one there', async () => {
  const forged = inside(ORGANISATION, (records) =>
    records.insert(idempotency).values(remembered(OTHER_ORGANISATION, 'c')),
  )
  await expect(forged).rejects.toMatchObject({ cause: { code: '42501' } })
  const moved = inside(ORGANISATION, (records) =>
    records.update(idempotency).set({ organisationId: OTHER_ORGANISATION }),
  )
  await expect(moved).rejects.toMatchObject({ cause: { code: '42501' } })
})

test('the audit trail is only added to', async () => {
  const entry = {
    id: world.platform.newId(),
    organisationId: ORGANISATION,
    at: world.clock.now(),
    actorKind: 'person',
    actorId: 'p',
    actorName: 'P',
    method: 'POST',
    path: '/api/x',
    routeName: 'x',
    outcome: 'done',
    status: 200,
    durationMilliseconds: 3,
    requestId: 'r',
  }
  await inside(ORGANISATION, (records) => records.insert(auditEntry).values(entry))
  const [kept] = await inside(ORGANISATION, (records) => records.select().from(auditEntry))
  expect(kept?.at.equals(world.clock.now())).toBe(true)
  const changed = inside(ORGANISATION, (records) => records.update(auditEntry).set({ outcome: 'other' }))
  await expect(changed).rejects.toMatchObject({ cause: { code: '42501' } })
  await expect(inside(ORGANISATION, (records) => records.delete(auditEntry))).rejects.toMatchObject({
    cause: { code: '42501' },
  })
})

test('finds a table whose fence was taken down and puts it back', async () => {
  const client = await world.records.ownerPool.connect()
  await client.query('create schema planted; create table planted.thing (id int, organisation_id uuid not null)')
  await client.query('alter table platform.idempotency no force row level security')
  await secureTables(client, [])
  const { rows } = await client.query(
    `select relname, relforcerowsecurity as forced from pg_class where oid in ('planted.thing'::regclass, 'platform.idempotency'::regclass)`,
  )
  client.release()
  expect(rows).toEqual(
    expect.arrayContaining([
      { relname: 'thing', forced: true },
      { relname: 'idempotency', forced: true },
    ]),
  )
})

test('a table rule for a table that does not exist is a mistake', async () => {
  const client = await world.records.ownerPool.connect()
  await expect(secureTables(client, [{ table: 'platform.nowhere', rights: [] }])).rejects.toThrow('platform.nowhere')
  client.release()
})
