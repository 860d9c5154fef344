/** Why an alert was raised, as one sentence made of what the rule saw. */
import type { Alert, Reading } from '#alerts/contract'
import { periodName } from '#platform/web/calendar.ts'
import { formatNumber, formatValue } from '#platform/web/numbers.ts'
import { type Language, sayIn } from '#platform/web/words.ts'
import { words } from '../words.ts'

const why = words.why

/** What the value was held against: the baseline of a deviation, the level of a threshold. */
const referenceOf = (reading: Reading): number => reading.baseline ?? reading.level

/**
 * Only what the reading itself shows is claimed: "more than chance" where its interval leaves out the reference. The rule's own test
 * may be weaker (a lower confidence) and is not told here.
 */
function chanceOf(reading: Reading, language: Language): string {
  if (reading.low === null || reading.high === null) return why.noInterval[language]
  const reference = referenceOf(reading)
  const outside = reading.low > reference || reading.high < reference
  return outside ? why.beyondChance[language] : ''
}

export function whyText(alert: Alert, reading: Reading, language: Language): string {
  const { condition, grain } = alert.rule
  const { unit } = alert.indicator
  const reference = referenceOf(reading)
  const side = reading.value > reference ? why.above : reading.value < reference ? why.below : why.at
  const values = {
    period: periodName(reading.periodStart, grain, language),
    indicator: alert.indicator.title[language],
    value: formatValue(reading.value, unit, language),
    n: formatNumber(reading.n, language, 0),
    side: side[language],
    chance: chanceOf(reading, language),
  }
  if (condition.kind === 'threshold' || reading.baseline === null) {
    const level = formatValue(reading.level, unit, language)
    return sayIn(language, why.threshold, { ...values, colour: words.colour[reading.colour][language], level })
  }
  const { baseline } = condition
  const deviation = (100 * Math.abs(reading.value - reading.baseline)) / Math.abs(reading.baseline)
  return sayIn(language, why.deviation, {
    ...values,
    baselineName: baseline.of === 'own' ? sayIn(language, why.own, { periods: baseline.periods }) : why.peers[language],
    baseline: formatValue(reading.baseline, unit, language),
    deviation: `${formatNumber(deviation, language)}%`,
  })
}

/** The newest reading: what the alert says now. */
export const latest = (alert: Alert): Reading | undefined => alert.readings.at(-1)
