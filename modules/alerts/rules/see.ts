/** What a rule sees in one period: verdicts of units, pooled upwards where the rule asks for it, as input of the state machine. */
import type { Colour, RuleDraft } from '../contract.ts'
import type { Asked } from './judging/asked.ts'
import { judge } from './judging/judge.ts'
import type { NodePanel } from './judging/node-panel.ts'
import { cellAt, type Panel } from './judging/panel.ts'
import { readingOf } from './judging/readings.ts'
import type { Verdicts } from './judging/verdicts.ts'
import { colourOf } from './levels.ts'
import type { SeenPeriod, SeenUnit } from './run.ts'
import { poolSignals } from './signals/pool.ts'
import type { Signal } from './signals/step.ts'

export interface Sight {
  readonly rule: RuleDraft
  readonly panel: Panel
  readonly asked: Omit<Asked, 'rule' | 'panel' | 'place' | 'firing'>
  /** Null without pooling. */
  readonly nodes: NodePanel | null
  /** From the root down to each unit itself; only with pooling. */
  readonly paths: readonly (readonly number[])[]
  /** Units with a signal or an alert: they are told also when they are good. Grows as units turn bad. */
  readonly watched: Set<number>
  readonly resting: ReadonlySet<number>
  /** Filled as nodes speak for units, for the newest period. */
  readonly members: Map<number, { entity: number; colour: Colour | null }[]>
}

/** `place`: of the period in the panel. */
export function seePeriod(
  sight: Sight,
  { place, ...what }: { readonly place: number; readonly speaks: boolean; readonly settled: boolean },
  signalOf: (entity: number) => Signal,
): SeenPeriod {
  const { rule, panel, watched } = sight
  const verdicts = judgeAt(sight, panel, place, signalOf)
  const seen = new Map<number, SeenUnit>()
  const pooled =
    sight.nodes === null
      ? new Set<number>()
      : seeNodes({ ...sight, nodes: sight.nodes }, place, verdicts, signalOf, seen)
  for (let unit = 0; unit < panel.subjects.length; unit += 1) {
    const entity = panel.subjects[unit]!
    if (sight.resting.has(entity)) continue
    const severity = verdicts.severity[unit]!
    if (severity > 0 && !pooled.has(entity)) {
      watched.add(entity)
      seen.set(entity, { seen: { kind: 'bad', severity }, reading: readingOf(rule, panel, verdicts, { unit, place }) })
    } else if (verdicts.known[unit] === 1) {
      if (watched.has(entity)) seen.set(entity, { seen: { kind: 'good' }, reading: null })
    } else if (isEmpty(panel, unit, place) && (rule.steadiness.noData === 'alert' || watched.has(entity))) {
      watched.add(entity)
      seen.set(entity, { seen: { kind: 'no-data' }, reading: null })
    }
  }
  return {
    periodStart: panel.periods.starts[place]!,
    ...what,
    seen: what.settled ? seen : onlySure(sight, seen, signalOf),
  }
}

/** Of a period that runs still only what is bad already counts: what is good may yet turn, and no streak grows by looking twice. */
function onlySure(
  { rule }: Sight,
  seen: ReadonlyMap<number, SeenUnit>,
  signalOf: (entity: number) => Signal,
): Map<number, SeenUnit> {
  const sure = [...seen].filter(
    ([entity, { seen: what }]) =>
      what.kind === 'bad' && (rule.steadiness.forPeriods === 1 || signalOf(entity).state === 'firing'),
  )
  return new Map(sure)
}

function judgeAt(sight: Sight, panel: Panel, place: number, signalOf: (entity: number) => Signal): Verdicts {
  const eased = sight.rule.steadiness.easePercent > 0
  const firing = eased
    ? Uint8Array.from(panel.subjects, (entity) => (signalOf(entity).state === 'firing' ? 1 : 0))
    : null
  return judge({ ...sight.asked, rule: sight.rule, panel, place, firing })
}

const isEmpty = (panel: Panel, unit: number, place: number) => {
  const cell = cellAt(panel, unit, place)
  return Number.isNaN(panel.value[cell]!) && panel.n[cell] === 0
}

/** Gives the units that a node speaks for. */
function seeNodes(
  sight: Sight & { readonly nodes: NodePanel },
  place: number,
  verdicts: Verdicts,
  signalOf: (entity: number) => Signal,
  seen: Map<number, SeenUnit>,
): Set<number> {
  const { rule, panel, nodes, paths, watched, members } = sight
  const pooling = rule.pooling!
  const whole = judgeAt({ ...sight, rule: { ...rule, falseDiscoveryShare: null } }, nodes.panel, place, signalOf)
  const units = panel.subjects.map((number, unit) => ({
    number,
    ancestors: paths[unit]!.slice(0, -1),
    severity: verdicts.severity[unit]!,
    known: verdicts.known[unit] === 1,
  }))
  const inside = new Set(nodes.panel.subjects)
  const pooled = poolSignals(units, pooling).filter(({ node }) => inside.has(node))
  const taken = new Set(pooled.flatMap((each) => each.members))
  const rowOf = new Map(nodes.panel.subjects.map((node, row) => [node, row]))
  const speakers = new Map(pooled.map(({ node, severity, members: own }) => [node, { severity, own }]))
  if (pooling.together)
    for (const node of togetherNodes(sight, verdicts, whole, speakers))
      speakers.set(node, { severity: whole.severity[rowOf.get(node)!]!, own: [] })
  const severityOfUnit = new Map(units.map((unit) => [unit.number, unit.severity]))
  for (const [row, node] of nodes.panel.subjects.entries()) {
    if (sight.resting.has(node)) continue
    const speaker = speakers.get(node)
    if (speaker) {
      watched.add(node)
      whole.severity[row] = speaker.severity
      members.set(
        node,
        speaker.own.map((entity) => ({ entity, colour: colourOf(severityOfUnit.get(entity)!) })),
      )
      seen.set(node, {
        seen: { kind: 'bad', severity: speaker.severity },
        reading: readingOf(rule, nodes.panel, whole, { unit: row, place }),
      })
    } else if (watched.has(node)) seen.set(node, { seen: { kind: 'good' }, reading: null })
  }
  return taken
}

/** Nodes that are bad as a whole although nobody below fires; of several above each other the lowest. */
function togetherNodes(
  { nodes }: { readonly nodes: NodePanel },
  verdicts: Verdicts,
  whole: Verdicts,
  speakers: ReadonlyMap<number, unknown>,
): number[] {
  const chosen: number[] = []
  const covered = new Set<number>(speakers.keys())
  const rows = [...nodes.panel.subjects.keys()].toSorted((a, b) => nodes.paths[b]!.length - nodes.paths[a]!.length)
  for (const row of rows) {
    const node = nodes.panel.subjects[row]!
    if (covered.has(node)) for (const above of nodes.paths[row]!) covered.add(above)
    else if (
      whole.severity[row]! > 0 &&
      nodes.units[row]!.length > 1 &&
      !nodes.units[row]!.some((unit) => verdicts.severity[unit]! > 0)
    ) {
      chosen.push(node)
      for (const above of nodes.paths[row]!) covered.add(above)
    }
  }
  return chosen
}
