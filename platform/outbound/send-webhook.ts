/** One attempt to deliver a signed message (Standard Webhooks 1.0), and when to try again. */
import { ask, told } from './ask.ts'
import { signatureOf } from './signature.ts'

/** How long the receiver may take: it should store the message and answer, and work afterwards. */
export const WEBHOOK_ANSWER_MILLISECONDS = 10_000
/** Of the answer only the status counts; more than this is not even read. */
const ANSWER_LIMIT_BYTES = 64 * 1024

export interface Attempt {
  readonly status: number | null
  /** Null where it was delivered. */
  readonly problem: 'status' | 'gone' | 'private' | 'slow' | 'unreachable' | 'secret-lost' | null
}

export async function sendWebhook(message: {
  readonly url: string
  readonly secret: string
  readonly id: string
  readonly body: string
  readonly now: Temporal.Instant
  readonly privateAllowed: boolean
}): Promise<Attempt> {
  const { url, secret, id, now, privateAllowed } = message
  const body = Buffer.from(message.body, 'utf8')
  const timestamp = String(Math.floor(now.epochMilliseconds / 1000))
  try {
    const answer = await ask({
      url: new URL(url),
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': String(body.length),
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signatureOf(secret, id, timestamp, body),
      },
      body,
      privateAllowed,
      silenceMilliseconds: WEBHOOK_ANSWER_MILLISECONDS,
      until: AbortSignal.timeout(WEBHOOK_ANSWER_MILLISECONDS),
    })
    const status = answer.statusCode ?? 0
    let sizeBytes = 0
    answer.on('error', () => {})
    answer.on('data', (chunk: Uint8Array) => {
      sizeBytes += chunk.length
      if (sizeBytes > ANSWER_LIMIT_BYTES) answer.destroy()
    })
    if (status >= 200 && status < 300) return { status, problem: null }
    return { status, problem: status === 410 ? 'gone' : 'status' }
  } catch (error) {
    return { status: null, problem: told(error).code }
  }
}

/** The waits the specification suggests, from the first attempt on. */
const WAITS_MINUTES = [1, 5, 30, 120, 300, 600, 840, 1200, 1440] as const
export const ATTEMPTS_LIMIT = WAITS_MINUTES.length + 1
/** A tenth to either side, so that many messages that failed together do not come back together. */
const SPREAD = 0.1

/** Null after the last one. `attempts`: made so far, this one included; `chance` in [0, 1). */
export function nextAttempt(attempts: number, now: Temporal.Instant, chance: number): Temporal.Instant | null {
  const minutes = WAITS_MINUTES[attempts - 1]
  if (minutes === undefined) return null
  return now.add({ seconds: Math.round(minutes * 60 * (1 + SPREAD * (2 * chance - 1))) })
}
