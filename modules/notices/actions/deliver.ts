/** What waits leaves the house: robots one message in three seconds, mail as fast as the server takes it, each attempt beside any transaction. */
import { setTimeout as pause } from 'node:timers/promises'
import { contactsOf } from '#organisation/actions/contacts'
import type { Context } from '#platform/context'
import { sendWebhook } from '#platform/outbound/send-webhook'
import { canonicalText } from '#platform/text/canonical-text'
import { failedWith, type Outcome } from '../channels/outcome.ts'
import type { Mailer } from '../channels/mail.ts'
import { sendToRobot } from '../channels/robot.ts'
import { digestOf, robotMessage, type Said } from '../rules/robots.ts'
import { keptAnswer, nextTry } from '../rules/trying.ts'
import {
  anythingSoon,
  type Batch,
  claimBatch,
  dueTargets,
  letRest,
  settle,
  takeTurn,
  type Target,
} from '../store/deliveries.ts'
import { findRobot, findTeam, preferencesOf, type RobotRow, setRobot } from '../store/settings.ts'
import { openAccess, type RobotAccess, type RobotParts } from './teams.ts'

export interface DeliveryParts extends RobotParts {
  /** Null where the operator named no mail server. */
  readonly mailer: Mailer | null
  /** Where people reach the product, without a slash at the end; null where nobody said. */
  readonly address: string | null
  /** How long a robot may take to answer; ten seconds where it is left out. */
  readonly answerMilliseconds?: number
}

/** Targets worked on at the same time, and how soon what is due must be to wait for it. */
const LANES = 8
const SOON_SECONDS = 4
const PAUSE_MILLISECONDS = 500
/** One call goes on sending for so long at most: it runs inside a job that must end. */
const SENDING_MILLISECONDS = 50_000

/** Sends what is due; goes on for as long as its patience lasts while more comes due within seconds. Gives how many messages went out. */
export async function deliverNotices(
  parts: DeliveryParts,
  context: Context,
  patienceMilliseconds = 0,
): Promise<number> {
  const began = performance.now()
  let sent = 0
  for (;;) {
    const targets = await context.separately((inside) => dueTargets(inside, LANES))
    const outcomes = await Promise.all(targets.map((target) => deliverTo(parts, context, target)))
    sent += outcomes.filter((each) => each === 'sent').length
    const gone = performance.now() - began
    const left = patienceMilliseconds - gone
    // A target that had nothing to claim is in another process's hands: looking again at once would turn in a circle.
    const moving = outcomes.some((each) => each !== 'nothing')
    if (moving && gone < SENDING_MILLISECONDS) continue
    if (left <= 0 || !(await context.separately((inside) => anythingSoon(inside, SOON_SECONDS)))) return sent
    await pause(PAUSE_MILLISECONDS)
  }
}

async function deliverTo(
  parts: DeliveryParts,
  context: Context,
  target: Target,
): Promise<'sent' | 'failed' | 'nothing'> {
  const claimed = await context.separately(async (inside) => {
    const robot = target.channel === 'mail' ? null : await findRobot(inside, target.target)
    if (robot !== null && !(await takeTurn(inside, robot.id))) return null
    const batch = await claimBatch(inside, target)
    const language = robot
      ? (await findTeam(inside, robot.teamId))?.preferences.language
      : (await preferencesOf(inside, [target.target])).get(target.target)?.language
    const contact = robot ? null : (await contactsOf(inside, [target.target])).get(target.target)
    return batch && { batch, robot, language: language ?? 'zh', email: contact?.email ?? null, now: inside.now }
  })
  if (claimed === null) return 'nothing'
  const { batch, robot } = claimed
  const access = robot && openAccess(parts.sealer, robot.sealed)
  const outcome = await attempt(parts, { ...claimed, access })
  await context.separately((inside) => record(inside, batch, robot, outcome, access))
  return outcome.problem === null ? 'sent' : 'failed'
}

interface Claimed {
  readonly batch: Batch
  readonly robot: RobotRow | null
  readonly access: RobotAccess | null
  readonly language: 'zh' | 'en'
  readonly email: string | null
  readonly now: Temporal.Instant
}

/** One message, or one for all of them. */
function saying({ batch, language }: Pick<Claimed, 'batch' | 'language'>, address: string | null): Said {
  const [only] = batch.messages
  const at = (link: string | null) => (address === null || link === null ? null : `${address}${link}`)
  if (batch.ids.length === 1 && only)
    return { title: only.title[language], body: only.body[language], link: at(only.link) }
  const { title, body } = digestOf(
    batch.messages.map((each) => each.title[language]),
    batch.ids.length,
    language,
  )
  return { title, body, link: at('/notices') }
}

