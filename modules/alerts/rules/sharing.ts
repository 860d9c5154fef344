/** Which subscriptions an alert is passed on to, and what of it. */
import type { Colour, Sharing, SubscriptionDraft } from '../contract.ts'
import { rankOf } from './levels.ts'

export interface SharedFacts {
  readonly rule: string
  readonly colour: Colour
  /** Numbers from the root down to the unit. */
  readonly path: readonly number[]
}

/** `below`: number of the node the subscription is limited to, 0 where it is not. */
export function isWanted(
  { match, active }: Pick<SubscriptionDraft, 'match' | 'active'>,
  below: number,
  { rule, colour, path }: SharedFacts,
): boolean {
  return (
    active &&
    rankOf(colour) <= rankOf(match.leastColour) &&
    (match.rules.length === 0 || match.rules.includes(rule)) &&
    (below === 0 || path.includes(below))
  )
}

export interface Shared {
  readonly what: Sharing['what']
  readonly colour: Colour
  readonly time: number
}

/**
 * What a subscription is told next about an alert; null where it knows. An alert that is milder than a subscription wants was never shared, so
 * its end is not told either. `reopened`: how often it came back.
 */
export function nextShared(
  now: { readonly closed: boolean; readonly colour: Colour; readonly reopened: number; readonly wanted: boolean },
  told: readonly Shared[],
): Shared | null {
  const { closed, colour, reopened, wanted } = now
  const ofThisTime = told.filter(({ time }) => time === reopened)
  const last = ofThisTime.at(-1)
  if (closed) {
    return last === undefined || last.what === 'closed' ? null : { what: 'closed', colour, time: reopened }
  }
  if (!wanted) return null
  if (last === undefined) return { what: 'raised', colour, time: reopened }
  const worst = Math.min(...ofThisTime.map((each) => rankOf(each.colour)))
  return rankOf(colour) < worst ? { what: 'worsened', colour, time: reopened } : null
}
