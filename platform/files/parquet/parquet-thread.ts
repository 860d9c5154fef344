/** Decodes Parquet in a thread of its own: a file made to keep its reader busy for ever, or to fill the memory, ends the thread only. */
import { parentPort, workerData } from 'node:worker_threads'
import { decodeParquet } from './decode-parquet.ts'
import { type ByteSource, fileSource } from '../read-table.ts'
import { TableUnreadable } from '../table-unreadable.ts'

async function start(): Promise<void> {
  const source: ByteSource = await fileSource((workerData as { path: string }).path)
  const answer = async (work: () => Promise<unknown>) => {
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window.
      parentPort!.postMessage({ value: await work() })
    } catch (error) {
      const { reason, detail } =
        error instanceof TableUnreadable ? error : { reason: 'broken', detail: (error as Error).message }
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window.
      parentPort!.postMessage({ reason, detail })
    }
  }
  const decoder = decodeParquet(source)
  parentPort!.on('message', ([first, last]: [number, number]) => {
    void answer(async () => (await decoder).read(first, last))
  })
  await answer(async () => {
    const { header, slices } = await decoder
    return { header, slices }
  })
}

await start()
