/** Dashboards to begin with, one for each kind of reader, filled with what the organisation measures. */
import type { Bilingual, Grain } from '#platform/contract'
import {
  type Box,
  type DashboardDraft,
  type DashboardPage,
  GRID_COLUMNS,
  type Tile,
  type TileShow,
} from '../contract.ts'
import { freeBox, rowsLimit } from './layout.ts'

export const templateNames = ['office', 'head', 'steering', 'staff', 'regulator', 'wall'] as const
export type TemplateName = (typeof templateNames)[number]

/** What exists, as the lists of the modules tell it. */
export interface TemplateFacts {
  readonly indicators: readonly {
    readonly id: string
    readonly direction: string
    readonly target: number | null
    readonly retired: boolean
  }[]
  readonly schemes: readonly { readonly id: string; readonly entityKind: string }[]
  readonly kinds: readonly { readonly kind: string; readonly count: number }[]
}
export interface TemplateWords {
  readonly title: Bilingual
  readonly pages?: { readonly figures: Bilingual; readonly ranking: Bilingual; readonly plans: Bilingual }
}

/** Indicators somebody is judged by come first: with target and direction, then with direction, then the rest; retired ones never. */
export function pickIndicators(indicators: TemplateFacts['indicators'], count: number): string[] {
  const rank = (one: TemplateFacts['indicators'][number]) =>
    one.direction === 'neutral' ? 2 : one.target === null ? 1 : 0
  return indicators
    .filter((one) => !one.retired)
    .map((one, index) => ({ one, index }))
    .sort((a, b) => rank(a.one) - rank(b.one) || a.index - b.index)
    .slice(0, count)
    .map(({ one }) => one.id)
}

const FEWEST_UNITS = 3
const MOST_UNITS = 200
const unitsOf = (facts: Pick<TemplateFacts, 'kinds'>, kind: string) =>
  facts.kinds.find((one) => one.kind === kind)?.count ?? 0

/** The scheme to show: of those that rank enough units to speak of a ranking, the one with fewest, which all have room. */
export function pickScheme(facts: Pick<TemplateFacts, 'schemes' | 'kinds'>): TemplateFacts['schemes'][number] | null {
  const ranking = facts.schemes.filter((one) => unitsOf(facts, one.entityKind) >= FEWEST_UNITS)
  const order = [...ranking].sort((a, b) => unitsOf(facts, a.entityKind) - unitsOf(facts, b.entityKind))
  return order[0] ?? facts.schemes[0] ?? null
}

/** The units worth comparing: those the scheme ranks, else the largest level that still fits a screen. */
export function pickKind(facts: Pick<TemplateFacts, 'schemes' | 'kinds'>): string | null {
  const ranked = pickScheme(facts)?.entityKind
  if (ranked !== undefined && unitsOf(facts, ranked) > 0) return ranked
  const fitting = facts.kinds.filter((one) => one.count >= FEWEST_UNITS && one.count <= MOST_UNITS)
  return [...fitting].sort((a, b) => b.count - a.count)[0]?.kind ?? null
}

type Piece = readonly [show: TileShow | null, w: number, h: number]

/** What each part would show; null where the organisation has nothing for it. */
function pieces(facts: TemplateFacts) {
  const ids = pickIndicators(facts.indicators, 8)
  const entityKind = pickKind(facts)
  const scheme = pickScheme(facts)?.id
  const at = (index: number) => ids[index]
  return {
    figure: (index: number): TileShow | null => of(at(index), (indicator) => ({ kind: 'figure', indicator })),
    series: (index: number): TileShow | null => of(at(index), (indicator) => ({ kind: 'series', indicator })),
    comparison: (index: number, look: 'bars' | 'funnel'): TileShow | null =>
      entityKind === null ? null : of(at(index), (indicator) => ({ kind: 'comparison', indicator, entityKind, look })),
    table: (count: number): TileShow | null =>
      entityKind === null || ids.length === 0 ? null : { kind: 'table', indicators: ids.slice(0, count), entityKind },
    ranking: of(scheme, (id): TileShow => ({ kind: 'ranking', scheme: id })),
    alerts: { kind: 'alerts', colours: [] } satisfies TileShow,
    plans: { kind: 'plans' } satisfies TileShow,
  }
}
const of = <T>(value: string | undefined, make: (value: string) => T): T | null =>
  value === undefined ? null : make(value)

function layOut(parts: readonly Piece[], rows: number, begin: number): { tiles: Tile[]; next: number } {
  const tiles: Tile[] = []
  let next = begin
  for (const [show, w, h] of parts) {
    if (show === null) continue
    const box: Box | null = freeBox(tiles, { w: Math.min(w, GRID_COLUMNS), h }, rows)
    if (box === null) continue
    tiles.push({ id: `t${next}`, box, title: null, scope: { from: 'page' }, show })
    next += 1
  }
  return { tiles, next }
}

/** A draft ready to be saved; parts the organisation has nothing for are left out and the rest moves up. */
export function draftFromTemplate(name: TemplateName, facts: TemplateFacts, words: TemplateWords): DashboardDraft {
  const kind = name === 'wall' ? 'wall' : 'desk'
  const of = pieces(facts)
  const figures = (count: number, w: number, h: number): Piece[] =>
    Array.from({ length: count }, (_, index): Piece => [of.figure(index), w, h])
  const grain: Grain = 'month'
  const plan: Readonly<Record<TemplateName, readonly (readonly Piece[])[]>> = {
    office: [
      [
        ...figures(4, 3, 3),
        [of.series(0), 7, 6],
        [of.alerts, 5, 6],
        [of.comparison(0, 'bars'), 6, 7],
        [of.ranking, 6, 7],
        [of.plans, 5, 6],
        [of.table(4), 7, 6],
      ],
    ],
    head: [[...figures(4, 3, 3), [of.series(0), 8, 6], [of.alerts, 4, 6], [of.series(1), 8, 6], [of.plans, 4, 6]]],
    steering: [[[of.ranking, 7, 7], [of.plans, 5, 7], ...figures(4, 3, 3), [of.table(4), 7, 6], [of.alerts, 5, 6]]],
    staff: [[...figures(2, 6, 3), [of.series(0), 8, 6], [of.alerts, 4, 6]]],
    regulator: [[...figures(4, 3, 3), [of.comparison(0, 'funnel'), 7, 7], [of.ranking, 5, 7], [of.table(5), 12, 6]]],
    wall: [
      [...figures(4, 3, 2), [of.series(0), 8, 4], [of.alerts, 4, 4]],
      [
        [of.ranking, 6, 6],
        [of.comparison(0, 'bars'), 6, 6],
      ],
      [
        [of.plans, 5, 6],
        [of.table(3), 7, 6],
      ],
    ],
  }
  const titles = words.pages ? [words.pages.figures, words.pages.ranking, words.pages.plans] : []
  let next = 1
  const pages = plan[name].map((parts, index): DashboardPage => {
    const laid = layOut(parts, rowsLimit(kind), next)
    next = laid.next
    return { title: titles[index] ?? null, tiles: laid.tiles }
  })
  return {
    kind,
    title: words.title,
    scope: { entity: null, grain, periods: 24 },
    pages: kind === 'wall' ? keepFilled(pages) : pages,
    secondsPerPage: 20,
  }
}

/** A wall turns no empty pages. */
function keepFilled(pages: readonly DashboardPage[]): DashboardPage[] {
  const filled = pages.filter((page) => page.tiles.length > 0)
  return filled.length > 0 ? filled : [{ title: null, tiles: [] }]
}
