/** Finds where the objects of a JSON text begin and end, so that a file of any size is parsed one object at a time. */
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const COMMA = 0x2c

export const isBlankByte = (byte: number | undefined) =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

export interface SplitObjects {
  /** Where each whole object begins and ends. */
  readonly spans: readonly (readonly [number, number])[]
  /** Bytes that are done with: up to an object that is still open. */
  readonly used: number
  /** The list was closed: what follows is no row. */
  readonly ended: boolean
  /** The first byte of something that is no object; null when there is none. */
  readonly strange: number | null
}

/** `bytes` begin between two objects of a list, or before the first. */
export function splitObjects(bytes: Uint8Array): SplitObjects {
  const spans: [number, number][] = []
  let place = 0
  for (;;) {
    while (place < bytes.length && (isBlankByte(bytes[place]) || bytes[place] === COMMA)) place += 1
    if (place >= bytes.length) return { spans, used: place, ended: false, strange: null }
    if (bytes[place] === CLOSE_BRACKET) return { spans, used: place + 1, ended: true, strange: null }
    if (bytes[place] !== OPEN_BRACE) return { spans, used: place, ended: false, strange: place }
    const end = endOfObject(bytes, place)
    if (end < 0) return { spans, used: place, ended: false, strange: null }
    spans.push([place, end])
    place = end
  }
}

/** Behind the brace that closes the object at `start`; -1 where it is still open. */
export function endOfObject(bytes: Uint8Array, start: number): number {
  let depth = 0
  for (let place = start; place < bytes.length; place += 1) {
    const byte = bytes[place]
    if (byte === QUOTE) {
      place = endOfText(bytes, place)
      if (place < 0) return -1
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth -= 1
      if (depth === 0) return place + 1
    }
  }
  return -1
}

/** The quote that closes the text whose quote stands at `start`; -1 where it is still open. */
function endOfText(bytes: Uint8Array, start: number): number {
  for (let place = start + 1; place < bytes.length; place += 1) {
    if (bytes[place] === BACKSLASH) place += 1
    else if (bytes[place] === QUOTE) return place
  }
  return -1
}

/**
 * Where the rows of a JSON text begin: behind the bracket of a list, or of the first list of objects a wrapping object
 * holds; -1 where there is no such list in these bytes.
 */
export function startOfList(bytes: Uint8Array): number {
  let depth = 0
  for (let place = 0; place < bytes.length; place += 1) {
    const byte = bytes[place]
    if (byte === QUOTE) {
      place = endOfText(bytes, place)
      if (place < 0) return -1
    } else if (byte === OPEN_BRACKET) {
      if (depth === 0 || (depth === 1 && beginsObjects(bytes, place + 1))) return place + 1
      depth += 1
    } else if (byte === OPEN_BRACE) depth += 1
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1
  }
  return -1
}

function beginsObjects(bytes: Uint8Array, from: number): boolean {
  let place = from
  while (isBlankByte(bytes[place])) place += 1
  return bytes[place] === OPEN_BRACE
}
