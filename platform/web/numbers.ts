/** Numbers as people read them, by the unit of the indicator. */
import type { Language, Sentence } from './words.ts'

export const units = {
  percent: { zh: '%', en: '%' },
  'per-thousand': { zh: '‰', en: '‰' },
  count: { zh: '', en: '' },
  minutes: { zh: '分钟', en: 'min' },
  hours: { zh: '小时', en: 'h' },
  days: { zh: '天', en: 'days' },
  points: { zh: '分', en: 'points' },
  yuan: { zh: '元', en: 'yuan' },
  number: { zh: '', en: '' },
} as const satisfies Record<string, Sentence>

export const unitNames = {
  percent: { zh: '百分比（%）', en: 'Percent (%)' },
  'per-thousand': { zh: '千分比（‰）', en: 'Per thousand (‰)' },
  count: { zh: '计数', en: 'Count' },
  minutes: { zh: '分钟', en: 'Minutes' },
  hours: { zh: '小时', en: 'Hours' },
  days: { zh: '天', en: 'Days' },
  points: { zh: '分', en: 'Points' },
  yuan: { zh: '元', en: 'Yuan' },
  number: { zh: '数值', en: 'Plain number' },
} as const satisfies Record<string, Sentence>

const locale = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en-GB')

/** As many decimals as a reader can use: none for counts, one for percent, more only for small values. */
function decimals(value: number, unit: string): number {
  const size = Math.abs(value)
  if (unit === 'count') return Number.isInteger(value) ? 0 : 1
  if (size >= 100) return unit === 'percent' || size < 1000 ? 1 : 0
  if (size >= 1 || size === 0) return unit === 'percent' || size >= 10 ? 1 : 2
  return size >= 0.1 ? 2 : 3
}

export function formatNumber(value: number, language: Language, maximumFractionDigits = 1): string {
  return new Intl.NumberFormat(locale(language), { maximumFractionDigits }).format(value)
}

/** How many cases; a dash where that is protected. */
export const formatCases = (n: number | null, language: Language): string =>
  n === null ? '—' : formatNumber(n, language, 0)

/** The number alone, with the decimals its unit deserves. */
export function formatPlain(value: number, unit: string, language: Language): string {
  const digits = decimals(value, unit)
  const fixed = unit === 'percent' || unit === 'per-thousand' || unit === 'points' ? Math.min(1, digits) : 0
  return new Intl.NumberFormat(locale(language), {
    minimumFractionDigits: fixed,
    maximumFractionDigits: digits,
  }).format(value)
}

/** The number with its unit: 93.4%, 1,204, 12.5 分钟. */
export function formatValue(value: number | null | undefined, unit: string, language: Language): string {
  if (value === null || value === undefined) return '—'
  const text = formatPlain(value, unit, language)
  const sign = (units as Record<string, Sentence>)[unit]?.[language] ?? ''
  if (sign === '') return text
  return unit === 'percent' || unit === 'per-thousand' ? text + sign : `${text} ${sign}`
}

/** A difference with its sign; of two percentages it is percentage points. */
export function formatChange(value: number, unit: string, language: Language): string {
  const text = formatPlain(Math.abs(value), unit, language)
  const sign = value > 0 ? '+' : value < 0 ? '−' : '±'
  if (unit === 'percent') return `${sign}${text}${language === 'zh' ? ' 个百分点' : ' pp'}`
  const name = (units as Record<string, Sentence>)[unit]?.[language] ?? ''
  return `${sign}${text}${name ? ` ${name}` : ''}`
}

/** Bytes for people. */
export function formatSize(sizeBytes: number, language: Language): string {
  const steps = ['B', 'KB', 'MB', 'GB']
  let size = sizeBytes
  let step = 0
  while (size >= 1024 && step < steps.length - 1) {
    size /= 1024
    step += 1
  }
  return `${formatNumber(size, language, step === 0 ? 0 : 1)} ${steps[step]}`
}
