/** Why an alert was raised, as one sentence made of what the rule saw. */
import type { Alert, ConditionOf, Reading } from '#alerts/contract'
import { instantName, periodName } from '#platform/web/calendar.ts'
import { formatNumber, formatValue } from '#platform/web/numbers.ts'
import { type Language, type Sentence, sayIn } from '#platform/web/words.ts'
import { words } from '../../words.ts'

const why = words.why
const told = words.condition
/** Below this chance is not taken as an explanation in a sentence; rules may be stricter. */
const UNLIKELY = 0.05
const SMALLEST_SHOWN = 0.0001

/** The newest reading: what the alert says now. */
export const latest = (alert: Alert): Reading | undefined => alert.readings.at(-1)

/** What the alert is about: its indicator, else its rule. */
export const subjectOf = (alert: Pick<Alert, 'indicator' | 'rule'>): Sentence =>
  alert.indicator?.title ?? alert.rule.title

export const unitOf = (alert: Alert): string => alert.indicator?.unit ?? 'count'

export const ruleSetName = (name: string, language: Language): string =>
  (told.set as Record<string, Sentence>)[name]?.[language] ?? name
export const runRuleName = (id: string, language: Language): string =>
  (told.rule as Record<string, Sentence>)[id]?.[language] ?? id
export const chartName = (kind: string, language: Language): string =>
  (told.chart as Record<string, Sentence>)[kind]?.[language] ?? kind
const joined = (names: readonly string[], language: Language) => names.join(language === 'zh' ? '、' : ', ')
const percent = (value: number, language: Language, digits = 1) => `${formatNumber(value, language, digits)}%`

export function probabilityText(p: number, language: Language): string {
  if (p < SMALLEST_SHOWN) return `<${percent(100 * SMALLEST_SHOWN, language, 2)}`
  return percent(100 * p, language, p < 0.01 ? 2 : 1)
}

/** Only what the reading itself shows is claimed: its probability, else whether its interval leaves out what it was held against. */
function chanceOf(reading: Reading, reference: number, language: Language): string {
  if (reading.pValue !== null) {
    const sentence = reading.pValue <= UNLIKELY ? why.beyondChanceBy : why.mayBeChance
    return sayIn(language, sentence, { p: probabilityText(reading.pValue, language) })
  }
  if (reading.low === null || reading.high === null) return why.noInterval[language]
  return reading.low > reference || reading.high < reference ? why.beyondChance[language] : ''
}

export function baselineName(baseline: ConditionOf<'deviation'>['baseline'], language: Language): string {
  return baseline.of === 'own' ? sayIn(language, why.own, { periods: baseline.periods }) : why[baseline.of][language]
}

export function againstName(condition: ConditionOf<'growth'>, language: Language): string {
  if (condition.against === 'year-before') return why.yearBefore[language]
  if (condition.windowPeriods === 1) return why.previous[language]
  return sayIn(language, why.previousMany, { periods: condition.windowPeriods })
}

/** What may be named beyond the alert itself. */
export interface Names {
  /** Title of a rule by its id. */
  readonly ruleOf?: (id: string) => string
}

