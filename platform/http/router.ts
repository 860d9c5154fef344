/** Joins contracts and modules into one router: for each route the access check, the transaction, idempotency and the audit entry. */
import { implement } from '@orpc/server'
import type { AnyContractRouter } from '@orpc/contract'
import type { Context } from '../context.ts'
import type { RouteMeta } from '../contract.ts'
import { isContractProcedure } from '@orpc/contract'
import type { Module } from '../module.ts'
import { isUuid } from '../records/columns.ts'
import { found, must } from '../refusal.ts'
import type { Platform } from '../run.ts'
import { type Caller, nobody } from './access.ts'
import { once } from './idempotency.ts'

/** What each request carries through oRPC. */
export interface RequestScope {
  readonly caller: Caller
  readonly requestId: string
  readonly idempotencyKey: string | null
  readonly told: Told
}

/** What the audit trail says beside the path. */
export interface Told {
  route: string
  problem: string | null
  /** The ids the input names, never its content. */
  object: Record<string, string> | null
  /** Whether it is written down although it changes nothing: a file somebody signed in took away. */
  audited: boolean
}

type RunAction = (scope: RequestScope, work: (context: Context) => Promise<unknown>) => Promise<unknown>

const runnerOf =
  (door: Platform['run']): RunAction =>
  (scope, work) =>
    door(scope.caller.actor, scope.caller.organisation ?? NO_ORGANISATION, work)

/** The organisation id under which callers without one (set-up, sign-in) run: no row has it, so they see nothing. */
export const NO_ORGANISATION = '00000000-0000-0000-0000-000000000000'

export function buildRouter(platform: Platform, modules: readonly Module[]) {
  const inTransaction = runnerOf(platform.run)
  const apart = runnerOf(platform.apart)
  const router: Record<string, Record<string, unknown>> = {}
  for (const module of modules) {
    const routes: Record<string, unknown> = {}
    for (const [name, contract] of Object.entries(module.contract as Record<string, AnyContractRouter>)) {
      must(isContractProcedure(contract), `${module.name}.${name} is a procedure`)
      const action = module.handles[name]
      must(action, `${module.name}.${name} is handled`)
      const meta = contract['~orpc'].meta as RouteMeta
      const method = contract['~orpc'].route.method ?? 'POST'
      const routeName = `${module.name}.${name}`
      must(meta.organisation === undefined || meta.may === 'anyone', `${routeName} names an organisation for anyone`)
      routes[name] = implement(contract)
        .$context<RequestScope>()
        .handler(async ({ context: asked, input }) => {
          const scope =
            meta.organisation === undefined ? asked : await scopeOf(platform, asked, input, meta.organisation)
          scope.told.object = namedIds(input)
          const perform = (context: Context) => action(context, input as never)
          // Routes with transactions of their own are idempotent by what they take (event ids, file contents).
          if (meta.transaction === 'own') return apart(scope, perform)
          if (method === 'GET' || scope.idempotencyKey === null) return inTransaction(scope, perform)
          return once(inTransaction, scope, { routeName, input }, perform)
        })
    }
    router[module.name] = routes
  }
  return router as never
}

/** The same request as nobody in particular in the organisation its input names: what somebody may elsewhere counts for nothing there. */
async function scopeOf(platform: Platform, scope: RequestScope, input: unknown, field: string): Promise<RequestScope> {
  const named = (input as Record<string, unknown> | null)?.[field]
  const organisation = await knownOrganisation(platform, typeof named === 'string' ? named : '')
  return { ...scope, caller: { ...nobody(scope.caller.actor.language), organisation } }
}

/** The id as it is written in the records; refuses with NOT_FOUND what names no organisation of this installation. */
export async function knownOrganisation(platform: Platform, named: string): Promise<string> {
  const known = isUuid(named) ? (await platform.organisations()).find((id) => id === named.toLowerCase()) : undefined
  return found(known, 'organisation', named)
}

/** Names of input fields that say which thing was meant. */
const ID_FIELDS = ['id', 'key', 'planId', 'file', 'name', 'task'] as const

function namedIds(input: unknown): Record<string, string> | null {
  if (input === null || typeof input !== 'object') return null
  const named = ID_FIELDS.flatMap((field) => {
    const value = (input as Record<string, unknown>)[field]
    return typeof value === 'string' ? [[field, value.slice(0, 200)] as const] : []
  })
  return named.length > 0 ? Object.fromEntries(named) : null
}
