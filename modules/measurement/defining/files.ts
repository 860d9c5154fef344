/** Definitions as files: written out, planned, taken in. */
import { createHash } from 'node:crypto'
import type { Context } from '#platform/context'
import { refuse } from '#platform/refusal'
import { saveIndicator } from '../actions/indicators.ts'
import type { IndicatorFilePlan, PlannedIndicator } from '../contract/defining.ts'
import type { Indicator, IndicatorDraft } from '../contract/indicators.ts'
import { measurementRefusals } from '../contract/refusals.ts'
import { canonicalDraft } from '../rules/definition.ts'
import { differencesOf } from '../rules/drafts/differences.ts'
import {
  DRAFTS_LIMIT,
  isTextFault,
  type ReadDraft,
  readDrafts,
  type TextFormat,
  textOfDrafts,
} from '../rules/drafts/draft-text.ts'
import type { DefinitionRule } from '../rules/drafts/issues.ts'
import { overlapFault } from '../rules/versions.ts'
import { currentIndicators, indicatorPage, newestHash } from '../store/records/indicators.ts'
import { checkDraft } from './check-draft.ts'

const EXPORT_LIMIT = 10_000

/** Refuses with INDICATOR_UNKNOWN where one of the ids does not exist. */
export async function exportIndicators(context: Context, input: { ids?: string | undefined; format: TextFormat }) {
  const ids = [...new Set((input.ids ?? '').split(',').map((id) => id.trim()))].filter((id) => id !== '')
  const found = ids.length === 0 ? await allInUse(context) : await currentIndicators(context, ids)
  const missing = ids.find((id) => !found.some((each) => each.id === id))
  if (missing !== undefined) refuse(measurementRefusals, 'INDICATOR_UNKNOWN', { id: missing })
  const name = `${ids.length === 1 ? ids[0] : 'indicators'}.${input.format}`
  return { name, text: textOfDrafts(found, input.format), count: found.length }
}

async function allInUse(context: Context): Promise<Indicator[]> {
  const all = await indicatorPage(context, { limit: EXPORT_LIMIT })
  return all.filter((each) => !each.retired)
}

export const planIndicators = (context: Context, { text }: { text: string }) => walk(context, text, false)

/** What is refused is left out and told; everything else is saved in one transaction. */
export const importIndicators = (context: Context, { text }: { text: string }) => walk(context, text, true)

async function walk(context: Context, text: string, adopt: boolean): Promise<IndicatorFilePlan> {
  const read = readDrafts(text)
  if (isTextFault(read)) {
    const { rule, message, line } = read
    return { indicators: [], fault: { field: '', rule, message, values: { line, limit: DRAFTS_LIMIT } } }
  }
  const alongside = new Map<string, IndicatorDraft>()
  const planned = new Map<ReadDraft, PlannedIndicator>()
  const seen = new Set<string>()
  for (const one of partsFirst(read)) {
    const plan = seen.has(one.id) ? refused(one, [twice()]) : await planOne(context, one, alongside)
    seen.add(one.id)
    planned.set(one, plan)
    if (one.draft === null || plan.state === 'refused') continue
    alongside.set(one.id, one.draft)
    if (adopt && plan.state !== 'unchanged') plan.version = (await saveIndicator(context, one.draft)).version
  }
  return { indicators: read.map((one) => planned.get(one)!), fault: null }
}

type Issues = PlannedIndicator['issues']
const issue = (field: string, rule: DefinitionRule, message: string, values: Record<string, string | number> = {}) => ({
  field,
  rule,
  message,
  values,
})
const twice = () => issue('id', 'twice-in-text', 'The same id stands in the text twice.')

const refused = ({ id, draft }: ReadDraft, issues: Issues): PlannedIndicator => ({
  id,
  title: draft?.title ?? null,
  state: 'refused',
  version: null,
  differences: [],
  issues,
})

async function planOne(
  context: Context,
  one: ReadDraft,
  alongside: ReadonlyMap<string, IndicatorDraft>,
): Promise<PlannedIndicator> {
  const { draft } = one
  if (draft === null) return refused(one, [...one.issues])
  const { issues } = await checkDraft(context, draft, alongside)
  if (issues.length > 0) return refused(one, [...issues])
  const { id, title } = draft
  const [before] = await currentIndicators(context, [id])
  if (!before) return { id, title, state: 'new', version: 1, differences: [], issues: [] }
  const newest = await newestHash(context, id)
  const sha256 = createHash('sha256').update(canonicalDraft(draft)).digest('hex')
  if (newest?.sha256 === sha256)
    return { id, title, state: 'unchanged', version: before.version, differences: [], issues: [] }
  if (before.retired) return refused(one, [issue('id', 'retired', 'This indicator is retired.')])
  const overlap = overlapFault(before, draft.effectiveFrom)
  if (overlap) {
    const message = `Version ${overlap.version} judges from ${overlap.from} on.`
    return refused(one, [issue('effectiveFrom', 'effective-overlap', message, overlap)])
  }
  const differences = differencesOf(before, draft).map((each) => ({ ...each }))
  return { id, title, state: 'changed', version: before.version + 1, differences, issues: [] }
}

/** Parts before what is made of them, otherwise as written. What stands in a circle comes last and is refused. */
function partsFirst(read: readonly ReadDraft[]): ReadDraft[] {
  const ordered: ReadDraft[] = []
  const waiting = new Set(read)
  for (let before = -1; before !== ordered.length; ) {
    before = ordered.length
    const open = new Set([...waiting].map((one) => one.id))
    for (const one of waiting) {
      const definition = one.draft?.definition
      const parts = definition?.kind === 'derived' ? definition.parts.map((part) => part.indicator) : []
      if (parts.some((part) => part !== one.id && open.has(part))) continue
      ordered.push(one)
      waiting.delete(one)
    }
  }
  return [...ordered, ...waiting]
}
