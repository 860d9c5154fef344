/** What every `words.ts` is written with: each sentence in both languages, side by side. No browser here, so rules and tests may use it. */
export type Language = 'zh' | 'en'
export interface Sentence {
  readonly zh: string
  readonly en: string
}
export interface Words {
  readonly [name: string]: Sentence | Words
}
export type Values = Readonly<Record<string, string | number | null | undefined>>

/** A sentence for every refusal of a contract: a code without words does not compile. */
export type ProblemWords<T extends object> = Readonly<Record<keyof T & string, Sentence>>

const numbers: Record<Language, Intl.NumberFormat> = {
  zh: new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 3 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 3 }),
}

/**
 * The sentence in the reader's language. `{name}` is filled from the values; `{count|alert|alerts}` picks the first form when the value
 * is 1, else the second (for English; Chinese does not need it).
 */
export function sayIn(language: Language, sentence: Sentence, values: Values = {}): string {
  return sentence[language].replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_whole, name: string, one, other) => {
    const value = values[name]
    if (one !== undefined) return value === 1 ? one : other
    if (value === null || value === undefined) return ''
    return typeof value === 'number' ? numbers[language].format(value) : value
  })
}
