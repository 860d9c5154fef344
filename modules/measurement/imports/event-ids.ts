/**
 * The ids of a file's events follow from the file alone, so that the same file again stores nothing twice. With identity
 * columns the id is what they hold. Without, it is the row's content and how many equal rows came before: two equal rows
 * are two events, and still the same two next time.
 */
import { hash } from 'node:crypto'
import type { MappingDefinition } from '../contract.ts'
import { TableUnreadable } from '#platform/files/table-unreadable'
import type { MappedRow, RowFault } from '../rules/map-row.ts'
import { seenRows } from './seen-rows.ts'

/** Hash characters kept: 132 bits. */
const HASH_LENGTH = 22
/** Ids longer than this are hashed; the store takes 200 characters. */
const READABLE_LENGTH_LIMIT = 120
const SEPARATOR = '\u001f'
/** Rows remembered for one file: about a gigabyte. A larger file is imported in parts. */
const REMEMBERED_ROWS_LIMIT = 40_000_000

/** The row's id, or why it has none. Rows are given in the order of the file, each once. */
export type EventIds = (row: MappedRow, cells: readonly string[]) => string | RowFault

export function eventIds(definition: MappingDefinition): EventIds {
  const { eventType, entity, identity } = definition
  const seen = seenRows()
  const demandRoom = () => {
    if (seen.size() <= REMEMBERED_ROWS_LIMIT) return
    throw new TableUnreadable('too-large', `One file may hold ${REMEMBERED_ROWS_LIMIT} rows. Send it in parts.`)
  }
  // The same rows may be sent once for each of two entities, each file with a key of its own.
  const owner = 'key' in entity ? `${eventType}${SEPARATOR}${entity.key}` : eventType
  if (!identity) {
    return (_row, cells) => {
      demandRoom()
      const content = digest(`${owner}${SEPARATOR}${cells.join(SEPARATOR)}`)
      const occurrence = seen.count(bitsOf(content, HIGH), bitsOf(content, LOW))
      return occurrence === 1 ? `row:${content}` : `row:${content}:${occurrence}`
    }
  }
  return (row, cells) => {
    demandRoom()
    const key = row.identity!
    const content = bitsOfAll(cells, LOW)
    if (seen.keep(bitsOf(key, HIGH), bitsOf(key, LOW), content) !== content) {
      const message = 'An earlier row has the same values in these columns but other content. The first row counts.'
      return { field: identity.join(', '), rule: 'unique', message }
    }
    const id = `${eventType}:${key}`
    return id.length <= READABLE_LENGTH_LIMIT ? id : `${eventType}:#${digest(key)}`
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