async function attempt(parts: DeliveryParts, claimed: Claimed): Promise<Outcome> {
  const { batch, robot, access, language, now } = claimed
  if (batch.channel === 'mail') return attemptMail(parts, claimed)
  if (robot === null || !robot.enabled) return failedWith('gone')
  if (access === null) return failedWith('secret-lost')
  const { privateAllowed } = parts
  if (robot.kind === 'webhook') return attemptWebhook(parts, claimed, access)
  const body = robotMessage(robot.kind, saying(claimed, parts.address), { keyword: robot.keyword, language })
  const waits = parts.answerMilliseconds === undefined ? {} : { answerMilliseconds: parts.answerMilliseconds }
  return sendToRobot({ kind: robot.kind, ...access, body, now, privateAllowed, ...waits })
}

/** The id stays the same for the same messages, so that a receiver that hears them twice counts them once. */
const idOf = ({ ids, batch }: Batch) => (ids.length === 1 ? ids[0]!.id : batch)

async function attemptWebhook(parts: DeliveryParts, claimed: Claimed, access: RobotAccess): Promise<Outcome> {
  const { batch, now } = claimed
  const notices = batch.messages.map(({ id, kind, importance, title, body, link, createdAt }) => ({
    id,
    kind,
    importance,
    title,
    body,
    link: link === null ? null : `${parts.address ?? ''}${link}`,
    at: createdAt.toString(),
  }))
  const data = { notices, count: batch.ids.length }
  const { status, problem } = await sendWebhook({
    url: access.url,
    secret: access.secret ?? '',
    id: idOf(batch),
    body: canonicalText({ type: 'notices.told', timestamp: now.toString(), data }),
    now,
    privateAllowed: parts.privateAllowed,
  })
  const redirected = status !== null && status >= 300 && status < 400
  const restSeconds = status === 429 ? WEBHOOK_REST_SECONDS : 0
  const told = redirected ? 'redirect' : status === 429 ? 'rate-limit' : problem
  return { problem: told, status, answer: '', restSeconds }
}
const WEBHOOK_REST_SECONDS = 60

async function attemptMail(parts: DeliveryParts, claimed: Claimed): Promise<Outcome> {
  const { batch, email } = claimed
  if (parts.mailer === null) return failedWith('mail-off')
  if (email === null) return failedWith('no-address')
  const { title, body, link } = saying(claimed, parts.address)
  const text = [body, ...(link === null ? [] : [link])].join('\n\n')
  const urgent = batch.messages[0]?.importance === 'urgent'
  return parts.mailer.send({ id: idOf(batch), to: email, subject: title, text, urgent })
}

/** Not faults of the way, but no way at all: they do not count as failed. */
const NO_WAY = ['mail-off', 'no-address', 'gone'] as const

async function record(
  context: Context,
  { batch, ids }: Batch,
  robot: RobotRow | null,
  outcome: Outcome,
  access: RobotAccess | null,
): Promise<void> {
  const { problem, status, restSeconds } = outcome
  if (robot && restSeconds > 0) await letRest(context, robot.id, restSeconds)
  if (robot?.kind === 'webhook' && status === 410) await setRobot(context, robot.id, { enabled: false })
  const answer = keptAnswer(outcome.answer, secretsOf(access))
  const skipped = (NO_WAY as readonly (string | null)[]).includes(problem)
  // Messages of one batch may have been tried a different number of times before.
  for (const [before, group] of Map.groupBy(ids, (each) => each.attempts)) {
    const attempts = before + 1
    const again =
      problem === null || skipped ? null : nextTry({ problem, status, attempts }, context.now, context.random())
    const state = problem === null ? 'sent' : skipped ? 'skipped' : again === null ? 'failed' : 'waiting'
    const settled = { state, dueAt: again, problem, answer, attempts } as const
    await settle(
      context,
      batch,
      group.map((each) => each.id),
      settled,
      ids.length,
    )
  }
}

function secretsOf(access: RobotAccess | null): string[] {
  if (access === null) return []
  const url = new URL(access.url)
  const parts = [...url.searchParams.values(), ...url.pathname.split('/').filter((part) => part.length >= 16)]
  return [access.url, ...(access.secret === null ? [] : [access.secret]), ...parts]
}
