/** All versions, newest first: state, days in force, reason, scan, and what can be done with each. */
import { Button, Dropdown } from 'antd'
import { EllipsisOutlined } from '@ant-design/icons'
import { useState } from 'react'
import type { Adoption, EnvironmentScan, Scheme } from '#evaluation/contract'
import { useAct } from '#platform/web/act.ts'
import { dayName, today } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useGo, useSearchValues } from '#platform/web/router.tsx'
import { useMay } from '#platform/web/session.ts'
import { versionWords } from '../../words/versions.ts'
import { evaluation } from '../api.ts'
import { AdoptDialog } from './adopt-dialog.tsx'
import { inForce } from './in-force.ts'
import { useMarks } from '../schemes/punctuation.ts'

const { list: words, state: stateWords, adopt: adoptWords } = versionWords

export function VersionList({ versions }: { versions: readonly Scheme[] }) {
  const now = inForce(versions, today())
  const [adopting, setAdopting] = useState<Scheme | null>(null)
  return (
    <Section className="versions">
      <ol>
        {versions.map((version) => (
          <li key={version.version} className={version === now && version.state === 'adopted' ? 'current' : ''}>
            <VersionCard version={version} now={now} onAdopt={() => setAdopting(version)} />
          </li>
        ))}
      </ol>
      {adopting && <Adopting version={adopting} onClose={() => setAdopting(null)} />}
    </Section>
  )
}

export function Adopting({ version, onClose }: { version: Scheme; onClose: () => void }) {
  const adopt = useAct(
    (adoption: Adoption) => evaluation.adoptScheme.call({ id: version.id, version: version.version, adoption }),
    { quiet: true, done: adoptWords.done, refresh: ['evaluation'], onDone: onClose },
  )
  return (
    <AdoptDialog
      scheme={version}
      version={version.version}
      fresh={false}
      busy={adopt.busy}
      error={adopt.error}
      onAdopt={adopt.run}
      onClose={onClose}
    />
  )
}

function stateOf(
  version: Scheme,
  now: Scheme | undefined,
  day: string,
): { status: Status; word: keyof typeof stateWords } {
  if (version.adoption === null) return { status: 'grey', word: 'proposed' }
  if (version === now) return { status: 'green', word: 'inForce' }
  return (version.adoption.effectiveFrom ?? '') > day
    ? { status: 'blue', word: 'coming' }
    : { status: 'grey', word: 'past' }
}

function VersionCard({ version, now, onAdopt }: { version: Scheme; now: Scheme | undefined; onAdopt: () => void }) {
  const say = useSay()
  const { language } = useLanguage()
  const { adoption } = version
  const { status, word } = stateOf(version, now, today())
  const from = adoption?.effectiveFrom ?? null
  return (
    <article>
      <div className="row spread">
        <h3>
          {say(versionWords.page.versionShown, { version: version.version })}
          <StatusMark
            status={status}
            word={say(stateWords[word], { day: from === null ? '' : dayName(from, language) })}
          />
        </h3>
        <VersionActions version={version} now={now} onAdopt={onAdopt} />
      </div>
      <dl className="facts">
        {adoption && (
          <>
            <dt>{say(words.dates)}</dt>
            <dd>
              {from === null ? say(words.fromBeginning) : say(words.from, { day: dayName(from, language) })}
              {adoption.overlapUntil !== null && (
                <span className="muted">
                  {' · '}
                  {say(words.overlap, { day: dayName(adoption.overlapUntil, language) })}
                </span>
              )}
            </dd>
            <dt>{say(words.reason)}</dt>
            <dd className="plan-text">
              {adoption.reason === '' ? <span className="muted">{say(words.noReason)}</span> : adoption.reason}
            </dd>
            {adoption.scan && <ScanRows scan={adoption.scan} />}
          </>
        )}
        <dt>{say(words.saved)}</dt>
        <dd>
          {version.createdBy} <When at={version.createdAt} />
          {version.adoptedBy !== null && (
            <span className="muted">
              {' · '}
              {say(words.adoptedBy, { name: version.adoptedBy })} <When at={version.adoptedAt} />
            </span>
          )}
        </dd>
      </dl>
    </article>
  )
}

const SCAN_PARTS = ['political', 'economic', 'social', 'technical'] as const

function ScanRows({ scan }: { scan: EnvironmentScan }) {
  const say = useSay()
  const { colon } = useMarks()
  const told = SCAN_PARTS.filter((part) => scan[part].trim() !== '')
  if (told.length === 0) return null
  return (
    <>
      <dt>{say(words.scan)}</dt>
      <dd>
        <ul>
          {told.map((part) => (
            <li key={part} className="plan-text">
              <span className="muted">{say(adoptWords[part]) + colon}</span>
              {scan[part]}
            </li>
          ))}
        </ul>
      </dd>
    </>
  )
}

function VersionActions({ version, now, onAdopt }: { version: Scheme; now: Scheme | undefined; onAdopt: () => void }) {
  const say = useSay()
  const { colon } = useMarks()
  const go = useGo()
  const setValues = useSearchValues()
  const mayEdit = useMay('schemes.edit')
  const number = String(version.version)
  const deeds: Readonly<Record<string, () => void>> = {
    read: () => setValues({ tab: undefined, version: number }),
    compare: () => setValues({ tab: 'compare', before: String(now?.version ?? ''), after: number }),
    replay: () => setValues({ tab: 'replay', replay: number }),
    edit: () => go(`/evaluate/schemes/${version.id}/edit?version=${number}`),
  }
  const items = [
    { key: 'read', label: say(words.read) },
    ...(now && now !== version ? [{ key: 'compare', label: say(words.compare) }] : []),
    ...(mayEdit
      ? [
          { key: 'replay', label: say(words.replay) },
          { key: 'edit', label: say(words.edit) },
        ]
      : []),
  ]
  return (
    <span className="row no-print">
      {mayEdit && version.state === 'proposed' && (
        <Button type="primary" onClick={onAdopt}>
          {say(words.adopt)}
        </Button>
      )}
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => deeds[key]?.() }}>
        <Button
          icon={<EllipsisOutlined />}
          aria-label={
            say(versionWords.page.versionShown, { version: version.version }) + colon + say(versionWords.list.more)
          }
        />
      </Dropdown>
    </span>
  )
}
