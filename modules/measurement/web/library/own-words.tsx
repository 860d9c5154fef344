/** The data indicators need, and how it is called in this organisation. */
import { AutoComplete, Collapse, Select } from 'antd'
import type { Library, LibraryEntry, OwnVocabulary } from '#measurement/contract'
import { useSay } from '#platform/web/language.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { type WordKind, wordsOf } from '../../library/reword.ts'
import { words as all } from '../../words.ts'
import { wordTitles } from './library-told.ts'

const words = all.library

interface RecordedType {
  readonly type: string
  readonly attributes: readonly string[]
  readonly values: readonly string[]
}

interface OwnWordsProps {
  readonly library: Library
  readonly entries: readonly LibraryEntry[]
  readonly types: readonly RecordedType[]
  readonly own: OwnVocabulary
  readonly onChange: (own: OwnVocabulary) => void
}

/** Words the definitions of these entries use, each once, in the order they come. */
function usedWords(entries: readonly LibraryEntry[], kind: WordKind): string[] {
  const used = entries.flatMap((entry) => wordsOf(entry.draft)).filter((word) => word.kind === kind)
  return [...new Set(used.map(({ word }) => word))]
}

export function OwnWords(props: OwnWordsProps) {
  const say = useSay()
  return (
    <>
      <div>
        <h3>{say(words.dataNeeded)}</h3>
        <p className="muted">{say(words.dataNeededLead)}</p>
      </div>
      <TypeRows {...props} />
      <Collapse
        size="small"
        items={[
          {
            key: 'words',
            label: say(words.mapping),
            children: (
              <div className="stack">
                <span className="muted">{say(words.mappingLead)}</span>
                <WordRows {...props} kind="attributes" />
                <WordRows {...props} kind="values" />
                <WordRows {...props} kind="codes" />
              </div>
            ),
          },
        ]}
      />
    </>
  )
}

/** An empty word is the library's own. */
function withWord(own: OwnVocabulary, kind: WordKind, word: string, chosen: string | undefined): OwnVocabulary {
  const { [word]: _before, ...others } = own[kind]
  const text = chosen?.trim() ?? ''
  return { ...own, [kind]: text === '' || text === word ? others : { ...others, [word]: text } }
}

function TypeRows({ library, entries, types, own, onChange }: OwnWordsProps) {
  const say = useSay()
  const recorded = new Set(types.map(({ type }) => type))
  const options = types.map(({ type }) => ({ value: type, label: type }))
  const titles = wordTitles(library)
  return (
    <div className="library-words">
      {usedWords(entries, 'eventTypes').map((word) => {
        const chosen = own.eventTypes[word]
        const there = recorded.has(chosen ?? word)
        const title = titles.get(`eventTypes ${word}`)
        return [
          <span key={`${word} name`} className="row">
            <span>{title ? say(title) : word}</span>
            <code className="muted">{word}</code>
            <StatusMark status={there ? 'green' : 'grey'} word={say(there ? words.recorded : words.notRecorded)} />
          </span>,
          <Select<string>
            key={`${word} own`}
            allowClear
            showSearch
            aria-label={`${say(words.ownType)} ${title ? say(title) : word}`}
            placeholder={say(words.sameName, { name: word })}
            {...(chosen === undefined ? {} : { value: chosen })}
            onChange={(next: string | undefined) => onChange(withWord(own, 'eventTypes', word, next))}
            options={options}
            notFoundContent={say(words.noTypes)}
          />,
        ]
      })}
    </div>
  )
}

const KIND_TITLES = { attributes: words.attributes, values: words.values, codes: words.codes } as const

function WordRows({
  library,
  entries,
  types,
  own,
  onChange,
  kind,
}: OwnWordsProps & { kind: keyof typeof KIND_TITLES }) {
  const say = useSay()
  const titles = wordTitles(library)
  const used = usedWords(entries, kind)
  // Of the types that are used here only.
  const chosenTypes = new Set(usedWords(entries, 'eventTypes').map((word) => own.eventTypes[word] ?? word))
  const offered = types.filter(({ type }) => chosenTypes.has(type))
  const names = kind === 'codes' ? [] : [...new Set(offered.flatMap((type) => type[kind]))]
  if (used.length === 0) return null
  return (
    <>
      <strong>{say(KIND_TITLES[kind])}</strong>
      <div className="library-words">
        {used.map((word) => {
          const title = titles.get(`${kind} ${word}`)
          return [
            <span key={`${word} name`} className="row">
              <span>{title ? say(title) : word}</span>
              <code className="muted">{word}</code>
            </span>,
            <AutoComplete
              key={`${word} own`}
              allowClear
              aria-label={`${say(words.ownWord)} ${title ? say(title) : word}`}
              placeholder={say(words.sameName, { name: word })}
              value={own[kind][word] ?? ''}
              onChange={(next: string | undefined) => onChange(withWord(own, kind, word, next))}
              options={names.map((value) => ({ value }))}
            />,
          ]
        })}
      </div>
    </>
  )
}
