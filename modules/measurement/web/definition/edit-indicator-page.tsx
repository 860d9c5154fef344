/** Defining an indicator, with its result beside the form before it is saved. */
import { useQuery } from '@tanstack/react-query'
import { Button, Form } from 'antd'
import { useState } from 'react'
import { type Indicator, type IndicatorDraft, indicatorDraft } from '#measurement/contract'
import { useAct } from '#platform/web/act.ts'
import { addDays, addMonths, startOfPeriod, today } from '#platform/web/calendar.ts'
import { SeriesChart } from '#platform/web/charts/series-chart.tsx'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { useFieldProblems } from '#platform/web/problems.ts'
import { useGo, useParam } from '#platform/web/router.tsx'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { definitionTold } from './definition-told.ts'
import { IndicatorForm } from './indicator-form.tsx'

const words = all.definition
const PREVIEW_MONTHS = 24
const PREVIEW_WAIT_MILLISECONDS = 600

export function NewIndicatorPage() {
  const say = useSay()
  return (
    <PageFrame
      title={say(words.newTitle)}
      crumbs={[{ title: say(all.indicators.title), to: '/measure' }]}
      may="indicators.edit"
    >
      <Editor initial={null} />
    </PageFrame>
  )
}

export function EditIndicatorPage() {
  const say = useSay()
  const id = useParam('id')
  const indicator = useQuery({
    ...measurement.readIndicator.queryOptions({ input: { id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const crumbs = [
    { title: say(all.indicators.title), to: '/measure' },
    { title: indicator.data ? say(indicator.data.title) : id, to: `/measure/${id}` },
  ]
  return (
    <PageFrame title={say(words.editTitle)} lead={say(words.lead)} crumbs={crumbs} may="indicators.edit">
      <Loaded query={indicator} rows={10}>
        {(data) => <Editor initial={data} />}
      </Loaded>
    </PageFrame>
  )
}

/** What a new indicator begins with. */
const fresh = {
  unit: 'percent',
  direction: 'higher-is-better',
  target: null,
  minimumN: 10,
  definition: {
    kind: 'proportion',
    where: [],
    numerator: [{ of: 'events', coefficient: 1, where: [] }],
    denominator: [{ of: 'events', coefficient: 1, where: [] }],
  },
}

function Editor({ initial }: { initial: Indicator | null }) {
  const say = useSay()
  const go = useGo()
  const [form] = Form.useForm<IndicatorDraft>()
  const [draft, setDraft] = useState<IndicatorDraft | null>(null)
  const save = useAct((values: IndicatorDraft) => measurement.saveIndicator.call(values), {
    quiet: true,
    done: words.saved,
    refresh: ['measurement'],
    onDone: (saved) => go(`/measure/${saved.id}`),
  })
  useFieldProblems(form, save.error)
  const submit = () => {
    const read = readDraft(form.getFieldsValue(true))
    if (read) save.run(read)
  }
  return (
    <div className="columns">
      <div className="half">
        <Form<IndicatorDraft>
          form={form}
          layout="vertical"
          initialValues={initial ?? fresh}
          scrollToFirstError={{ block: 'center' }}
          onValuesChange={() => setDraft(readDraft(form.getFieldsValue(true)))}
          onFinish={submit}
        >
          <IndicatorForm fixedId={initial !== null} />
          <div className="stack">
            <ProblemNotice error={save.error} />
            <div className="row">
              <Button type="primary" htmlType="submit" loading={save.busy}>
                {say(words.save)}
              </Button>
              <Button onClick={() => go(initial ? `/measure/${initial.id}` : '/measure')}>
                {say(floorWords.act.cancel)}
              </Button>
            </div>
          </div>
        </Form>
      </div>
      <div className="half" style={{ position: 'sticky', top: 64 }}>
        <PreviewPart draft={draft ?? (initial ? readDraft(initial) : null)} />
      </div>
    </div>
  )
}

/** The form's values as a draft, where they are one already. */
function readDraft(values: unknown): IndicatorDraft | null {
  const read = indicatorDraft.safeParse(values)
  return read.success ? read.data : null
}

function PreviewPart({ draft }: { draft: IndicatorDraft | null }) {
  const say = useSay()
  const { language } = useLanguage()
  const month = startOfPeriod(today(), 'month')
  const range = { from: addMonths(month, 1 - PREVIEW_MONTHS), to: addDays(addMonths(month, 1), -1) }
  const preview = useQuery({
    queryKey: [['measurement'], 'definition preview', draft?.definition, draft?.unit, draft?.minimumN],
    // Typing changes the draft letter by letter; only the last one is calculated.
    queryFn: async ({ signal }) => {
      await new Promise((resolve) => setTimeout(resolve, PREVIEW_WAIT_MILLISECONDS))
      signal.throwIfAborted()
      return await measurement.previewIndicator.call({ draft: draft as IndicatorDraft, ...range }, { signal })
    },
    enabled: draft !== null,
    placeholderData: (before) => before,
    retry: false,
  })
  return (
    <Section title={say(words.preview)} lead={say(words.previewLead)}>
      {draft === null && <p className="muted">{say(words.previewWaits)}</p>}
      {draft !== null && (
        <div className="stack">
          <p>{definitionTold(draft.definition, language)}</p>
          <Loaded query={preview} rows={8}>
            {(points) => (
              <SeriesChart
                title={say(draft.title)}
                points={points}
                unit={draft.unit}
                grain="month"
                target={draft.target}
                heightPixels={280}
              />
            )}
          </Loaded>
        </div>
      )}
    </Section>
  )
}
