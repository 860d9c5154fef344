/** Where people can be reached: for those who tell them something. */
import type { Context } from '#platform/context'
import { peopleById } from '../store/people.ts'

export interface Contact {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** Those of the ids that are people of the organisation who may sign in. */
export async function contactsOf(context: Context, ids: readonly string[]): Promise<Map<string, Contact>> {
  const rows = (await peopleById(context, ids)).filter((row) => row.active)
  return new Map(rows.map(({ id, name, email }) => [id, { id, name, email }]))
}
