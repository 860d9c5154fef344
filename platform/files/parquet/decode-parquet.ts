/**
 * Decodes a Parquet file, a slice of a row group at a time. Whole numbers of 64 bits and decimals keep all their digits,
 * instants come with their zone, local times without, what is not a number is empty, lists are JSON text.
 */
import { zstdDecompressSync } from 'node:zlib'
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type SchemaTree,
} from 'hyparquet'
import { compressors as known } from 'hyparquet-compressors'
import { cellText } from '../flatten.ts'
import { type ByteSource, COLUMNS_LIMIT, different } from '../read-table.ts'
import { TableUnreadable } from '../table-unreadable.ts'

/** Most rows and cells decoded at a time. */
const SLICE_ROWS = 20_000
const SLICE_CELLS = 1_000_000
/** Rows of one file; more are sent in parts. */
const ROWS_LIMIT = 40_000_000
/** Most bytes one page may unpack to: writers make pages of about a megabyte. */
const PAGE_LIMIT_BYTES = 128 * 1024 * 1024
/** Most bytes of one read of the file: a column's part of a row group. */
const READ_LIMIT_BYTES = 512 * 1024 * 1024
const DAY_LENGTH = 10

interface Leaf {
  readonly path: readonly string[]
  readonly show: (value: unknown) => string
}

export interface ParquetDecoder {
  readonly header: readonly string[]
  /** First row and the one behind the last, in the order of the file. A slice never reaches over two row groups. */
  readonly slices: readonly (readonly [number, number])[]
  readonly read: (first: number, last: number) => Promise<string[][]>
}

export async function decodeParquet(source: ByteSource): Promise<ParquetDecoder> {
  const file = asBuffer(source)
  const metadata = await reading(() => parquetMetadataAsync(file))
  const leaves = leavesOf(await reading(async () => parquetSchema(metadata)), [])
  if (leaves.length === 0) throw new TableUnreadable('empty', 'The file has no columns.')
  if (leaves.length > COLUMNS_LIMIT) {
    const detail = `It has ${leaves.length} columns; ${COLUMNS_LIMIT} are read.`
    throw new TableUnreadable('too-many-columns', detail)
  }
  return {
    header: different(leaves.map(({ path }) => path.join('.'))),
    slices: slicesOf(metadata, leaves.length),
    read: async (first, last) => {
      const rows = await readSlice(file, metadata, first, last)
      return rows.map((row) => leaves.map(({ path, show }) => show(valueAt(row, path))))
    },
  }
}

function slicesOf(metadata: FileMetaData, columns: number): [number, number][] {
  const slice = Math.max(1, Math.min(SLICE_ROWS, Math.floor(SLICE_CELLS / columns)))
  const slices: [number, number][] = []
  let start = 0
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows)
    if (!(rows >= 0 && start + rows <= ROWS_LIMIT)) {
      const detail = `It says it has more than ${ROWS_LIMIT} rows. Send it in parts.`
      throw new TableUnreadable('too-large', detail)
    }
    for (let first = start; first < start + rows; first += slice) {
      slices.push([first, Math.min(start + rows, first + slice)])
    }
    start += rows
  }
  return slices
}

async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TableUnreadable) throw error
    throw new TableUnreadable('broken', `The Parquet file cannot be read: ${(error as Error).message}`)
  }
}

function asBuffer(source: ByteSource): AsyncBuffer {
  return {
    byteLength: source.totalBytes,
    slice: async (start, end = source.totalBytes) => {
      const from = start < 0 ? Math.max(0, source.totalBytes + start) : start
      const length = Math.max(0, Math.min(end, source.totalBytes) - from)
      if (length > READ_LIMIT_BYTES) {
        const detail = 'A row group is too large. Write the file with smaller row groups.'
        throw new TableUnreadable('too-large', detail)
      }
      const bytes = new Uint8Array(length)
      const filled = await source.read(bytes, from)
      return bytes.buffer.slice(0, filled)
    },
  }
}

/** Every kind of packing, each bounded in what it may give; of Zstandard the library takes the file's own word for it. */
const bounded: Compressors = Object.fromEntries(
  Object.entries({ ...known, ZSTD: unpackZstandard }).map(([name, unpack]) => [
    name,
    (input: Uint8Array, outputLength: number) => {
      if (!(outputLength >= 0 && outputLength <= PAGE_LIMIT_BYTES)) {
        const detail = `A page unpacks to more than ${PAGE_LIMIT_BYTES / 1024 / 1024} MB.`
        throw new TableUnreadable('unpacks-too-large', detail)
      }
      return unpack(input, outputLength)
    },
  ]),
)

function unpackZstandard(input: Uint8Array): Uint8Array {
  return zstdDecompressSync(input, { maxOutputLength: PAGE_LIMIT_BYTES })
}

function leavesOf(tree: SchemaTree, path: readonly string[]): Leaf[] {
  return tree.children.flatMap((child) => {
    const own = [...path, child.element.name]
    const { converted_type: converted, logical_type: logical, repetition_type: repetition } = child.element
    const whole = converted === 'LIST' || converted === 'MAP' || logical?.type === 'LIST' || logical?.type === 'MAP'
    if (child.children.length > 0 && !whole && repetition !== 'REPEATED') return leavesOf(child, own)
    return [{ path: own, show: shower(child) }]
  })
}

function shower({ element }: SchemaTree): (value: unknown) => string {
  const { converted_type: converted, logical_type: logical, scale = 0 } = element
  if (converted === 'DATE' || logical?.type === 'DATE') return (value) => dateText(value).slice(0, DAY_LENGTH)
  if (logical?.type === 'TIMESTAMP' && !logical.isAdjustedToUTC) return dateText
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL')
    return (value) => (typeof value === 'number' ? value.toFixed(scale) : cellText(value))
  return (value) => (value instanceof Date ? zoned(dateText(value)) : cellText(value))
}

const zoned = (text: string) => (text === '' ? '' : `${text}Z`)
/** As written on a clock, without a zone. */
const dateText = (value: unknown) =>
  value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString().slice(0, -1).replace('.000', '') : ''

async function readSlice(file: AsyncBuffer, metadata: FileMetaData, first: number, last: number): Promise<object[]> {
  let found: object[] = []
  await reading(() =>
    parquetRead({
      file,
      metadata,
      rowStart: first,
      rowEnd: last,
      rowFormat: 'object',
      compressors: bounded,
      onComplete: (rows) => (found = rows),
    }),
  )
  if (found.length !== last - first) throw new TableUnreadable('broken', 'The Parquet file ends too early.')
  return found
}

function valueAt(row: object, path: readonly string[]): unknown {
  let value: unknown = row
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return null
    value = (value as Record<string, unknown>)[name]
  }
  return value
}
