/** Queries over calendars, their versions and the settings of periods. */
import { asc, eq, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { CalendarDraft, PeriodSettings } from '../contract.ts'
import { calendar, calendarVersion, periodSettings } from '../tables.ts'

export type CalendarVersionRow = typeof calendarVersion.$inferSelect

export async function calendarRows(context: Context) {
  return context.records
    .select({
      id: calendar.id,
      name: calendar.name,
      timeZone: calendar.timeZone,
      versionCount: sql<number>`count(${calendarVersion.version})::int`,
      effectiveFrom: sql<string>`max(${calendarVersion.effectiveFrom})::text`,
    })
    .from(calendar)
    .innerJoin(calendarVersion, eq(calendarVersion.calendarId, calendar.id))
    .groupBy(calendar.id, calendar.name, calendar.timeZone)
    .orderBy(asc(calendar.id))
}

export async function findCalendar(context: Context, id: string) {
  const [row] = await context.records.select().from(calendar).where(eq(calendar.id, id))
  return row ?? null
}

/** Oldest first. */
export async function calendarVersionRows(context: Context, id: string): Promise<CalendarVersionRow[]> {
  return context.records
    .select()
    .from(calendarVersion)
    .where(eq(calendarVersion.calendarId, id))
    .orderBy(asc(calendarVersion.version))
}

/** Makes the calendar or renames it; its row stays locked until the transaction ends, so that versions are numbered one by one. */
export async function keepCalendar(context: Context, draft: CalendarDraft, timeZone: string): Promise<void> {
  await context.records
    .insert(calendar)
    .values({ organisationId: context.organisation, id: draft.id, name: draft.name, timeZone })
    .onConflictDoUpdate({ target: [calendar.organisationId, calendar.id], set: { name: draft.name } })
}

export async function insertCalendarVersion(
  context: Context,
  row: Pick<CalendarVersionRow, 'calendarId' | 'version' | 'effectiveFrom' | 'content'>,
): Promise<void> {
  await context.records.insert(calendarVersion).values({
    ...row,
    organisationId: context.organisation,
    recordedAt: context.now,
    recordedBy: context.who.id,
  })
}

export async function findPeriodSettings(context: Context): Promise<PeriodSettings | null> {
  const [row] = await context.records.select({ settings: periodSettings.settings }).from(periodSettings)
  return row?.settings ?? null
}

export async function keepPeriodSettings(context: Context, settings: PeriodSettings): Promise<void> {
  await context.records
    .insert(periodSettings)
    .values({ organisationId: context.organisation, settings })
    .onConflictDoUpdate({ target: periodSettings.organisationId, set: { settings } })
}
