/** Queries over calendars, their versions and the settings of periods. */
import { asc, desc, eq } from 'drizzle-orm'
import type { Context } from '#platform/context'
import type { CalendarDraft, PeriodSettings } from '../contract.ts'
import { calendar, calendarVersion, periodSettings } from '../tables.ts'

export type CalendarVersionRow = typeof calendarVersion.$inferSelect

/** Every calendar with its newest version, by id. Versions are numbered without gaps, so the newest number is their count. */
export async function calendarRows(context: Context) {
  return context.records
    .selectDistinctOn([calendar.id], {
      id: calendar.id,
      name: calendar.name,
      timeZone: calendar.timeZone,
      version: calendarVersion.version,
      effectiveFrom: calendarVersion.effectiveFrom,
      content: calendarVersion.content,
    })
    .from(calendar)
    .innerJoin(calendarVersion, eq(calendarVersion.calendarId, calendar.id))
    .orderBy(asc(calendar.id), desc(calendarVersion.version))
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
