/** Why a file cannot be read as a table: an expected "no", told to whoever sent the file. */
export type TableReason =
  | 'empty'
  | 'binary'
  | 'line-too-long'
  | 'no-header'
  | 'encoding'
  | 'too-many-columns'
  | 'too-large'
  /** It begins like a format it then does not keep to, or ends too early. */
  | 'broken'
  /** It unpacks to more than is taken. */
  | 'unpacks-too-large'

export class TableUnreadable extends Error {
  readonly reason: TableReason
  readonly detail: string
  constructor(reason: TableReason, detail: string) {
    super(`The file cannot be read as a table (${reason}): ${detail}`)
    this.name = 'TableUnreadable'
    this.reason = reason
    this.detail = detail
  }
}
