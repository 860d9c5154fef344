/** Around what anyone may read: a heading, the language, nothing that needs a session. */
import { Segmented } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import type { Language } from '#platform/web/words.ts'
import { publishingWords } from '../../../words/publishing-screens.ts'
import '../publishing.css'

export function OpenFrame({
  title,
  lead,
  above,
  children,
}: {
  title: string
  lead?: ReactNode
  above?: ReactNode
  children: ReactNode
}) {
  const say = useSay()
  const { language, choose } = useLanguage()
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <main className="page open-page">
      <header className="open-head">
        <div>
          <div className="small">{above}</div>
          <h1>{title}</h1>
          {lead !== undefined && <p className="muted">{lead}</p>}
        </div>
        <Segmented<Language>
          aria-label={say(publishingWords.open.language)}
          value={language}
          onChange={choose}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </header>
      {children}
    </main>
  )
}
