/** Asks an address for what is new: bounded in time and size, redirects judged again, nothing said twice. */
import type { IncomingMessage } from 'node:http'
import { ask, told as toldOutbound } from '#platform/outbound/ask'

const ANSWER_MILLISECONDS = 30_000
const WHOLE_MILLISECONDS = 300_000
const BODY_LIMIT_BYTES = 512 * 1024 * 1024
const REDIRECTS_LIMIT = 5
const NAME_LENGTH_LIMIT = 200

/** Why asking failed: a code screens word, and what happened. */
export class PullFailed extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'PullFailed'
    this.code = code
  }
}

export interface PullQuestion {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly etag: string | null
  readonly lastModified: string | null
  readonly privateAllowed: boolean
}
export interface PullAnswer {
  readonly name: string
  readonly etag: string | null
  readonly lastModified: string | null
  readonly body: AsyncIterable<Uint8Array>
}

/** Null where the source says that nothing is new. Throws `PullFailed`. The body must be read to its end or left. */
export async function pull(question: PullQuestion): Promise<PullAnswer | null> {
  const until = AbortSignal.timeout(WHOLE_MILLISECONDS)
  const first = new URL(question.url)
  let url = first
  for (let hops = 0; hops <= REDIRECTS_LIMIT; hops += 1) {
    const message = await asked(url, url.origin === first.origin ? question : { ...question, headers: {} }, until)
    const status = message.statusCode ?? 0
    if (status === 304) {
      message.resume()
      return null
    }
    if (status >= 300 && status < 400 && message.headers.location) {
      message.resume()
      url = next(url, message.headers.location)
      continue
    }
    if (status !== 200) {
      message.resume()
      throw new PullFailed('pull-status', `The address answered with status ${status}.`)
    }
    const {
      etag = null,
      'last-modified': lastModified = null,
      'content-encoding': packed = 'identity',
    } = message.headers
    if (packed !== 'identity') {
      message.destroy()
      throw new PullFailed('pull-packed', `The answer is packed with ${packed} although it was asked for as it is.`)
    }
    const name = decodeURIComponent(url.pathname.split('/').pop() ?? '').slice(0, NAME_LENGTH_LIMIT) || url.hostname
    return { name, etag, lastModified, body: bounded(message) }
  }
  throw new PullFailed('pull-redirects', `The address sent on more than ${REDIRECTS_LIMIT} times.`)
}

function next(from: URL, location: string): URL {
  let to: URL
  try {
    to = new URL(location, from)
  } catch {
    throw new PullFailed('pull-redirects', 'The address sent on to something that is no address.')
  }
  if (to.protocol !== 'http:' && to.protocol !== 'https:')
    throw new PullFailed('pull-redirects', 'The address sent on to something that is not http or https.')
  if (from.protocol === 'https:' && to.protocol === 'http:')
    throw new PullFailed('pull-redirects', 'The address sent on from https to http.')
  return to
}

function asked(url: URL, question: PullQuestion, until: AbortSignal): Promise<IncomingMessage> {
  const { privateAllowed, etag, lastModified } = question
  const headers = {
    accept: '*/*',
    ...question.headers,
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  }
  const method = 'GET'
  return ask({ url, method, headers, privateAllowed, silenceMilliseconds: ANSWER_MILLISECONDS, until }).catch(
    (error: unknown) => {
      throw told(error)
    },
  )
}

function told(error: unknown): PullFailed {
  if (error instanceof PullFailed) return error
  const { code, message } = toldOutbound(error)
  return new PullFailed(`pull-${code}`, message)
}

async function* bounded(message: IncomingMessage): AsyncIterable<Uint8Array> {
  let sizeBytes = 0
  try {
    for await (const chunk of message) {
      sizeBytes += (chunk as Uint8Array).length
      if (sizeBytes > BODY_LIMIT_BYTES) {
        const megabytes = BODY_LIMIT_BYTES / 1024 / 1024
        throw new PullFailed('pull-too-large', `The answer has more than ${megabytes} MB.`)
      }
      yield chunk as Uint8Array
    }
    if (!message.complete) throw new PullFailed('pull-unreachable', 'The answer was cut off.')
  } catch (error) {
    throw told(error)
  }
}
