/** When what failed is tried again, and when it is given up. */
import type { DeliveryProblem } from '../contract.ts'
import { cutToLetters } from './render.ts'

/** The line, the other side's own faults and "too often" pass; a wrong address, key or word does not. */
const PASSING: ReadonlySet<DeliveryProblem> = new Set(['unreachable', 'slow', 'rate-limit'])

export const passes = (problem: DeliveryProblem, status: number | null): boolean =>
  PASSING.has(problem) || (problem === 'status' && status !== null && status >= 500)

const WAITS_MINUTES = [1, 3, 10, 30, 120] as const
export const ATTEMPTS_LIMIT = WAITS_MINUTES.length + 1
/** A fifth to either side, so that what failed together does not come back together. */
const SPREAD = 0.2

/** Null when it is given up. `attempts`: made so far, this one included; `chance` in [0, 1). */
export function nextTry(
  outcome: { readonly problem: DeliveryProblem; readonly status: number | null; readonly attempts: number },
  now: Temporal.Instant,
  chance: number,
): Temporal.Instant | null {
  const minutes = WAITS_MINUTES[outcome.attempts - 1]
  if (minutes === undefined || !passes(outcome.problem, outcome.status)) return null
  return now.add({ seconds: Math.round(minutes * 60 * (1 + SPREAD * (2 * chance - 1))) })
}

/** A robot takes one message in three seconds (20 a minute is the strictest limit of the three makers). */
export const ROBOT_SECONDS = 3
/** When more wait than this, they go out as one. */
export const ALONE_LIMIT = 5

/** The address and other secrets never stand in what is kept of an answer; the rest is one short line. */
const ANSWER_LIMIT = 201
export function keptAnswer(text: string, secrets: readonly string[]): string | null {
  let line = text.replaceAll(/\p{Cc}+/gu, ' ').trim()
  for (const secret of [...secrets].sort((a, b) => b.length - a.length))
    if (secret.length >= 4) line = line.replaceAll(secret, '***')
  line = line.replaceAll(/https?:\/\/\S+/gi, '***')
  return line === '' ? null : cutToLetters(line, ANSWER_LIMIT)
}
