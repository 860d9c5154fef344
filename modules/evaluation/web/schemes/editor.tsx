/** The editor: its parts in turn, the ranking beside them, steps back and forth, and what saves it. */
import { RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Badge, Button, Drawer, Form, Segmented, Select, Tooltip } from 'antd'
import { useEffect, useState } from 'react'
import type { Adoption, Scheme, SchemeDraft, SchemeIssue } from '#evaluation/contract'
import { useAct } from '#platform/web/act.ts'
import { refresh } from '#platform/web/api.ts'
import { useSay } from '#platform/web/language.tsx'
import { useLeaveGuard } from '#platform/web/page/leave-guard.ts'
import { usePhone } from '#platform/web/page/phone.ts'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { useGo, useSearchValue } from '#platform/web/router.tsx'
import { useMe } from '#platform/web/session.ts'
import { schemeWords } from '../../words/schemes.ts'
import { evaluation } from '../api.ts'
import { AdoptDialog } from '../versions/adopt-dialog.tsx'
import { WeightsPart } from '../weights/weights-part.tsx'
import { CertaintyPart } from './parts/certainty-part.tsx'
import { GradesPart } from './parts/grades-part.tsx'
import { RulesPart } from './parts/rules-part.tsx'
import { WhomPart } from './parts/whom-part.tsx'
import { LiveRanking, useMoves } from './preview/live-ranking.tsx'
import { TopLine } from './preview/top-line.tsx'
import { forget, keptName } from './state/kept-drafts.ts'
import type { Writing } from './state/tree.ts'
import { shapeIssues } from './state/shape-issues.ts'
import { type Editor as State, EditorContext, useEditor, useEditorState } from './state/use-editor.ts'
import { finished } from './state/writing.ts'
import { TreePart } from './tree/tree-part.tsx'
import './schemes.css'
import { useMarks } from './punctuation.ts'

const words = schemeWords.page
const parts = ['whom', 'items', 'weights', 'rules', 'grades', 'certainty'] as const
type Part = (typeof parts)[number]

/** Which part shows a field. */
const PART_OF: Readonly<Record<string, Part>> = {
  dimensions: 'items',
  weighting: 'weights',
  aggregation: 'rules',
  gates: 'rules',
  missing: 'rules',
  eligibility: 'rules',
  grades: 'grades',
  experience: 'grades',
  certainty: 'certainty',
  publishing: 'certainty',
}
const partOf = (issue: SchemeIssue): Part => PART_OF[issue.field.split('.')[0] ?? ''] ?? 'whom'
const errorsOf = (issues: readonly SchemeIssue[]) => issues.filter((issue) => issue.severity === 'error')

interface Props {
  readonly begin: Writing
  /** The version it begins from; null: a new scheme. */
  readonly base: Scheme | null
  /** Whether it begins with more than the version, such as a draft taken up again. */
  readonly changed: boolean
  /** Ids of all schemes there are. */
  readonly taken: readonly string[]
}

export function Editor({ begin, base, changed, taken }: Props) {
  const me = useMe()
  const phone = usePhone()
  const [tried, setTried] = useState(false)
  const keptAs = keptName(me?.person.id ?? '', base?.id ?? null)
  const state = useEditor(begin, { base, keptAs, tried, taken })
  const touched = useLeaveGuard(words.leaveLost)
  const unsaved = state.touched || changed
  useEffect(() => touched(unsaved), [touched, unsaved])
  useShortcuts(state)
  return (
    <EditorContext value={state}>
      <Form layout="vertical" component={false}>
        <Bar unsaved={unsaved} onTry={() => setTried(true)} onSaved={() => touched(false)} keptAs={keptAs} />
        <div className="scheme-editor">
          <div className="scheme-parts">
            <CurrentPart />
          </div>
          {!phone && (
            <div className="scheme-beside">
              <LiveRanking />
            </div>
          )}
        </div>
        {phone && <RankingBelow />}
      </Form>
    </EditorContext>
  )
}

/** Not inside the browser's own undo: what is undone may stand in another field. */
function useShortcuts({ undo, redo }: State): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return
      const key = event.key.toLowerCase()
      const deed = key === 'z' ? (event.shiftKey ? redo : undo) : key === 'y' ? redo : undefined
      if (deed === undefined) return
      event.preventDefault()
      deed?.()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [undo, redo])
}

function usePart(): [Part, (part: Part) => void] {
  const [asked, setAsked] = useSearchValue('part')
  const { base } = useEditorState()
  const usual = base === null ? 'whom' : 'items'
  const part = parts.find((one) => one === asked) ?? usual
  return [part, (next) => setAsked(next === usual ? undefined : next)]
}

function CurrentPart() {
  const [part] = usePart()
  switch (part) {
    case 'whom':
      return <WhomPart />
    case 'items':
      return <TreePart />
    case 'weights':
      return <WeightsPart />
    case 'rules':
      return <RulesPart />
    case 'grades':
      return <GradesPart />
    case 'certainty':
      return <CertaintyPart />
  }
}

interface BarProps {
  readonly unsaved: boolean
  readonly keptAs: string
  readonly onTry: () => void
  readonly onSaved: () => void
}

