/** Opens a file as a table by what it holds; its name says nothing. */
import { openObjects, beginsJson } from './read-objects.ts'
import { openParquet } from './parquet/read-parquet.ts'
import { type ByteSource, fileSource, openSource, type Table } from './read-table.ts'
import { openWorkbook } from './read-workbook.ts'
import { TableUnreadable } from './table-unreadable.ts'

const SNIFFED_BYTES = 1024
const ZIP = [0x50, 0x4b, 0x03, 0x04]
const EMPTY_ZIP = [0x50, 0x4b, 0x05, 0x06]
const PARQUET = [0x50, 0x41, 0x52, 0x31]

export interface OpenOptions {
  /** Columns the reader needs: where rows are objects, a name the beginning does not show is an empty cell. */
  readonly columns?: readonly string[]
  /** Of a workbook: the sheet; without it the first that is not hidden. */
  readonly sheet?: string | undefined
}

/** Throws `TableUnreadable` with the reason where the file is no table of a known format. */
export async function openAny(path: string, options: OpenOptions = {}): Promise<Table> {
  return opened(await fileSource(path), options)
}

/** The same for bytes in memory. */
export async function openBytes(bytes: Uint8Array, options: OpenOptions = {}): Promise<Table> {
  const read = async (target: Uint8Array, place: number) => {
    const part = bytes.subarray(place, place + target.length)
    target.set(part)
    return part.length
  }
  return opened({ totalBytes: bytes.length, read, close: async () => {} }, options)
}

async function opened(source: ByteSource, options: OpenOptions): Promise<Table> {
  try {
    const begin = Buffer.alloc(Math.min(SNIFFED_BYTES, source.totalBytes))
    await source.read(begin, 0)
    if (source.totalBytes === 0) throw new TableUnreadable('empty', 'The file has no bytes.')
    if (startsWith(begin, ZIP) || startsWith(begin, EMPTY_ZIP)) return await openWorkbook(source, options.sheet)
    if (startsWith(begin, PARQUET)) return await openParquet(source)
    if (beginsJson(begin)) return await openObjects(source, options.columns)
    return await openSource(source)
  } catch (error) {
    await source.close().catch(() => {})
    throw error
  }
}

const startsWith = (bytes: Uint8Array, begin: readonly number[]) => begin.every((byte, index) => bytes[index] === byte)
