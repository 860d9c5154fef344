/** What each unit would get by a rule that is being written. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import type { ConsequenceDraftInput } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { consequenceWords as words } from '../../words/consequences-screens.ts'
import { evaluation } from '../api.ts'
import '../publishing/publishing.css'

const UNITS_SHOWN = 100

export function RuleGives({ draft }: { draft: ConsequenceDraftInput | undefined }) {
  const say = useSay()
  return (
    <div className="stack" aria-live="polite">
      <div>
        <h3>{say(words.gets)}</h3>
        <p className="muted small">{say(words.getsLead)}</p>
      </div>
      {draft && <Gives draft={draft} />}
    </div>
  )
}

function Gives({ draft: written }: { draft: ConsequenceDraftInput }) {
  const say = useSay()
  const { language } = useLanguage()
  const draft = useDeferredValue(written)
  const trial = useQuery({
    ...evaluation.tryConsequence.queryOptions({ input: draft }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  if (trial.error) return <ProblemNotice error={trial.error} />
  if (!trial.data) return <Waiting rows={5} />
  const gets = (value: number) => {
    if (draft.kind === 'share') return `${formatNumber(100 * value, language, 2)}%`
    if (draft.kind === 'sign') return value > 0 ? say(words.starsCount, { count: value }) : say(words.noSign)
    return `${formatNumber(value / 100, language, 2)} ${draft.currency ?? ''}`
  }
  const lowered = trial.data.groups.filter((group) => draft.kind === 'share' && group.floor < (draft.floor ?? 0))
  return (
    <>
      {lowered.map((group) => (
        <p key={group.peerGroup ?? ''} className="muted small">
          {group.peerGroup} {say(words.floorLowered, { percent: 100 * group.floor })}
        </p>
      ))}
      <table className="frozen-values">
        <thead>
          <tr className="muted small">
            <th scope="col">{say(words.unit)}</th>
            <th scope="col">{say(words.stars)}</th>
            <th scope="col">{say(words.value)}</th>
          </tr>
        </thead>
        <tbody>
          {trial.data.units.slice(0, UNITS_SHOWN).map((unit) => (
            <tr key={unit.entity.key}>
              <th scope="row">{unit.entity.name}</th>
              <td className="number">{unit.stars ?? '—'}</td>
              <td className="number">{gets(unit.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
