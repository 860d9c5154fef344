/** Ed25519 (RFC 8032) over texts: keys as they are kept, signatures and checks. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'

const KEY_ID_LENGTH = 16
const PUBLIC_KEY_BYTES = 32

export interface KeyPair {
  readonly keyId: string
  /** Base64 of the 32 bytes. */
  readonly publicKey: string
  /** PKCS #8, DER, base64. */
  readonly privateKey: string
}

export function newKeyPair(): KeyPair {
  const pair = generateKeyPairSync('ed25519')
  const { x } = pair.publicKey.export({ format: 'jwk' })
  const publicKey = Buffer.from(x!, 'base64url').toString('base64')
  return {
    keyId: keyIdOf(publicKey),
    publicKey,
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  }
}

/** The first 16 hexadecimal digits of the SHA-256 of the key's bytes. */
export const keyIdOf = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, KEY_ID_LENGTH)

/** Base64 of the 64 bytes. */
export function signText(text: string, privateKey: string): string {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), type: 'pkcs8', format: 'der' })
  return sign(null, Buffer.from(text, 'utf8'), key).toString('base64')
}

/** False for what is no key or no signature. */
export function textIsSigned(text: string, signature: string, publicKey: string): boolean {
  const bytes = Buffer.from(publicKey, 'base64')
  if (bytes.length !== PUBLIC_KEY_BYTES) return false
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }, format: 'jwk' })
    return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
