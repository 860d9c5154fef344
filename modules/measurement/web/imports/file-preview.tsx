/** What was recognised in a file, and its first rows as they will be read. */
import { Select, Tag } from 'antd'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { words as all } from '../../words.ts'
import type { measurement } from '../api.ts'

const words = all.imports
export type Preview = Awaited<ReturnType<typeof measurement.previewFile.call>>
const ROWS_SHOWN = 8
const delimiterNames = {
  ',': words.delimiters.comma,
  ';': words.delimiters.semicolon,
  '\t': words.delimiters.tab,
  '|': words.delimiters.bar,
}

export function FilePreview({ preview, onSheet }: { preview: Preview; onSheet: (sheet: string) => void }) {
  const say = useSay()
  const { format, columns, rows } = preview
  return (
    <Section
      title={say(words.firstRows)}
      lead={
        format.kind === 'csv'
          ? say(words.recognised, {
              encoding: format.encoding.toUpperCase(),
              delimiter: say(delimiterNames[format.delimiter]),
              columns: columns.length,
            })
          : say(words.recognisedAs, { kind: say(words.kinds[format.kind]), columns: columns.length })
      }
      actions={
        format.kind === 'xlsx' &&
        format.sheets.length > 1 && (
          <Select<string>
            aria-label={say(words.sheet)}
            value={format.sheet}
            onChange={onSheet}
            options={format.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
            style={{ minWidth: 160 }}
          />
        )
      }
    >
      <div className="chart-table" tabIndex={0} role="region" aria-label={say(words.firstRows)}>
        <table className="plain-table">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.name} scope="col">
                  {column.name} <Tag>{say(words.looksLike[column.looksLike])}</Tag>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, ROWS_SHOWN).map((row, index) => (
              // Rows of a file have no name but their place.
              <tr key={index}>
                {row.map((cell, place) => (
                  <td key={columns[place]?.name ?? place}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
