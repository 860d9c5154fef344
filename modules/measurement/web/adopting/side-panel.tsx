/** Beside the form: the definition in words, what is still missing, and its result on real events. */
import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useState } from 'react'
import type { IndicatorDraft } from '#measurement/contract'
import { addDays, addMonths, startOfPeriod, today } from '#platform/web/calendar.ts'
import { SeriesChart } from '#platform/web/charts/series-chart.tsx'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { EntityPicker, useIndicators } from '#platform/web/parts/pickers.tsx'
import { fieldName, issueText } from '#platform/web/problems.ts'
import { eventTypesOf } from '../../rules/plan/event-types.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { definitionTold, rulesTold } from '../definition/definition-told.ts'
import { SampleEvents } from './sample-events.tsx'
import { type Check, useSettled } from './use-check.ts'

const words = all.definition
const PREVIEW_MONTHS = 24
const ISSUES_SHOWN = 12
/** Faults in these keep a definition from being calculated. */
const CALCULATED = /^(definition|cap|exclusions|rollUp|missing|unit)/

export function SidePanel({ draft, check }: { draft: IndicatorDraft; check: Check }) {
  const say = useSay()
  const blocked = check.issues.some((issue) => CALCULATED.test(issue.field))
  return (
    <>
      <Section title={say(words.inWords)}>
        <Told draft={draft} />
      </Section>
      <Section title={say(words.check)}>
        <CheckPart check={check} />
      </Section>
      <PreviewPart draft={draft} blocked={blocked} waiting={check.waiting} />
      <SampleEvents draft={draft} />
    </>
  )
}

export function Told({ draft }: { draft: IndicatorDraft }) {
  const say = useSay()
  const { language } = useLanguage()
  const indicators = useIndicators()
  // A sentence with holes says less than none.
  if (eventTypesOf(draft.definition).includes('')) return <p className="muted">{say(words.previewWaits)}</p>
  const titles = new Map((indicators ?? []).map((one) => [one.id, one.title[language]]))
  return (
    <div className="stack" style={{ gap: 8 }}>
      <p style={{ overflowWrap: 'anywhere' }}>{definitionTold(draft.definition, language, titles)}</p>
      <ul className="muted small" style={{ margin: 0, paddingInlineStart: 18 }}>
        {rulesTold(draft, language).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  )
}

function CheckPart({ check }: { check: Check }) {
  const say = useSay()
  const { language } = useLanguage()
  if (check.error !== null) return <ProblemNotice error={check.error} />
  if (check.issues.length === 0)
    return (
      <p className="muted">{check.waiting ? '…' : <Alert type="success" showIcon title={say(words.checkClean)} />}</p>
    )
  return (
    <div role="status">
      <p className="muted">{say(words.checkWaits)}</p>
      <ul style={{ paddingInlineStart: 18 }}>
        {check.issues.slice(0, ISSUES_SHOWN).map((issue, index) => (
          <li key={`${issue.field} ${index}`}>
            <a href={`#field-${issue.field}`}>{fieldName(issue.field, language)}</a>
            {language === 'zh' ? '：' : ': '}
            {issueText(issue, language)}
          </li>
        ))}
      </ul>
    </div>
  )
}

function PreviewPart({ draft, blocked, waiting }: { draft: IndicatorDraft; blocked: boolean; waiting: boolean }) {
  const say = useSay()
  const [entity, setEntity] = useState<string | undefined>()
  const settled = useSettled(draft)
  const month = startOfPeriod(today(), 'month')
  const range = { from: addMonths(month, 1 - PREVIEW_MONTHS), to: addDays(addMonths(month, 1), -1) }
  const { definition, unit, minimumN, belowMinimum, missing, cap, exclusions, population, rollUp } = settled
  const judged = { definition, unit, minimumN, belowMinimum, missing, cap, exclusions, population, rollUp }
  const preview = useQuery({
    queryKey: [['measurement'], 'definition preview', judged, entity, range.from],
    // Names, texts and examples of a draft may still be missing: they change no value.
    queryFn: ({ signal }) =>
      measurement.previewIndicator.call(
        {
          draft: { ...settled, ...judged, ...named, id: settled.id.length > 1 ? settled.id : 'draft', examples: [] },
          ...range,
          ...(entity ? { entity } : {}),
        },
        { signal },
      ),
    // Only what the check found nothing against.
    enabled: !blocked && !waiting,
    placeholderData: (before) => before,
    retry: false,
  })
  return (
    <Section
      title={say(words.preview)}
      lead={say(words.previewLead)}
      actions={<EntityPicker value={entity ?? ''} onChange={setEntity} />}
    >
      {blocked ? (
        <p className="muted">{say(words.previewFaulty)}</p>
      ) : (
        <Loaded query={preview} rows={8}>
          {(points) =>
            points.length === 0 ? (
              <p className="muted">{say(words.previewEmpty)}</p>
            ) : (
              <SeriesChart
                title={say(draft.title) || say(words.preview)}
                points={points}
                unit={draft.unit}
                grain="month"
                target={draft.target}
                heightPixels={280}
              />
            )
          }
        </Loaded>
      )}
    </Section>
  )
}

const named = {
  title: { zh: '试算', en: 'Preview' },
  explanation: { zh: '试算', en: 'Preview' },
  effectiveFrom: null,
}
