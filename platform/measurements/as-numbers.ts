/** Answers that are all Float64, as the engine writes them: little-endian, row after row. */
import { must } from '../refusal.ts'

export function asNumbers(bytes: Uint8Array): Float64Array {
  must(bytes.byteLength % Float64Array.BYTES_PER_ELEMENT === 0, 'every column of the answer is a Float64')
  // A view needs its place in memory to be a multiple of eight, which an answer's rarely is.
  return new Float64Array(new Uint8Array(bytes).buffer)
}
