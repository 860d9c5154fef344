import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { BoardLine, Shift } from '#notices/contract'
import { useAct } from '#platform/web/act.ts'
import { instantName } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { RowTable } from '#platform/web/page/list.tsx'
import { Facts, PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { Go } from '#platform/web/router.tsx'
import { useMay, useMe } from '#platform/web/session.ts'
import { words as all } from '../../words.ts'
import { notices } from '../api.ts'
import { RotaDrawer, SwapDrawer } from './on-call-drawers.tsx'
import '../notices.css'

const words = all.onCall

export function OnCallPage() {
  const say = useSay()
  const board = useQuery(notices.onCallBoard.queryOptions())
  const mayEdit = useMay('teams.edit')
  const begin = mayEdit ? <Go to="/notices/teams">{say(words.toTeams)}</Go> : undefined
  return (
    <PageFrame title={say(words.title)} lead={say(words.lead)}>
      <Loaded query={board}>
        {(lines) =>
          lines.length === 0 ? (
            <Section>
              <Empty title={say(words.empty)} why={say(words.emptyWhy)} begin={begin} />
            </Section>
          ) : (
            <div className="stack">
              {lines.map((line) => (
                <TeamLine key={line.team.id} line={line} mayEdit={mayEdit} />
              ))}
            </div>
          )
        }
      </Loaded>
    </PageFrame>
  )
}

function TeamLine({ line, mayEdit }: { line: BoardLine; mayEdit: boolean }) {
  const say = useSay()
  const { language } = useLanguage()
  const [planning, setPlanning] = useState(false)
  const [swapping, setSwapping] = useState<Shift | undefined>(undefined)
  const nobody = <span className="muted">{say(words.nobody)}</span>
  const now = line.now && (
    <span className="on-call-now">
      <strong>{line.now.name}</strong>{' '}
      {line.nowUntil !== null && (
        <span className="small muted">{say(words.until, { when: instantName(line.nowUntil, language) })}</span>
      )}
    </span>
  )
  return (
    <Section
      title={line.team.name}
      actions={
        mayEdit &&
        line.people.length > 0 && (
          <Button size="small" onClick={() => setPlanning(true)}>
            {say(line.rota ? words.change : words.setUp)}
          </Button>
        )
      }
    >
      {line.rota === null ? (
        <p className="muted">{say(words.noRota)}</p>
      ) : (
        <div className="stack">
          {line.now === null && <p className="muted">{say(words.notBegun)}</p>}
          <Facts
            rows={[
              [say(words.now), now ?? nobody],
              [say(words.next), line.next?.name ?? nobody],
            ]}
          />
          <Shifts line={line} mayEdit={mayEdit} onSwap={setSwapping} />
        </div>
      )}
      <RotaDrawer line={line} open={planning} onClose={() => setPlanning(false)} />
      <SwapDrawer line={line} shift={swapping} onClose={() => setSwapping(undefined)} />
    </Section>
  )
}

function Shifts(props: { line: BoardLine; mayEdit: boolean; onSwap: (shift: Shift) => void }) {
  const say = useSay()
  const { language } = useLanguage()
  const me = useMe()?.person.id
  const name = (shift: Shift) => `${instantName(shift.from, language)} – ${instantName(shift.until, language)}`
  return (
    <RowTable<Shift>
      rows={props.line.shifts}
      rowKey={(row) => row.from}
      tools={<h3>{say(words.shifts)}</h3>}
      exportName={say(words.title)}
      columns={[
        { key: 'when', title: say(words.when), render: name, text: name },
        {
          key: 'who',
          title: say(words.who),
          render: (row) => (
            <span>
              {row.person.name}
              {row.override && (
                <span className="small muted">
                  {' '}
                  {say(words.instead, { name: row.override.insteadOf.name })} ·{' '}
                  {say(words.reasons[row.override.because])}
                </span>
              )}
            </span>
          ),
          text: (row) => row.person.name,
        },
        {
          key: 'actions',
          title: say(floorWords.list.actions),
          render: (row) => (
            <span className="row">
              {(props.mayEdit || row.person.id === me) && (
                <Button size="small" onClick={() => props.onSwap(row)}>
                  {say(words.swap)}
                </Button>
              )}
              {row.override && (props.mayEdit || row.override.insteadOf.id === me) && <TakeBack id={row.override.id} />}
            </span>
          ),
        },
      ]}
    />
  )
}

function TakeBack({ id }: { id: string }) {
  const say = useSay()
  const back = useAct(() => notices.deleteOverride.call({ id }), { done: words.takenBack, refresh: ['notices'] })
  return (
    <Button size="small" type="link" loading={back.busy} onClick={() => back.run(undefined)}>
      {say(words.takeBack)}
    </Button>
  )
}
