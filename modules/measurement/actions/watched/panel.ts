/** Panels for those who judge many units by many indicators at once: rules over the newest periods, trials on the past. */
import { findEntities, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { addPeriods } from '#platform/periods'
import { refuse } from '#platform/refusal'
import { measurementRefusals } from '../../contract/refusals.ts'
import type { Indicator } from '../../contract/indicators.ts'
import { fillKnown, type KnownPanel } from '../../reading/known-panel.ts'
import { fillPanels } from '../../reading/panel.ts'
import type { Panel } from '../../rules/panel.ts'
import { LISTED_SUBJECTS_LIMIT, type Subjects } from '../../store/compile/subjects.ts'
import { entityNumbers, holdsOthers } from '../../store/tree.ts'
import { emptyProtected } from './panel-protection.ts'
import { calendarCut } from '../series.ts'

export type { KnownPanel } from '../../reading/known-panel.ts'
export type { Panel } from '../../rules/panel.ts'
export { chanceOf as scatterOf } from '../../reading/panel.ts'

/** Whom a panel is about: entities of a kind; every node of the tree below one; one node; or, all null, the whole organisation. */
export interface Watched {
  readonly entityKind: string | null
  readonly below: string | null
  readonly everyNode: boolean
}

/** Nodes of a tree one panel lists. */
export const NODES_LIMIT = LISTED_SUBJECTS_LIMIT

export interface PanelAsked extends Watched {
  readonly indicators: readonly Indicator[]
  readonly grain: Grain
  /** First days of the first and the last period, both included; both over. */
  readonly from: string
  readonly to: string
}

/** One panel for each indicator, all with the same rows. Refuses more nodes than can be listed. */
export async function panelsOf(context: Context, asked: PanelAsked): Promise<Panel[]> {
  const { grain, from, to } = asked
  const cut = await calendarCut(context, { grain, from, to: addPeriods(to, grain, 1) })
  const { numbers, subjects } = await watchedSubjects(context, asked)
  const panels = await fillPanels(context, {
    indicators: asked.indicators,
    cut,
    numbers,
    subjects: numbers.length === 0 ? [] : subjects,
  })
  await emptyProtected(context, panels, grain)
  return panels
}

/** One indicator as it was known so many days after each period ended; null where its history cannot be split by that. */
export async function knownPanel(
  context: Context,
  asked: Omit<PanelAsked, 'indicators'> & { readonly indicator: Indicator; readonly knownAfterDays: number },
): Promise<KnownPanel | null> {
  const { grain, from, to, indicator, knownAfterDays } = asked
  const cut = await calendarCut(context, { grain, from, to: addPeriods(to, grain, 1) })
  const known = await fillKnown(context, { ...(await watchedSubjects(context, asked)), indicator, cut, knownAfterDays })
  if (known === null) return null
  const empty = await emptyProtected(context, [known.panel], grain)
  return {
    ...known,
    showAt: (place) => {
      known.showAt(place)
      empty()
    },
  }
}

export async function watchedSubjects(
  context: Context,
  { entityKind, below, everyNode }: Watched,
): Promise<{ numbers: number[]; subjects: Subjects[] }> {
  const node = below === null ? null : await requireEntity(context, below)
  if (everyNode) {
    const found = await findEntities(context, { below, limit: NODES_LIMIT + 1 })
    return listed(found.map(({ number }) => number))
  }
  if (entityKind === null)
    return node === null
      ? { numbers: [0], subjects: [{ kind: 'organisation' }] }
      : { numbers: [node.number], subjects: [{ kind: 'nodes', nodes: [node.number] }] }
  const { measurements, organisation } = context
  const numbers = await entityNumbers(measurements, organisation, { kind: entityKind, below: node?.number ?? null })
  if (await holdsOthers(measurements, organisation, entityKind)) return listed([...numbers])
  const subject: Subjects = { kind: 'all', entityKind, ...(node === null ? {} : { below: node.number }) }
  return { numbers: [...numbers], subjects: [subject] }
}

function listed(numbers: number[]): { numbers: number[]; subjects: Subjects[] } {
  if (numbers.length > NODES_LIMIT)
    return refuse(measurementRefusals, 'TOO_MANY_NODES', { nodes: numbers.length, limit: NODES_LIMIT })
  return { numbers, subjects: [{ kind: 'nodes', nodes: numbers }] }
}
