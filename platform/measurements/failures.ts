/** What can go wrong with the measurements, in plain words and by a code the caller may decide on. */

export type MeasurementsFailureCode =
  /** Too many queries wait already; try again in a moment. */
  | 'BUSY'
  /** The query ran longer than it may. */
  | 'TOO_SLOW'
  /** The query wanted more memory, or its parameters are larger, than one may have. */
  | 'TOO_LARGE'
  /** Another live process holds the data directory, or this process already opened another one. */
  | 'DIRECTORY_IN_USE'
  /** The data directory cannot be opened although nobody holds it. */
  | 'UNUSABLE'
  /** The server does not answer, or the store was closed. */
  | 'UNAVAILABLE'
  /** The engine refused the statement: a mistake of ours. */
  | 'REJECTED'

export class MeasurementsFailure extends Error {
  readonly code: MeasurementsFailureCode
  constructor(code: MeasurementsFailureCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'MeasurementsFailure'
    this.code = code
  }
}

/** Numbers the engine gives its errors (ErrorCodes.cpp of ClickHouse). */
const TOO_SLOW_CODES = new Set([159, 160])
const TOO_LARGE_CODES = new Set([158, 173, 191, 241, 307, 396])
const BUSY_CODES = new Set([202, 252])

/** Turns any error of chDB or of the client into ours; the engine's own words stay as the cause. */
export function asFailure(error: unknown): MeasurementsFailure {
  if (error instanceof MeasurementsFailure) return error
  const message = error instanceof Error ? error.message : String(error)
  const number = engineCode(error, message)
  if (TOO_SLOW_CODES.has(number)) {
    return new MeasurementsFailure('TOO_SLOW', 'The query took longer than one query may.', error)
  }
  if (TOO_LARGE_CODES.has(number)) {
    return new MeasurementsFailure('TOO_LARGE', 'The query needed more than one query may have.', error)
  }
  if (BUSY_CODES.has(number)) {
    return new MeasurementsFailure('BUSY', 'The measurements are busy. Try again in a moment.', error)
  }
  if (number > 0) return new MeasurementsFailure('REJECTED', `The engine refused: ${message.slice(0, 1000)}`, error)
  return new MeasurementsFailure('UNAVAILABLE', `The measurements do not answer: ${message.slice(0, 300)}`, error)
}

/** The chDB package tells the number as `clickhouseCode`, the client as `code` in digits, both within the text. */
function engineCode(error: unknown, message: string): number {
  const { clickhouseCode, code } = error as { clickhouseCode?: unknown; code?: unknown }
  if (typeof clickhouseCode === 'number') return clickhouseCode
  if (typeof code === 'string' && /^\d+$/.test(code)) return Number(code)
  return Number(/\bCode: (\d+)\b/.exec(message)?.[1] ?? 0)
}
