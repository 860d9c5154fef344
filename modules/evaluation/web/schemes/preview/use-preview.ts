/** The ranking a draft gives, as it is written: inputs come from the server once for each set of units and items, the rest happens here. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { SchemeDraft, SchemeInputs } from '#evaluation/contract'
import type { Grain } from '#platform/contract'
import { evaluation } from '../../api.ts'
import { inputsDraft, scorableDraft } from '../state/scorable.ts'
import type { PreviewRow } from './questions.ts'
import { createScorer, type Scored, type Scorer } from './scorer.ts'
import { useSettled } from './use-settled.ts'

/** From so many units on, ranks are drawn less often while something moves, so that an answer takes under a tenth of a second. */
const QUICK_UNITS = 300
const QUICK_DRAWS = 200
const CALM_MILLISECONDS = 450
const READ_MILLISECONDS = 350

export interface Preview {
  /** What can be scored of the draft; null: nothing yet, or something does not hold together. */
  readonly scorable: SchemeDraft | null
  readonly inputs: SchemeInputs | null
  /** Null until the first answer. */
  readonly rows: readonly PreviewRow[] | null
  /** What it is compared with; null: nothing. */
  readonly compared: readonly PreviewRow[] | null
  /** Whether what is shown belongs to an earlier state of the draft. */
  readonly behind: boolean
  readonly reading: boolean
  readonly error: unknown
  readonly milliseconds: number | null
  /** From now on compared with the ranking as it is. */
  readonly pin: () => void
  /** Again with the version in force. */
  readonly unpin: (() => void) | null
}

type Known = (indicator: string) => boolean
interface Period {
  readonly grain: Grain
  readonly periodStart: string
}

interface Read {
  readonly name: string
  readonly inputs: SchemeInputs
}

/** What units are judged by; null while it is read for the first time. */
function useInputs(scorable: SchemeDraft | null, period: Period) {
  const wanted = useMemo(() => scorable && inputsDraft(scorable), [scorable])
  const key = useMemo(() => (wanted ? JSON.stringify([wanted, period]) : ''), [wanted, period])
  const settled = useSettled(key, READ_MILLISECONDS)
  const query = useQuery({
    queryKey: [['evaluation'], 'draft inputs', settled],
    queryFn: ({ signal }) => {
      const [draft, asked] = JSON.parse(settled) as [SchemeDraft, Period]
      return evaluation.readInputs.call({ id: draft.id, draft, ...asked }, { signal })
    },
    enabled: settled !== '',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const read = useMemo<Read | null>(
    () => (query.data ? { name: `${settled} ${query.dataUpdatedAt}`, inputs: query.data } : null),
    [query.data, query.dataUpdatedAt, settled],
  )
  const fresh = settled === key && read !== null
  return {
    read: fresh ? read : null,
    reading: key !== '' && !fresh && !query.error,
    error: settled === key ? query.error : null,
  }
}

const quickly = (draft: SchemeDraft): SchemeDraft => ({
  ...draft,
  certainty: { ...draft.certainty, draws: Math.min(draft.certainty.draws, QUICK_DRAWS) },
})

interface Shown extends Scored {
  readonly of: SchemeDraft
  readonly read: Read
  /** The first ranking over these inputs. */
  readonly first: readonly PreviewRow[] | null
}

function useScored(scorer: Scorer, lane: 'draft' | 'compared', draft: SchemeDraft | null, read: Read | null) {
  const [scored, setScored] = useState<Shown | null>(null)
  const calm = useSettled(draft, CALM_MILLISECONDS)
  useEffect(() => {
    if (!draft || !read) return
    const many = read.inputs.units.length > QUICK_UNITS && calm !== draft
    const asked = { draft: many ? quickly(draft) : draft, name: read.name, inputs: read.inputs }
    scorer.ask(lane, asked, (answer) => {
      // An arithmetic that fails between two keystrokes leaves the last ranking on the screen.
      if (answer.rows === null) return
      setScored((before) => {
        const first = before?.read.name === read.name ? before.first : answer.rows
        return { ...answer, of: draft, read, first }
      })
    })
  }, [scorer, lane, draft, read, calm])
  return scored
}

function useScorer(): Scorer {
  const [scorer] = useState(createScorer)
  useEffect(() => () => scorer.close(), [scorer])
  return scorer
}

/** `base`: the version the draft began from; null for a new scheme, which is compared with itself as it was when its items last changed. */
export function usePreview(draft: SchemeDraft, base: SchemeDraft | null, known: Known, period: Period): Preview {
  const scorer = useScorer()
  const scorable = useMemo(() => scorableDraft(draft, known), [draft, known])
  const baseScorable = useMemo(() => base && scorableDraft(base, known), [base, known])
  const own = useInputs(scorable, period)
  const before = useInputs(baseScorable, period)
  const now = useScored(scorer, 'draft', scorable, own.read)
  const then = useScored(scorer, 'compared', baseScorable, before.read)
  const [pinned, setPinned] = useState<readonly PreviewRow[] | null>(null)
  return {
    scorable,
    inputs: own.read?.inputs ?? null,
    rows: now?.rows ?? null,
    compared: pinned ?? (base === null ? (now?.first ?? null) : (then?.rows ?? null)),
    behind: now !== null && (now.of !== scorable || now.read !== own.read),
    reading: own.reading,
    error: own.error,
    milliseconds: now?.milliseconds ?? null,
    pin: () => setPinned(now?.rows ?? null),
    unpin: pinned === null ? null : () => setPinned(null),
  }
}
