/** Several methods put together by shares. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { SchemeDraft, SingleWeighting, Weighting, WeightsReport } from '#evaluation/contract'
import { useAct } from '#platform/web/act.ts'
import { useNow } from '#platform/web/calendar.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { weightWords as words } from '../../words/weights.ts'
import { Choice } from '#platform/web/form/fields.tsx'
import { ShareField } from '../schemes/parts/fields.tsx'
import { giveWay, withOneLess, withOneMore } from '../schemes/state/give-way.ts'
import { chooseWeighting } from '../schemes/state/tree.ts'
import { type Editor, useEditorState } from '../schemes/state/use-editor.ts'
import { needsData } from './applied.ts'
import { type AskedPeriod, PeriodField } from './period-field.tsx'
import { globalsBy, sendable } from './use-calculation.ts'
import { Warnings } from './warnings.tsx'
import { nth } from '../schemes/state/nth.ts'
import { useMarks } from '../schemes/punctuation.ts'

type Blend = Extract<Weighting, { method: 'blend' }>
type Method = SingleWeighting['method']
interface Part {
  readonly method: Method
  readonly share: number
}

const PARTS_LIMIT = 5
const { blend: _blend, ...methods } = words.methods
const DATA: readonly Method[] = ['entropy', 'critic', 'standard-deviation']

/** The comparisons that are in use, or were before. */
const hierarchyIn = ({ draft, writing }: Editor) =>
  draft.weighting.method === 'analytic-hierarchy' ? draft.weighting : writing.shelf['analytic-hierarchy']

function beginning(editor: Editor, known: Blend | undefined): Part[] {
  if (known) return known.parts.map(({ from, share }) => ({ method: from.method, share }))
  const first: Method = hierarchyIn(editor) ? 'analytic-hierarchy' : 'hand'
  return [
    { method: first, share: 0.5 },
    { method: 'entropy', share: 0.5 },
  ]
}

/** The parts as they are being chosen, and what is done with them. */
function useBlending(onUsed: () => void) {
  const editor = useEditorState()
  const now = useNow()
  const { draft, writing, change, period } = editor
  const inUse = draft.weighting.method === 'blend' ? draft.weighting : null
  const known = inUse ?? writing.shelf.blend
  const [parts, setParts] = useState<readonly Part[]>(() => beginning(editor, known))
  const [rule, setRule] = useState<Blend['rule']>(known?.rule ?? 'convex')
  const [asked, setAsked] = useState<AskedPeriod>(() => periodOf(known) ?? period)
  const [refused, setRefused] = useState<WeightsReport['warnings']>([])
  const ready = sendable(editor)
  const hierarchy = hierarchyIn(editor)
  const fromOf = (method: Method): SingleWeighting => {
    if (method === 'hand' || method === 'equal') return { method }
    if (method === 'analytic-hierarchy') return hierarchy ?? { method: 'hand' }
    const { grain, periodStart } = asked
    return { method, grain, periodStart, calculatedAt: new Date(now).toISOString() }
  }
  const calculate = useAct(async (of: SchemeDraft) => partsFound(of, parts, fromOf, inUse), {
    quiet: true,
    onDone: (found) => {
      setRefused(found.refused)
      if (found.refused.length > 0) return
      change((before) => chooseWeighting(before, { method: 'blend', rule, parts: found.parts }))
      onUsed()
    },
  })
  // While the blend is in use and only shares or the rule change, nothing new has to be found.
  const put = (next: readonly Part[], nextRule = rule) => {
    setParts(next)
    setRule(nextRule)
    const moved = inUse && withSharesOf(inUse, next, nextRule)
    if (moved) change((before) => chooseWeighting(before, moved), 'blend shares')
  }
  const lacking = parts.some((part) => part.method === 'analytic-hierarchy') && !hierarchy && !inUse
  return { parts, rule, asked, setAsked, refused, ready, calculate, put, lacking, inUse: inUse !== null }
}

