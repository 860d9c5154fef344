/** Scores a period beside the requests: with many units the arithmetic takes seconds, and nobody should wait for it. */
import { Worker } from 'node:worker_threads'
import type { SchemeDraft } from '../../contract.ts'
import type { Readings } from '../../rules/composing/readings.ts'
import { scorePeriod } from '../../rules/score-period.ts'

/** Fewer units are scored faster than a thread starts. */
const UNITS_APART = 1_000

type Scored = ReturnType<typeof scorePeriod>

export async function scoreApart(
  draft: SchemeDraft,
  readings: Readings,
  starsBefore: Uint8Array,
  seed: number,
): Promise<Scored> {
  if (readings.count < UNITS_APART) return scorePeriod(draft, readings, starsBefore, seed)
  const worker = new Worker(new URL('./score-worker.ts', import.meta.url))
  try {
    return await new Promise<Scored>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', (code) => reject(new Error(`the thread that scores ended with ${code}`)))
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window.
      worker.postMessage({ draft, readings, starsBefore, seed })
    })
  } finally {
    await worker.terminate()
  }
}
