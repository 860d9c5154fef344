/** Saying what a customer is: which attribute, which events count, what is money. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Select, Tag } from 'antd'
import type { CustomerAttribute, CustomerSetting, CustomerSettingDraft } from '#measurement/contract'
import { useAct } from '#platform/web/act.ts'
import { instantName } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'

const words = all.customers.setting

interface Values {
  readonly attribute?: string
  readonly dealingTypes?: string[]
  readonly moneyValue?: string
  readonly channelAttribute?: string
  readonly ratingValue?: string
  readonly complaintTypes?: string[]
}

const draftOf = (values: Values): CustomerSettingDraft => ({
  attribute: values.attribute ?? '',
  dealingTypes: values.dealingTypes && values.dealingTypes.length > 0 ? values.dealingTypes : null,
  moneyValue: values.moneyValue ?? null,
  channelAttribute: values.channelAttribute ?? null,
  ratingValue: values.ratingValue ?? null,
  complaintTypes: values.complaintTypes ?? [],
})

const valuesOf = (setting: CustomerSetting | null): Values =>
  setting === null
    ? {}
    : {
        attribute: setting.attribute,
        dealingTypes: setting.dealingTypes ?? [],
        complaintTypes: setting.complaintTypes,
        ...(setting.moneyValue === null ? {} : { moneyValue: setting.moneyValue }),
        ...(setting.channelAttribute === null ? {} : { channelAttribute: setting.channelAttribute }),
        ...(setting.ratingValue === null ? {} : { ratingValue: setting.ratingValue }),
      }

export function SettingForm({ setting, onDone }: { setting: CustomerSetting | null; onDone: () => void }) {
  const attributes = useQuery(measurement.customerAttributes.queryOptions())
  return (
    <Loaded query={attributes} rows={6}>
      {(offers) => <OfferedForm offers={offers} setting={setting} onDone={onDone} />}
    </Loaded>
  )
}

function OfferedForm(props: {
  offers: readonly CustomerAttribute[]
  setting: CustomerSetting | null
  onDone: () => void
}) {
  const { offers, setting } = props
  const say = useSay()
  const { language } = useLanguage()
  const [form] = Form.useForm<Values>()
  const save = useAct((draft: CustomerSettingDraft) => measurement.saveCustomerSetting.call(draft), {
    done: words.saved,
    refresh: ['measurement'],
    quiet: true,
    onDone: props.onDone,
  })
  useFieldProblems(form, save.error)
  const likely = offers.find((offer) => offer.likely)?.attribute
  const initial = setting === null && likely !== undefined ? { attribute: likely } : valuesOf(setting)
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={initial}
      onFinish={(values) => save.run(draftOf(values))}
      style={{ maxWidth: 640 }}
    >
      <Alert type="info" showIcon title={say(words.privacy)} style={{ marginBottom: 16 }} />
      {offers.length === 0 && (
        <Alert type="warning" showIcon title={say(words.noAttributes)} style={{ marginBottom: 16 }} />
      )}
      <Form.Item
        name="attribute"
        label={say(words.attribute)}
        rules={[{ required: true, message: say(floorWords.act.required, { field: say(words.attribute) }) }]}
      >
        <Select<string, Option>
          showSearch
          options={offers.map((offer) => ({ value: offer.attribute, disabled: offer.personal !== null, offer }))}
          optionRender={offerOf}
        />
      </Form.Item>
      <EventFields offers={offers} />
      <div className="stack">
        <ProblemNotice error={save.error} />
        <div className="row">
          <Button type="primary" htmlType="submit" loading={save.busy} disabled={offers.length === 0}>
            {say(words.save)}
          </Button>
          {setting && (
            <span className="muted small">
              {say(words.changed, { by: setting.changedBy, at: instantName(setting.changedAt, language) })}
            </span>
          )}
        </div>
      </div>
    </Form>
  )
}

interface Option {
  value: string
  disabled: boolean
  offer: CustomerAttribute
}
/** An option as the list shows it. */
const offerOf = ({ data }: { data: Option }) => <Offer offer={data.offer} />

function Offer({ offer }: { offer: CustomerAttribute }) {
  const say = useSay()
  const { language } = useLanguage()
  const count = (value: number) => formatNumber(value, language, 0)
  return (
    <span className="row spread">
      <span>
        {offer.attribute}{' '}
        <span className="muted small">
          {say(words.attributeTold, { distinct: count(offer.distinct), events: count(offer.events) })}
        </span>
      </span>
      {offer.likely && <Tag color="processing">{say(words.likely)}</Tag>}
      {offer.personal !== null && <Tag color="error">{say(words.personal[offer.personal])}</Tag>}
    </span>
  )
}

/** What else is told of a dealing; all of it may stay open. */
function EventFields({ offers }: { offers: readonly CustomerAttribute[] }) {
  const say = useSay()
  const types = useQuery(measurement.eventTypes.queryOptions())
  const names = (of: readonly string[]) => [...new Set(of)].toSorted().map((value) => ({ value, label: value }))
  const eventTypes = names((types.data ?? []).map((type) => type.type))
  const values = names((types.data ?? []).flatMap((type) => type.values))
  const attributes = names(offers.filter((offer) => offer.personal === null).map((offer) => offer.attribute))
  return (
    <>
      <Form.Item name="dealingTypes" label={say(words.dealingTypes)}>
        <Select<string[]> mode="multiple" allowClear options={eventTypes} placeholder={say(words.allTypes)} />
      </Form.Item>
      <Form.Item name="moneyValue" label={say(words.moneyValue)}>
        <Select<string> allowClear options={values} placeholder={say(words.not)} />
      </Form.Item>
      <Form.Item name="channelAttribute" label={say(words.channelAttribute)}>
        <Select<string> allowClear options={attributes} placeholder={say(words.not)} />
      </Form.Item>
      <Form.Item name="ratingValue" label={say(words.ratingValue)}>
        <Select<string> allowClear options={values} placeholder={say(words.not)} />
      </Form.Item>
      <Form.Item name="complaintTypes" label={say(words.complaintTypes)}>
        <Select<string[]> mode="multiple" allowClear options={eventTypes} placeholder={say(words.not)} />
      </Form.Item>
    </>
  )
}
