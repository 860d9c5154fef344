/** Reads a Parquet file as a table; what decodes it is kept apart and given up when it takes too long. */
import { Worker } from 'node:worker_threads'
import { type ByteSource, type RowBatch, rowsOf, type Table, type TablePosition } from '../read-table.ts'
import { type TableReason, TableUnreadable } from '../table-unreadable.ts'

/** A slice takes well under a second. */
const ANSWER_MILLISECONDS = 20_000
const HEAP_MEGABYTES = 1024

interface Outline {
  readonly header: readonly string[]
  readonly slices: readonly (readonly [number, number])[]
}
type Answer = { readonly value: unknown } | { readonly reason: TableReason; readonly detail: string }

/** `limitMilliseconds` is how long one answer may take; tests wait less. */
export async function openParquet(source: ByteSource, limitMilliseconds = ANSWER_MILLISECONDS): Promise<Table> {
  if (source.path === undefined) throw new TableUnreadable('binary', 'Parquet is read from files only.')
  const { path, totalBytes } = source
  await source.close()
  let read = 0
  const opened = await outlineOf(path, limitMilliseconds)
  const batches = (from: TablePosition = { byte: 0, line: 1 }) =>
    readBatches({ path, totalBytes, limitMilliseconds, tell: (bytes) => (read = bytes) }, from)
  return {
    format: { kind: 'parquet' },
    header: opened.header,
    batches,
    rows: rowsOf(batches),
    totalBytes,
    readBytes: () => read,
    close: async () => {},
  }
}

async function outlineOf(path: string, limitMilliseconds: number): Promise<Outline> {
  const thread = startThread(path, limitMilliseconds)
  try {
    return (await thread.answer()) as Outline
  } finally {
    await thread.end()
  }
}

interface Reading {
  readonly path: string
  readonly totalBytes: number
  readonly limitMilliseconds: number
  readonly tell: (readBytes: number) => void
}

async function* readBatches(reading: Reading, from: TablePosition): AsyncIterable<RowBatch> {
  const thread = startThread(reading.path, reading.limitMilliseconds)
  try {
    const { slices } = (await thread.answer()) as Outline
    const total = slices.at(-1)?.[1] ?? 0
    for (const [first, last] of slices) {
      if (last < from.line) continue
      thread.ask([first, last])
      const cells = (await thread.answer()) as string[][]
      const lines = cells.map((_row, index) => first + index + 1)
      const byte = last >= total ? reading.totalBytes : Math.floor((reading.totalBytes * last) / total)
      reading.tell(byte)
      yield { cells, lines, end: { byte, line: last + 1 } }
    }
  } finally {
    await thread.end()
  }
}

/** One question at a time; the thread's first answer comes unasked. */
function startThread(path: string, limitMilliseconds: number) {
  const resourceLimits = { maxOldGenerationSizeMb: HEAP_MEGABYTES }
  const worker = new Worker(new URL('./parquet-thread.ts', import.meta.url), { workerData: { path }, resourceLimits })
  const answers: Answer[] = []
  let wake = () => {}
  const give = (answer: Answer) => {
    answers.push(answer)
    wake()
  }
  worker.on('message', give)
  worker.on('error', (error) => give({ reason: 'broken', detail: `The Parquet file cannot be read: ${error.message}` }))
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window.
    ask: (slice: readonly [number, number]) => worker.postMessage(slice),
    answer: async (): Promise<unknown> => {
      if (answers.length === 0) {
        const { promise, resolve } = Promise.withResolvers<void>()
        const timer = setTimeout(
          () => give({ reason: 'broken', detail: 'The Parquet file takes too long to read.' }),
          limitMilliseconds,
        )
        wake = resolve
        await promise
        clearTimeout(timer)
      }
      const answer = answers.shift()!
      if ('value' in answer) return answer.value
      throw new TableUnreadable(answer.reason, answer.detail)
    },
    end: () => worker.terminate(),
  }
}