function Bar({ unsaved, keptAs, onTry, onSaved }: BarProps) {
  const say = useSay()
  const { undo, redo, issues, checking } = useEditorState()
  const errors = errorsOf(issues)
  return (
    <div className="scheme-bar">
      <div className="row spread">
        <PartChoice errors={errors} />
        <div className="row">
          <Tooltip title={`${say(words.undo)} (Ctrl+Z)`}>
            <Button icon={<UndoOutlined />} aria-label={say(words.undo)} disabled={!undo} onClick={() => undo?.()} />
          </Tooltip>
          <Tooltip title={`${say(words.redo)} (Ctrl+Y)`}>
            <Button icon={<RedoOutlined />} aria-label={say(words.redo)} disabled={!redo} onClick={() => redo?.()} />
          </Tooltip>
          <SaveButtons unsaved={unsaved} keptAs={keptAs} onTry={onTry} onSaved={onSaved} />
        </div>
      </div>
      <p className="muted small scheme-state" aria-live="polite">
        {checking ? say(words.checking) : errors.length > 0 ? say(words.mend, { count: errors.length }) : ''}
      </p>
    </div>
  )
}

function PartChoice({ errors }: { errors: readonly SchemeIssue[] }) {
  const say = useSay()
  const { open, close } = useMarks()
  const phone = usePhone()
  const [part, setPart] = usePart()
  const count = (one: Part) => errors.filter((issue) => partOf(issue) === one).length
  if (phone) {
    return (
      <Select<Part>
        value={part}
        onChange={setPart}
        aria-label={say(words.parts)}
        options={parts.map((one) => ({
          value: one,
          label: say(words.part[one]) + (count(one) > 0 ? open + say(words.faults, { count: count(one) }) + close : ''),
        }))}
        style={{ minWidth: 200 }}
      />
    )
  }
  return (
    <Segmented<Part>
      value={part}
      onChange={setPart}
      aria-label={say(words.parts)}
      options={parts.map((one) => ({
        value: one,
        label: (
          <Badge count={count(one)} size="small" offset={[6, -2]} title={say(words.faults, { count: count(one) })}>
            <span className="part-name">{say(words.part[one])}</span>
          </Badge>
        ),
      }))}
    />
  )
}

/** Nothing is saved while something needs mending: the first faulty part is shown instead. */
function SaveButtons({ unsaved, keptAs, onTry, onSaved }: BarProps) {
  const say = useSay()
  const go = useGo()
  const { draft, issues, base } = useEditorState()
  const [, setPart] = usePart()
  const [adopting, setAdopting] = useState(false)
  const save = useAct(checkedAndSaved, {
    quiet: true,
    onDone: ({ faults, saved }) => {
      const [fault] = faults
      if (fault) {
        setAdopting(false)
        setPart(partOf(fault))
      }
      if (!saved) return
      refresh('evaluation')
      forget(keptAs)
      onSaved()
      go(`/evaluate/schemes/${saved.id}?version=${saved.version}`)
    },
  })
  const attempt = (deed: () => void) => {
    onTry()
    // What is still empty is not among the issues before the first try.
    const [first] = [...shapeIssues(draft), ...errorsOf(issues)]
    if (first) setPart(partOf(first))
    else deed()
  }
  const send = (adopt?: Adoption) => save.run({ draft: finished(draft), adopt })
  return (
    <>
      <Button
        type="primary"
        loading={save.busy && !adopting}
        disabled={!unsaved || save.busy}
        onClick={() => attempt(() => send())}
      >
        {say(words.propose)}
      </Button>
      <Button disabled={!unsaved || save.busy} onClick={() => attempt(() => setAdopting(true))}>
        {say(words.adopt)}
      </Button>
      {adopting && (
        <AdoptDialog
          scheme={draft}
          version={null}
          busy={save.busy}
          error={save.error}
          fresh={base === null}
          onAdopt={send}
          onClose={() => {
            setAdopting(false)
            save.forget()
          }}
        />
      )}
      {save.error !== null && !adopting && <ProblemNotice error={save.error} />}
    </>
  )
}

/** The checks while writing lag a moment behind: the draft that is sent is looked at once more. */
async function checkedAndSaved(sent: {
  draft: SchemeDraft
  adopt: Adoption | undefined
}): Promise<{ faults: SchemeIssue[]; saved: Scheme | null }> {
  const { draft, adopt } = sent
  const faults = errorsOf(await evaluation.checkScheme.call(draft))
  if (faults.length > 0) return { faults, saved: null }
  return { faults, saved: await evaluation.saveScheme.call({ ...draft, ...(adopt ? { adopt } : {}) }) }
}

/** On a phone: what the change comes to stays in sight, the ranking opens over it. */
function RankingBelow() {
  const say = useSay()
  const moves = useMoves()
  const [open, setOpen] = useState(false)
  return (
    <>
      <div className="scheme-foot">
        {moves && moves.rows.length > 0 ? (
          <TopLine moves={moves} />
        ) : (
          <span className="muted small">{say(schemeWords.preview.nothing)}</span>
        )}
        <Button onClick={() => setOpen(true)}>{say(schemeWords.preview.open)}</Button>
      </div>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        placement="bottom"
        size="80%"
        title={say(schemeWords.preview.title)}
        styles={{ body: { background: 'var(--panel)' } }}
      >
        <LiveRanking bare />
      </Drawer>
    </>
  )
}
