/** Which facts are kept ahead of questions by day and month, and how they are told apart. */
import { canonicalText } from '#platform/text/canonical-text'
import type { Condition } from '../../contract/definition.ts'
import { ADDITIVE, type Fact } from './fact.ts'

/**
 * Whether a fact's states of single days add up to those of longer stretches, and are decided by its events alone: those of
 * pairs change while time passes, those of calendars when a calendar is edited.
 */
export function foldable(fact: Fact): boolean {
  if (fact.source.kind !== 'events') return false
  if (!fact.figures.every((figure) => ADDITIVE.has(figure))) return false
  const conditions: readonly Condition[] = [
    ...fact.where,
    ...fact.without.flat(),
    ...fact.parts.flatMap((part) => part.where),
  ]
  return conditions.every((each) => !('calendar' in each))
}

/** All a fact of events can keep: which of its figures a question asks for does not make it another fact. */
export function foldedFact(fact: Fact): Fact {
  return { ...fact, figures: fact.amount.of === 'rows' ? ['n'] : ['n', 'total', 'squares', 'lowest', 'highest'] }
}

/** The events of a type that a group of facts looks at all: a day without any is no day with a zero. */
export function presenceFact(facts: readonly Fact[]): Fact {
  const [first, ...others] = facts.map((fact) => new Map(fact.where.map((each) => [JSON.stringify(each), each])))
  const shared = [...first!].filter(([key]) => others.every((other) => other.has(key))).map(([, each]) => each)
  const [lead] = facts
  return {
    ...lead!,
    where: shared,
    without: [],
    parts: [{ value: null, where: [] }],
    amount: { of: 'rows' },
    low: null,
    high: null,
    figures: ['n'],
  }
}

/** Equal texts mean the same fact. */
export const factText = (fact: Fact): string => canonicalText(foldedFact(fact))

/** Share of the days with events, from the first to the last, that are filled from the newest back: 0 to 1. */
export function daysFilled(
  filledFrom: string | null,
  span: { readonly from: string; readonly to: string } | null,
): number {
  if (span === null) return 1
  if (filledFrom === null || filledFrom > span.to) return 0
  const days = (from: string, to: string) => Temporal.PlainDate.from(from).until(to).days + 1
  return filledFrom <= span.from ? 1 : days(filledFrom, span.to) / days(span.from, span.to)
}
