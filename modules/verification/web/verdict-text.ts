/** A proof told in one sentence a head of department understands. */
import type { Design, Proof, Verdict } from '#verification/contract'
import { dayName, today } from '#platform/web/calendar.ts'
import { formatChange, formatNumber, formatPlain } from '#platform/web/numbers.ts'
import { type Language, sayIn } from '#platform/web/words.ts'
import { words } from '../words.ts'

const sentence = words.sentence

/** The size of a difference with its unit, without sign: 32.6 分钟, 3.2 个百分点. */
export const sizeText = (value: number, unit: string, language: Language): string =>
  formatChange(Math.abs(value), unit, language).slice(1)

/** Effect with sign and interval, for tables. */
export function effectText(verdict: Verdict | null, unit: string, language: Language): string {
  const effect = verdict?.effect
  if (!effect) return ''
  const interval = `${formatPlain(effect.low, unit, language)} ～ ${formatPlain(effect.high, unit, language)}`
  return `${formatChange(effect.value, unit, language)}（${interval}）`
}

/** True once the end of the proof is past and only the conclusion is missing. */
export const isDue = (design: Design): boolean => design.state === 'waiting' && design.endsOn < today()

function sentenceOf(design: Design, verdict: Verdict, effect: NonNullable<Verdict['effect']>) {
  if (verdict.because === 'harm-not-ruled-out' || verdict.because === 'too-small-for-margin') return sentence.short
  if (verdict.outcome !== 'effective') return sentence[verdict.outcome]
  const better = design.direction === 'higher-is-better' ? effect.value : -effect.value
  // Effective asks that the interval reaches the promise; where the estimate alone lies below it, that is said.
  return better >= design.smallestEffect ? sentence.effective : sentence.reaches
}

export function proofText(proof: Proof, language: Language): string {
  const { design, verdict, unit, waiver } = proof
  if (waiver) return sayIn(language, sentence.waived, { by: waiver.by, reason: waiver.reason })
  const indicator = proof.indicatorTitle[language]
  if (verdict === null) {
    return sayIn(language, isDue(design) ? sentence.due : sentence.waiting, { day: dayName(design.endsOn, language) })
  }
  const { effect } = verdict
  if (!effect) return sayIn(language, sentence.noEstimate, { indicator })
  const lower = effect.value < 0
  // Told as "lower by", the interval is turned as well; told as a signed difference it is not.
  const [low, high] =
    lower && verdict.outcome !== 'no-relevant-difference' ? [-effect.high, -effect.low] : [effect.low, effect.high]
  return sayIn(language, sentenceOf(design, verdict, effect), {
    entity: design.entity.name,
    indicator,
    side: (lower ? sentence.lower : sentence.higher)[language],
    effect: sizeText(effect.value, unit, language),
    low: formatPlain(low, unit, language),
    high: formatPlain(high, unit, language),
    smallest: sizeText(design.smallestEffect, unit, language),
    margin: sizeText(design.equivalenceMargin, unit, language),
    signed: formatChange(effect.value, unit, language),
  })
}

/** Why nothing could be decided, and what it would take; null where it was. */
export function becauseText(proof: Proof, language: Language): string | null {
  const { verdict, unit } = proof
  if (verdict?.outcome !== 'undecided' || verdict.because === null) return null
  const width = verdict.effect ? sizeText(verdict.effect.high - verdict.effect.low, unit, language) : ''
  const why = sayIn(language, words.because[verdict.because], {
    before: verdict.periodsBefore,
    after: verdict.periodsAfter,
    width,
  })
  return `${why}${language === 'en' ? ' ' : ''}${neededText(verdict, language)}`
}

/** What it would take, in periods; nothing where that cannot be said. */
function neededText(verdict: Verdict, language: Language): string {
  const { needed, periodsAfter } = verdict
  if (needed === null) return ''
  const percent = (share: number) => `${formatNumber(100 * share, language, 0)}%`
  const powers = { power: percent(needed.power), powerNow: percent(needed.powerNow) }
  if (needed.periodsAfter === null) return sayIn(language, words.because.notByTime, powers)
  const more = Math.max(0, needed.periodsAfter - periodsAfter)
  if (more === 0) return ''
  return sayIn(language, words.because.needed, { ...powers, periods: needed.periodsAfter, more })
}
