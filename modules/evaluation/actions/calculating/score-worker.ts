/** The thread of `score-apart.ts`: one question, one answer. */
import { parentPort } from 'node:worker_threads'
import type { SchemeDraft } from '../../contract.ts'
import type { Readings } from '../../rules/composing/readings.ts'
import { scorePeriod } from '../../rules/score-period.ts'

interface Question {
  readonly draft: SchemeDraft
  readonly readings: Readings
  readonly starsBefore: Uint8Array
  readonly seed: number
}

parentPort!.once('message', ({ draft, readings, starsBefore, seed }: Question) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window.
  parentPort!.postMessage(scorePeriod(draft, readings, starsBefore, seed))
})
