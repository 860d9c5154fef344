/** The switchboard's shape: what a module handles, hears and does on schedule. No decisions here. */
import type { AnyContractRouter, ContractProcedure, InferSchemaInput, InferSchemaOutput } from '@orpc/contract'
import type { Context } from './context.ts'
import type { EventDefinition } from './contract.ts'

/** For every route of the contract one action: forgetting one does not compile. Actions get parsed input and give output to be checked. */
export type Handles<C extends AnyContractRouter> = {
  readonly [K in keyof C]: C[K] extends ContractProcedure<infer I, infer O, infer _E, infer _M>
    ? (context: Context, input: InferSchemaOutput<I>) => Promise<InferSchemaInput<O>>
    : never
}

/** One line of `listens`: when `event` was announced, run `action` in a transaction of its own, exactly once in effect. */
export interface Listener {
  readonly event: EventDefinition<unknown>
  /** Stable name of the queue, `<module>.<verb>`; it shows in the dead-letter list. */
  readonly name: string
  readonly action: (context: Context, payload: never) => Promise<void>
}
export function listener<T>(
  event: EventDefinition<T>,
  name: string,
  action: (context: Context, payload: T) => Promise<void>,
): Listener {
  return { event: event, name, action: action }
}

/** One line of `every`: a schedule (cron text, in UTC) and the action run once for each organisation. */
export interface Schedule {
  readonly name: string
  readonly cron: string
  readonly action: (context: Context) => Promise<void>
}

/**
 * A route that reads its body as a stream (files, NDJSON): beside the contract, because its amount has no bound a parsed
 * body could have. Its context has no transaction: `context.separately` opens one each time.
 */
export interface StreamRoute {
  readonly method: 'POST' | 'PUT'
  /** Below /api, e.g. `/files` or `/hooks/{source}`. */
  readonly path: `/${string}`
  readonly may: string
  readonly summary: string
  /** Content types it takes. */
  readonly accepts: readonly string[]
  readonly sizeLimitBytes: number
  readonly query: Readonly<Record<string, string>>
  /** For callers who prove themselves by what they send rather than by signing in: whose rows the address is about; null is nobody's. */
  readonly organisationOf?: (parameters: Readonly<Record<string, string>>) => string | null
  readonly action: (
    context: Context,
    body: AsyncIterable<Uint8Array>,
    query: Readonly<Record<string, string>>,
    request: StreamRequest,
  ) => Promise<unknown>
}
/** What a stream may want to know beside its body. */
export interface StreamRequest {
  /** Of the path: `{name}`. */
  readonly parameters: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}
/** What a download answers with. */
export interface Download {
  /** What the file is called where it is saved. */
  readonly name: string
  readonly type: string
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>
  readonly sizeBytes?: number
  /** Changes with the content: who has it already is told so instead of getting it again. */
  readonly tag?: string
  /** Shown in the page that asks for it, also in one of another site; else it is saved as a file. */
  readonly shown?: boolean
}

/**
 * A route that answers with bytes (signed files, attachments, pictures): beside the contract, because its answer is no JSON. GET only. Its
 * context has no transaction: `context.separately` opens one each time.
 */
export interface DownloadRoute {
  /** Below /api, e.g. `/attachments/{id}`. */
  readonly path: `/${string}`
  readonly may: string
  readonly summary: string
  /** Content types it answers with. */
  readonly produces: readonly string[]
  readonly query: Readonly<Record<string, string>>
  /**
   * For callers who are not signed in (`may: 'anyone'`): the parameter of the path that names the organisation. The action then runs for
   * that organisation as nobody in particular.
   */
  readonly organisation?: string
  /** How long anybody's cache may keep it; without it nobody's may. */
  readonly cacheSeconds?: number
  readonly action: (
    context: Context,
    parameters: Readonly<Record<string, string>>,
    query: Readonly<Record<string, string>>,
  ) => Promise<Download>
}
export interface Module {
  readonly name: string
  readonly contract: AnyContractRouter
  readonly handles: Readonly<Record<string, (context: Context, input: never) => Promise<unknown>>>
  readonly listens: readonly Listener[]
  readonly every: readonly Schedule[]
  readonly streams: readonly StreamRoute[]
  readonly downloads: readonly DownloadRoute[]
}

export function defineModule<C extends AnyContractRouter>(module: {
  name: string
  contract: C
  handles: Handles<C>
  listens?: readonly Listener[]
  every?: readonly Schedule[]
  streams?: readonly StreamRoute[]
  downloads?: readonly DownloadRoute[]
}): Module {
  return {
    name: module.name,
    contract: module.contract,
    handles: module.handles,
    listens: module.listens ?? [],
    every: module.every ?? [],
    streams: module.streams ?? [],
    downloads: module.downloads ?? [],
  }
}
