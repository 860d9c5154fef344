/** Sends one message to a group robot: signed where it has a secret, through the guard of addresses, never following anywhere. */
import { ask, told } from '#platform/outbound/ask'
import { type GroupRobot, judgeAnswer } from '../rules/robots.ts'
import type { Outcome } from './outcome.ts'
import { dingtalkSign, feishuSign } from './sign.ts'

/** How long a robot may take to answer. */
export const ANSWER_MILLISECONDS = 10_000
/** Of an answer so much is read and no more. */
const ANSWER_LIMIT_BYTES = 8 * 1024

export interface RobotCall {
  readonly kind: GroupRobot
  readonly url: string
  readonly secret: string | null
  readonly body: Readonly<Record<string, unknown>>
  readonly now: Temporal.Instant
  readonly privateAllowed: boolean
  readonly answerMilliseconds?: number
}

/** The address and body with the signature of the maker. */
export function signed(call: Pick<RobotCall, 'kind' | 'url' | 'secret' | 'body' | 'now'>): { url: URL; body: string } {
  const url = new URL(call.url)
  const milliseconds = call.now.epochMilliseconds
  if (call.secret === null || call.kind === 'wecom') return { url, body: JSON.stringify(call.body) }
  if (call.kind === 'dingtalk') {
    url.searchParams.set('timestamp', String(milliseconds))
    url.searchParams.set('sign', dingtalkSign(call.secret, milliseconds))
    return { url, body: JSON.stringify(call.body) }
  }
  const seconds = Math.floor(milliseconds / 1000)
  return {
    url,
    body: JSON.stringify({ timestamp: String(seconds), sign: feishuSign(call.secret, seconds), ...call.body }),
  }
}

export async function sendToRobot(call: RobotCall): Promise<Outcome> {
  const limit = call.answerMilliseconds ?? ANSWER_MILLISECONDS
  const { url, body } = signed(call)
  const bytes = Buffer.from(body, 'utf8')
  try {
    const answer = await ask({
      url,
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': String(bytes.length) },
      body: bytes,
      privateAllowed: call.privateAllowed,
      silenceMilliseconds: limit,
      until: AbortSignal.timeout(limit),
    })
    const status = answer.statusCode ?? 0
    const text = await readSome(answer)
    return { ...judgeAnswer(call.kind, status, text), status, answer: text }
  } catch (error) {
    const { code, message } = told(error)
    return { problem: code, status: null, answer: code === 'private' ? '' : message, restSeconds: 0 }
  }
}

async function readSome(answer: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  let sizeBytes = 0
  for await (const part of answer) {
    parts.push(part)
    sizeBytes += part.length
    // Leaving the loop closes the line.
    if (sizeBytes >= ANSWER_LIMIT_BYTES) break
  }
  return Buffer.concat(parts).subarray(0, ANSWER_LIMIT_BYTES).toString('utf8')
}
