/** Queries over labelled incidents. */
import { and, desc, eq, gte, isNull, lte, or, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { isUuid } from '#platform/records/columns'
import { incident } from '../tables/incidents.ts'

export type IncidentRow = Omit<typeof incident.$inferSelect, 'organisationId'>

export async function listIncidentRows(
  context: Context,
  filter: {
    entity?: number | undefined
    rule?: string | undefined
    after?: { from: string; id: string } | undefined
    limit: number
  },
): Promise<IncidentRow[]> {
  const { entity, rule, after } = filter
  return context.records
    .select()
    .from(incident)
    .where(
      and(
        entity === undefined ? undefined : eq(incident.entity, entity),
        rule === undefined ? undefined : or(eq(incident.ruleId, rule), isNull(incident.ruleId)),
        after ? sql`(${incident.from}, ${incident.id}) < (${after.from}::date, ${after.id}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(incident.from), desc(incident.id))
    .limit(filter.limit)
}

/** Labels one trial looks at. */
const INCIDENTS_LIMIT = 20_000

/** Those that touch the days from `from` to `until` and belong to the rule or to any. */
export async function incidentsWithin(
  context: Context,
  ruleId: string,
  from: string,
  until: string,
): Promise<IncidentRow[]> {
  return context.records
    .select()
    .from(incident)
    .where(
      and(
        lte(incident.from, Temporal.PlainDate.from(until)),
        gte(incident.until, Temporal.PlainDate.from(from)),
        or(eq(incident.ruleId, ruleId), isNull(incident.ruleId)),
      ),
    )
    .limit(INCIDENTS_LIMIT)
}

/** A second label of the same alert replaces the first. */
export async function saveIncidentRow(context: Context, row: IncidentRow): Promise<IncidentRow> {
  const { id: _id, ...change } = row
  const insert = context.records.insert(incident).values({ ...row, organisationId: context.organisation })
  const [saved] =
    row.alertId === null
      ? await insert.returning()
      : await insert
          .onConflictDoUpdate({
            target: [incident.organisationId, incident.alertId],
            targetWhere: sql`${incident.alertId} is not null`,
            set: change,
          })
          .returning()
  return saved!
}

export async function deleteIncident(context: Context, id: string): Promise<boolean> {
  if (!isUuid(id)) return false
  const gone = await context.records.delete(incident).where(eq(incident.id, id)).returning({ id: incident.id })
  return gone.length > 0
}
