/** Keys an organisation signs with. Public halves stay for good, so that what was signed once can always be checked. */
import { sql } from 'drizzle-orm'
import { index, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant, organisationId } from '../records/columns.ts'
import { platformSchema } from '../records/tables.ts'

export const signingKey = platformSchema.table(
  'signing_key',
  {
    organisationId: organisationId(),
    /** The beginning of the SHA-256 of the public key: whoever has the key can tell its name. */
    keyId: text('key_id').notNull(),
    /** Base64 of the 32 bytes. */
    publicKey: text('public_key').notNull(),
    /** The private key (PKCS #8, DER, base64), sealed. */
    sealed: text('sealed').notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    retiredAt: instant('retired_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.keyId] }),
    // Two who make the first key at once: one of them waits and finds the other's.
    uniqueIndex('signing_key_in_use').on(table.organisationId).where(sql`${table.retiredAt} is null`),
    index('signing_key_newest').on(table.organisationId, table.createdAt),
  ],
)
