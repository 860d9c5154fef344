/** The hot path: one organisation's transaction in two round trips beside the work itself. */
import { PgDialect } from 'drizzle-orm/pg-core'
import { NodePgSession, NodePgTransaction } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { must } from '../refusal.ts'
import { RecordsUnavailable } from './faults.ts'
import type { RecordsTransaction } from './records.ts'

/** The role that requests work as: no login, no superuser, held by row-level security. */
export const ROLE = 'bihuan_app'
/** The login of the embedded database that may take this role and do nothing else. */
export const REQUEST_USER = 'bihuan_request'
/** The setting that row-level security compares every row's organisation with. */
export const ORGANISATION_SETTING = 'bihuan.organisation'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const dialect = new PgDialect()

export async function inOrganisation<T>(
  pool: pg.Pool,
  organisationId: string,
  work: (records: RecordsTransaction) => Promise<T>,
): Promise<T> {
  // The id stands in the text of the batch, so that opening costs one round trip: it must be a UUID and nothing else.
  must(UUID.test(organisationId), `an organisation is named by its uuid, not by "${organisationId}"`)
  const client = await pool.connect()
  const gate = openGate(client)
  let broken: Error | undefined
  try {
    await client.query(
      `begin; set local role ${ROLE}; select set_config('${ORGANISATION_SETTING}', '${organisationId}', true)`,
    )
    const session = new NodePgSession(gate.client, dialect, undefined, {})
    const result = await work(new NodePgTransaction(dialect, session, undefined))
    gate.shut()
    await commit(client)
    return result
  } catch (error) {
    gate.shut()
    broken = await rollBack(client)
    throw error
  } finally {
    client.release(broken)
  }
}

/**
 * A transaction kept past its end (a forgotten `await`) would run its statements on a connection that already serves
 * another organisation, or as the owner. The gate refuses them instead.
 */
function openGate(client: pg.PoolClient): { client: pg.PoolClient; shut: () => void } {
  let open = true
  const query = (...args: unknown[]) => {
    must(open, 'a transaction is used only until its work has ended; a statement came later (a missing await?)')
    return (client.query as (...args: unknown[]) => unknown)(...args)
  }
  return { client: { query: query.bind(client) } as unknown as pg.PoolClient, shut: () => (open = false) }
}

async function commit(client: pg.PoolClient): Promise<void> {
  const answer = await client.query('commit')
  // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error; silence here would lose the work.
  must(answer.command === 'COMMIT', 'a failed statement ends its transaction; an action caught the error and went on')
}

async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback')
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Makes the role that requests work as, once per server, and lets the login user take it. */
export async function prepareServer(pool: pg.Pool): Promise<void> {
  try {
    await pool.query(`
      do $$ begin
        if not exists (select from pg_roles where rolname = '${ROLE}') then
          create role ${ROLE} nologin nosuperuser nobypassrls nocreatedb nocreaterole;
        end if;
      exception when duplicate_object or unique_violation then null; end $$`)
    // Being a member is not always enough to take a role (PostgreSQL 16 and newer), so it is tried.
    await pool.query(`
      do $$ begin
        begin
          set local role ${ROLE};
          reset role;
        exception when insufficient_privilege then execute format('grant ${ROLE} to %I', current_user);
        end;
        if exists (select from pg_roles where rolname = '${REQUEST_USER}')
          and not pg_has_role('${REQUEST_USER}', '${ROLE}', 'member') then grant ${ROLE} to ${REQUEST_USER};
        end if;
        if exists (select from pg_roles where rolname = '${ROLE}' and (rolsuper or rolbypassrls)) then
          raise exception 'role ${ROLE} may not be superuser and may not bypass row security';
        end if;
      end $$`)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new RecordsUnavailable(
      'server-rights',
      `The records user could not prepare the role ${ROLE}: ${why}. Let a database administrator run once: ` +
        `create role ${ROLE} nologin; grant ${ROLE} to <the user of BIHUAN_RECORDS_URL>; ` +
        `grant create on database <the database> to <the user of BIHUAN_RECORDS_URL>;`,
      error,
    )
  }
}
