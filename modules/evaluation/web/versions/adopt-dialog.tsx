/** Adopting a version: from when, how long the one before goes on beside it, why, and what was seen around the organisation. */
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Collapse, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import type { Adoption, EnvironmentScan, SchemeDraft } from '#evaluation/contract'
import { addPeriods, periodName, startOfPeriod, today } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { DayInput } from '#platform/web/parts/day-input.tsx'
import { versionWords } from '../../words/versions.ts'
import { evaluation } from '../api.ts'
import { useMarks } from '../schemes/punctuation.ts'

const words = versionWords.adopt
const SCAN_PARTS = ['political', 'economic', 'social', 'technical'] as const
const emptyScan: EnvironmentScan = { political: '', economic: '', social: '', technical: '' }

interface Props {
  readonly scheme: Pick<SchemeDraft, 'id' | 'grains'>
  /** Null: it is saved with the adoption. */
  readonly version: number | null
  /** A new scheme, which has no versions to look at. */
  readonly fresh: boolean
  readonly busy: boolean
  readonly error: unknown
  readonly onAdopt: (adoption: Adoption) => void
  readonly onClose: () => void
}

interface Chosen {
  /** From a day on, or from the beginning. */
  readonly dated: boolean
  readonly from: string
  readonly overlap: boolean
  readonly until: string
  readonly reason: string
  readonly scan: EnvironmentScan
}

/** Whether versions were adopted before, and the first day the newest of them judges. */
function useAdopted(id: string, fresh: boolean): { any: boolean; newest: string | null; loaded: boolean } {
  const versions = useQuery({ ...evaluation.schemeVersions.queryOptions({ input: { id } }), enabled: !fresh })
  const adopted = (versions.data ?? []).flatMap((one) => (one.adoption ? [one.adoption] : []))
  const days = adopted.flatMap((one) => one.effectiveFrom ?? []).toSorted()
  return { any: adopted.length > 0, newest: days.at(-1) ?? null, loaded: fresh || versions.data !== undefined }
}

function useChosen(scheme: Props['scheme'], adopted: ReturnType<typeof useAdopted>) {
  const grain = scheme.grains[0] ?? 'month'
  const next = addPeriods(startOfPeriod(today(), grain), grain, 1)
  const [asked, setDated] = useState<boolean | null>(null)
  const [rest, setRest] = useState<Omit<Chosen, 'dated'>>({
    from: next,
    overlap: false,
    until: addPeriods(next, grain, 3),
    reason: '',
    scan: emptyScan,
  })
  // What judges from a day on cannot be followed by what judges from the beginning.
  const mayBeUndated = adopted.newest === null
  const dated = !mayBeUndated || (asked ?? adopted.any)
  const change = ({ dated: wanted, ...part }: Partial<Chosen>) => {
    if (wanted !== undefined) setDated(wanted)
    setRest({ ...rest, ...part })
  }
  const chosen: Chosen = { ...rest, dated }
  return { chosen, change, mayBeUndated, grain }
}

function adoptionOf({ dated, from, overlap, until, reason, scan }: Chosen): Adoption {
  const told = Object.values(scan).some((text) => text.trim() !== '')
  return {
    effectiveFrom: dated ? from : null,
    overlapUntil: dated && overlap ? until : null,
    reason: reason.trim(),
    scan: told ? scan : null,
  }
}

export function AdoptDialog({ scheme, version, fresh, busy, error, onAdopt, onClose }: Props) {
  const say = useSay()
  const adopted = useAdopted(scheme.id, fresh)
  const { chosen, change, mayBeUndated, grain } = useChosen(scheme, adopted)
  const [tried, setTried] = useState(false)
  const fault = faultOf(chosen, adopted.any)
  const adopt = () => {
    setTried(true)
    if (fault === null && adopted.loaded) onAdopt(adoptionOf(chosen))
  }
  return (
    <Modal
      open
      title={version === null ? say(words.title) : say(words.titleVersion, { version })}
      okText={say(words.deed)}
      cancelText={say(floorWords.act.cancel)}
      confirmLoading={busy}
      onOk={adopt}
      onCancel={onClose}
      width={620}
    >
      <p className="muted">{say(adopted.any ? words.what : words.whatFirst)}</p>
      <Form layout="vertical" component={false}>
        {mayBeUndated && <WhenChoice chosen={chosen} onChange={change} />}
        {chosen.dated && (
          <DayFields
            chosen={chosen}
            grain={grain}
            earliest={adopted.newest}
            faulty={tried && fault === 'day'}
            onChange={change}
          />
        )}
        {chosen.dated && adopted.any && <OverlapFields chosen={chosen} onChange={change} />}
        <ReasonFields chosen={chosen} fault={tried ? fault : null} onChange={change} />
      </Form>
      {busy && <p className="muted small">{say(words.busy)}</p>}
      {error !== null && error !== undefined && <ProblemNotice error={error} />}
    </Modal>
  )
}

