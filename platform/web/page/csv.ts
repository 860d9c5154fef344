/** Tables as CSV for spreadsheets: UTF-8 with mark, CRLF, and nothing a spreadsheet would run as a formula. */

function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  // A leading =, +, - or @ would be calculated (OWASP, CSV injection); the quote makes it text.
  const safe = /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export type CsvRow = readonly (string | number | null | undefined)[]

function csvText(head: readonly string[], rows: readonly CsvRow[]): string {
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

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
