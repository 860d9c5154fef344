/** Who is calling, and may they? Deny by default: a route that states nothing is closed. */
import type { Actor } from '../context.ts'
import { commonRefusals } from '../contract.ts'
import { refuse } from '../refusal.ts'

/** What `identify` finds behind a request: the actor and the organisation it acts for (null before an installation is set up). */
export interface Caller {
  readonly actor: Actor
  readonly organisation: string | null
  /** How it came: a cookie needs the same-origin check, a key does not. */
  readonly by: 'cookie' | 'key' | 'nothing'
}

/** Given the request's headers and address, who is it? Never throws for bad credentials: then it is nobody. */
export type Identify = (request: {
  headers: Readonly<Record<string, string | string[] | undefined>>
  address: string
}) => Promise<Caller>

export const nobody = (language: 'zh' | 'en'): Caller => ({
  actor: { kind: 'anyone', id: 'anyone', name: 'anyone', roles: [], permissions: new Set(), language },
  organisation: null,
  by: 'nothing',
})

/** Refuses unless the caller may. */
export function demand(caller: Caller, may: string | undefined): void {
  if (may === 'anyone') return
  if (caller.actor.kind === 'anyone') refuse(commonRefusals, 'NOT_SIGNED_IN')
  if (may === 'signed-in') return
  if (may === undefined || !caller.actor.permissions.has(may)) refuse(commonRefusals, 'NOT_ALLOWED')
}

/**
 * A request that changes something and comes with a cookie must come from our own pages: its Origin (or, where a browser
 * leaves it out, Sec-Fetch-Site) says so. OWASP cross-site request forgery cheat sheet, "verifying origin with standard headers".
 */
export function sameOrigin(headers: Readonly<Record<string, string | string[] | undefined>>): boolean {
  const origin = headers['origin']
  if (typeof origin === 'string') {
    try {
      return new URL(origin).host === new URL(`http://${String(headers['host'])}`).host
    } catch {
      return false
    }
  }
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

/** The language a caller without a profile asks for; Chinese first. */
export function preferredLanguage(header: string | string[] | undefined): 'zh' | 'en' {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '')
  const zh = text.search(/\bzh\b/i)
  const en = text.search(/\ben\b/i)
  return en >= 0 && (zh < 0 || en < zh) ? 'en' : 'zh'
}
