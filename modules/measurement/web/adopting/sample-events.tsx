/** The newest events of the type, each with whether it counts. */
import { CheckCircleOutlined, MinusCircleOutlined, QuestionCircleOutlined } from '@ant-design/icons'
import type { IndicatorDraft } from '#measurement/contract'
import { instantName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { countsEvent } from '../../rules/drafts/counts-event.ts'
import { eventTypesOf } from '../../rules/plan/event-types.ts'
import { words as all } from '../../words.ts'
import { useSamples } from '../definition/recorded.ts'

const words = all.definition
const SHOWN = 6

export function SampleEvents({ draft }: { draft: IndicatorDraft }) {
  const say = useSay()
  const { language } = useLanguage()
  const samples = useSamples(eventTypesOf(draft.definition)[0] ?? '')
  const events = (samples.data?.rows ?? []).slice(0, SHOWN)
  if (events.length === 0) return null
  return (
    <Section title={say(words.samples)} lead={say(words.samplesLead)}>
      <ul className="small stack" style={{ listStyle: 'none', padding: 0, margin: 0, gap: 6 }}>
        {events.map((event) => (
          <li key={event.id}>
            <Verdict counts={countsEvent(draft.definition, event)} /> {instantName(event.at, language)} ·{' '}
            {event.entityName}
            <div className="muted" style={{ overflowWrap: 'anywhere' }}>
              {[...Object.entries(event.attributes), ...Object.entries(event.values)]
                .map(([name, value]) => `${name}=${value}`)
                .join(language === 'zh' ? '，' : ', ')}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Verdict({ counts }: { counts: boolean | null }) {
  const say = useSay()
  if (counts === null)
    return (
      <span>
        <QuestionCircleOutlined aria-hidden="true" /> {say(words.countsPerhaps)}
      </span>
    )
  return (
    <span style={{ color: counts ? 'var(--green)' : 'var(--muted)' }}>
      {counts ? <CheckCircleOutlined aria-hidden="true" /> : <MinusCircleOutlined aria-hidden="true" />}{' '}
      {say(counts ? words.counts : words.countsNot)}
    </span>
  )
}
