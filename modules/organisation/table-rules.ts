import type { TableRule } from '#platform/migrations/table-rules'

/** An organisation sees itself and nothing of others; sign-in tables have no rule, so requests never reach them. Versions stay as they are. */
export const tableRules: readonly TableRule[] = [
  { table: 'organisation.organisation', rights: ['select'], organisationColumn: 'id' },
  { table: 'organisation.calendar_version', rights: ['select', 'insert'] },
]
