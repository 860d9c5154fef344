/** Tables and pictures as files of the reader. */
import { type CsvRow, csvText } from '../../text/csv-text.ts'

export type { CsvRow } from '../../text/csv-text.ts'

export function saveFile(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1_000)
}

export const saveCsv = (name: string, head: readonly string[], rows: readonly CsvRow[]): void =>
  saveFile(`${name}.csv`, 'text/csv;charset=utf-8', csvText(head, rows))
