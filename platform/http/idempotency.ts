/**
 * An `Idempotency-Key` makes a repeated request harmless: the first answer is stored in the transaction that made it, a repetition
 * gets it again, another request under the same key is refused. Two at once: the second waits on the first's row lock.
 */
import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'
import { commonRefusals } from '../contract.ts'
import { refuse } from '../refusal.ts'
import { and, eq } from 'drizzle-orm'
import { canonicalText } from '../text/canonical-text.ts'
import { idempotency } from '../records/tables.ts'
import type { RequestScope } from './router.ts'

export const IDEMPOTENCY_KEY_LENGTH_LIMIT = 255

type Run = (scope: RequestScope, work: (context: Context) => Promise<unknown>) => Promise<unknown>

export async function once(
  run: Run,
  scope: RequestScope,
  request: { routeName: string; input: unknown },
  perform: (context: Context) => Promise<unknown>,
): Promise<unknown> {
  const key = `${request.routeName} ${scope.idempotencyKey!.slice(0, IDEMPOTENCY_KEY_LENGTH_LIMIT)}`
  const sha256 = createHash('sha256').update(canonicalText(request.input)).digest('hex')
  return run(scope, async (context) => {
    const claimed = await context.records
      .insert(idempotency)
      .values({
        organisationId: context.organisation,
        actorId: context.who.id,
        key,
        requestSha256: sha256,
        status: 0,
        response: null,
        createdAt: context.now,
      })
      .onConflictDoNothing()
      .returning({ key: idempotency.key })
    const mine = and(eq(idempotency.actorId, context.who.id), eq(idempotency.key, key))
    if (claimed.length === 0) {
      const [earlier] = await context.records.select().from(idempotency).where(mine)
      if (!earlier || earlier.requestSha256 !== sha256) refuse(commonRefusals, 'IDEMPOTENCY_MISMATCH')
      return (earlier.response as { output: unknown }).output
    }
    const output = await perform(context)
    await context.records.update(idempotency).set({ status: 200, response: { output } }).where(mine)
    return output
  })
}