type Fault = 'day' | 'reason' | null
function faultOf({ dated, from, reason }: Chosen, any: boolean): Fault {
  if (dated && from === '') return 'day'
  // The first version needs no reason: nothing changes by it.
  return any && reason.trim() === '' ? 'reason' : null
}

interface PartProps {
  readonly chosen: Chosen
  readonly onChange: (part: Partial<Chosen>) => void
}

function WhenChoice({ chosen, onChange }: PartProps) {
  const say = useSay()
  return (
    <Form.Item label={say(words.when)}>
      <Radio.Group
        value={chosen.dated}
        onChange={(event) => onChange({ dated: event.target.value as boolean })}
        options={[
          { value: false, label: say(words.fromBeginning) },
          { value: true, label: say(words.fromDay) },
        ]}
      />
    </Form.Item>
  )
}

function DayFields(
  props: PartProps & { grain: SchemeDraft['grains'][number]; earliest: string | null; faulty: boolean },
) {
  const say = useSay()
  const { colon } = useMarks()
  const { language } = useLanguage()
  const { chosen, grain } = props
  const start = chosen.from === '' ? null : startOfPeriod(chosen.from, grain)
  const judged = start === null || start === chosen.from ? start : addPeriods(start, grain, 1)
  const first = judged === null ? '' : colon + periodName(judged, grain, language)
  return (
    <Form.Item
      label={say(words.effectiveFrom)}
      extra={say(words.effectiveHint) + first}
      {...(props.faulty ? { validateStatus: 'error' as const, help: say(words.needDay) } : {})}
    >
      <DayInput
        value={chosen.from}
        min={props.earliest ?? undefined}
        aria-label={say(words.effectiveFrom)}
        onChange={(from) => props.onChange({ from })}
      />
    </Form.Item>
  )
}

function OverlapFields({ chosen, onChange }: PartProps) {
  const say = useSay()
  return (
    <Form.Item extra={chosen.overlap ? say(words.overlapHint) : undefined}>
      <Checkbox checked={chosen.overlap} onChange={(event) => onChange({ overlap: event.target.checked })}>
        {say(words.overlap)}
      </Checkbox>
      {chosen.overlap && (
        <label className="row" style={{ marginTop: 8 }}>
          <span>{say(words.overlapUntil)}</span>
          <DayInput
            value={chosen.until}
            min={chosen.from}
            aria-label={say(words.overlapUntil)}
            onChange={(until) => onChange({ until })}
          />
        </label>
      )}
    </Form.Item>
  )
}

function ReasonFields(props: PartProps & { fault: Fault }) {
  const say = useSay()
  const { chosen, onChange } = props
  const fault = props.fault === 'reason' ? { validateStatus: 'error' as const, help: say(words.needReason) } : {}
  return (
    <>
      <Form.Item label={say(words.reason)} htmlFor="adopt-reason" extra={say(words.reasonHint)} {...fault}>
        <Input.TextArea
          id="adopt-reason"
          value={chosen.reason}
          maxLength={2000}
          autoSize={{ minRows: 2, maxRows: 6 }}
          onChange={(event) => onChange({ reason: event.target.value })}
        />
      </Form.Item>
      <Collapse
        size="small"
        items={[
          {
            key: 'scan',
            label: say(words.scan),
            children: (
              <>
                <p className="muted small">{say(words.scanHint)}</p>
                {SCAN_PARTS.map((part) => (
                  <Form.Item key={part} label={say(words[part])} htmlFor={`scan-${part}`} style={{ marginBottom: 8 }}>
                    <Input.TextArea
                      id={`scan-${part}`}
                      value={chosen.scan[part]}
                      maxLength={2000}
                      autoSize={{ minRows: 1, maxRows: 5 }}
                      onChange={(event) => onChange({ scan: { ...chosen.scan, [part]: event.target.value } })}
                    />
                  </Form.Item>
                ))}
              </>
            ),
          },
        ]}
      />
    </>
  )
}
