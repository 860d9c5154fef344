/** Queries over messages on their way out of the house: queued, claimed, settled, looked at. */
import { and, asc, desc, eq, inArray, lt, lte, min, or, sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { readTimePlace } from '#platform/paging'
import type { Channel, DeliveryProblem, DeliveryState } from '../contract.ts'
import { ALONE_LIMIT, ROBOT_SECONDS } from '../rules/trying.ts'
import { delivery, message } from '../tables.ts'
import { robot } from '../tables/settings.ts'
import type { MessageRow } from './inbox.ts'

export type DeliveryRow = typeof delivery.$inferSelect
export interface NewDelivery {
  readonly channel: Channel
  readonly target: string
  readonly dueAt: Temporal.Instant
  readonly digest: boolean
}

const ROWS_AT_ONCE = 1000
/** How long one attempt may take before its process counts as dead and another takes the messages up. */
const CLAIM_SECONDS = 120
/** Notices that go into one digest at most: their ids are held in memory, their texts are not. */
export const DIGEST_LIMIT = 2000
/** Of a digest only so many are named. */
const NAMED_LIMIT = 20

/** One for each target and message, however often it is told. */
export async function insertDeliveries(
  context: Context,
  told: Pick<MessageRow, 'id' | 'importance'>,
  rows: readonly NewDelivery[],
): Promise<string[]> {
  const written: string[] = []
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const values = rows.slice(start, start + ROWS_AT_ONCE).map((row) => ({
      ...row,
      organisationId: context.organisation,
      id: context.newId(),
      messageId: told.id,
      importance: told.importance,
      state: 'waiting' as const,
      attempts: 0,
      together: 1,
      createdAt: context.now,
    }))
    const answer = await context.records
      .insert(delivery)
      .values(values)
      .onConflictDoNothing()
      .returning({ id: delivery.id })
    written.push(...answer.map(({ id }) => id))
  }
  return written
}

export interface Target {
  readonly channel: Channel
  readonly target: string
}
/** Who has something due, whoever waits longest first. Robots that rest are left out. */
export async function dueTargets(context: Context, limit: number): Promise<Target[]> {
  const resting = context.records
    .select({ id: sql<string>`${robot.id}::text` })
    .from(robot)
    .where(sql`${robot.nextSendAt} > ${context.now.toString()}::timestamptz`)
  return context.records
    .select({ channel: delivery.channel, target: delivery.target })
    .from(delivery)
    .where(
      and(eq(delivery.state, 'waiting'), lte(delivery.dueAt, context.now), sql`${delivery.target} not in ${resting}`),
    )
    .groupBy(delivery.channel, delivery.target)
    .orderBy(asc(min(delivery.dueAt)), asc(delivery.target))
    .limit(limit)
}

/** Whether anything is due within some seconds, robots that rest so long left out: worth waiting for. */
export async function anythingSoon(context: Context, seconds: number): Promise<boolean> {
  const soon = context.now.add({ seconds }).toString()
  const answer = await context.records.execute(sql`
    select 1 from ${delivery} left join ${robot} on ${robot.id}::text = ${delivery.target}
     where ${delivery.state} = 'waiting' and ${delivery.dueAt} <= ${soon}::timestamptz
       and coalesce(${robot.nextSendAt} <= ${soon}::timestamptz, true) limit 1`)
  return answer.rows.length > 0
}

/** Takes a robot's next turn; false where it rests or another process sends by it. */
export async function takeTurn(context: Context, robotId: string): Promise<boolean> {
  const rows = await context.records
    .update(robot)
    .set({ nextSendAt: context.now.add({ seconds: ROBOT_SECONDS }) })
    .where(and(eq(robot.id, robotId), lte(robot.nextSendAt, context.now)))
    .returning({ id: robot.id })
  return rows.length > 0
}
export async function letRest(context: Context, robotId: string, seconds: number): Promise<void> {
  await context.records
    .update(robot)
    .set({ nextSendAt: context.now.add({ seconds }) })
    .where(eq(robot.id, robotId))
}

