/** The log of what left the house, for operators; trying again; a test message. */
import { lookUpPeople } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { toPage, writeCursor } from '#platform/paging'
import { found, must, refuse } from '#platform/refusal'
import {
  type Channel,
  type DeliveryState,
  type NoticeDelivery,
  noticesChanged,
  noticesRefusals,
  noticesUrgent,
} from '../contract.ts'
import { render } from '../rules/render.ts'
import { deliveryPage, findDelivery, insertDeliveries, type LoggedDelivery, queueAgain } from '../store/deliveries.ts'
import { keepMessage, saveKind } from '../store/inbox.ts'
import { findRobot, robotRows } from '../store/settings.ts'
import { testNotice } from '../words/told.ts'

async function tellDeliveries(context: Context, rows: readonly LoggedDelivery[]): Promise<NoticeDelivery[]> {
  const robots = new Map((await robotRows(context)).map((each) => [each.id, each.title]))
  const people = await lookUpPeople(
    context,
    rows.filter(({ delivery }) => delivery.channel === 'mail').map(({ delivery }) => delivery.target),
  )
  return rows.map(({ delivery, message }) => ({
    id: delivery.id,
    channel: delivery.channel,
    target: people.get(delivery.target)?.name ?? robots.get(delivery.target) ?? '',
    kind: message.kind,
    importance: delivery.importance,
    title: message.title,
    state: delivery.state,
    attempts: delivery.attempts,
    createdAt: delivery.createdAt.toString(),
    dueAt: delivery.state === 'waiting' ? (delivery.dueAt?.toString() ?? null) : null,
    sentAt: delivery.sentAt?.toString() ?? null,
    problem: delivery.problem,
    answer: delivery.answer,
    together: delivery.together,
  }))
}

export async function listNoticeDeliveries(
  context: Context,
  input: {
    state?: DeliveryState | undefined
    channel?: Channel | undefined
    robot?: string | undefined
    cursor?: string | undefined
    limit: number
  },
) {
  const rows = await deliveryPage(context, input)
  const { shown, nextCursor } = toPage(rows, input.limit, ({ delivery }) =>
    writeCursor(delivery.createdAt.toString(), delivery.id),
  )
  return { rows: await tellDeliveries(context, shown), nextCursor }
}

async function readDelivery(context: Context, id: string): Promise<NoticeDelivery> {
  const [only] = await tellDeliveries(context, [found(await findDelivery(context, id), 'delivery', id)])
  return only!
}

export async function retryNoticeDelivery(context: Context, { id }: { id: string }): Promise<NoticeDelivery> {
  const { delivery } = found(await findDelivery(context, id), 'delivery', id)
  if (delivery.state !== 'failed' && delivery.state !== 'skipped')
    refuse(noticesRefusals, 'NOT_TO_RETRY', { state: delivery.state })
  await queueAgain(context, id)
  await context.announce(noticesUrgent, { messages: 1 })
  await context.announce(noticesChanged, { what: 'deliveries' })
  return readDelivery(context, id)
}

/** Queued like any other, so that the test shows what will happen. */
export async function testRobot(context: Context, { id }: { id: string }): Promise<{ delivery: string }> {
  const robot = found(await findRobot(context, id), 'robot', id)
  await saveKind(context, 'test', testNotice.name)
  const rendered = render(testNotice, { person: context.who.name, robot: robot.title })
  const message = await keepMessage(context, {
    id: context.newId(),
    key: `test/${context.newId()}`,
    kind: 'test',
    importance: 'urgent',
    link: '/notices/teams',
    ...rendered,
  })
  const way = { channel: robot.kind, target: id, dueAt: context.now, digest: false }
  const [delivery] = await insertDeliveries(context, message, [way])
  must(delivery, 'a new message has not been queued before')
  await context.announce(noticesUrgent, { messages: 1 })
  return { delivery }
}
