/** A proof told in one sentence a head of department understands. */
import type { Design, Proof, Verdict } from '#verification/contract'
import { dayName, today } from '#platform/web/calendar.ts'
import { formatChange, formatPlain } from '#platform/web/numbers.ts'
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
  if (verdict.because === 'harmful') return sentence.harmful
  if (verdict.outcome === 'undecided') return sentence.undecided
  const better = design.direction === 'higher-is-better' ? effect.value : -effect.value
  if (verdict.outcome === 'not-effective') return better > 0 ? sentence.small : sentence.none
  // Effective asks that the interval reaches the promise; where the estimate alone lies below it, that is said.
  return better >= design.smallestEffect ? sentence.effective : sentence.reaches
}

export function proofText(proof: Proof, language: Language): string {
  const { design, verdict, unit } = proof
  const indicator = proof.indicatorTitle[language]
  if (verdict === null) {
    return sayIn(language, isDue(design) ? sentence.due : sentence.waiting, { day: dayName(design.endsOn, language) })
  }
  const { effect } = verdict
  if (!effect) return sayIn(language, sentence.noEstimate, { indicator })
  const lower = effect.value < 0
  // Told as "lower by", the interval is turned as well.
  const [low, high] = lower ? [-effect.high, -effect.low] : [effect.low, effect.high]
  return sayIn(language, sentenceOf(design, verdict, effect), {
    entity: design.entity.name,
    indicator,
    side: (lower ? sentence.lower : sentence.higher)[language],
    effect: sizeText(effect.value, unit, language),
    low: formatPlain(low, unit, language),
    high: formatPlain(high, unit, language),
    smallest: sizeText(design.smallestEffect, unit, language),
  })
}

/** Why nothing could be decided, and what it would take; null where it was. */
export function becauseText(proof: Proof, language: Language): string | null {
  const { verdict, unit } = proof
  if (verdict?.outcome !== 'undecided' || verdict.because === null) return null
  const width = verdict.effect ? sizeText(verdict.effect.high - verdict.effect.low, unit, language) : ''
  return sayIn(language, words.because[verdict.because], {
    before: verdict.periodsBefore,
    after: verdict.periodsAfter,
    width,
  })
}
