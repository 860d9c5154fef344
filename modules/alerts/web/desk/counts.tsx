/** How many are live, by colour, late, mine: each is a filter. */
import { useQuery } from '@tanstack/react-query'
import type { Colour } from '#alerts/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { useSearchValues } from '#platform/web/router.tsx'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import type { Filters } from './filters.ts'

const COLOURS: readonly Colour[] = ['red', 'orange', 'yellow']

export function Counts({ input }: Pick<Filters, 'input'>) {
  const say = useSay()
  const set = useSearchValues()
  const counts = useQuery(alerts.alertCounts.queryOptions()).data
  const late = 'overdue' in input
  const mine = input.owner === 'me'
  return (
    <div className="alert-counts" role="group" aria-label={say(words.counts.label)}>
      {COLOURS.map((colour) => {
        const pressed = input.colour === colour
        return (
          <Count
            key={colour}
            pressed={pressed}
            count={counts?.[colour]}
            name={<StatusMark status={colour} />}
            press={() => set({ colour: pressed ? undefined : colour })}
          />
        )
      })}
      <Count
        pressed={late}
        count={counts?.overdue}
        alarming
        name={say(words.counts.overdue)}
        press={() => set({ overdue: late ? undefined : 'true' })}
      />
      <Count
        pressed={mine}
        count={counts?.mine}
        name={say(words.counts.mine)}
        press={() => set({ owner: mine ? undefined : 'me' })}
      />
      {(counts?.muted ?? 0) > 0 && (
        <p className="alert-muted muted small">
          {say(words.counts.muted)} <span className="number">{counts?.muted}</span>
        </p>
      )}
    </div>
  )
}

function Count(props: {
  pressed: boolean
  count: number | undefined
  name: React.ReactNode
  press: () => void
  alarming?: boolean
}) {
  const { language } = useLanguage()
  const { count } = props
  const alarming = (props.alarming ?? false) && (count ?? 0) > 0
  return (
    <button type="button" className="alert-count" aria-pressed={props.pressed} onClick={props.press}>
      <span className={alarming ? '' : 'muted'}>{props.name}</span>
      <span className={`count number ${alarming ? 'late' : ''}`}>
        {count === undefined ? '–' : formatNumber(count, language, 0)}
      </span>
    </button>
  )
}
