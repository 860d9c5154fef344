import { SettingOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import type { CustomerOrder, CustomerSegment, CustomerSetting } from '#measurement/contract'
import { today } from '#platform/web/calendar.ts'
import { useSay } from '#platform/web/language.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { useAddress, useGo, useSearchValues } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { CustomerList } from './customer-list.tsx'
import { SegmentsSection } from './segments-section.tsx'
import { SettingForm } from './setting-form.tsx'

const words = all.customers

/** What the list shows; all of it stands in the address. */
export interface Filters {
  readonly segment: CustomerSegment | undefined
  readonly search: string
  readonly day: string | undefined
  readonly order: CustomerOrder
}

function useFilters(): Filters & { set: ReturnType<typeof useSearchValues>; open: boolean } {
  const search = new URLSearchParams(useAddress().search)
  const set = useSearchValues()
  const order = search.get('order') as CustomerOrder | null
  const segment = search.get('segment') as CustomerSegment | null
  return {
    segment: segment !== null && segment in words.segments ? segment : undefined,
    search: search.get('search') ?? '',
    day: search.get('day') ?? undefined,
    order: order !== null && order in words.orders ? order : 'recent',
    open: search.get('setting') === 'open',
    set,
  }
}

export function CustomersPage() {
  const say = useSay()
  const go = useGo()
  const { set, open, ...filters } = useFilters()
  const may = useMay('customers.read')
  const mayEdit = useMay('customers.edit')
  const found = useQuery({ ...measurement.readCustomerSetting.queryOptions(), enabled: may })
  const setting = found.data?.setting ?? null
  return (
    <PageFrame
      title={say(words.title)}
      lead={say(words.lead)}
      crumbs={[{ title: say(all.indicators.title), to: '/measure' }]}
      may="customers.read"
      actions={
        setting && (
          <span className="row">
            <Button onClick={() => go('/measure/customers/forecast')}>{say(words.one.howGood)}</Button>
            {mayEdit && (
              <Button icon={<SettingOutlined />} onClick={() => set({ setting: 'open' })}>
                {say(words.setting.open)}
              </Button>
            )}
          </span>
        )
      }
      scope={setting && <ReferenceDay day={filters.day} onChange={(day) => set({ day })} />}
    >
      <Loaded query={found} rows={8}>
        {(data) =>
          data.setting === null ? <NotSet /> : <Customers setting={data.setting} filters={filters} set={set} />
        }
      </Loaded>
      <Drawer
        open={open && mayEdit && setting !== null}
        onClose={() => set({ setting: undefined })}
        title={say(words.setting.title)}
        size={520}
        destroyOnHidden
      >
        <SettingForm setting={setting} onDone={() => set({ setting: undefined })} />
      </Drawer>
    </PageFrame>
  )
}

/** Dealings until the end of this day count. */
function ReferenceDay({ day, onChange }: { day: string | undefined; onChange: (day: string | undefined) => void }) {
  const say = useSay()
  return (
    <div className="scope-bar">
      <label className="scope-part">
        {say(words.day)}
        <DayInput
          value={day ?? today()}
          max={today()}
          onChange={(next) => onChange(next === today() ? undefined : next)}
          aria-label={say(words.day)}
        />
      </label>
      {day !== undefined && (
        <Button type="link" size="small" onClick={() => onChange(undefined)}>
          {say(words.today)}
        </Button>
      )}
    </div>
  )
}

function Customers(props: { setting: CustomerSetting; filters: Filters; set: ReturnType<typeof useSearchValues> }) {
  const { setting, filters, set } = props
  const withMoney = setting.moneyValue !== null
  return (
    <>
      <SegmentsSection day={filters.day} chosen={filters.segment} onChoose={(segment) => set({ segment })} />
      <CustomerList
        filters={filters}
        withMoney={withMoney}
        withChannel={setting.channelAttribute !== null}
        onChange={(next) => set(next)}
      />
    </>
  )
}

/** Teaches what the page needs; whoever may, chooses here. */
function NotSet() {
  const say = useSay()
  const mayEdit = useMay('customers.edit')
  return (
    <Section>
      <Empty
        title={say(words.setting.empty)}
        why={
          <>
            {say(words.setting.emptyWhy)}
            {!mayEdit && ` ${say(words.setting.emptyElse)}`}
          </>
        }
      />
      {mayEdit && <SettingForm setting={null} onDone={() => undefined} />}
    </Section>
  )
}
