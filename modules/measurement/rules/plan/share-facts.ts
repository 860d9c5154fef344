/** Facts of many plans read once: those that ask the same of events are one, with the figures of all. */
import { canonicalText } from '#platform/text/canonical-text'
import type { Fact } from './fact.ts'

export interface SharedFacts {
  readonly facts: readonly Fact[]
  /** For each plan the places of its facts among all. */
  readonly places: readonly (readonly number[])[]
}

export function shareFacts(plans: readonly { readonly facts: readonly Fact[] }[]): SharedFacts {
  const facts: Fact[] = []
  const known = new Map<string, number>()
  const placeOf = (fact: Fact): number => {
    const { figures, ...what } = fact
    const text = canonicalText(what)
    const place = known.get(text)
    if (place === undefined) {
      known.set(text, facts.length)
      return facts.push(fact) - 1
    }
    facts[place] = { ...fact, figures: [...new Set([...facts[place]!.figures, ...figures])] }
    return place
  }
  const places = plans.map((plan) => plan.facts.map(placeOf))
  return { facts, places }
}
