/** A rule in plain words: whom it watches, what raises which colour, how sure and how steady it is. */
import { type Condition, judgesIndicator, type Levels, type RuleDraft } from '#alerts/contract'
import { floorWords } from '#platform/web/floor-words.ts'
import { formatNumber, formatValue } from '#platform/web/numbers.ts'
import { type Language, sayIn } from '#platform/web/words.ts'
import { levelsOf } from '../../rules/levels.ts'
import { words } from '../../words.ts'
import { againstName, baselineName, chartName, ruleSetName } from './why.ts'

const told = words.condition.told
const COLOURS = ['yellow', 'orange', 'red'] as const

/** What a sentence needs to know of things that are named by their ids. */
export interface Known {
  readonly indicator: { readonly title: string; readonly unit: string; readonly direction: string } | undefined
  readonly indicatorTitle: (id: string) => string
  readonly ruleTitle: (id: string) => string
  readonly entityName: (key: string) => string
}

const percent = (value: number, language: Language, digits = 1) => `${formatNumber(value, language, digits)}%`
const listed = (names: readonly string[], language: Language) => names.join(language === 'zh' ? '、' : ', ')

/** A level in the unit the condition states it in. */
export function levelText(condition: Condition, level: number, unit: string, language: Language): string {
  switch (condition.kind) {
    case 'threshold':
      return formatValue(level, unit, language)
    case 'repeated':
    case 'keyword':
      return sayIn(language, told.times, { count: level })
    case 'silence':
      return sayIn(language, told.hours, { count: level })
    case 'forecast-band':
      return sayIn(language, told.confidence, { percent: percent(level, language, 2) })
    default:
      return percent(level, language)
  }
}

function levelsText(condition: Condition, unit: string, language: Language): string {
  const levels: Levels | null = levelsOf(condition)
  const given = COLOURS.flatMap((colour) => {
    const level = levels?.[colour]
    if (level === null || level === undefined) return []
    const values = { level: levelText(condition, level, unit, language), colour: words.colour[colour][language] }
    return [sayIn(language, told.level, values)]
  })
  return listed(given, language)
}

export function conditionText(condition: Condition, known: Known, language: Language): string {
  const unit = known.indicator?.unit ?? 'number'
  const levels = levelsText(condition, unit, language)
  const indicator = known.indicator?.title ?? told.theIndicator[language]
  const colourName = (colour: keyof typeof words.colour) => words.colour[colour][language]
  switch (condition.kind) {
    case 'threshold': {
      const side = (known.indicator?.direction === 'higher-is-better' ? told.below : told.above)[language]
      return sayIn(language, told.threshold, { indicator, side, levels })
    }
    case 'deviation':
      return sayIn(language, told.deviation, { indicator, base: baselineName(condition.baseline, language), levels })
    case 'growth': {
      const window =
        condition.windowPeriods === 1 ? '' : sayIn(language, told.window, { periods: condition.windowPeriods })
      return sayIn(language, told.growth, { indicator, against: againstName(condition, language), levels, window })
    }
    case 'chart':
      return sayIn(language, told.chart, {
        indicator,
        chart: chartName(condition.chart, language),
        set: ruleSetName(condition.ruleSet, language),
        beyond: colourName(condition.colours.beyond),
        pattern: colourName(condition.colours.pattern),
      })
    case 'change-point':
      return sayIn(language, told['change-point'], { indicator, within: condition.within, levels })
    case 'forecast-band':
      return sayIn(language, told['forecast-band'], { indicator, levels })
    case 'forecast-miss': {
      const target =
        condition.target === null ? told.targetSet[language] : formatValue(condition.target, unit, language)
      return sayIn(language, told['forecast-miss'], { indicator, horizon: condition.horizon, target, levels })
    }
    case 'shortage':
      return sayIn(language, told.shortage, { indicator, levels, capacity: known.indicatorTitle(condition.capacity) })
    default:
      return eventConditionText(condition, levels, known, language)
  }
}

function eventConditionText(
  condition: Extract<Condition, { kind: 'repeated' | 'keyword' | 'silence' | 'combination' }>,
  levels: string,
  known: Known,
  language: Language,
): string {
  switch (condition.kind) {
    case 'repeated': {
      const { distinct, same } = condition
      const alike = same.length === 0 ? '' : sayIn(language, told.sameAs, { names: listed(same, language) })
      const counted = distinct === null ? '' : sayIn(language, told.distinct, { name: distinct })
      return sayIn(language, told.repeated, {
        hours: condition.windowHours,
        eventType: condition.eventType,
        same: alike + counted,
        levels,
      })
    }
    case 'keyword':
      return sayIn(language, told.keyword, {
        hours: condition.windowHours,
        phrases: listed(
          condition.phrases.map((phrase) => `“${phrase}”`),
          language,
        ),
        levels,
      })
    case 'silence':
      return sayIn(language, told.silence, { eventType: condition.eventType, levels })
    case 'combination':
      return sayIn(language, told.combination, {
        atLeast: condition.atLeast,
        rules: listed(condition.rules.map(known.ruleTitle), language),
        colour: condition.colour === null ? told.worstOf[language] : words.colour[condition.colour][language],
      })
  }
}

export function watchText(watch: RuleDraft['watch'], known: Pick<Known, 'entityName'>, language: Language): string {
  const { entityKind, below, everyNode } = watch
  const text = words.rules
  if (!everyNode && entityKind === null) return below === null ? text.organisation[language] : known.entityName(below)
  const every = everyNode ? text.everyNode[language] : sayIn(language, text.everyKind, { kind: entityKind ?? '' })
  return below === null ? every : every + sayIn(language, text.belowOf, { entity: known.entityName(below) })
}

/** The whole rule, as the editor and the list tell it. */
export function ruleText(draft: RuleDraft, known: Known, language: Language): string {
  const { condition, steadiness, pooling } = draft
  const values = {
    who: watchText(draft.watch, known, language),
    grain: floorWords.grain[draft.grain][language].toLowerCase(),
    what: conditionText(condition, known, language),
  }
  const judges = judgesIndicator(condition.kind)
  const said = [sayIn(language, judges ? told.watched : told.watchedEvents, values)]
  const tested = ['threshold', 'deviation', 'growth', 'change-point', 'shortage'].includes(condition.kind)
  if (tested)
    said.push(
      draft.confidence === 0
        ? told.noChance[language]
        : sayIn(language, told.chance, { percent: percent(100 * draft.confidence, language, 3) }),
    )
  if (draft.falseDiscoveryShare !== null)
    said.push(sayIn(language, told.discovery, { percent: percent(100 * draft.falseDiscoveryShare, language) }))
  if (steadiness.forPeriods > 1) said.push(sayIn(language, told.forPeriods, { count: steadiness.forPeriods }))
  if (steadiness.quietPeriods > 1) said.push(sayIn(language, told.quietPeriods, { count: steadiness.quietPeriods }))
  if (pooling !== null)
    said.push(
      sayIn(language, told.pooled, {
        units: pooling.leastUnits,
        percent: percent(pooling.leastSharePercent, language),
      }),
    )
  const text = said.join('')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
