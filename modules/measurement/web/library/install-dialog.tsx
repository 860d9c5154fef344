/** Before installing: what comes, which data it needs, and how that data is called here. Afterwards: what was done. */
import { useQuery } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import type { Installation, Library, LibraryEntry, OwnVocabulary, Sector } from '#measurement/contract'
import { useAct } from '#platform/web/act.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { InstallResult } from './install-result.tsx'
import { OwnWords } from './own-words.tsx'

const words = all.library
const WIDTH = 760

/** A whole sector, or single indicators. */
export type Asked = { readonly sector: Sector } | { readonly ids: string[] }

export function InstallDialog(props: { library: Library; asked: Asked; onClose: () => void }) {
  const say = useSay()
  const { asked } = props
  // What is there before it began: the list must not shrink while the answer is read.
  const [library] = useState(props.library)
  const [own, setOwn] = useState<OwnVocabulary>(library.own)
  const [result, setResult] = useState<Installation | null>(null)
  const types = useQuery(measurement.eventTypes.queryOptions())
  const coming = comingOf(library, asked)
  const install = useAct(() => measurement.installLibrary.call({ ...asked, vocabulary: own }), {
    quiet: true,
    refresh: ['measurement'],
    onDone: setResult,
  })
  const title =
    'sector' in asked
      ? say(words.installAll, { sector: say(words.sectors[asked.sector]), count: coming.length })
      : say(words.installOne)
  return (
    <Modal
      open
      width={WIDTH}
      centered
      styles={{ body: { maxHeight: '70vh', overflowY: 'auto' } }}
      title={result ? say(words.result) : title}
      onCancel={props.onClose}
      footer={
        result ? (
          <Button type="primary" onClick={props.onClose}>
            {say(words.close)}
          </Button>
        ) : (
          <>
            <Button onClick={props.onClose}>{say(words.cancel)}</Button>
            <Button type="primary" loading={install.busy} onClick={() => install.run(undefined)}>
              {say(words.installSector, { count: coming.length })}
            </Button>
          </>
        )
      }
    >
      {result ? (
        <InstallResult result={result} library={library} />
      ) : (
        <div className="stack">
          <h3>{say(words.willCome)}</h3>
          <div className="library-coming">
            {coming.map((entry) => say(entry.draft.title)).join(say(words.listSeparator))}
          </div>
          <OwnWords library={library} entries={coming} types={types.data ?? []} own={own} onChange={setOwn} />
          <ProblemNotice error={install.error} />
        </div>
      )}
    </Modal>
  )
}

/** What is not there yet, with what it is made of. */
function comingOf(library: Library, asked: Asked): LibraryEntry[] {
  const byId = new Map(library.entries.map((entry) => [entry.id, entry]))
  const wanted =
    'sector' in asked
      ? library.entries.filter((entry) => entry.sectors.includes(asked.sector))
      : asked.ids.flatMap((id) => byId.get(id) ?? [])
  const all = new Set(wanted.flatMap((entry) => [...entry.parts.flatMap((id) => byId.get(id) ?? []), entry]))
  return [...all].filter((entry) => !entry.installed)
}
