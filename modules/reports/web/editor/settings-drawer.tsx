/** What belongs to the whole: its name, its usual scope, and on a wall how long each page stays. */
import { Drawer, Input, InputNumber } from 'antd'
import type { DashboardDraft } from '#reports/contract'
import { useSay } from '#platform/web/language.tsx'
import { words as all } from '../../words.ts'
import { Field, OwnScopeFields } from './tile-drawer.tsx'

const words = all.editor
const TITLE_LIMIT = 100

interface SettingsDrawerProps {
  readonly draft: DashboardDraft
  readonly onChange: (draft: DashboardDraft) => void
  readonly onClose: () => void
}

export function SettingsDrawer({ draft, onChange, onClose }: SettingsDrawerProps) {
  const say = useSay()
  const { title } = draft
  const same = title.zh === title.en
  return (
    <Drawer open onClose={onClose} title={say(words.settings)} size={420}>
      <div className="stack">
        <Field label={say(words.title)}>
          {(id) => (
            <Input
              id={id}
              maxLength={TITLE_LIMIT}
              value={title.zh}
              status={title.zh.trim() === '' ? 'error' : ''}
              // Until somebody writes an English name, both are the same.
              onChange={({ target: { value } }) =>
                onChange({ ...draft, title: { zh: value, en: same ? value : title.en } })
              }
            />
          )}
        </Field>
        <Field label={`${say(words.title)} · ${say(words.inEnglish)}`}>
          {(id) => (
            <Input
              id={id}
              maxLength={TITLE_LIMIT}
              value={same ? '' : title.en}
              onChange={({ target: { value } }) =>
                onChange({ ...draft, title: { zh: title.zh, en: value || title.zh } })
              }
            />
          )}
        </Field>
        <h3>{say(words.pageScope)}</h3>
        <OwnScopeFields scope={draft.scope} onChange={(scope) => onChange({ ...draft, scope })} />
        {draft.kind === 'wall' && (
          <Field label={say(words.seconds)}>
            {(id) => (
              <InputNumber<number>
                id={id}
                min={5}
                max={3600}
                value={draft.secondsPerPage}
                onChange={(seconds) => seconds !== null && onChange({ ...draft, secondsPerPage: Math.round(seconds) })}
              />
            )}
          </Field>
        )}
      </div>
    </Drawer>
  )
}
