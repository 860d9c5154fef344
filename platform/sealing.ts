/** Secrets the product must be able to use itself are kept sealed: AES-256-GCM with a key made of the installation's own secret. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

export interface Sealer {
  readonly seal: (text: string) => string
  /** Null where it was sealed by another installation, or changed since. */
  readonly open: (sealed: string) => string | null
  /** A secret nobody can foresee, in base64. */
  readonly newSecret: (bytes: number) => string
}

export function createSealer(secret: string): Sealer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'bihuan sealing', KEY_BYTES))
  return {
    seal: (text) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, key, nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
    },
    open: (sealed) => {
      try {
        const bytes = Buffer.from(sealed, 'base64')
        const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES))
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
        const body = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES))
        return Buffer.concat([body, decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
    newSecret: (bytes) => randomBytes(bytes).toString('base64'),
  }
}
