/** Requests to addresses people typed in: the machine is judged when it is connected to, nothing waits for ever, nothing follows by itself. */
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { AddressRefused, demandPublicHost, guardedLookup } from './addresses.ts'

export type OutboundProblem = 'private' | 'slow' | 'unreachable'

/** Why asking failed: a code, and what happened. */
export class OutboundFailed extends Error {
  readonly code: OutboundProblem
  constructor(code: OutboundProblem, message: string) {
    super(message)
    this.name = 'OutboundFailed'
    this.code = code
  }
}

export interface Question {
  readonly url: URL
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Whether machines of private networks may be asked. */
  readonly privateAllowed: boolean
  /** How long the line may be silent. */
  readonly silenceMilliseconds: number
  /** Ends all of it, the answer's body too. */
  readonly until: AbortSignal
}

/** The head of the answer, whatever its status; redirects are the caller's to judge. Throws `OutboundFailed`. */
export function ask(question: Question): Promise<IncomingMessage> {
  const { url, method, headers, body, privateAllowed, silenceMilliseconds, until } = question
  try {
    demandPublicHost(url, privateAllowed)
  } catch (error) {
    return Promise.reject(told(error))
  }
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const begin = url.protocol === 'https:' ? httpsRequest : httpRequest
  const request = begin(
    url,
    {
      method,
      headers: { 'user-agent': 'bihuan', 'accept-encoding': 'identity', ...headers },
      signal: until,
      timeout: silenceMilliseconds,
      lookup: guardedLookup(privateAllowed),
      agent: false,
    },
    resolve,
  )
  request.on('timeout', () => request.destroy(new OutboundFailed('slow', 'The address did not answer in time.')))
  request.on('error', (error) => reject(told(error)))
  request.end(body)
  return promise
}

/** Anything that went wrong on the line, in our words. */
export function told(error: unknown): OutboundFailed {
  if (error instanceof OutboundFailed) return error
  if (error instanceof AddressRefused) return new OutboundFailed('private', error.message)
  const { name, message } = error as Error
  if (name === 'AbortError' || name === 'TimeoutError')
    return new OutboundFailed('slow', 'The address did not answer in full in time.')
  return new OutboundFailed('unreachable', message || 'The address cannot be reached.')
}
