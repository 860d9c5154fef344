/** Files people attach as evidence. The bytes lie beside the records, named by their SHA-256. */
import { index, integer, text } from 'drizzle-orm/pg-core'
import { id, instant, organisationId } from '../records/columns.ts'
import { platformSchema } from '../records/tables.ts'

export const attachment = platformSchema.table(
  'attachment',
  {
    organisationId: organisationId(),
    id: id(),
    /** Of the bytes as they are kept, which is what is handed out again. */
    sha256: text('sha256').notNull(),
    name: text('name').notNull(),
    type: text('type').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    uploadedAt: instant('uploaded_at').notNull(),
    uploadedById: text('uploaded_by_id').notNull(),
    uploadedByName: text('uploaded_by_name').notNull(),
    /** What it is attached to, as `<module>.<thing> <id>`; null: nothing yet, and after a day it goes. */
    usedBy: text('used_by'),
  },
  (table) => [
    index('attachment_used_by').on(table.organisationId, table.usedBy),
    index('attachment_uploaded').on(table.organisationId, table.uploadedById, table.uploadedAt),
    index('attachment_content').on(table.organisationId, table.sha256),
  ],
)
