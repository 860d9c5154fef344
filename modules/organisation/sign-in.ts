/**
 * Sign-in through better-auth (passwords hashed with scrypt, sessions in cookies), with a lock after wrong passwords, and `identify`:
 * who is behind a request. Works as the owner of the records, because nobody belongs to an organisation before having signed in.
 */
import { createHash, randomBytes } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Actor, Surroundings } from '#platform/context'
import { type Caller, type Identify, nobody, preferredLanguage } from '#platform/http/access'
import type { RecordsOwner } from '#platform/records/records'
import type { Permission, RoleName } from './contract.ts'
import { afterFailure, permissionsOf } from './rules.ts'
import {
  apiKey,
  organisation,
  person,
  roleAssignment,
  signInAccount,
  signInFailure,
  signInSession,
  signInUser,
  signInVerification,
} from './tables.ts'

/** How long what is known of a session or key is trusted before it is looked up again. */
export const CALLER_CACHE_MILLISECONDS = 3_000
const CALLER_CACHE_ENTRIES_LIMIT = 10_000
export const SESSION_DAYS = 7
const DAY_SECONDS = 86_400

export interface SignIn {
  readonly handler: (request: Request, address: string) => Promise<Response>
  readonly identify: Identify
  /** Makes a sign-in user with this password; null when the address is taken. */
  readonly createUser: (user: { name: string; email: string; password: string }) => Promise<string | null>
  /** Ends all sessions of a user at once. */
  readonly endSessions: (userId: string) => Promise<void>
  /** A new key's text, to be shown once, and what is kept of it. */
  readonly makeKey: () => { key: string; start: string; sha256: string }
  /** Forgets what is cached: called when roles, activity or keys change. */
  readonly forget: () => void
  /** Runs as the owner of the records, for set-up only. */
  readonly owner: RecordsOwner
}

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

