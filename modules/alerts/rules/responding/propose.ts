/** Which response plans fit an alert: by its rule, its indicator, and the words of their titles. */
import type { Alert } from '../../contract/alert.ts'
import type { ResponsePlan } from '../../contract/response.ts'
import { rankOf } from '../levels.ts'

/** A rule named in a plan says more than an indicator, an indicator more than any number of words. */
const RULE_SCORE = 10_000
const INDICATOR_SCORE = 1000
const WORD_SCORE = 10
/** Of two plans with as many words, the one that is meant for this colour or milder comes first. */
const COLOUR_SCORE = 1

export type Proposable = Pick<Alert, 'colour'> & {
  readonly rule: Pick<Alert['rule'], 'id' | 'title'>
  readonly indicator: Pick<NonNullable<Alert['indicator']>, 'id' | 'title'> | null
}

/**
 * Plans that fit, the best first; equal ones by id. The plan the rule names (`own`) stands first whatever its score. Inactive plans never do,
 * and words alone propose a plan only where the alert is as bad as the plan asks. Cost: plans times words.
 */
export function proposedPlans(
  plans: readonly ResponsePlan[],
  alert: Proposable,
  own: string | null = null,
): ResponsePlan[] {
  return plans
    .filter((plan) => plan.active)
    .map((plan) => ({ plan, score: plan.id === own ? Number.POSITIVE_INFINITY : scoreOf(plan, alert) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) =>
      one.score === other.score ? (one.plan.id < other.plan.id ? -1 : 1) : one.score < other.score ? 1 : -1,
    )
    .map(({ plan }) => plan)
}

function scoreOf({ match }: ResponsePlan, { rule, indicator, colour }: Proposable): number {
  const named =
    (match.rules.includes(rule.id) ? RULE_SCORE : 0) +
    (indicator !== null && match.indicators.includes(indicator.id) ? INDICATOR_SCORE : 0)
  const badEnough = rankOf(colour) <= rankOf(match.leastColour)
  if (named === 0 && !badEnough) return 0
  const titles = [rule.title, ...(indicator === null ? [] : [indicator.title])]
  const text = titles.map(({ zh, en }) => `${zh}\n${en}`).join('\n')
  const words = new Set(match.words.map((word) => word.toLowerCase()))
  const hits = [...words].filter((word) => says(text.toLowerCase(), word)).length
  if (named === 0 && hits === 0) return 0
  return named + hits * WORD_SCORE + (badEnough ? COLOUR_SCORE : 0)
}

/**
 * An English word must be a whole word of the text, or its plural: `fire` is not in `misfire`, nor `media` in `median`. Chinese words have
 * no such edges. Both arguments in small letters.
 */
function says(text: string, word: string): boolean {
  if (!/^[a-z]/.test(word)) return text.includes(word)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const begins = at === 0 || !/[a-z]/.test(text[at - 1]!)
    if (begins && /^(?:s|es)?(?![a-z])/.test(text.slice(at + word.length))) return true
  }
  return false
}
