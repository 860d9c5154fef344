import type { z } from 'zod'
import { commonRefusals, type RefusalTable } from './contract.ts'

/** An expected "no": declared in a contract, mapped to HTTP once, worded in `words.ts`. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  readonly data: unknown
  constructor(code: string, status: number, message: string, data: unknown) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.status = status
    this.data = data
  }
}

type DataOf<T extends RefusalTable, C extends keyof T> = T[C] extends { data: infer D extends z.ZodType }
  ? [data: z.input<D>]
  : []

/** Throws the declared refusal; the transaction of the action is rolled back. */
export function refuse<T extends RefusalTable, C extends keyof T & string>(
  table: T,
  code: C,
  ...data: DataOf<T, C>
): never {
  const definition = table[code]!
  throw new Refusal(code, definition.status, definition.message, data[0])
}

/** Refuses with NOT_FOUND when the value is absent; otherwise gives it back. */
export function found<T>(value: T | null | undefined, what: string, id: string): T {
  if (value === null || value === undefined) return refuse(commonRefusals, 'NOT_FOUND', { what, id })
  return value
}

/** One invalid field, told with its rule. */
export function invalid(field: string, rule: string, message: string): never {
  return refuse(commonRefusals, 'INVALID', { issues: [{ field, rule, message }] })
}

/** For mistakes of the programmer, never of the user: a fault with its reason. */
export function must(condition: unknown, why: string): asserts condition {
  if (!condition) throw new Error(`This must hold: ${why}`)
}
