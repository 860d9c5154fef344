/**
 * What every module's `contract.ts` is written with. Shared by server, web, tests and the OpenAPI document: no I/O here.
 */
import { oc } from '@orpc/contract'
import { z } from 'zod'

/** What a route declares about itself beside its path and shapes. */
export interface RouteMeta {
  /** Who may call it: 'anyone' (no sign-in), 'signed-in', or a permission of the decision table. Absent means nobody. */
  may?: string
  /**
   * With `may: 'anyone'`: the input field that names the organisation (uuid) whose rows the route reads. The action then runs for that
   * organisation as nobody in particular, whoever calls.
   */
  organisation?: string
  /** Reading is kept in the audit too: changing always is. */
  audited?: true
  /** 'own': the action opens its own transactions (long imports). Otherwise one transaction surrounds the call. */
  transaction?: 'one' | 'own'
}

/** Refusals any route may answer with, raised by the platform itself. */
export const commonRefusals = {
  NOT_SIGNED_IN: { status: 401, message: 'Sign in first.' },
  NOT_ALLOWED: { status: 403, message: 'Your role does not allow this.' },
  NOT_FOUND: {
    status: 404,
    message: 'There is no such thing here, or you may not see it.',
    data: z.object({ what: z.string(), id: z.string() }),
  },
  INVALID: {
    status: 422,
    message: 'Some fields are not valid.',
    data: z.object({ issues: z.array(z.object({ field: z.string(), rule: z.string(), message: z.string() })) }),
  },
  IDEMPOTENCY_MISMATCH: { status: 422, message: 'This Idempotency-Key was used with another request.' },
  TOO_MANY: { status: 429, message: 'Too many requests. Wait a little and try again.' },
} as const

/** The start of every contract: `route.route({ method, path, … }).meta({ may }).input(…).output(…).errors(…)`. */
export const route = oc.$meta<RouteMeta>({}).errors(commonRefusals)

/** One sentence or name in both languages. */
export const bilingual = z.object({ zh: z.string().min(1).max(500), en: z.string().min(1).max(500) })
export type Bilingual = z.infer<typeof bilingual>

/** An instant as ISO 8601 text with offset, e.g. 2026-03-01T08:00:00Z. */
export const instantText = z.iso.datetime({ offset: true })
/** A calendar day, YYYY-MM-DD. */
export const plainDate = z.iso.date()
/** The length of a period of a series. */
export const grain = z.enum(['day', 'week', 'month', 'quarter', 'half-year', 'year'])
export type Grain = z.infer<typeof grain>

/** Most rows one page of a list may carry. */
export const PAGE_ROWS_LIMIT = 200
export const pageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_LIMIT).default(50),
})
/** A page of a list: the rows and, where more follow, the cursor to ask for them. */
export const page = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row), nextCursor: z.string().nullable() })

/** News of a module, delivered to those who list it in `listens`. The name is `<module>.<past participle>`. */
export interface EventDefinition<T> {
  readonly name: string
  readonly schema: z.ZodType<T>
}
export const event = <T>(name: string, schema: z.ZodType<T>): EventDefinition<T> => ({ name, schema })

/** A refusal a module declares: the HTTP status, a plain English sentence, and the shape of what explains it. */
export interface RefusalDefinition {
  readonly status: number
  readonly message: string
  readonly data?: z.ZodType
}
export type RefusalTable = Readonly<Record<string, RefusalDefinition>>
