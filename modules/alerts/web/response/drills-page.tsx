/** The calendar of drills: by quarter what was drawn, how it went, what it showed. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { Drill } from '#alerts/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Empty, Loaded } from '#platform/web/page/states.tsx'
import { useMay } from '#platform/web/session.ts'
import { words } from '../../words.ts'
import '../alerts.css'
import { alerts } from '../api.ts'
import { DrillCard } from './drill-card.tsx'
import { ProgrammeDialog, StartDialog } from './drill-dialogs.tsx'

const text = words.drill

export function DrillsPage() {
  const say = useSay()
  const mayEdit = useMay('rules.edit')
  const [dialog, setDialog] = useState<'start' | 'programme' | null>(null)
  const drills = useQuery(alerts.listDrills.queryOptions({ input: {} }))
  const programme = useQuery(alerts.readDrillProgramme.queryOptions()).data
  return (
    <PageFrame
      title={say(text.title)}
      lead={say(text.lead)}
      crumbs={[
        { title: say(words.title), to: '/alerts' },
        { title: say(words.checklist.plans.title), to: '/alerts/plans' },
      ]}
      may="alerts.read"
      actions={
        mayEdit && (
          <>
            <Button onClick={() => setDialog('programme')}>{say(text.programme)}</Button>
            <Button type="primary" onClick={() => setDialog('start')}>
              {say(text.startNow)}
            </Button>
          </>
        )
      }
    >
      {programme && (
        <p className="muted drill-programme">
          {say(text.programmeTold, {
            count: programme.perQuarter,
            who: programme.entityKind ?? say(text.wholeOrganisation),
            colour: say(words.colour[programme.colour]),
          })}
        </p>
      )}
      <Loaded query={drills} rows={8}>
        {(list) => <Quarters drills={list} />}
      </Loaded>
      {dialog === 'start' && <StartDialog leave={() => setDialog(null)} />}
      {dialog === 'programme' && programme && <ProgrammeDialog programme={programme} leave={() => setDialog(null)} />}
    </PageFrame>
  )
}

function Quarters({ drills }: { drills: readonly Drill[] }) {
  const say = useSay()
  const { language } = useLanguage()
  if (drills.length === 0) return <Empty title={say(text.none)} why={say(text.noneWhy)} />
  const quarters = [...new Set(drills.map((drill) => drill.quarter))].toSorted().toReversed()
  const name = (day: string) =>
    say(text.quarter, { year: day.slice(0, 4), quarter: Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1 })
  return (
    <div lang={language}>
      {quarters.map((quarter) => (
        <Section key={quarter} title={name(quarter)}>
          <div className="drills">
            {drills
              .filter((drill) => drill.quarter === quarter)
              .map((drill) => (
                <DrillCard key={drill.id} drill={drill} />
              ))}
          </div>
        </Section>
      ))}
    </div>
  )
}
