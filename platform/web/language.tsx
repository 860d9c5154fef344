/** The reader's language: kept in the browser, Chinese first; `useSay` is how every screen speaks. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { type Language, type Sentence, sayIn, type Values } from './words.ts'

const STORAGE_NAME = 'bihuan.language'

function stored(): Language {
  try {
    return localStorage.getItem(STORAGE_NAME) === 'en' ? 'en' : 'zh'
  } catch {
    return 'zh'
  }
}

let current: Language = stored()
/** For code outside of React, such as request headers. */
export const currentLanguage = (): Language => current

const LanguageContext = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: current,
  choose: () => undefined,
})

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(current)
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [language])
  const choose = useCallback((next: Language) => {
    current = next
    try {
      localStorage.setItem(STORAGE_NAME, next)
    } catch {
      // A browser that keeps nothing still shows the chosen language until it is closed.
    }
    setLanguage(next)
  }, [])
  const value = useMemo(() => ({ language, choose }), [language, choose])
  return <LanguageContext value={value}>{children}</LanguageContext>
}

export const useLanguage = () => useContext(LanguageContext)

export type Say = (sentence: Sentence, values?: Values) => string

/** `const say = useSay()`, then `say(words.title)` or `say(indicator.title)`. */
export function useSay(): Say {
  const { language } = useLanguage()
  return useCallback((sentence, values) => sayIn(language, sentence, values), [language])
}
