/** A rule told in words: whom it watches, what raises which colour. */
import type { Rule } from '#alerts/contract'
import { formatNumber, formatValue } from '#platform/web/numbers.ts'
import { type Language, sayIn } from '#platform/web/words.ts'
import { words } from '../../words.ts'

const text = words.rules
const COLOURS = ['yellow', 'orange', 'red'] as const

export function conditionText(rule: Rule, unit: string, language: Language): string {
  const { condition } = rule
  const levels = condition.kind === 'threshold' ? condition.levels : condition.levelsPercent
  const told = COLOURS.flatMap((colour) => {
    const level = levels[colour]
    if (level === null) return []
    const value =
      condition.kind === 'threshold' ? formatValue(level, unit, language) : `${formatNumber(level, language)}%`
    return [`${value} ${words.colour[colour][language]}`]
  }).join(language === 'zh' ? '、' : ', ')
  if (condition.kind === 'threshold') return `${text.reaches[language]} ${told}`
  const base =
    condition.baseline.of === 'own'
      ? sayIn(language, words.why.own, { periods: condition.baseline.periods })
      : words.why.peers[language]
  return `${sayIn(language, text.worseThan, { base })} ${told}`
}

export function watchText(rule: Rule, language: Language, nameOf: (key: string) => string): string {
  const { entityKind, below } = rule.watch
  if (entityKind === null) return below === null ? text.organisation[language] : nameOf(below)
  const every = sayIn(language, text.everyKind, { kind: entityKind })
  return below === null ? every : every + sayIn(language, text.belowOf, { entity: nameOf(below) })
}
