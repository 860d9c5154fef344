import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { Preferences } from '#notices/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { words as all } from '../words.ts'
import { notices } from './api.ts'
import { WaysForm } from './ways-form.tsx'

const words = all.preferences

export function PreferencesPage() {
  const say = useSay()
  const query = useQuery(notices.readPreferences.queryOptions())
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      crumbs={[{ title: say(all.inbox.title), to: '/notices' }]}
    >
      <Loaded query={query}>{({ mailPossible, ...kept }) => <Form kept={kept} mailPossible={mailPossible} />}</Loaded>
    </PageFrame>
  )
}

function Form({ kept, mailPossible }: { kept: Preferences; mailPossible: boolean }) {
  const say = useSay()
  const [draft, setDraft] = useState<Preferences>(kept)
  const save = useAct((input: Preferences) => notices.savePreferences.call(input), {
    done: words.saved,
    refresh: ['notices'],
    quiet: true,
  })
  const same = JSON.stringify(draft) === JSON.stringify(kept)
  return (
    <Section title={say(words.mail)}>
      <div className="stack">
        {!mailPossible && <Alert type="info" showIcon title={say(words.mailOff)} />}
        <WaysForm value={draft} onChange={setDraft} person />
        <ProblemNotice error={save.error} />
        <div>
          <Button type="primary" disabled={same} loading={save.busy} onClick={() => save.run(draft)}>
            {say(floorWords.act.save)}
          </Button>
        </div>
      </div>
    </Section>
  )
}
