/** Published periods with their revisions, and what each changed. */
import { useQuery } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { type Indicator, type Publication, type PublicationGrain, publicationGrain } from '#measurement/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { periodName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatCases, formatValue } from '#platform/web/numbers.ts'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { useAsked } from './scope.tsx'

const words = all.explore.published
const SHOWN = 50

interface Props {
  readonly indicator: Indicator
  /** The newest full period and the kind that is compared: what is offered to be published. */
  readonly periodStart: string | undefined
  readonly kind: string | undefined
}

export function PublishedSection({ indicator, periodStart, kind }: Props) {
  const say = useSay()
  const { grain } = useAsked()
  const may = useMay('values.publish')
  const own = publicationGrain.safeParse(grain)
  const [shown, setShown] = useState<Publication | undefined>()
  const input = { id: indicator.id, limit: SHOWN }
  const columns = useColumns(setShown)
  const list = useQuery(measurement.listPublications.queryOptions({ input }))
  return (
    <Section
      title={say(words.title)}
      lead={say(words.lead)}
      actions={
        may &&
        own.success &&
        periodStart !== undefined && (
          <PublishButton indicator={indicator} grain={own.data} periodStart={periodStart} kind={kind} />
        )
      }
    >
      <Loaded query={list} rows={3}>
        {(rows) => (
          <RowTable<Publication>
            rows={rows}
            rowKey={(row) => row.id}
            columns={columns}
            empty={<Empty title={say(words.none)} why={say(words.noneWhy)} />}
            {...(rows.length > 0 ? { exportName: say(words.title) } : {})}
          />
        )}
      </Loaded>
      {shown && <Changes publication={shown} indicator={indicator} onClose={() => setShown(undefined)} />}
    </Section>
  )
}

function PublishButton(props: {
  indicator: Indicator
  grain: PublicationGrain
  periodStart: string
  kind: string | undefined
}) {
  const say = useSay()
  const ask = useAsk()
  const { language } = useLanguage()
  const { indicator, grain, periodStart, kind } = props
  const input = { id: indicator.id, grain, periodStart, ...(kind === undefined ? {} : { kind }) }
  const publish = useAct(() => measurement.publishPeriod.call(input), { done: words.done, refresh: ['measurement'] })
  const onClick = () =>
    ask({
      title: say(words.publishAsk, { period: periodName(periodStart, grain, language) }),
      lost: say(words.publishLost),
      deed: say(words.publish),
      onYes: () => publish.run(undefined),
    })
  return (
    <Button loading={publish.busy} onClick={onClick}>
      {say(words.publish)} · {periodName(periodStart, grain, language)}
    </Button>
  )
}

function useColumns(show: (row: Publication) => void): Column<Publication>[] {
  const say = useSay()
  const { language } = useLanguage()
  const revision = (row: Publication) =>
    row.revision === 1 ? say(words.first) : say(words.nth, { count: row.revision - 1 })
  const reason = (row: Publication) => (row.reason === 'first' ? '—' : say(words[row.reason]))
  const period = (row: Publication) => periodName(row.periodStart, row.grain, language)
  return [
    { key: 'period', title: say(words.period), render: period, text: period },
    { key: 'kind', title: say(words.kind), render: (row) => row.kind ?? say(words.onlyWhole), text: (row) => row.kind },
    { key: 'revision', title: say(words.revision), render: revision, text: revision },
    { key: 'reason', title: say(words.reason), render: reason, text: reason },
    {
      key: 'changed',
      title: say(words.changed),
      render: (row) =>
        row.changed === 0 ? (
          '—'
        ) : (
          <Button type="link" size="small" onClick={() => show(row)}>
            {say(words.changedCount, { count: row.changed, units: row.units })}
          </Button>
        ),
      text: (row) => row.changed,
    },
    { key: 'version', title: say(words.version), render: (row) => row.version, text: (row) => row.version },
    {
      key: 'recorded',
      title: say(words.recorded),
      render: (row) => (
        <span>
          <When at={row.recordedAt} exact /> <span className="muted">{row.recordedBy}</span>
        </span>
      ),
      text: (row) => row.recordedAt,
    },
  ]
}

function Changes(props: { publication: Publication; indicator: Indicator; onClose: () => void }) {
  const say = useSay()
  const { language } = useLanguage()
  const { publication, indicator } = props
  const input = { publication: publication.id }
  const query = useQuery(measurement.publicationChanges.queryOptions({ input }))
  const value = (number: number | null, n: number | null) =>
    `${formatValue(number, indicator.unit, language)} (n=${formatCases(n, language)})`
  const title = `${periodName(publication.periodStart, publication.grain, language)} · ${say(words.show)}`
  return (
    <Modal open title={title} footer={null} onCancel={props.onClose} width={640}>
      <Loaded query={query} rows={4}>
        {(rows) => (
          <RowTable
            rows={rows}
            rowKey={(row) => row.entity?.key ?? ''}
            exportName={title}
            columns={[
              {
                key: 'unit',
                title: say(words.unit),
                render: (row) => row.entity?.name ?? say(words.whole),
                text: (row) => row.entity?.name ?? say(words.whole),
              },
              {
                key: 'before',
                title: say(words.before),
                render: (row) => value(row.before, row.nBefore),
                text: (row) => row.before,
              },
              {
                key: 'after',
                title: say(words.after),
                render: (row) => value(row.after, row.nAfter),
                text: (row) => row.after,
              },
            ]}
          />
        )}
      </Loaded>
    </Modal>
  )
}
