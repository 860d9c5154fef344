/** Signs content for an organisation, so that anybody can tell it is the organisation's and was not changed since. */
import { asc, desc, eq, isNull } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { must, refuse } from '../refusal.ts'
import type { Sealer } from '../sealing.ts'
import { canonicalText } from '../text/canonical-text.ts'
import { newKeyPair, signText } from './ed25519.ts'
import { signingKey } from './tables.ts'

export interface Signature {
  readonly algorithm: 'Ed25519'
  readonly keyId: string
  /** Base64 of the 32 bytes. */
  readonly publicKey: string
  readonly signedAt: string
  /** Base64, over the canonical text of the content in UTF-8. */
  readonly value: string
}
export interface Signed<T> {
  readonly content: T
  readonly signature: Signature
}
export interface PublicKey {
  readonly keyId: string
  readonly publicKey: string
  readonly createdAt: string
  /** Since when another key signs; null: this one does. */
  readonly retiredAt: string | null
}

export interface Signer {
  /** The first call of an organisation makes its key. */
  readonly signed: <T>(context: Context, content: T) => Promise<Signed<T>>
  /** All there ever were, first to last. */
  readonly publicKeys: (context: Context) => Promise<PublicKey[]>
  /** A new key signs from now on; what the old ones signed stays good. */
  readonly rotate: (context: Context) => Promise<PublicKey>
}

export const signingRefusals = {
  SIGNING_KEY_LOST: {
    status: 409,
    message:
      'The key this organisation signs with was sealed by another installation and cannot be opened here. Begin a new one under keys.',
  },
} as const

type Row = typeof signingKey.$inferSelect

export function createSigner(sealer: Sealer): Signer {
  const inUse = async (context: Context): Promise<Row | null> => {
    const [row] = await context.records.select().from(signingKey).where(isNull(signingKey.retiredAt))
    return row ?? null
  }
  const make = async (context: Context): Promise<Row> => {
    const { keyId, publicKey, privateKey } = newKeyPair()
    await context.records
      .insert(signingKey)
      .values({
        organisationId: context.organisation,
        keyId,
        publicKey,
        sealed: sealer.seal(privateKey),
        createdAt: context.now,
        createdBy: context.who.name,
      })
      .onConflictDoNothing()
    const row = await inUse(context)
    must(row, 'an organisation that made its key has one')
    return row
  }
  return {
    signed: async (context, content) => {
      const row = (await inUse(context)) ?? (await make(context))
      const privateKey = sealer.open(row.sealed)
      if (privateKey === null) return refuse(signingRefusals, 'SIGNING_KEY_LOST')
      const { keyId, publicKey } = row
      const value = signText(canonicalText(content), privateKey)
      const signedAt = context.now.toString()
      return { content, signature: { algorithm: 'Ed25519', keyId, publicKey, signedAt, value } }
    },
    publicKeys: async (context) => {
      const rows = await context.records
        .select()
        .from(signingKey)
        .orderBy(asc(signingKey.createdAt), desc(signingKey.retiredAt))
      return rows.map(toPublicKey)
    },
    rotate: async (context) => {
      // Locked, so that of two who rotate at once the second retires the first one's key and not the same old one.
      const [old] = await context.records.select().from(signingKey).where(isNull(signingKey.retiredAt)).for('update')
      if (old)
        await context.records.update(signingKey).set({ retiredAt: context.now }).where(eq(signingKey.keyId, old.keyId))
      return toPublicKey(await make(context))
    },
  }
}

const toPublicKey = (row: Row): PublicKey => ({
  keyId: row.keyId,
  publicKey: row.publicKey,
  createdAt: row.createdAt.toString(),
  retiredAt: row.retiredAt?.toString() ?? null,
})
