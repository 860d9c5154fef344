/** The page's side of the worker: one question at a time, and of those that wait only the newest of each lane. */
import type { SchemeDraft, SchemeInputs } from '#evaluation/contract'
import type { Answer, PreviewRow, Question } from './questions.ts'

export interface Asked {
  readonly draft: SchemeDraft
  /** Names the inputs: the same name, the same content. */
  readonly name: string
  readonly inputs: SchemeInputs
}
export interface Scored {
  readonly rows: readonly PreviewRow[] | null
  readonly milliseconds: number
}
type Lane = 'draft' | 'compared'
/** An answer that takes longer is given up when a newer question of its lane comes. */
const PATIENCE_MILLISECONDS = 8_000

interface Waiting {
  readonly asked: Asked
  readonly tell: (scored: Scored) => void
}

export interface Scorer {
  /** A question that a newer one of its lane overtakes is never answered. */
  readonly ask: (lane: Lane, asked: Asked, tell: (scored: Scored) => void) => void
  readonly close: () => void
}

/** The thread starts with the first question, and again where one comes after it was closed. */
export function createScorer(): Scorer {
  let worker: Worker | null = null
  const waiting = new Map<Lane, Waiting>()
  const sent = new Set<string>()
  let running: { number: number; lane: Lane; since: number; tell: (scored: Scored) => void } | null = null
  let number = 0
  const opened = () => {
    if (worker) return worker
    worker = new Worker(new URL('./preview-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', hear)
    return worker
  }
  const next = () => {
    if (running) return
    const [first] = waiting
    if (!first) return
    const [lane, { asked, tell }] = first
    waiting.delete(lane)
    running = { number: (number += 1), lane, since: performance.now(), tell }
    const { draft, name, inputs } = asked
    const question: Question = { number, draft, inputs: sent.has(name) ? { name } : { name, content: inputs } }
    sent.add(name)
    opened().postMessage(question, [])
  }
  const hear = (event: MessageEvent<Answer>) => {
    const done = running
    if (!done || event.data.number !== done.number) return
    running = null
    const { rows, milliseconds } = event.data
    done.tell({ rows, milliseconds })
    next()
  }
  /** What the thread had been told is lost with it. */
  const stop = () => {
    worker?.terminate()
    worker = null
    running = null
    sent.clear()
  }
  return {
    ask: (lane, asked, tell) => {
      waiting.delete(lane)
      waiting.set(lane, { asked, tell })
      if (running?.lane === lane && performance.now() - running.since > PATIENCE_MILLISECONDS) stop()
      next()
    },
    close: () => {
      stop()
      waiting.clear()
    },
  }
}
