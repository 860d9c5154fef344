/** The method of weighting: chosen here, with its inputs, and what comes out. */
import { Button } from 'antd'
import { useState } from 'react'
import type { Weighting } from '#evaluation/contract'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { usePhone } from '#platform/web/page/phone.ts'
import { Empty } from '#platform/web/page/states.tsx'
import { weightWords as words } from '../../words/weights.ts'
import { Choice } from '#platform/web/form/fields.tsx'
import { chooseWeighting } from '../schemes/state/tree.ts'
import { useEditorState } from '../schemes/state/use-editor.ts'
import { reportHere } from './applied.ts'
import { BlendFields } from './blend-fields.tsx'
import { DataFields } from './data-fields.tsx'
import { freshHierarchy } from './pairs/hierarchy.ts'
import { HierarchyFields } from './pairs/hierarchy-fields.tsx'
import { Warnings } from './warnings.tsx'
import { WeightBars } from './weight-bars.tsx'
import './weights.css'

type Method = Weighting['method']

export function WeightsPart() {
  const say = useSay()
  const { draft } = useEditorState()
  const items = draft.dimensions.reduce((sum, dimension) => sum + dimension.items.length, 0)
  return (
    <Section title={say(words.title)} lead={say(words.lead)} className="weights-part">
      {items < 2 ? <Empty title={say(words.needItems)} why={say(words.needItemsWhy)} /> : <Methods />}
    </Section>
  )
}

/** Methods that look at data are looked at first and used once their weights were calculated. */
function Methods() {
  const say = useSay()
  const { draft, change } = useEditorState()
  const [looking, setLooking] = useState<Method | null>(null)
  const inUse = draft.weighting.method
  const shown = looking ?? inUse
  const choose = (method: Method) => {
    const atOnce = method === 'hand' || method === 'equal' || method === 'analytic-hierarchy'
    setLooking(atOnce || method === inUse ? null : method)
    if (!atOnce || method === inUse) return
    change((writing) => {
      const kept = writing.shelf[method]
      if (kept) return chooseWeighting(writing, kept)
      if (method === 'analytic-hierarchy')
        return chooseWeighting(writing, freshHierarchy(writing.draft, say(words.ahp.judge, { number: 1 })))
      return chooseWeighting(writing, { method })
    })
  }
  return (
    <>
      <MethodChoice shown={shown} onChoose={choose} />
      {inUse === 'hand' && looking === null && <Shelf />}
      <Inputs shown={shown} onUsed={() => setLooking(null)} />
      <h3 className="part-title">{say(words.result)}</h3>
      <WeightBars />
    </>
  )
}

function MethodChoice({ shown, onChoose }: { shown: Method; onChoose: (method: Method) => void }) {
  const say = useSay()
  const phone = usePhone()
  if (phone) {
    return (
      <div className="method-inputs">
        <Choice value={shown} label={words.method} options={words.methods} onChange={onChoose} />
        <p className="muted small">{say(words.why[shown])}</p>
      </div>
    )
  }
  return (
    <div className="choices" role="radiogroup" aria-label={say(words.method)}>
      {(Object.keys(words.methods) as Method[]).map((method) => (
        <label key={method} className={`choice ${shown === method ? 'chosen' : ''}`}>
          <input type="radio" name="weighting" checked={shown === method} onChange={() => onChoose(method)} />
          <span>
            <strong>{say(words.methods[method])}</strong>
            <span className="muted small">{say(words.why[method])}</span>
          </span>
        </label>
      ))}
    </div>
  )
}

function Inputs({ shown, onUsed }: { shown: Method; onUsed: () => void }) {
  const { draft } = useEditorState()
  const { weighting } = draft
  switch (shown) {
    case 'entropy':
    case 'critic':
    case 'standard-deviation':
      return <DataFields key={shown} method={shown} onUsed={onUsed} />
    case 'blend':
      return <BlendFields onUsed={onUsed} />
    case 'analytic-hierarchy':
      return weighting.method === 'analytic-hierarchy' ? (
        <>
          <HierarchyFields weighting={weighting} />
          <Warnings warnings={reportHere(draft, weighting)?.warnings ?? []} />
        </>
      ) : null
    default:
      return null
  }
}

/** Methods used before, whose inputs are kept. */
function Shelf() {
  const say = useSay()
  const { writing, change } = useEditorState()
  // Comparisons and blends weigh at once; weights from data are calculated again where they are chosen.
  const restorable = [writing.shelf['analytic-hierarchy'], writing.shelf.blend].filter((one) => one !== undefined)
  if (restorable.length === 0) return null
  return (
    <div className="shelf row">
      <span className="muted small">{say(words.shelf)}</span>
      {restorable.map((one) => (
        <Button key={one.method} size="small" onClick={() => change((before) => chooseWeighting(before, one))}>
          {say(words.restore, { name: say(words.methods[one.method]) })}
        </Button>
      ))}
    </div>
  )
}
