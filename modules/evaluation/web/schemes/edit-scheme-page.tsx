/** The pages of the editor: a new scheme, and the next version of one. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { Scheme } from '#evaluation/contract'
import { relativeName, useNow } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { PageFrame } from '#platform/web/page/page-frame.tsx'
import { Loaded, Waiting } from '#platform/web/page/states.tsx'
import { useParam, useSearchValue } from '#platform/web/router.tsx'
import { useMe } from '#platform/web/session.ts'
import { schemeWords } from '../../words/schemes.ts'
import { evaluation } from '../api.ts'
import { Editor } from './editor.tsx'
import { forget, type KeptDraft, keptName, readKept } from './state/kept-drafts.ts'
import { freeId, freshWriting, writingOf } from './state/writing.ts'
import './schemes.css'

const words = schemeWords.page

export function NewSchemePage() {
  const say = useSay()
  const schemes = useQuery(evaluation.listSchemes.queryOptions())
  return (
    <PageFrame
      title={say(words.newTitle)}
      lead={say(words.lead)}
      crumbs={[{ title: say(words.crumb), to: '/evaluate/schemes' }]}
      may="schemes.edit"
    >
      <Loaded query={schemes} waiting={<Waiting rows={8} />}>
        {(all) => <Begin base={null} taken={all.map(({ id }) => id)} />}
      </Loaded>
    </PageFrame>
  )
}

export function EditSchemePage() {
  const say = useSay()
  const id = useParam('id')
  const [asked] = useSearchValue('version')
  const version = asked !== undefined && /^\d+$/.test(asked) ? { version: Number(asked) } : {}
  // Read once: news of other people's changes must not overwrite what is being written.
  const scheme = useQuery({
    ...evaluation.readScheme.queryOptions({ input: { id, ...version } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const name = scheme.data ? say(scheme.data.title) : id
  return (
    <PageFrame
      title={say(words.editTitle, { name })}
      lead={say(words.lead)}
      crumbs={[
        { title: say(words.crumb), to: '/evaluate/schemes' },
        { title: name, to: `/evaluate/schemes/${id}` },
      ]}
      may="schemes.edit"
    >
      <Loaded query={scheme} waiting={<Waiting rows={8} />}>
        {(one) => <Begin key={`${one.id} ${one.version}`} base={one} taken={[]} />}
      </Loaded>
    </PageFrame>
  )
}

/** With the version, or with the draft that was left on this device. */
function Begin({ base: given, taken }: { base: Scheme | null; taken: readonly string[] }) {
  const me = useMe()
  const [base] = useState(given)
  const name = keptName(me?.person.id ?? '', base?.id ?? null)
  const [kept, setKept] = useState(() => readKept(name))
  const [takenUp, takeUp] = useState<KeptDraft | null>(null)
  const [fresh] = useState(() => (base ? writingOf(base) : freshWriting(freeId('scheme-', taken))))
  return (
    <>
      {kept && (
        <KeptNotice
          kept={kept}
          base={base}
          onTakeUp={() => {
            takeUp(kept)
            setKept(null)
          }}
          onDrop={() => {
            forget(name)
            setKept(null)
          }}
        />
      )}
      <Editor
        key={takenUp ? 'kept' : 'fresh'}
        begin={takenUp?.writing ?? fresh}
        base={base}
        changed={takenUp !== null}
        taken={taken}
      />
    </>
  )
}

function KeptNotice(props: { kept: KeptDraft; base: Scheme | null; onTakeUp: () => void; onDrop: () => void }) {
  const say = useSay()
  const { language } = useLanguage()
  const now = useNow()
  const { kept, base } = props
  const at = relativeName(new Date(kept.savedAt).toISOString(), now, language)
  const old = base !== null && kept.version !== null && kept.version !== base.version
  return (
    <Alert
      type="info"
      showIcon
      className="kept-notice"
      title={say(words.keptTitle)}
      description={
        <>
          {kept.version === null ? say(words.keptNewWhy, { at }) : say(words.keptWhy, { at, version: kept.version })}
          {old && ` ${say(words.keptOld)}`}
        </>
      }
      action={
        <span className="row">
          <Button size="small" type="primary" onClick={props.onTakeUp}>
            {say(words.takeUp)}
          </Button>
          <Button size="small" onClick={props.onDrop}>
            {say(words.drop)}
          </Button>
        </span>
      }
    />
  )
}
