/** Setting up a data source: first where from, then what it needs. */
import { Radio } from 'antd'
import { useState } from 'react'
import type { SourceDraft } from '#measurement/contract'
import { SecretOnce } from '#platform/web/form/secret-once.tsx'
import { useAct } from '#platform/web/act.ts'
import { useSay } from '#platform/web/language.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { useGo, useSearchValue } from '#platform/web/router.tsx'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { KINDS, SourceForm } from './source-form.tsx'

const words = all.sources

export function NewSourcePage() {
  const say = useSay()
  const go = useGo()
  const [chosen, choose] = useSearchValue('kind')
  const kind = KINDS.find((one) => one === chosen) ?? 'webhook'
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null)
  const create = useAct((draft: SourceDraft) => measurement.createSource.call(draft), {
    quiet: true,
    refresh: ['measurement'],
    onDone: ({ source, secret }) =>
      secret === null ? go(`/measure/sources/${source.id}`) : setMade({ id: source.id, secret }),
  })
  return (
    <PageFrame title={say(words.add)} crumbs={[{ title: say(words.title), to: '/measure/sources' }]} may="sources.edit">
      <Section title={say(words.kind)}>
        <Radio.Group value={kind} onChange={(event) => choose(event.target.value as string)}>
          <div className="stack">
            {KINDS.map((one) => (
              <Radio key={one} value={one}>
                {say(words.kinds[one])} <span className="muted">{say(words.kindWhy[one])}</span>
              </Radio>
            ))}
          </div>
        </Radio.Group>
      </Section>
      <Section title={say(words.settings)}>
        <SourceForm key={kind} kind={kind} source={null} busy={create.busy} error={create.error} onSave={create.run} />
      </Section>
      <SecretOnce
        title={words.secret}
        once={words.secretOnce}
        secret={made?.secret ?? null}
        onClose={() => made && go(`/measure/sources/${made.id}`)}
      />
    </PageFrame>
  )
}
