/** After every migration: each table of an organisation is fenced by row-level security, and rights are given anew. */
import type { PoolClient } from 'pg'
import { must } from '../refusal.ts'
import { ORGANISATION_SETTING, ROLE } from '../records/transactions.ts'
import { ORDINARY_RIGHTS, type TableRule } from './table-rules.ts'

/** Raise the number when the text of a policy changes: policies of other numbers are dropped. */
const POLICY_VERSION = 1
export const ORGANISATION_POLICY = `bihuan_organisation_${POLICY_VERSION}`
export const OWNER_POLICY = `bihuan_owner_${POLICY_VERSION}`

interface Table {
  schema: string
  name: string
  has_organisation: boolean
  secured: boolean
  policies: string[]
}

/** Schemas that are not ours: PostgreSQL's own, the job queues', and the migration tool's. */
const OUR_TABLES = `
  select n.nspname as schema, c.relname as name,
         exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped)
           as has_organisation,
         c.relrowsecurity and c.relforcerowsecurity as secured,
         array(select p.polname::text from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p') and n.nspname not in ('information_schema', 'pgboss', 'drizzle', 'public')
     and n.nspname not like 'pg\\_%'
   order by 1, 2`

/** Idempotent, in one transaction of the owner. Tables already fenced are not locked again. */
export async function secureTables(client: PoolClient, rules: readonly TableRule[]): Promise<void> {
  const { rows: tables } = await client.query<Table>(OUR_TABLES)
  const ruleOf = (table: Table) => rules.find((rule) => rule.table === `${table.schema}.${table.name}`)
  for (const rule of rules) {
    const exists = tables.some((table) => rule.table === `${table.schema}.${table.name}`)
    must(exists, `the table ${rule.table} of a table rule exists`)
  }
  const schemas = [...new Set(tables.map((table) => table.schema))]
  const statements = [
    ...schemas.map((schema) => `grant usage on schema ${quoted(schema)} to ${ROLE}`),
    ...schemas.map((schema) => `grant usage on all sequences in schema ${quoted(schema)} to ${ROLE}`),
    ...tables.flatMap((table) => [...fence(table, ruleOf(table)), ...grants(table, ruleOf(table))]),
  ]
  await client.query(`begin; ${statements.join('; ')}; commit`)
}

function fence(table: Table, rule: TableRule | undefined): string[] {
  const column = rule?.organisationColumn ?? (table.has_organisation ? 'organisation_id' : undefined)
  if (!column) return []
  const wanted = [ORGANISATION_POLICY, OWNER_POLICY]
  const complete = table.policies.length === wanted.length && wanted.every((name) => table.policies.includes(name))
  if (table.secured && complete) return []
  const name = nameOf(table)
  // After a transaction the setting is an empty text, not absent: without `nullif` the cast would fail instead of
  // showing no rows.
  const own = `${quoted(column)} = nullif(current_setting('${ORGANISATION_SETTING}', true), '')::uuid`
  return [
    `alter table ${name} enable row level security`,
    `alter table ${name} force row level security`,
    ...table.policies.map((policy) => `drop policy ${quoted(policy)} on ${name}`),
    `create policy ${ORGANISATION_POLICY} on ${name} for all to ${ROLE} using (${own}) with check (${own})`,
    // FORCE holds the owner too; on a server where the owner is no superuser, sign-in and migrations need this line.
    `create policy ${OWNER_POLICY} on ${name} for all to current_user using (true) with check (true)`,
  ]
}

function grants(table: Table, rule: TableRule | undefined): string[] {
  const rights = rule?.rights ?? (table.has_organisation ? ORDINARY_RIGHTS : [])
  const name = nameOf(table)
  const given = rights.length > 0 ? [`grant ${rights.join(', ')} on ${name} to ${ROLE}`] : []
  return [`revoke all on ${name} from ${ROLE}`, ...given]
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
const nameOf = (table: Table) => `${quoted(table.schema)}.${quoted(table.name)}`
