/** How far the judges of an item agree, how lenient each is, and what that does to the values. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import type { AgreementReport, Scheme } from '#evaluation/contract'
import { periodName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { Go, useSearchValue, useSearchValues } from '#platform/web/router.tsx'
import { assessingWords } from '../../words/assessing.ts'
import { words as all } from '../../words.ts'
import { evaluation } from '../api.ts'
import { AgreementFigures } from './agreement-figures.tsx'
import { LeniencySection } from './leniency-section.tsx'
import { UnitValues } from './unit-values.tsx'
import '../schemes/parts/fields.css'
import './assessing.css'
import { nth } from '../schemes/state/nth.ts'

const words = assessingWords.agreement

const asksPeople = ({ dimensions }: Scheme) =>
  dimensions.some(({ items }) => items.some((item) => item.source.kind === 'assessed'))

export function AgreementPage() {
  const say = useSay()
  const schemes = useQuery(evaluation.listSchemes.queryOptions())
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      crumbs={[{ title: say(all.title), to: '/evaluate' }]}
      may="assessments.read"
    >
      <Loaded query={schemes} rows={8}>
        {(rows) => {
          const asking = rows.filter((scheme) => scheme.state === 'adopted' && asksPeople(scheme))
          return asking.length === 0 ? <NoItems /> : <Chosen schemes={asking} />
        }}
      </Loaded>
    </PageFrame>
  )
}

function NoItems() {
  const say = useSay()
  return (
    <Section>
      <Empty
        title={say(words.none)}
        why={say(words.noneWhy)}
        begin={<Go to="/evaluate/schemes">{say(words.toSchemes)}</Go>}
      />
    </Section>
  )
}

function Chosen({ schemes }: { schemes: readonly Scheme[] }) {
  const [asked] = useSearchValue('scheme')
  const [item] = useSearchValue('item')
  const [period] = useSearchValue('period')
  const scheme = schemes.find((one) => one.id === asked) ?? nth(schemes, 0)
  const input = {
    id: scheme.id,
    ...(item === undefined ? {} : { item }),
    ...(period !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(period) ? { periodStart: period } : {}),
  }
  const report = useQuery(evaluation.readAgreement.queryOptions({ input, placeholderData: (before) => before }))
  return (
    <Loaded query={report} rows={10}>
      {(data) => (
        <>
          <Scope schemes={schemes} scheme={scheme} report={data} />
          <Report report={data} />
        </>
      )}
    </Loaded>
  )
}

function Scope(props: { schemes: readonly Scheme[]; scheme: Scheme; report: AgreementReport }) {
  const say = useSay()
  const { language } = useLanguage()
  const set = useSearchValues()
  const { schemes, scheme, report } = props
  const { shown, items, periods, grain } = report
  const item = shown?.item ?? items[0]?.item
  return (
    <div className="scope-bar">
      {schemes.length > 1 && (
        <label>
          {say(words.scheme)}
          <Select<string>
            value={scheme.id}
            onChange={(next) => set({ scheme: next, item: undefined, period: undefined })}
            options={schemes.map((one) => ({ value: one.id, label: say(one.title) }))}
            aria-label={say(words.scheme)}
            style={{ minWidth: 200 }}
          />
        </label>
      )}
      <label>
        {say(words.item)}
        <Select<string>
          {...(item === undefined ? {} : { value: item })}
          onChange={(next) => set({ item: next, period: undefined })}
          options={items.map((one) => ({ value: one.item, label: say(one.title) }))}
          aria-label={say(words.item)}
          style={{ minWidth: 200 }}
        />
      </label>
      {periods.length > 0 && (
        <label>
          {say(words.period)}
          <Select<string>
            value={shown?.periodStart ?? nth(periods, 0).periodStart}
            onChange={(next) => set({ period: next })}
            options={periods.map(({ periodStart, judgements }) => ({
              value: periodStart,
              label: say(words.periodCount, {
                period: periodName(periodStart, grain, language),
                count: judgements,
              }),
            }))}
            aria-label={say(words.period)}
            popupMatchSelectWidth={false}
            style={{ minWidth: 150 }}
          />
        </label>
      )}
    </div>
  )
}

function Report({ report }: { report: AgreementReport }) {
  const say = useSay()
  const { shown } = report
  if (!shown) {
    return (
      <Section>
        <Empty title={say(words.empty)} why={say(words.emptyWhy)} />
      </Section>
    )
  }
  return (
    <>
      <AgreementFigures shown={shown} />
      <LeniencySection shown={shown} />
      <UnitValues shown={shown} />
    </>
  )
}
