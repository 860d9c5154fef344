/** Lists: pages by cursor, columns of choice, export of what is seen, cards on a phone. */
import { DownloadOutlined, SettingOutlined } from '@ant-design/icons'
import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query'
import { Button, Checkbox, Popover, Table } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import { floorWords } from '../floor-words.ts'
import { useSay } from '../language.tsx'
import { Go, useGo } from '../router.tsx'
import { saveCsv } from './csv.ts'
import { usePhone } from './phone.ts'
import { Empty, ProblemNotice, Waiting } from './states.tsx'

const words = floorWords.list

export interface RowPage<R> {
  readonly rows: R[]
  readonly nextCursor: string | null
}
export type Pages<R> = UseInfiniteQueryResult<InfiniteData<RowPage<R>>, unknown>

/**
 * A list read page by page:
 * `usePages(alerts.listAlerts.key({ input }), (cursor) => alerts.listAlerts.call({ ...input, cursor }))`.
 */
export function usePages<R>(
  key: readonly unknown[],
  read: (cursor: string | undefined) => Promise<RowPage<R>>,
  options: { enabled?: boolean; refetchInterval?: number | false } = {},
): Pages<R> {
  return useInfiniteQuery<RowPage<R>, unknown, InfiniteData<RowPage<R>>, readonly unknown[], string | undefined>({
    queryKey: [...key, 'pages'],
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    ...options,
  })
}

export interface Column<R> {
  /** `actions` stands without its title on a phone, over the whole width. */
  readonly key: string
  readonly title: string
  readonly render: (row: R) => ReactNode
  /** Plain text or number for the export; a column without it is not exported. */
  readonly text?: (row: R) => string | number | null | undefined
  readonly align?: 'left' | 'right' | 'center'
  readonly width?: number
  /** Starts hidden; the reader may show it. */
  readonly extra?: boolean
}

export interface RowTableProps<R> {
  readonly columns: readonly Column<R>[]
  readonly rows: readonly R[]
  readonly rowKey: (row: R) => string
  /** Where a row leads. */
  readonly to?: (row: R) => string
  /** Name of the exported file; without it there is no export. */
  readonly exportName?: string
  /** Filters and buttons above the table, on the left. */
  readonly tools?: ReactNode
  readonly empty?: ReactNode
  /** Below the table, e.g. how to load more. */
  readonly end?: ReactNode
  readonly rowClass?: (row: R) => string
}

export function RowTable<R extends object>(props: RowTableProps<R>) {
  const say = useSay()
  const phone = usePhone()
  const [hidden, setHidden] = useState<ReadonlySet<string>>(
    () => new Set(props.columns.filter((column) => column.extra).map((column) => column.key)),
  )
  const shown = useMemo(() => props.columns.filter((column) => !hidden.has(column.key)), [props.columns, hidden])
  const exportRows = () => {
    const told = shown.filter((column) => column.text)
    saveCsv(
      props.exportName ?? 'export',
      told.map((column) => column.title),
      props.rows.map((row) => told.map((column) => column.text?.(row))),
    )
  }
  const tools = (
    <div className="list-tools">
      <div className="row">{props.tools}</div>
      <div className="row">
        {!phone && props.columns.some((column) => column.extra) && (
          <ColumnChoice columns={props.columns} hidden={hidden} onChange={setHidden} />
        )}
        {props.exportName !== undefined && props.rows.length > 0 && (
          <Button
            size={phone ? 'middle' : 'small'}
            icon={<DownloadOutlined />}
            onClick={exportRows}
            aria-label={say(words.export)}
          >
            {!phone && say(words.export)}
          </Button>
        )}
      </div>
    </div>
  )
  const nothing = props.rows.length === 0
  return (
    <div>
      {tools}
      {nothing && (props.empty ?? <Empty title={say(words.nothing)} />)}
      {!nothing && (phone ? <Cards {...props} columns={shown} /> : <Desk {...props} columns={shown} />)}
      {props.end}
    </div>
  )
}

function Desk<R extends object>({ columns, rows, rowKey, to, rowClass }: RowTableProps<R>) {
  const go = useGo()
  return (
    <Table<R>
      size="small"
      pagination={false}
      sticky
      scroll={{ x: 'max-content' }}
      dataSource={rows}
      rowKey={rowKey}
      {...(rowClass ? { rowClassName: rowClass } : {})}
      onRow={(row) => ({
        style: to ? { cursor: 'pointer' } : {},
        onClick: (event) => {
          const target = event.target as HTMLElement
          if (to && !target.closest('a, button, input, [role=button], .ant-select')) go(to(row))
        },
      })}
      columns={columns.map((column, index) => ({
        key: column.key,
        title: column.title,
        align: column.align ?? 'left',
        ...(column.width === undefined ? {} : { width: column.width }),
        render: (_value: unknown, row: R) =>
          index === 0 && to ? <Go to={to(row)}>{column.render(row)}</Go> : column.render(row),
      }))}
    />
  )
}

/** On a phone each row is a card: the first column is its title. */
function Cards<R extends object>({ columns, rows, rowKey, to }: RowTableProps<R>) {
  const [first, ...rest] = columns
  if (!first) return null
  return (
    <ul className="list-cards">
      {rows.map((row) => (
        <li key={rowKey(row)}>
          <strong>{to ? <Go to={to(row)}>{first.render(row)}</Go> : first.render(row)}</strong>
          <dl>
            {rest.map((column) =>
              column.key === 'actions' ? (
                <dd key={column.key} className="whole">
                  {column.render(row)}
                </dd>
              ) : (
                <CardLine key={column.key} name={column.title} value={column.render(row)} />
              ),
            )}
          </dl>
        </li>
      ))}
    </ul>
  )
}

function CardLine({ name, value }: { name: string; value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

function ColumnChoice<R>(props: {
  columns: readonly Column<R>[]
  hidden: ReadonlySet<string>
  onChange: (hidden: ReadonlySet<string>) => void
}) {
  const say = useSay()
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <Checkbox.Group
          style={{ display: 'flex', flexDirection: 'column', gap: 4 }}
          options={props.columns.map((column) => ({ value: column.key, label: column.title }))}
          value={props.columns.filter((column) => !props.hidden.has(column.key)).map((column) => column.key)}
          onChange={(keys) =>
            props.onChange(new Set(props.columns.map((column) => column.key).filter((key) => !keys.includes(key))))
          }
        />
      }
    >
      <Button size="small" icon={<SettingOutlined />}>
        {say(words.columns)}
      </Button>
    </Popover>
  )
}

/** A table fed page by page. */
export function PagedTable<R extends object>({
  pages,
  ...table
}: Omit<RowTableProps<R>, 'rows' | 'end'> & { pages: Pages<R> }) {
  const say = useSay()
  const rows = pages.data?.pages.flatMap((one) => one.rows)
  if (rows === undefined) {
    return pages.error ? (
      <ProblemNotice error={pages.error} again={() => void pages.refetch()} />
    ) : (
      <>
        {table.tools !== undefined && <div className="list-tools">{table.tools}</div>}
        <Waiting rows={8} />
      </>
    )
  }
  const end = rows.length > 0 && (
    <div className="list-end" aria-live="polite">
      <span>{say(pages.hasNextPage ? words.shown : words.shownAll, { count: rows.length })}</span>
      {pages.hasNextPage && (
        <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {say(words.more)}
        </Button>
      )}
    </div>
  )
  return <RowTable {...table} rows={rows} end={end} />
}
