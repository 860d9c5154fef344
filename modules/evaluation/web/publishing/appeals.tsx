/** Objections to one publication: for those who decide all of them, for the rated their own. */
import { Button } from 'antd'
import { useState } from 'react'
import type { Appeal, AppealState, Publication } from '#evaluation/contract'
import { useAct, useAsk } from '#platform/web/act.ts'
import { instantName } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { usePages } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { Go } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { publishingWords } from '../../words/publishing-screens.ts'
import { evaluation } from '../api.ts'
import { DecideForm } from './decide-form.tsx'
import { useSchemeNames } from './publication-marks.tsx'

const words = publishingWords.appeal
const statuses: Readonly<Record<AppealState, Status>> = {
  open: 'orange',
  upheld: 'green',
  rejected: 'grey',
  retracted: 'grey',
}

export function Appeals({ publication }: { publication: Publication }) {
  const say = useSay()
  const decides = useMay('appeals.decide')
  const input = { publication: publication.id }
  const pages = usePages<Appeal>(evaluation.listAppeals.key({ input }), (cursor) =>
    evaluation.listAppeals.call({ ...input, cursor }),
  )
  const rows = pages.data?.pages.flatMap((one) => one.rows)
  return (
    <Section title={say(words.inbox)} {...(decides ? { lead: say(words.inboxLead) } : {})}>
      {rows === undefined && (pages.error ? <ProblemNotice error={pages.error} /> : <Waiting rows={3} />)}
      {rows?.length === 0 && <p className="muted">{say(words.none)}</p>}
      <ul className="appeal-list">
        {rows?.map((row) => (
          <AppealItem key={row.id} appeal={row} publication={publication} />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {say(publishingWords.open.more)}
        </Button>
      )}
    </Section>
  )
}

function AppealItem({ appeal, publication }: { appeal: Appeal; publication: Publication }) {
  const say = useSay()
  const { language } = useLanguage()
  const { nameOf } = useSchemeNames(publication)
  const when = (at: string | null) => (at === null ? '' : instantName(at, language))
  return (
    <li className="stack">
      <div className="row spread">
        <span className="row">
          <strong>{appeal.entity.name}</strong>
          <span>{appeal.item === null ? say(words.whole) : nameOf(appeal.item)}</span>
          <StatusMark status={statuses[appeal.state]} word={say(words.states[appeal.state])} />
        </span>
        <span className="muted small">{say(words.by, { name: appeal.madeBy, at: when(appeal.madeAt) })}</span>
      </div>
      {appeal.against === 'published' && <p className="muted small">{say(words.against)}</p>}
      <p className="appeal-text">{appeal.text}</p>
      {appeal.attachments.length > 0 && (
        <ul className="row">
          {appeal.attachments.map((file) => (
            <li key={file.id}>
              <a href={`/api/score-appeals/${appeal.id}/attachments/${file.id}`} download={file.name}>
                {file.name}
              </a>
            </li>
          ))}
        </ul>
      )}
      {(appeal.state === 'upheld' || appeal.state === 'rejected') && (
        <p className="muted">
          {say(words.decided, {
            name: appeal.decidedBy ?? '',
            at: when(appeal.decidedAt),
            reason: appeal.decision,
          })}
        </p>
      )}
      {appeal.correctedIn !== null && appeal.correctedIn !== publication.id && (
        <Go to={`/evaluate/publications/${appeal.correctedIn}`}>{say(words.correction)}</Go>
      )}
      <AppealActs appeal={appeal} publication={publication} />
    </li>
  )
}

function AppealActs({ appeal, publication }: { appeal: Appeal; publication: Publication }) {
  const say = useSay()
  const ask = useAsk()
  const [deciding, setDeciding] = useState(false)
  const retract = useAct(() => evaluation.retractAppeal.call({ id: appeal.id }), {
    done: words.retracted,
    refresh: ['evaluation'],
  })
  if (appeal.state !== 'open') return null
  const askRetract = () =>
    ask({ title: say(words.retractTitle), deed: say(words.retract), onYes: () => retract.run(undefined) })
  return (
    <div className="row">
      {appeal.mayDecide && (
        <Button type="primary" onClick={() => setDeciding(true)}>
          {say(publishingWords.decide.deed)}
        </Button>
      )}
      {appeal.mayNotDecideBecause && <span className="muted">{say(words.mayNot[appeal.mayNotDecideBecause])}</span>}
      {appeal.mine && (
        <Button loading={retract.busy} onClick={askRetract}>
          {say(words.retract)}
        </Button>
      )}
      {deciding && <DecideForm appeal={appeal} publication={publication} onClose={() => setDeciding(false)} />}
    </div>
  )
}
