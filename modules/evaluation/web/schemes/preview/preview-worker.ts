/** The thread that scores while somebody drags: the page stays free to follow the hand. */
import type { SchemeInputs } from '#evaluation/contract'
import { previewScores } from '../../../rules/preview.ts'
import { type Answer, PREVIEW_SEED, type Question, toRow } from './questions.ts'

/** Of the draft and of the version it is compared with. */
const KEPT_LIMIT = 4
const known = new Map<string, SchemeInputs>()

function inputsOf({ name, content }: Question['inputs']): SchemeInputs | undefined {
  if (content) {
    known.delete(name)
    known.set(name, content)
    for (const oldest of [...known.keys()].slice(0, -KEPT_LIMIT)) known.delete(oldest)
  }
  return known.get(name)
}

function answer({ number, draft, inputs }: Question): Answer {
  const began = performance.now()
  const given = inputsOf(inputs)
  try {
    const rows = given ? previewScores(draft, given, PREVIEW_SEED).map(toRow) : null
    return { number, rows, milliseconds: performance.now() - began }
  } catch {
    // A draft between two keystrokes may ask for what cannot be: the page keeps the last ranking.
    return { number, rows: null, milliseconds: performance.now() - began }
  }
}

// The types at hand are those of a window, whose messages name who may read them; a worker's go to its page alone.
const page = self as unknown as { postMessage: (message: Answer, options: object) => void }
addEventListener('message', (event: MessageEvent<Question>) => page.postMessage(answer(event.data), {}))
