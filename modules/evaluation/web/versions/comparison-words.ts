/** Reasons and agreement in plain words. */
import type { Compared, ComparisonOfVersions } from '#evaluation/contract'
import type { Say } from '#platform/web/language.tsx'
import { formatChange, formatNumber } from '#platform/web/numbers.ts'
import type { Language, Sentence } from '#platform/web/words.ts'
import { versionWords } from '../../words/versions.ts'

const words = versionWords.compare

/** How alike two orders are, in a word: borders as people use them, not a test. */
export function agreementTold(tau: number | null): Sentence {
  if (tau === null) return words.tau.none
  if (tau >= 0.9) return words.tau.same
  if (tau >= 0.7) return words.tau.alike
  if (tau >= 0.4) return words.tau.changed
  return tau >= 0 ? words.tau.other : words.tau.against
}

export const agreementWhy = (tau: number | null, say: Say, language: Language): string | null =>
  tau === null ? null : say(words.tauWhy, { tau: formatNumber(tau, language, 2) })

/** What people call the items of both versions. */
export function itemNames(
  { before, after }: Pick<ComparisonOfVersions, 'before' | 'after'>,
  nameOf: (item: ComparisonOfVersions['after']['dimensions'][number]['items'][number]) => string,
): ReadonlyMap<string, string> {
  const items = [before, after].flatMap(({ dimensions }) => dimensions.flatMap((dimension) => dimension.items))
  return new Map(items.map((item) => [item.id, nameOf(item)]))
}

export const becauseTold = (
  { item, cause, difference }: Compared['because'][number],
  names: ReadonlyMap<string, string>,
  say: Say,
  language: Language,
): string =>
  say(words.cause[cause], {
    item: names.get(item) ?? item,
    by: formatChange(Math.round(difference * 10) / 10, 'number', language),
  })
