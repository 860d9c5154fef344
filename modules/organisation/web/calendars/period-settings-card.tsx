/** Settings of weeks, fiscal and retail years, with what they mean today. */
import { useQuery } from '@tanstack/react-query'
import { Button, Form, Select } from 'antd'
import { useEffect } from 'react'
import type { PeriodSettings } from '#organisation/contract'
import { useAct } from '#platform/web/act.ts'
import { dayName, today } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { Facts, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { organisation, useMe } from '#platform/web/session.ts'
import { periodPreview } from '../../rules/periods.ts'
import { calendarWords } from '../../words/calendars.ts'
import './calendars.css'

const words = calendarWords.periods
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1)
const PATTERNS = ['4-4-5', '4-5-4', '5-4-4'] as const

export function PeriodSettingsCard({ may }: { may: boolean }) {
  const say = useSay()
  const settings = useQuery(organisation.readPeriodSettings.queryOptions())
  return (
    <Section title={say(words.title)} lead={say(words.lead)}>
      <Loaded query={settings}>{(saved) => <Settings saved={saved} may={may} />}</Loaded>
    </Section>
  )
}

function useMonths() {
  const { language } = useLanguage()
  const say = useSay()
  const english = (month: number) =>
    new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2000, month - 1, 1)))
  return MONTHS.map((month) => ({
    value: month,
    label: language === 'zh' ? say(words.monthOf, { month }) : english(month),
  }))
}

function Settings({ saved, may }: { saved: PeriodSettings; may: boolean }) {
  const say = useSay()
  const [form] = Form.useForm<PeriodSettings>()
  const watched = Form.useWatch([], form) as PeriodSettings | undefined
  const save = useAct(organisation.savePeriodSettings.call, {
    quiet: true,
    done: words.saved,
    refresh: ['organisation'],
  })
  useEffect(() => {
    // News of others' changes come in unless something is being changed here.
    if (form.isFieldsTouched()) return
    form.setFieldsValue(saved)
  }, [form, saved])
  return (
    <div className="columns">
      <Form<PeriodSettings>
        className="half"
        form={form}
        layout="vertical"
        initialValues={saved}
        disabled={!may}
        onFinish={save.run}
      >
        <Fields />
        {save.error !== null && <ProblemNotice error={save.error} />}
        {may && (
          <Button type="primary" htmlType="submit" loading={save.busy}>
            {say(words.save)}
          </Button>
        )}
      </Form>
      <div className="half">
        <Preview settings={watched?.retailYear === undefined ? saved : watched} />
      </div>
    </div>
  )
}

function Fields() {
  const say = useSay()
  const months = useMonths()
  const weekdays = WEEKDAYS.map((day) => ({ value: day, label: say(calendarWords.weekdays[day]) }))
  const rules = (['nearest', 'last'] as const).map((rule) => ({ value: rule, label: say(words.rules[rule]) }))
  const zone = useMe()?.organisation.timeZone
  return (
    <>
      <div className="columns">
        <Form.Item className="half" name="weekStart" label={say(words.weekStart)}>
          <Select options={weekdays} />
        </Form.Item>
        <Form.Item className="half" name="fiscalYearStartMonth" label={say(words.fiscal)}>
          <Select options={months} />
        </Form.Item>
      </div>
      <fieldset className="calendar-fieldset">
        <legend>{say(words.retail)}</legend>
        <p className="muted small">{say(words.retailWhy)}</p>
        <div className="columns">
          <Form.Item className="half" name={['retailYear', 'pattern']} label={say(words.pattern)}>
            <Select options={PATTERNS.map((value) => ({ value, label: value }))} />
          </Form.Item>
          <Form.Item className="half" name={['retailYear', 'month']} label={say(words.month)}>
            <Select options={months} />
          </Form.Item>
          <Form.Item className="half" name={['retailYear', 'rule']} label={say(words.endsOn)}>
            <Select options={rules} />
          </Form.Item>
          <Form.Item className="half" name={['retailYear', 'weekday']} label={say(words.weekday)}>
            <Select options={weekdays} />
          </Form.Item>
        </div>
      </fieldset>
      <p className="calendar-zone">
        {say(words.timeZone)} <code>{zone}</code>
        <span className="muted small">{say(words.timeZoneWhy)}</span>
      </p>
    </>
  )
}

function Preview({ settings }: { settings: PeriodSettings }) {
  const say = useSay()
  const { language } = useLanguage()
  const { week, fiscal, retail } = periodPreview(settings, today())
  const range = (one: { from: string; to: string }) =>
    say(words.range, { from: dayName(one.from, language), to: dayName(one.to, language) })
  return (
    <div className="stack calendar-preview">
      <h3>{say(words.preview)}</h3>
      <Facts
        rows={[
          [say(words.week), range(week)],
          [say(words.fiscalYear, { year: `${fiscal.year}` }), range(fiscal)],
          ...fiscal.parts.map(
            (part) => [<span key="q">· {say(words.quarter, { number: part.number })}</span>, range(part)] as const,
          ),
          [
            say(words.retailYear, { year: `${retail.year}` }),
            `${range(retail)} · ${say(words.weeks, { count: retail.weeks })}`,
          ],
        ]}
      />
      <details>
        <summary>{say(words.retailMonths)}</summary>
        <Facts
          rows={retail.parts.map(
            (part) =>
              [
                say(words.retailMonth, { number: part.number }),
                `${range(part)} · ${say(words.weeks, { count: part.weeks })}`,
              ] as const,
          )}
        />
      </details>
    </div>
  )
}
