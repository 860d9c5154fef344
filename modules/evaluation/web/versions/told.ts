/** A scheme in words: every rule as a sentence, from the numbers themselves. */
import type { Gate, SchemeDraft, SchemeItem, Transform } from '#evaluation/contract'
import type { Indicator } from '#measurement/contract'
import type { Say } from '#platform/web/language.tsx'
import { formatNumber, units } from '#platform/web/numbers.ts'
import type { Language, Sentence } from '#platform/web/words.ts'
import { rulesWords } from '../../words/scheme-rules.ts'
import { raterWords } from '../../words/schemes.ts'
import { versionWords } from '../../words/versions.ts'
import { weightWords } from '../../words/weights.ts'
import { marksOf } from '../schemes/punctuation.ts'

const words = versionWords.told

export interface Telling {
  readonly say: Say
  readonly language: Language
  readonly indicator: (id: string) => Pick<Indicator, 'title' | 'unit' | 'direction' | 'minimumN'> | undefined
}

export const percentOf = (share: number, { language }: Pick<Telling, 'language'>, digits = 1): string =>
  `${formatNumber(share * 100, language, digits)}%`

const listed = (texts: readonly string[], language: Language) => texts.join(marksOf(language).list)

export function nameOf(item: Pick<SchemeItem, 'source'>, { say, indicator }: Telling): string {
  if (item.source.kind === 'assessed') return say(item.source.title)
  const known = indicator(item.source.indicator)
  return known ? say(known.title) : item.source.indicator
}

const unitOf = ({ source }: Pick<SchemeItem, 'source'>, { indicator }: Telling): string =>
  source.kind === 'assessed' ? 'points' : (indicator(source.indicator)?.unit ?? 'number')

/** As people write a rule: 90% rather than 90.0%. */
function withUnit(value: number, unit: string, language: Language): string {
  const sign = (units as Readonly<Record<string, Sentence>>)[unit]?.[language] ?? ''
  const close = sign === '' || unit === 'percent' || unit === 'per-thousand' || language === 'zh'
  return `${formatNumber(value, language, 3)}${close ? '' : ' '}${sign}`
}

/** How values of an item become points. */
export function transformTold(item: SchemeItem, telling: Telling): string {
  const { say, language } = telling
  const unit = unitOf(item, telling)
  const less =
    item.source.kind === 'indicator' && telling.indicator(item.source.indicator)?.direction === 'lower-is-better'
  const value = (number: number) => withUnit(number, unit, language)
  const corner = ([at, points]: readonly [number, number]) =>
    say(words.transform.corner, { value: value(at), points: formatNumber(points, language) })
  const { transform } = item
  switch (transform.kind) {
    case 'piecewise':
      return say(words.transform.piecewise, { corners: listed(transform.points.map(corner), language) })
    case 'step':
      return say(less ? words.transform.stepLess : words.transform.stepMore, {
        steps: listed(transform.steps.map(corner), language),
      })
    case 'percentile':
      return say(words.transform.percentile)
    default:
      return ofNumbers(transform, { ...telling, value, unit, less })
  }
}

function ofNumbers(
  transform: Extract<Transform, { kind: 'target-gap' | 'z-score' }>,
  telling: Telling & { value: (number: number) => string; unit: string; less: boolean },
): string {
  const { say, language, value, unit, less } = telling
  const plain = (number: number) => formatNumber(number, language, 2)
  if (transform.kind === 'z-score')
    return say(words.transform.zScore, {
      centre: plain(transform.centre),
      points: plain(transform.pointsPerDeviation),
    })
  const sign = (units as Readonly<Record<string, Sentence>>)[unit]?.[language] ?? ''
  const one = sign === '' ? say(words.transform.one) : value(1)
  return say(less ? words.transform.gapLess : words.transform.gapMore, {
    target: value(transform.target),
    unit: one,
    points: plain(transform.pointsPerUnit),
    floor: plain(transform.floor),
  })
}

