/** Pairwise comparison: set by set, judge by judge, with what contradicts itself and how to mend it. */
import { Segmented, Select } from 'antd'
import { useMemo, useState } from 'react'
import { type Say, useLanguage, useSay } from '#platform/web/language.tsx'
import { usePhone } from '#platform/web/page/phone.ts'
import { weightWords } from '../../../words/weights.ts'
import { chooseWeighting } from '../../schemes/state/tree.ts'
import { useEditorState } from '../../schemes/state/use-editor.ts'
import { Choice } from '#platform/web/form/fields.tsx'
import { reportHere } from '../applied.ts'
import { Consistency } from './consistency.tsx'
import { alone, type ComparedSet, comparisonOf, type Hierarchy, judged, PARTS_LIMIT, setsOf } from './hierarchy.ts'
import { namesOf } from '../part-names.ts'
import { JudgeTabs } from './judge-tabs.tsx'
import { PairScale } from './pair-scale.tsx'
import { nth } from '../../schemes/state/nth.ts'
import { useMarks } from '../../schemes/punctuation.ts'

const words = weightWords.ahp

export function HierarchyFields({ weighting }: { weighting: Hierarchy }) {
  const say = useSay()
  const { language } = useLanguage()
  const editor = useEditorState()
  const { draft, change } = editor
  const names = namesOf(editor, say, language)
  const sets = setsOf(draft)
  const [asked, setAsked] = useState<string | null>(sets[0]?.of ?? null)
  const [judge, setJudge] = useState(0)
  const set = sets.find(({ of }) => of === asked) ?? sets[0]
  const put = (next: Hierarchy, about: string | null = null) =>
    change((writing) => chooseWeighting(writing, next), about)
  if (!set) return null
  const comparison = comparisonOf(weighting, set)
  const place = Math.min(judge, comparison.judges.length - 1)
  return (
    <div className="hierarchy">
      <JudgeTabs weighting={weighting} chosen={place} onChoose={setJudge} onChange={put} />
      <SetChoice sets={sets} weighting={weighting} judge={place} names={names} chosen={set} onChoose={setAsked} />
      {set.parts.length > PARTS_LIMIT ? (
        <p className="issue-warning">{say(words.tooMany)}</p>
      ) : (
        <div className="hierarchy-columns">
          <Pairs set={set} judge={place} weighting={weighting} names={names} onChange={put} />
          <SetResult set={set} judge={place} weighting={weighting} names={names} onChange={put} />
        </div>
      )}
      <Settings weighting={weighting} onChange={put} />
    </div>
  )
}

interface SetProps {
  readonly set: ComparedSet
  readonly judge: number
  readonly weighting: Hierarchy
  readonly names: ReadonlyMap<string, string>
  readonly onChange: (weighting: Hierarchy, about?: string | null) => void
}

const setName = (of: string | null, names: ReadonlyMap<string, string>, say: Say) =>
  of === null ? say(weightWords.dimensions) : (names.get(of) ?? of)

function SetChoice(props: {
  sets: readonly ComparedSet[]
  weighting: Hierarchy
  judge: number
  names: ReadonlyMap<string, string>
  chosen: ComparedSet
  onChoose: (of: string | null) => void
}) {
  const say = useSay()
  const phone = usePhone()
  const { sets, weighting, judge, names, chosen, onChoose } = props
  const options = sets.map((set) => {
    const said = comparisonOf(weighting, set).judges[judge]?.judgements ?? []
    const done = said.filter((value) => value !== null).length
    return { value: set.of ?? '', label: `${setName(set.of, names, say)} ${done}/${said.length}` }
  })
  const choose = (value: string) => onChoose(value === '' ? null : value)
  if (sets.length === 1) return null
  return (
    <div className="set-choice">
      {phone ? (
        <Select<string>
          value={chosen.of ?? ''}
          options={options}
          onChange={choose}
          aria-label={say(words.sets)}
          style={{ width: '100%' }}
        />
      ) : (
        <Segmented<string> value={chosen.of ?? ''} options={options} onChange={choose} aria-label={say(words.sets)} />
      )}
    </div>
  )
}

function Pairs({ set, judge, weighting, names, onChange }: SetProps) {
  const say = useSay()
  const { stop } = useMarks()
  const { judges } = comparisonOf(weighting, set)
  const own = nth(judges, judge)
  const pairs = set.parts.flatMap((_row, row) =>
    set.parts.slice(row + 1).map((_column, index) => ({ row, column: row + 1 + index })),
  )
  const name = (place: number) => names.get(nth(set.parts, place)) ?? nth(set.parts, place)
  return (
    <div>
      <p className="muted small">
        {judges.length > 1 && say(words.pairsOf, { judge: own.name }) + stop}
        {say(words.hint)}
      </p>
      <ol className="pair-list">
        {pairs.map((pair, place) => (
          <PairScale
            key={`${set.of ?? ''} ${pair.row} ${pair.column}`}
            a={name(pair.row)}
            b={name(pair.column)}
            value={own.judgements[place] ?? null}
            onChange={(value) =>
              onChange(judged(weighting, set, judge, pair, value), `pair ${set.of ?? ''} ${place} ${judge}`)
            }
          />
        ))}
      </ol>
    </div>
  )
}

/** What the judgements of a set give, all judges together, and what one of them contradicts. */
function SetResult({ set, judge, weighting, names, onChange }: SetProps) {
  const { draft } = useEditorState()
  const together = useMemo(
    () => reportHere(draft, weighting)?.comparisons.find(({ of }) => of === set.of) ?? null,
    [draft, weighting, set.of],
  )
  const own = useMemo(
    () => reportHere(draft, alone(weighting, set, judge))?.comparisons[0] ?? null,
    [draft, weighting, set, judge],
  )
  return (
    <Consistency
      set={set}
      names={names}
      together={together}
      own={own}
      table={weighting.randomIndex}
      judges={comparisonOf(weighting, set).judges.map((each) => each.name)}
      onRepair={(row, column, value) => onChange(judged(weighting, set, judge, { row, column }, value))}
    />
  )
}

function Settings({ weighting, onChange }: Pick<SetProps, 'weighting' | 'onChange'>) {
  const say = useSay()
  return (
    <details className="settings">
      <summary>{say(words.settings)}</summary>
      <div className="row">
        <label className="plain-number">
          <span>{say(words.priorities)}</span>
          <Choice
            value={weighting.priorities}
            label={words.priorities}
            options={words.prioritiesKinds}
            width={240}
            onChange={(priorities) => onChange({ ...weighting, priorities })}
          />
        </label>
        <label className="plain-number">
          <span>{say(words.table)}</span>
          <Choice
            value={weighting.randomIndex}
            label={words.table}
            options={words.tables}
            width={200}
            onChange={(randomIndex) => onChange({ ...weighting, randomIndex })}
          />
        </label>
        <label className="plain-number">
          <span>{say(words.combine)}</span>
          <Choice
            value={weighting.combine}
            label={words.combine}
            options={words.combineKinds}
            width={260}
            onChange={(combine) => onChange({ ...weighting, combine })}
          />
        </label>
      </div>
    </details>
  )
}
