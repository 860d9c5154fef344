/** Marks between parts of a sentence, in the reader's language. */
import { useLanguage } from '#platform/web/language.tsx'
import type { Language } from '#platform/web/words.ts'

const marks = {
  zh: { list: '、', colon: '：', semicolon: '；', comma: '，', stop: '。', open: '（', close: '）' },
  en: { list: ', ', colon: ': ', semicolon: '; ', comma: ', ', stop: '. ', open: ' (', close: ')' },
} as const

export const marksOf = (language: Language) => marks[language]
export const useMarks = () => marksOf(useLanguage().language)