/** What else is asked of an item. */
export function notesTold(item: SchemeItem, draft: SchemeDraft, { say, language }: Telling): string[] {
  const { source } = item
  const raters =
    source.kind === 'assessed'
      ? source.raters.map((rater) => `${say(raterWords[rater.kind])} ${percentOf(rater.weight, { language }, 0)}`)
      : []
  return [
    ...(raters.length > 0 ? [say(words.notes.assessed, { raters: listed(raters, language) })] : []),
    ...(source.kind === 'assessed' && source.leniency ? [say(words.notes.leniency)] : []),
    ...(item.required ? [say(words.notes.required)] : []),
    ...(item.minimumN === null ? [] : [say(words.notes.minimumN, { n: item.minimumN })]),
    ...(item.belowMinimum === 'provisional' ? [say(words.notes.provisional)] : []),
    ...(item.shrink === 'peers' ? [say(words.notes.shrunk)] : []),
    ...(draft.aggregation.kind === 'data-envelopment' && item.role === 'resource' ? [say(words.notes.resource)] : []),
  ]
}

export function peersTold({ peerGroups }: SchemeDraft, { say }: Telling): string {
  const attribute = peerGroups.by === 'attribute' ? peerGroups.attribute : ''
  return say(words.peer[peerGroups.by], { attribute })
}

export function gateTold(gate: Gate, { say, language, indicator }: Telling): string {
  const known = indicator(gate.indicator)
  return say(words.gate[gate.cap.kind], {
    title: say(gate.title),
    indicator: known ? say(known.title) : gate.indicator,
    operator: say(rulesWords.gates.operators[gate.operator]),
    limit: withUnit(gate.limit, known?.unit ?? 'number', language),
    most: gate.cap.most,
  })
}

export function missingTold({ missing, eligibility }: SchemeDraft, telling: Telling): string[] {
  const { say } = telling
  const { leastItems: items, leastDimensions: dimensions, leastN: n } = eligibility
  return [
    say(words.missingRule[missing.rule], { share: percentOf(missing.mostShare, telling, 0) }),
    ...(items > 1 || dimensions > 1 || n > 0 ? [say(words.eligibility, { items, dimensions, n })] : []),
  ]
}

export function gradesTold({ grades }: SchemeDraft, telling: Telling): string[] {
  const { say, language } = telling
  const { bands, hysteresisPoints: points } = grades
  const values =
    bands.kind === 'fixed'
      ? {
          borders: listed(
            bands.from.map((from) => formatNumber(from, language)),
            language,
          ),
        }
      : bands.kind === 'quantile'
        ? {
            shares: listed(
              bands.shares.map((share) => percentOf(share, telling, 0)),
              language,
            ),
          }
        : { count: bands.count }
  return [say(words.bands[bands.kind], values), ...(points > 0 ? [say(words.hysteresis, { points })] : [])]
}

export function experienceTold({ experience }: SchemeDraft, { say, language }: Telling): string {
  const corners = experience.map(([points, score]) =>
    say(words.experienceCorner, { points: formatNumber(points, language), score: formatNumber(score, language) }),
  )
  return say(words.experienceRule, { corners: listed(corners, language) })
}

export function certaintyTold({ certainty }: SchemeDraft, telling: Telling): string {
  const { say } = telling
  return say(words.certaintyRule, {
    confidence: percentOf(certainty.confidence, telling),
    draws: certainty.draws,
    top: percentOf(certainty.topShare, telling, 0),
  })
}

export const publishingTold = ({ publishing }: SchemeDraft, { say }: Telling): string =>
  say(words.publishingRule, {
    days: publishing.appealDays,
    open: say(publishing.open ? words.open : words.closed),
  })

export function weightingTold({ weighting }: SchemeDraft, telling: Telling): string {
  const { say, language } = telling
  if (weighting.method !== 'blend') return say(weightWords.methods[weighting.method])
  const parts = weighting.parts.map(
    ({ from, share }) => `${say(weightWords.methods[from.method])} ${percentOf(share, telling, 0)}`,
  )
  return say(weightWords.methods.blend) + marksOf(language).colon + listed(parts, language)
}
