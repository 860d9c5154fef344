/** Signed messages as the Standard Webhooks specification writes them (standardwebhooks.com, 1.0): HMAC-SHA256 over id, time and body. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** How far a sender's clock, and a message's way, may be off. */
const TOLERANCE_SECONDS = 300
const ID_LENGTH_LIMIT = 200
const SECRET_PREFIX = 'whsec_'

export type SignatureVerdict = 'genuine' | 'headers-missing' | 'time-off' | 'signature-wrong'

export interface SignedHeaders {
  readonly id: string | undefined
  readonly timestamp: string | undefined
  /** One or more signatures, blanks between: `v1,<base64>`. */
  readonly signature: string | undefined
}

const headerText = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

export const signedHeaders = (headers: Readonly<Record<string, string | string[] | undefined>>): SignedHeaders => ({
  id: headerText(headers['webhook-id']),
  timestamp: headerText(headers['webhook-timestamp']),
  signature: headerText(headers['webhook-signature']),
})

export const shownSecret = (base64: string): string => SECRET_PREFIX + base64

/** `timestamp` in epoch seconds; the secret as it was told, with its prefix. */
export function signatureOf(secret: string, id: string, timestamp: string, body: Uint8Array): string {
  const key = Buffer.from(secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret, 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`
}

export function judgeSignature(
  secret: string,
  { id, timestamp, signature }: SignedHeaders,
  body: Uint8Array,
  now: Temporal.Instant,
): SignatureVerdict {
  if (!id || !timestamp || !signature || id.length > ID_LENGTH_LIMIT || /[^\x21-\x7e]/.test(id))
    return 'headers-missing'
  if (!/^\d{1,12}$/.test(timestamp)) return 'time-off'
  const offSeconds = Math.abs(now.epochMilliseconds / 1000 - Number(timestamp))
  if (offSeconds > TOLERANCE_SECONDS) return 'time-off'
  const expected = Buffer.from(signatureOf(secret, id, timestamp, body))
  const genuine = signature.split(' ').some((each) => {
    const given = Buffer.from(each)
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
  return genuine ? 'genuine' : 'signature-wrong'
}