export interface Batch extends Target {
  readonly batch: string
  readonly ids: readonly { readonly id: string; readonly attempts: number }[]
  /** The first few, in the order they are named. */
  readonly messages: readonly MessageRow[]
}

const RANK = sql`case ${delivery.importance} when 'urgent' then 0 when 'normal' then 1 else 2 end`

/** What goes out next to a target, claimed: one message, or all that wait where they are many or meant for a digest. */
export async function claimBatch(context: Context, { channel, target }: Target): Promise<Batch | null> {
  const due = await context.records
    .select({
      id: delivery.id,
      attempts: delivery.attempts,
      digest: delivery.digest,
      messageId: delivery.messageId,
    })
    .from(delivery)
    .where(
      and(
        eq(delivery.target, target),
        eq(delivery.channel, channel),
        eq(delivery.state, 'waiting'),
        lte(delivery.dueAt, context.now),
      ),
    )
    .orderBy(asc(RANK), asc(delivery.createdAt), asc(delivery.id))
    .limit(DIGEST_LIMIT)
    .for('update', { skipLocked: true })
  const alone = due.filter((row) => !row.digest)
  const taken = alone.length > 0 && alone.length <= ALONE_LIMIT ? alone.slice(0, 1) : due
  if (taken.length === 0) return null
  const batch = context.newId()
  await context.records
    .update(delivery)
    .set({ dueAt: context.now.add({ seconds: CLAIM_SECONDS }), batch })
    .where(
      inArray(
        delivery.id,
        taken.map((row) => row.id),
      ),
    )
  const named = taken.slice(0, NAMED_LIMIT).map((row) => row.messageId)
  const rows = await context.records.select().from(message).where(inArray(message.id, named))
  const messages = named.flatMap((id) => rows.find((row) => row.id === id) ?? [])
  return { channel, target, batch, ids: taken, messages }
}

export interface Settled {
  readonly state: DeliveryState
  readonly dueAt: Temporal.Instant | null
  readonly problem: DeliveryProblem | null
  readonly answer: string | null
  readonly attempts: number
}
/** Says what became of messages of a batch; those another process took up meanwhile stay as they are. */
export async function settle(
  context: Context,
  batch: string,
  ids: readonly string[],
  outcome: Settled,
  together: number,
): Promise<void> {
  await context.records
    .update(delivery)
    .set({ ...outcome, together, ...(outcome.state === 'sent' ? { sentAt: context.now } : {}) })
    .where(and(inArray(delivery.id, [...ids]), eq(delivery.batch, batch), eq(delivery.state, 'waiting')))
}

export interface LoggedDelivery {
  readonly delivery: DeliveryRow
  readonly message: MessageRow
}
const logged = (context: Context) =>
  context.records.select({ delivery, message }).from(delivery).innerJoin(message, eq(message.id, delivery.messageId))

export async function deliveryPage(
  context: Context,
  asked: {
    state?: DeliveryState | undefined
    channel?: Channel | undefined
    robot?: string | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<LoggedDelivery[]> {
  const before = readTimePlace(asked.cursor)
  const { createdAt, id } = delivery
  return logged(context)
    .where(
      and(
        asked.state === undefined ? undefined : eq(delivery.state, asked.state),
        asked.channel === undefined ? undefined : eq(delivery.channel, asked.channel),
        asked.robot === undefined ? undefined : eq(delivery.target, asked.robot),
        before ? or(lt(createdAt, before.at), and(eq(createdAt, before.at), lt(id, before.id))) : undefined,
      ),
    )
    .orderBy(desc(createdAt), desc(id))
    .limit(asked.limit + 1)
}
export async function findDelivery(context: Context, id: string): Promise<LoggedDelivery | null> {
  const [row] = await logged(context).where(eq(delivery.id, id))
  return row ?? null
}
/** Back to the queue, with all its tries. */
export async function queueAgain(context: Context, id: string): Promise<void> {
  await context.records
    .update(delivery)
    .set({ state: 'waiting', attempts: 0, dueAt: context.now, digest: false })
    .where(and(eq(delivery.id, id), inArray(delivery.state, ['failed', 'skipped'])))
}
