/**
 * Every "no" and every fault leaves the server in one form: RFC 9457 problem details. The web client reads the same form back.
 */
import { ORPCError } from '@orpc/client'
import { ValidationError } from '@orpc/contract'
import { z } from 'zod'
import { Refusal } from '../refusal.ts'

/** RFC 9457, section 3.1, with the refusal's code and data as extension members. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly defined: boolean
  readonly data?: unknown
}

export interface FieldIssue {
  readonly field: string
  readonly rule: string
  readonly message: string
}

/** Most issues one answer carries; a batch with ten thousand wrong rows is told by its first hundred. */
const ISSUES_LIMIT = 100

const localised = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError }

/** zod's issues as field, rule and a sentence in the caller's language. */
export function fieldIssues(issues: readonly unknown[], language: 'zh' | 'en'): FieldIssue[] {
  return issues.slice(0, ISSUES_LIMIT).map((raw) => {
    const issue = raw as { code?: string; path?: readonly PropertyKey[]; message?: string; origin?: string }
    const own = issue.code === 'custom' || issue.code === undefined
    const told = own ? undefined : localised[language](issue as never)
    const message = typeof told === 'string' ? told : (told?.message ?? issue.message ?? '')
    return { field: (issue.path ?? []).map(String).join('.'), rule: issue.code ?? 'invalid', message }
  })
}

/** What the procedure threw, as the error to send. `declared` are the codes the route's contract names. */
export function toWireError(
  error: unknown,
  declared: ReadonlySet<string>,
  language: 'zh' | 'en',
): ORPCError<string, unknown> {
  if (error instanceof Refusal) {
    return new ORPCError(error.code, {
      defined: declared.has(error.code),
      status: error.status,
      message: error.message,
      data: error.data,
      cause: error,
    })
  }
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
    return new ORPCError('INVALID', {
      defined: true,
      status: 422,
      message: 'Some fields are not valid.',
      data: { issues: fieldIssues(error.cause.issues, language) },
      cause: error,
    })
  }
  if (error instanceof ORPCError && error.status < 500) return error
  return new ORPCError('FAULT', {
    status: 500,
    message: 'Something went wrong on our side. It is logged; please try again.',
    cause: error,
  })
}

export function toProblem(error: ORPCError<string, unknown>): Problem {
  return {
    type: `urn:bihuan:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: error.message,
    status: error.status,
    code: error.code,
    defined: error.defined,
    ...(error.data === undefined ? {} : { data: error.data }),
  }
}
