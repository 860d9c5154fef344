/** The editor's state: what is written with its steps, locks, the ranking it gives, what the checks say. */
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { Scheme, SchemeDraft, SchemeIssue } from '#evaluation/contract'
import type { Indicator } from '#measurement/contract'
import type { Grain } from '#platform/contract'
import { addPeriods, startOfPeriod, today } from '#platform/web/calendar.ts'
import { type Preview, usePreview } from '../preview/use-preview.ts'
import { useSettled } from '../preview/use-settled.ts'
import { amend, beginHistory, type History, record, redo, undo } from './history.ts'
import { keep } from './kept-drafts.ts'
import type { Writing } from './tree.ts'
import { useChecks } from './use-checks.ts'
import { useNamedIndicators } from './use-indicators.ts'

const KEEP_MILLISECONDS = 800
const ID_TAKEN: SchemeIssue = { field: 'id', rule: 'taken', message: '', severity: 'error' }

export interface Editor {
  readonly writing: Writing
  readonly draft: SchemeDraft
  /** `about`: changes of the same thing in one go are one step; null: a step of its own. */
  readonly change: (how: (writing: Writing) => Writing, about?: string | null) => void
  readonly patch: (part: Partial<SchemeDraft>, about?: string | null) => void
  /** Without a step: what follows by itself. */
  readonly follow: (how: (writing: Writing) => Writing) => void
  readonly undo: (() => void) | null
  readonly redo: (() => void) | null
  readonly touched: boolean
  /** Names of dimensions and items whose weights stay. */
  readonly locked: ReadonlySet<string>
  readonly toggleLock: (name: string) => void
  readonly issues: readonly SchemeIssue[]
  readonly checking: boolean
  readonly indicator: (id: string) => Indicator | undefined
  readonly preview: Preview
  readonly period: {
    readonly grain: Grain
    readonly periodStart: string
    readonly choose: (day: string, grain: Grain) => void
  }
  /** The version it began from. */
  readonly base: Scheme | null
}

export const EditorContext = createContext<Editor | null>(null)
export function useEditorState(): Editor {
  const editor = useContext(EditorContext)
  if (!editor) throw new Error('A part of the editor stands outside of it.')
  return editor
}

interface Around {
  readonly base: Scheme | null
  /** The name under which the draft is kept on this device. */
  readonly keptAs: string
  /** Whether somebody tried to save it: then what is empty is told as well. */
  readonly tried: boolean
  /** Ids of all schemes there are: a new one must not become a version of another. */
  readonly taken: readonly string[]
}

export function useEditor(begin: Writing, { base, keptAs, tried, taken }: Around): Editor {
  const steps = useSteps(begin)
  const { present: writing } = steps.history
  const { draft } = writing
  const [locked, setLocked] = useState<ReadonlySet<string>>(new Set())
  const indicator = useNamedIndicators(useMemo(() => indicatorsIn(draft, base), [draft, base]))
  const known = useCallback((id: string) => indicator(id) !== undefined, [indicator])
  const period = usePeriod(draft)
  const { grain, periodStart } = period
  const asked = useMemo(() => ({ grain, periodStart }), [grain, periodStart])
  const preview = usePreview(draft, base, known, asked)
  const checks = useChecks(draft, tried)
  const twice = base === null && taken.includes(draft.id)
  useKeeping(keptAs, writing, base?.version ?? null, steps.touched)
  return {
    ...steps.deeds,
    writing,
    draft,
    touched: steps.touched,
    locked,
    toggleLock: (name) =>
      setLocked(locked.has(name) ? locked.difference(new Set([name])) : locked.union(new Set([name]))),
    issues: twice ? [...checks.issues, ID_TAKEN] : checks.issues,
    checking: checks.waiting,
    indicator,
    preview,
    period,
    base,
  }
}

function useSteps(begin: Writing) {
  const [history, setHistory] = useState<History<Writing>>(() => beginHistory(begin))
  const change = useCallback((how: (writing: Writing) => Writing, about: string | null = null) => {
    const at = performance.now()
    setHistory((before) => record(before, how(before.present), about, at))
  }, [])
  const deeds = useMemo(
    () => ({
      change,
      patch: (part: Partial<SchemeDraft>, about: string | null = null) =>
        change((writing) => ({ ...writing, draft: { ...writing.draft, ...part } }), about),
      follow: (how: (writing: Writing) => Writing) => setHistory((before) => amend(before, how(before.present))),
    }),
    [change],
  )
  const steps = {
    undo: history.past.length > 0 ? () => setHistory(undo) : null,
    redo: history.future.length > 0 ? () => setHistory(redo) : null,
  }
  return { history, touched: history.present !== begin, deeds: { ...deeds, ...steps } }
}

/** Every indicator the draft or the version before names. */
function indicatorsIn(draft: SchemeDraft, base: SchemeDraft | null): string[] {
  const named = [draft, ...(base ? [base] : [])].flatMap(({ dimensions, gates }) => [
    ...dimensions.flatMap(({ items }) =>
      items.flatMap(({ source }) =>
        source.kind === 'indicator' ? [source.indicator] : source.raters.flatMap((rater) => rater.indicator ?? []),
      ),
    ),
    ...gates.map((gate) => gate.indicator),
  ])
  return [...new Set(named)].filter((id) => id !== '').toSorted()
}

/** The newest period that is over, until another is chosen. */
function usePeriod(draft: SchemeDraft): Editor['period'] {
  const [chosen, choose] = useState<{ day: string; grain: Grain } | null>(null)
  const usual = draft.grains[0] ?? 'month'
  const grain = chosen && draft.grains.includes(chosen.grain) ? chosen.grain : usual
  const last = addPeriods(startOfPeriod(today(), grain), grain, -1)
  const periodStart = chosen && chosen.grain === grain ? startOfPeriod(chosen.day, grain) : last
  return { grain, periodStart, choose: (day, next) => choose({ day, grain: next }) }
}

function useKeeping(name: string, writing: Writing, version: number | null, touched: boolean): void {
  const settled = useSettled(writing, KEEP_MILLISECONDS)
  const begun = useRef(settled)
  useEffect(() => {
    if (!touched || settled === begun.current) return
    keep(name, { savedAt: Date.now(), version, writing: settled })
  }, [name, settled, version, touched])
}
