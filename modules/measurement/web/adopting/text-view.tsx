/** One definition as YAML, beside the form. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { IndicatorDraft } from '#measurement/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { fieldName, type Issue, issueText } from '#platform/web/problems.ts'
import { isTextFault, readDrafts, textOfDraft } from '../../rules/drafts/draft-text.ts'
import { words as all } from '../../words.ts'
import { plainly } from './use-check.ts'

const words = all.definition

function read(text: string): { draft: IndicatorDraft | null; issues: readonly Issue[] } {
  const found = readDrafts(text)
  if (isTextFault(found)) {
    const { rule, message, line } = found
    return { draft: null, issues: [{ field: '', rule, message, values: { line } }] }
  }
  return { draft: found[0]?.draft ?? null, issues: found[0]?.issues ?? [] }
}

export function TextView({ draft, onTake }: { draft: IndicatorDraft; onTake: (draft: IndicatorDraft) => void }) {
  const say = useSay()
  const [text, setText] = useState(() => textOfDraft(draft))
  const found = read(text)
  return (
    <Section title={say(words.asText)} lead={say(words.textLead)}>
      <div className="stack">
        <Input.TextArea
          value={text}
          aria-label={say(words.asText)}
          onChange={(event) => setText(event.target.value)}
          autoSize={{ minRows: 18, maxRows: 36 }}
          spellCheck={false}
          style={{ fontFamily: 'monospace', whiteSpace: 'pre', overflowX: 'auto' }}
        />
        <TextIssues issues={found.issues} />
        <div>
          <Button
            type="primary"
            disabled={found.draft === null}
            onClick={() => {
              if (found.draft) onTake(found.draft)
            }}
          >
            {say(words.takeText)}
          </Button>
        </div>
      </div>
    </Section>
  )
}

/** Faults by their path, as the text is indented. */
export function TextIssues({ issues }: { issues: readonly Issue[] }) {
  const { language } = useLanguage()
  if (issues.length === 0) return null
  const nameOf = (field: string) => {
    const name = fieldName(field, language)
    return name === field ? '' : name
  }
  return (
    <ul role="status" style={{ color: 'var(--red)', margin: 0, paddingInlineStart: 18 }}>
      {issues.map((issue, index) => (
        <li key={`${issue.field} ${index}`}>
          {issue.field !== '' && (
            <>
              <code>{issue.field}</code> {nameOf(issue.field)}
              {language === 'zh' ? '：' : ': '}
            </>
          )}
          {issueText(plainly(issue), language) || issue.message}
        </li>
      ))}
    </ul>
  )
}
