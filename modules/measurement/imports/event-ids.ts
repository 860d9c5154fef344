/**
 * The ids of a file's events follow from the file alone, so that the same file again stores nothing twice. With identity
 * columns the id is what they hold. Without, it is the row's content and how many equal rows came before: two equal rows
 * are two events, and still the same two next time.
 */
import { hash } from 'node:crypto'
import type { MappingDefinition } from '../contract.ts'
import { TableUnreadable } from '#platform/files/table-unreadable'
import type { MappedRow, RowFault } from '../rules/intake/map-row.ts'
import { type SeenRows, seenRows } from './seen-rows.ts'

/** Hash characters kept: 132 bits. */
const HASH_LENGTH = 22
/** Ids longer than this are hashed; the store takes 200 characters. */
const READABLE_LENGTH_LIMIT = 120
const SEPARATOR = '\u001f'
const NAME_END = '\u001e'
/** Rows remembered for one file: about a gigabyte. A larger file is imported in parts. */
const REMEMBERED_ROWS_LIMIT = 40_000_000

/** The row's id, or why it has none. Rows are given in the order of the file, each once. */
export type RowIds = (row: MappedRow, cells: readonly string[]) => string | RowFault

function demandRoom(seen: SeenRows): void {
  if (seen.size() <= REMEMBERED_ROWS_LIMIT) return
  throw new TableUnreadable('too-large', `One file may hold ${REMEMBERED_ROWS_LIMIT} rows. Send it in parts.`)
}

/** `header` names the columns: a cell counts with its name, an empty one not at all, so that formats and orders do not matter. */
export function contentIds(definition: MappingDefinition, header: readonly string[]): RowIds {
  const { eventType, entity, identity } = definition
  if (identity) {
    const told = identityIds(identity)
    return (row, cells) => {
      const key = row.identity!
      const fault = told(key, cells)
      if (fault) return fault
      const id = `${eventType}:${key}`
      return id.length <= READABLE_LENGTH_LIMIT ? id : `${eventType}:#${digest(key)}`
    }
  }
  const seen = seenRows()
  // The same rows may be sent once for each of two entities, each file with a key of its own.
  const owner = 'key' in entity ? `${eventType}${SEPARATOR}${entity.key}` : eventType
  const order = header.map((name, place) => ({ name, place })).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return (_row, cells) => {
    demandRoom(seen)
    let text = owner
    for (const { name, place } of order) {
      const cell = cells[place]!.trim()
      if (cell !== '') text += `${SEPARATOR}${name}${NAME_END}${cell}`
    }
    const content = digest(text)
    const occurrence = seen.count(bitsOf(content, HIGH), bitsOf(content, LOW))
    return occurrence === 1 ? `row:${content}` : `row:${content}:${occurrence}`
  }
}

/** A fault where a key comes again with other content. */
export function identityIds(columns: readonly string[]): (key: string, cells: readonly string[]) => RowFault | null {
  const seen = seenRows()
  return (key, cells) => {
    demandRoom(seen)
    const content = bitsOfAll(cells, LOW)
    if (seen.keep(bitsOf(key, HIGH), bitsOf(key, LOW), content) === content) return null
    const message = 'An earlier row has the same values in these columns but other content. The first row counts.'
    return { field: columns.join(', '), rule: 'unique', message }
  }
}

/** Rows without columns that tell them apart, of a message that has an id: that id and the row's place. */
export function messageIds(message: string): RowIds {
  let place = 0
  return () => {
    place += 1
    return `hook:${digest(message)}:${place}`
  }
}

const digest = (text: string) => hash('sha256', text, 'base64url').slice(0, HASH_LENGTH)

// A multiplicative hash for the table of seen rows only (after cyrb53; bryc, 2018, public domain): five times faster than a
// digest. Two rows of one file that fall together by chance, one in 10^5 files of a million rows at most, are told as such.
const HIGH = { seed: 0x41c6ce57, prime: 1597334677 }
const LOW = { seed: 0xdeadbeef, prime: 2654435761 }
const CELL_END = 0x1f

function bitsOf(text: string, { seed, prime }: typeof HIGH): number {
  let bits = seed
  for (let index = 0; index < text.length; index += 1) bits = Math.imul(bits ^ text.charCodeAt(index), prime)
  return mixed(bits)
}

function bitsOfAll(cells: readonly string[], { seed, prime }: typeof HIGH): number {
  let bits = seed
  for (const cell of cells) {
    for (let index = 0; index < cell.length; index += 1) bits = Math.imul(bits ^ cell.charCodeAt(index), prime)
    bits = Math.imul(bits ^ CELL_END, prime)
  }
  return mixed(bits)
}

function mixed(bits: number): number {
  const once = Math.imul(bits ^ (bits >>> 16), 2246822507)
  return (once ^ (once >>> 13)) >>> 0
}
