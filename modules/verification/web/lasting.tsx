/** What became of an effect after its proof. */
import type { Proof, Watch } from '#verification/contract'
import { dayName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatChange, formatNumber } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { robust } from '../words/robust.ts'

const text = robust.watch
const marks: Readonly<Record<Watch['state'], Status>> = { watching: 'blue', held: 'green', relapsed: 'red' }
/** Said of fading only where it is no chance. */
const FADING_P = 0.05

export function Lasting({ proof }: { proof: Proof }) {
  const say = useSay()
  const { language } = useLanguage()
  const { watch, unit } = proof
  if (watch === null) return null
  const day = (value: string | null) => (value === null ? '' : dayName(value, language))
  const { periods, fadingP, halfLifePeriods } = watch
  const mean = periods.reduce((sum, { effect }) => sum + effect, 0) / Math.max(1, periods.length)
  return (
    <Section title={say(text.title)}>
      <StatusMark
        status={marks[watch.state]}
        word={say(text[watch.state], { until: day(watch.until), since: day(watch.relapsedSince) })}
      />
      {periods.length > 0 && (
        <p>{say(text.periods, { count: periods.length, effect: formatChange(mean, unit, language) })}</p>
      )}
      {fadingP !== null && fadingP < FADING_P && halfLifePeriods !== null && (
        <p>
          {say(text.fading, {
            half: formatNumber(halfLifePeriods, language, 0),
            p: formatNumber(fadingP, language, 3),
          })}
        </p>
      )}
    </Section>
  )
}