function withSharesOf(blend: Blend, parts: readonly Part[], rule: Blend['rule']): Blend | null {
  const same =
    blend.parts.length === parts.length &&
    blend.parts.every((part, place) => part.from.method === nth(parts, place).method)
  if (!same) return null
  return { ...blend, rule, parts: blend.parts.map((part, place) => ({ ...part, share: nth(parts, place).share })) }
}

export function BlendFields({ onUsed }: { onUsed: () => void }) {
  const say = useSay()
  const { parts, rule, asked, setAsked, refused, ready, calculate, put, lacking, inUse } = useBlending(onUsed)
  return (
    <div className="method-inputs">
      <PartRows parts={parts} onChange={put} />
      <div className="row">
        <Choice
          value={rule}
          label={words.blend.rule}
          options={words.blend.rules}
          width={280}
          onChange={(next) => put(parts, next)}
        />
        {parts.some((part) => DATA.includes(part.method)) && <PeriodField value={asked} onChange={setAsked} />}
        <Button
          type="primary"
          disabled={ready === null || lacking}
          loading={calculate.busy}
          onClick={() => ready && calculate.run(ready)}
        >
          {say(inUse ? words.again : words.calculate)}
        </Button>
      </div>
      {lacking && <p className="issue-warning">{say(words.blend.ahpMissing)}</p>}
      {calculate.error !== null && <ProblemNotice error={calculate.error} />}
      <Warnings warnings={refused} />
    </div>
  )
}

function periodOf(known: Blend | undefined): AskedPeriod | null {
  const found = known?.parts.map((part) => part.from).find(needsData)
  return found && 'periodStart' in found ? { grain: found.grain, periodStart: found.periodStart } : null
}

/** `kept`: the blend in use, whose weights by hand are those from before it: the ones in the draft are its own. */
async function partsFound(
  draft: SchemeDraft,
  parts: readonly Part[],
  fromOf: (method: Method) => SingleWeighting,
  kept: Blend | null,
): Promise<{ parts: Blend['parts']; refused: WeightsReport['warnings'] }> {
  const found: Blend['parts'] = []
  const refused: WeightsReport['warnings'] = []
  for (const { method, share } of parts) {
    const from = fromOf(method)
    const byHand = method === 'hand' ? kept?.parts.find((part) => part.from.method === 'hand')?.weights : undefined
    const weights = byHand ?? (await globalsBy(draft, from))
    if (Array.isArray(weights)) found.push({ share, from, weights })
    else refused.push(weights)
  }
  return { parts: found, refused }
}

function PartRows({ parts, onChange }: { parts: readonly Part[]; onChange: (parts: readonly Part[]) => void }) {
  const say = useSay()
  const { colon } = useMarks()
  const shares = parts.map((part) => part.share)
  const withShares = (next: readonly Part[], weights: readonly number[]) =>
    onChange(next.map((part, place) => ({ ...part, share: nth(weights, place) })))
  return (
    <ul className="blend-parts" aria-label={say(words.blend.parts)}>
      {parts.map((part, place) => (
        <li key={place} className="row">
          <Choice<Method>
            value={part.method}
            label={words.method}
            options={methods}
            width={220}
            onChange={(method) => onChange(parts.with(place, { ...part, method }))}
          />
          <ShareField
            value={part.share}
            min={0.01}
            label={say(words.blend.share, { name: say(methods[part.method]) })}
            width={100}
            onChange={(to) => withShares(parts, giveWay(shares, place, Math.max(0.01, to), new Set()))}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={say(words.blend.remove) + colon + say(methods[part.method])}
            disabled={parts.length <= 2}
            onClick={() => withShares(parts.toSpliced(place, 1), withOneLess(shares, place))}
          />
          {part.method === 'hand' && <span className="muted small">{say(words.blend.handIs)}</span>}
        </li>
      ))}
      <li>
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={parts.length >= PARTS_LIMIT}
          onClick={() => withShares([...parts, { method: 'equal', share: 0 }], withOneMore(shares, shares.length))}
        >
          {say(words.blend.add)}
        </Button>
      </li>
    </ul>
  )
}