function openAuth(owner: RecordsOwner, secret: string) {
  return betterAuth({
    secret,
    basePath: '/api/auth',
    database: drizzleAdapter(owner, {
      provider: 'pg',
      schema: { user: signInUser, session: signInSession, account: signInAccount, verification: signInVerification },
    }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    session: { expiresIn: SESSION_DAYS * DAY_SECONDS, updateAge: DAY_SECONDS },
    advanced: {
      cookiePrefix: 'bihuan',
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
      ipAddress: { ipAddressHeaders: ['x-bihuan-address'] },
    },
    rateLimit: { enabled: true, window: 60, max: 100, customRules: { '/sign-in/email': { window: 60, max: 60 } } },
    telemetry: { enabled: false },
    logger: { disabled: true },
    trustedOrigins: (request) => [new URL(request?.url ?? 'http://localhost').origin],
  })
}

export function createSignIn(options: { owner: RecordsOwner; secret: string; surroundings: Surroundings }): SignIn {
  const { owner, surroundings } = options
  const auth = openAuth(owner, options.secret)
  const cache = new Map<string, { caller: Omit<Caller, 'by'> | null; untilMilliseconds: number }>()
  const remembered = async (key: string, look: () => Promise<Omit<Caller, 'by'> | null>) => {
    const now = surroundings.now().epochMilliseconds
    const known = cache.get(key)
    if (known && known.untilMilliseconds > now) return known.caller
    const caller = await look()
    if (cache.size >= CALLER_CACHE_ENTRIES_LIMIT) cache.clear()
    cache.set(key, { caller, untilMilliseconds: now + CALLER_CACHE_MILLISECONDS })
    return caller
  }
  return {
    owner,
    handler: (request, address) => guardedSignIn(request, address, auth.handler, owner, surroundings),
    identify: async ({ headers }) => {
      const language = preferredLanguage(headers['accept-language'])
      const authorization = headers['authorization']
      if (typeof authorization === 'string' && authorization.startsWith('Bearer ')) {
        const hashed = sha256(authorization.slice('Bearer '.length).trim())
        const caller = await remembered(`key ${hashed}`, () => callerOfKey(owner, hashed, surroundings.now(), language))
        return caller ? { ...caller, by: 'key' } : nobody(language)
      }
      const cookie = headers['cookie']
      if (typeof cookie !== 'string' || !cookie.includes('bihuan.session_token=')) return nobody(language)
      const caller = await remembered(`cookie ${language} ${cookie}`, async () => {
        const session = await auth.api.getSession({ headers: new Headers({ cookie }) })
        return session ? callerOfUser(owner, session.user.id, language) : null
      })
      return caller ? { ...caller, by: 'cookie' } : nobody(language)
    },
    createUser: async (user) => {
      const context = await auth.$context
      const email = user.email.toLowerCase()
      if (await context.internalAdapter.findUserByEmail(email)) return null
      const created = await context.internalAdapter.createUser(
        { name: user.name, email, emailVerified: false },
        { method: 'email-password' },
      )
      const password = await context.password.hash(user.password)
      await context.internalAdapter.linkAccount({
        userId: created.id,
        providerId: 'credential',
        accountId: created.id,
        password,
      })
      return created.id
    },
    endSessions: async (userId) => {
      await owner.delete(signInSession).where(eq(signInSession.userId, userId))
      cache.clear()
    },
    makeKey: () => {
      const key = `bh_${randomBytes(32).toString('base64url')}`
      return { key, start: key.slice(0, 9), sha256: sha256(key) }
    },
    forget: () => cache.clear(),
  }
}

/** The sign-in route with its lock in front: a locked account is refused before the password is looked at. */
async function guardedSignIn(
  request: Request,
  address: string,
  handler: (request: Request) => Promise<Response>,
  owner: RecordsOwner,
  surroundings: Surroundings,
): Promise<Response> {
  const headers = new Headers(request.headers)
  headers.set('x-bihuan-address', address)
  if (!new URL(request.url).pathname.endsWith('/sign-in/email') || request.method !== 'POST') {
    return handler(new Request(request, { headers }))
  }
  const text = await request.text()
  const email = emailOf(text)
  const now = surroundings.now()
  const [known] = await owner.select().from(signInFailure).where(eq(signInFailure.email, email))
  if (known?.lockedUntil && known.lockedUntil.getTime() > now.epochMilliseconds) {
    const minutes = Math.ceil((known.lockedUntil.getTime() - now.epochMilliseconds) / 60_000)
    const problem = {
      type: 'urn:bihuan:problem:locked',
      title: `Too many wrong passwords. Try again in ${minutes} minutes.`,
      status: 423,
      code: 'LOCKED',
      data: { minutes },
    }
    return new Response(JSON.stringify(problem), {
      status: 423,
      headers: { 'content-type': 'application/problem+json' },
    })
  }
  const response = await handler(new Request(request.url, { method: 'POST', headers, body: text }))
  if (response.status === 401) {
    const next = afterFailure(known?.lockedUntil ? 0 : (known?.failureCount ?? 0), now)
    const lockedUntil = next.lockedUntil === null ? null : new Date(next.lockedUntil.epochMilliseconds)
    await owner
      .insert(signInFailure)
      .values({ email, failureCount: next.failureCount, lockedUntil })
      .onConflictDoUpdate({ target: signInFailure.email, set: { failureCount: next.failureCount, lockedUntil } })
  } else if (response.ok && known) {
    await owner.delete(signInFailure).where(eq(signInFailure.email, email))
  }
  return response
}

function emailOf(body: string): string {
  try {
    const { email } = JSON.parse(body) as { email?: unknown }
    return typeof email === 'string' ? email.toLowerCase().slice(0, 320) : ''
  } catch {
    return ''
  }
}

async function callerOfUser(
  owner: RecordsOwner,
  userId: string,
  language: 'zh' | 'en',
): Promise<Omit<Caller, 'by'> | null> {
  const rows = await owner
    .select({ organisation: person.organisationId, name: person.name, role: roleAssignment.role })
    .from(person)
    .innerJoin(organisation, eq(organisation.id, person.organisationId))
    .leftJoin(
      roleAssignment,
      and(eq(roleAssignment.organisationId, person.organisationId), eq(roleAssignment.personId, person.id)),
    )
    .where(and(eq(person.id, userId), eq(person.active, true)))
    .orderBy(organisation.createdAt, organisation.id)
  const first = rows[0]
  if (!first) return null
  const roles = [
    ...new Set(
      rows
        .filter((row) => row.organisation === first.organisation)
        .flatMap((row) => (row.role ? [row.role as RoleName] : [])),
    ),
  ]
  const actor: Actor = {
    kind: 'person',
    id: userId,
    name: first.name,
    roles,
    permissions: permissionsOf(roles),
    language,
  }
  return { actor, organisation: first.organisation }
}

async function callerOfKey(
  owner: RecordsOwner,
  hashed: string,
  now: Temporal.Instant,
  language: 'zh' | 'en',
): Promise<Omit<Caller, 'by'> | null> {
  const [key] = await owner
    .select()
    .from(apiKey)
    .where(
      and(
        eq(apiKey.sha256, hashed),
        isNull(apiKey.revokedAt),
        sql`(${apiKey.expiresAt} is null or ${apiKey.expiresAt} > ${now.toString()}::timestamptz)`,
      ),
    )
  if (!key) return null
  const permissions = new Set(key.permissions as Permission[])
  const actor: Actor = { kind: 'key', id: key.id, name: key.name, roles: [], permissions, language }
  return { actor, organisation: key.organisationId }
}
