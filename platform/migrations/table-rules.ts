/** What the role of requests may do with tables that differ from the ordinary ones. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export type TableRight = 'select' | 'insert' | 'update' | 'delete'

/**
 * An ordinary table has a column `organisation_id`, is fenced by it, and may be read and written. A rule is needed for a
 * table that is narrower (only added to), fenced by another column, or without an organisation but to be seen by all.
 */
export interface TableRule {
  /** `<schema>.<table>` */
  readonly table: string
  readonly rights: readonly TableRight[]
  /** The column holding the organisation's id where it is not `organisation_id`. */
  readonly organisationColumn?: string
}

export const ORDINARY_RIGHTS: readonly TableRight[] = ['select', 'insert', 'update', 'delete']

/** The floor's own: what was said and done is only ever added. */
export const platformTableRules: readonly TableRule[] = [
  { table: 'platform.audit_entry', rights: ['select', 'insert'] },
  { table: 'platform.outbox_event', rights: ['select', 'insert'] },
  { table: 'platform.delivery', rights: ['select', 'insert'] },
]

/** The rules of the modules: every `modules/<name>/table-rules.ts` exports `tableRules`. */
export async function readTableRules(modulesFolder: string): Promise<readonly TableRule[]> {
  const rules: TableRule[] = [...platformTableRules]
  const folders = existsSync(modulesFolder) ? readdirSync(modulesFolder).sort() : []
  for (const folder of folders) {
    const file = join(modulesFolder, folder, 'table-rules.ts')
    if (!existsSync(file)) continue
    const loaded = (await import(pathToFileURL(file).href)) as { tableRules?: readonly TableRule[] }
    rules.push(...(loaded.tableRules ?? []))
  }
  return rules
}