export function whyText(alert: Alert, reading: Reading, language: Language, names: Names = {}): string {
  const { condition, grain } = alert.rule
  const reference = reading.baseline ?? reading.level
  const side = (value: number, level: number) =>
    (value > level ? why.above : value < level ? why.below : why.at)[language]
  const shown = (value: number | null) => formatValue(value, unitOf(alert), language)
  const measured = reading.measured ?? reading.value
  const values = {
    period: periodName(reading.periodStart, grain, language),
    indicator: subjectOf(alert)[language],
    value: shown(reading.value),
    n: formatNumber(reading.n, language, 0),
    baseline: shown(reading.baseline),
    colour: words.colour[reading.colour][language],
    chance: chanceOf(reading, reference, language),
  }
  switch (condition.kind) {
    case 'threshold':
      return sayIn(language, why.threshold, {
        ...values,
        side: side(reading.value, reading.level),
        level: shown(reading.level),
      })
    case 'deviation':
      return sayIn(language, why.deviation, {
        ...values,
        side: side(reading.value, reference),
        baselineName: baselineName(condition.baseline, language),
        deviation: percent(deviationOf(reading), language),
      })
    case 'growth':
      return sayIn(language, why.growth, {
        ...values,
        against: againstName(condition, language),
        moved: (reading.value >= reference ? why.rose : why.fell)[language],
        measured: percent(Math.abs(measured), language),
      })
    case 'chart': {
      const [kind = 'auto', ...rules] = reading.because
      return sayIn(language, why.chart, {
        ...values,
        chart: chartName(kind, language),
        rules: joined(
          rules.map((rule) => runRuleName(rule, language)),
          language,
        ),
        set: ruleSetName(condition.ruleSet, language),
      })
    }
    case 'change-point':
    case 'forecast-band':
    case 'forecast-miss':
    case 'shortage':
      return courseText(alert, reading, language, values)
    default:
      return eventText(condition, reading, language, names)
  }
}

/** Kinds that look at the whole course, or at what there is to serve with. */
function courseText(alert: Alert, reading: Reading, language: Language, values: Record<string, string>): string {
  const { condition, grain } = alert.rule
  const measured = reading.measured ?? reading.value
  switch (condition.kind) {
    case 'change-point':
      return sayIn(language, why['change-point'], {
        ...values,
        since: periodName(reading.because[0] ?? reading.periodStart, grain, language),
        measured: percent(measured, language),
      })
    case 'forecast-band':
      return sayIn(language, why['forecast-band'], { ...values, measured: percent(measured, language) })
    case 'forecast-miss':
      return sayIn(language, why['forecast-miss'], {
        ...values,
        measured: percent(measured, language, 0),
        until: periodName(reading.expectedIn ?? reading.periodStart, grain, language),
      })
    case 'shortage':
      return sayIn(language, why.shortage, { ...values, measured: percent(measured, language, 0) })
    default:
      return ''
  }
}

function deviationOf(reading: Reading): number {
  if (reading.measured !== null) return Math.abs(reading.measured)
  if (reading.baseline === null || reading.baseline === 0) return 0
  return (100 * Math.abs(reading.value - reading.baseline)) / Math.abs(reading.baseline)
}

function eventText(
  condition: ConditionOf<'repeated' | 'keyword' | 'silence' | 'combination'>,
  reading: Reading,
  language: Language,
  names: Names,
): string {
  const measured = reading.measured ?? reading.value
  const count = (value: number) => formatNumber(value, language, 0)
  const [first = ''] = reading.because
  const shared = {
    measured: count(measured),
    level: count(reading.level),
    colour: words.colour[reading.colour][language],
    side: (measured > reading.level ? why.above : why.at)[language],
  }
  switch (condition.kind) {
    case 'repeated':
      return sayIn(language, condition.distinct === null ? why.repeated : why.repeatedBy, {
        ...shared,
        hours: count(condition.windowHours),
        eventType: condition.eventType,
        distinct: condition.distinct ?? '',
        same: first === '' ? '' : sayIn(language, why.same, { names: first }),
      })
    case 'keyword': {
      const found = reading.because.slice(-2).map((text) => sayIn(language, why.quoted, { text }))
      return sayIn(language, why.keyword, {
        ...shared,
        hours: count(condition.windowHours),
        found: found.length === 0 ? '' : sayIn(language, why.found, { names: joined(found, language) }),
      })
    }
    case 'silence':
      return sayIn(language, why.silence, {
        ...shared,
        eventType: condition.eventType,
        last: first === '' ? '' : sayIn(language, why.last, { at: instantName(first, language) }),
      })
    case 'combination':
      return sayIn(language, why.combination, {
        ...shared,
        rules: joined(
          reading.because.map((id) => names.ruleOf?.(id) ?? id),
          language,
        ),
      })
  }
}
