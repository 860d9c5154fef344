/** Around every chart: a legend in words, the same figures as a table, export. */
import { AreaChartOutlined, DownloadOutlined, PictureOutlined, TableOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { floorWords } from '../floor-words.ts'
import { presentName } from '../calendar.ts'
import { useLanguage, useSay } from '../language.tsx'
import { type Colours, lightColours } from '../look/theme.tsx'
import { type CsvRow, saveCsv } from '../page/csv.ts'
import { Empty } from '../page/states.tsx'
import { useMe } from '../session.ts'
import type { ChartOption } from './engine.tsx'

const words = floorWords.chart

export interface LegendEntry {
  readonly name: string
  readonly colour: string
  readonly mark: 'line' | 'dashed' | 'band' | 'dot' | 'diamond' | 'ring' | 'square'
}

export interface ChartFrameProps {
  readonly head: readonly string[]
  readonly rows: readonly CsvRow[]
  readonly exportName: string
  readonly legend?: readonly LegendEntry[]
  readonly note?: ReactNode
  /** The chart in other colours, for a picture of it; without it there is none to save. */
  readonly picture?: {
    readonly option: (colours: Colours) => ChartOption
    readonly legend?: (colours: Colours) => readonly LegendEntry[]
    readonly heightPixels: number
  }
  readonly children: ReactNode
}

/** Inside it charts are drawn alone: no legend, no tools. For tiles of a dashboard, which lead to the page with all of it. */
export const BareCharts = createContext(false)

export function ChartFrame({ head, rows, exportName, legend, note, picture, children }: ChartFrameProps) {
  const say = useSay()
  const [table, setTable] = useState(false)
  const bare = useContext(BareCharts)
  if (rows.length === 0) return <Empty title={say(words.nothing)} />
  if (bare) return <figure className="chart-frame">{children}</figure>
  return (
    <figure className="chart-frame">
      <div className="row spread">
        <div className="chart-legend">
          {legend?.map((entry) => (
            <span key={entry.name}>
              <LegendMark entry={entry} /> {entry.name}
            </span>
          ))}
        </div>
        <div className="chart-tools">
          <Tooltip title={say(table ? words.asChart : words.asTable)}>
            <Button
              size="small"
              type="text"
              aria-pressed={table}
              aria-label={say(table ? words.asChart : words.asTable)}
              icon={table ? <AreaChartOutlined /> : <TableOutlined />}
              onClick={() => setTable(!table)}
            />
          </Tooltip>
          {picture && <PictureButton title={exportName} {...picture} />}
          <Tooltip title={say(floorWords.list.export)}>
            <Button
              size="small"
              type="text"
              aria-label={say(floorWords.list.export)}
              icon={<DownloadOutlined />}
              onClick={() => saveCsv(exportName, head, rows)}
            />
          </Tooltip>
        </div>
      </div>
      {table ? <PlainTable head={head} rows={rows} /> : children}
      {note !== undefined && note !== null && note !== false && <figcaption className="muted small">{note}</figcaption>}
    </figure>
  )
}

function PictureButton(props: { title: string } & NonNullable<ChartFrameProps['picture']>) {
  const say = useSay()
  const { language } = useLanguage()
  const organisation = useMe()?.organisation.name ?? ''
  const save = async () => {
    // Only who saves a picture needs what draws it.
    const { savePicture } = await import('./picture.ts')
    const source = say(words.sourceLine, { organisation, at: presentName(language) })
    const { title, heightPixels } = props
    const legend = props.legend?.(lightColours) ?? []
    await savePicture({ title, source, heightPixels, legend, option: props.option(lightColours) })
  }
  return (
    <Tooltip title={say(words.saveImage)}>
      <Button
        size="small"
        type="text"
        aria-label={say(words.saveImage)}
        icon={<PictureOutlined />}
        onClick={() => void save()}
      />
    </Tooltip>
  )
}

/** The chart's figures for those who do not see it, and for whoever wants the exact number. */
export function PlainTable({ head, rows }: { head: readonly string[]; rows: readonly CsvRow[] }) {
  return (
    <div className="chart-table" tabIndex={0} role="region">
      <table className="plain-table">
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={`${String(row[0])} ${index}`}>
              {row.map((cell, column) => (
                <td key={head[column] ?? column} className={typeof cell === 'number' ? 'right number' : undefined}>
                  {typeof cell === 'number' ? Math.round(cell * 1e4) / 1e4 : (cell ?? '—')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function LegendMark({ entry }: { entry: LegendEntry }) {
  const { colour, mark } = entry
  return (
    <svg width="18" height="12" aria-hidden="true">
      {mark === 'band' && <rect x="0" y="2" width="18" height="8" fill={colour} />}
      {mark === 'line' && <path d="M0 6 H18" stroke={colour} strokeWidth="2" />}
      {mark === 'dashed' && <path d="M0 6 H18" stroke={colour} strokeWidth="2" strokeDasharray="4 3" />}
      {mark === 'dot' && <circle cx="9" cy="6" r="4" fill={colour} />}
      {mark === 'ring' && <circle cx="9" cy="6" r="3.5" fill="none" stroke={colour} strokeWidth="2" />}
      {mark === 'square' && <rect x="5" y="2" width="8" height="8" fill={colour} />}
      {mark === 'diamond' && <path d="M9 1 L14 6 L9 11 L4 6 Z" fill={colour} />}
    </svg>
  )
}
