/** One ready indicator in full: what it means, how it is calculated, where it comes from, an example, the data it needs. */
import { Button, Drawer } from 'antd'
import type { Library, LibraryEntry } from '#measurement/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { unitNames } from '#platform/web/numbers.ts'
import { Facts } from '#platform/web/page/page-frame.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Go } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { reworded } from '../../library/reword.ts'
import { words as all } from '../../words.ts'
import { definitionTold, rulesTold } from '../definition/definition-told.ts'
import { ExampleTable } from './example-table.tsx'
import { EntryState, wantedOf } from './entry-parts.tsx'
import { titledIn } from './library-told.ts'

const words = all.library
const WIDTH = 640

export function EntryDrawer(props: {
  entry: LibraryEntry | null
  library: Library
  onClose: () => void
  onInstall: (id: string) => void
}) {
  const say = useSay()
  const mayEdit = useMay('indicators.edit')
  const { entry } = props
  return (
    <Drawer
      open={entry !== null}
      onClose={props.onClose}
      size={WIDTH}
      title={entry ? say(entry.draft.title) : ''}
      footer={
        entry && (
          <span className="row">
            {entry.installed && <Go to={`/measure/${entry.id}`}>{say(words.open)}</Go>}
            {!entry.installed && mayEdit && (
              <Button type="primary" onClick={() => props.onInstall(entry.id)}>
                {say(words.installOne)}
              </Button>
            )}
            <Button onClick={props.onClose}>{say(words.close)}</Button>
          </span>
        )
      }
    >
      {entry && <EntryTold entry={entry} library={props.library} />}
    </Drawer>
  )
}

function EntryTold({ entry, library }: { entry: LibraryEntry; library: Library }) {
  const say = useSay()
  const { language } = useLanguage()
  const titled = titledIn(library, language)
  const draft = reworded(entry.draft, titled)
  const titles = new Map(library.entries.map((each) => [each.id, say(each.draft.title)]))
  const target = say(words.targetOf, {
    value: wantedOf(entry, language, say(words.noTarget)),
    basis: say(entry.targetBasis),
  })
  const parts = entry.parts.map((id) => titles.get(id) ?? id).join(say(words.listSeparator))
  return (
    <div className="stack">
      <p>{say(draft.explanation)}</p>
      <Facts
        rows={[
          [say(words.formula), say(entry.formula)],
          [say(words.definition), definitionTold(draft.definition, language, titles)],
          ...(entry.parts.length > 0 ? [[say(words.parts), parts] as const] : []),
          [say(words.target), target],
          [say(words.unit), say(unitNames[draft.unit])],
          [say(words.direction), say(words.directions[draft.direction])],
          [say(words.rules), rulesTold(draft, language).join(language === 'zh' ? '' : ' ')],
          [say(words.source), say(entry.source)],
          [say(words.category), say(words.categories[draft.category ?? 'quality'])],
          [say(words.forSectors), entry.sectors.map((one) => say(words.sectors[one])).join(say(words.listSeparator))],
          ...(entry.calendars.length > 0
            ? [[say(words.calendars), entry.calendars.join(say(words.listSeparator))] as const]
            : []),
          [say(words.code), <code key="id">{entry.id}</code>],
          [say(words.state), <EntryState key="state" entry={entry} />],
        ]}
      />
      <h3>{say(words.dataNeeded)}</h3>
      <TypesNeeded names={entry.eventTypes} library={library} />
      {draft.examples.map((example) => (
        <ExampleTable key={example.title} example={example} draft={draft} titles={titles} />
      ))}
    </div>
  )
}

function TypesNeeded({ names, library }: { names: readonly string[]; library: Library }) {
  const say = useSay()
  return (
    <ul className="stack">
      {library.vocabulary
        .filter((type) => names.includes(type.name))
        .map((type) => (
          <li key={type.name}>
            <span className="row">
              <strong>{say(type.title)}</strong>
              <code>{type.name}</code>
              <StatusMark
                status={type.recorded ? 'green' : 'grey'}
                word={say(type.recorded ? words.recorded : words.notRecorded)}
              />
            </span>
            <span className="muted">{say(type.explanation)}</span>
          </li>
        ))}
    </ul>
  )
}
