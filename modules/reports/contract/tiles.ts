/** What stands on a dashboard: tiles with their place on the grid, and what each shows. Shared by server, web and the demo. */
import { z } from 'zod'
import { bilingual, grain } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { indicatorId } from '#measurement/contract'
import { colour } from '#alerts/contract'

export const GRID_COLUMNS = 12
/** A wall page is one picture: this many rows, nothing below. */
export const WALL_ROWS = 6
export const DESK_ROWS_LIMIT = 200
export const TILES_LIMIT = 40
export const PAGES_LIMIT = 12
const PERIODS_LIMIT = 400

/** Place and size in cells of the grid; x counts from the left, y from the top. */
export const box = z.object({
  x: z
    .number()
    .int()
    .min(0)
    .max(GRID_COLUMNS - 1),
  y: z.number().int().min(0).max(DESK_ROWS_LIMIT),
  w: z.number().int().min(1).max(GRID_COLUMNS),
  h: z.number().int().min(1).max(DESK_ROWS_LIMIT),
})
export type Box = z.infer<typeof box>

/** Whose values, in which periods: `entity` null is the whole organisation. */
export const ownScope = z.object({
  entity: entityKey.nullable().default(null),
  grain: grain.default('month'),
  periods: z.number().int().min(1).max(PERIODS_LIMIT).default(24),
})
export type OwnScope = z.infer<typeof ownScope>
const tileScope = z.discriminatedUnion('from', [
  /** Follows the page: its scope bar on a desk, the dashboard's own scope on a wall. */
  z.object({ from: z.literal('page') }),
  ownScope.extend({ from: z.literal('own') }),
])
export type TileScope = z.infer<typeof tileScope>

const unitKind = z.string().min(1).max(50)
export const tileShow = z.discriminatedUnion('kind', [
  /** One value with n, change and target, and its way so far. */
  z.object({ kind: z.literal('figure'), indicator: indicatorId }),
  /** The control chart. */
  z.object({ kind: z.literal('series'), indicator: indicatorId }),
  /** Units of one kind side by side, in the newest full period. */
  z.object({
    kind: z.literal('comparison'),
    indicator: indicatorId,
    entityKind: unitKind,
    look: z.enum(['bars', 'funnel']).default('bars'),
  }),
  /** Indicators across, units down, each value with its mark. */
  z.object({ kind: z.literal('table'), indicators: z.array(indicatorId).min(1).max(8), entityKind: unitKind }),
  /** A scheme's scores with their intervals. */
  z.object({ kind: z.literal('ranking'), scheme: z.string().min(1).max(80) }),
  /** Live alerts: how many of each colour, and the worst. */
  z.object({ kind: z.literal('alerts'), colours: z.array(colour).max(3).default([]) }),
  /** Plans by state, and what their proofs said. */
  z.object({ kind: z.literal('plans') }),
  /** A note: paragraphs, `# ` headings, `- ` lists, **bold**. */
  z.object({
    kind: z.literal('text'),
    text: z.object({ zh: z.string().trim().min(1).max(2000), en: z.string().trim().min(1).max(2000) }),
  }),
  /** Date, time and the organisation's name. */
  z.object({ kind: z.literal('clock') }),
])
export type TileShow = z.infer<typeof tileShow>
export type TileKind = TileShow['kind']
export const tileKinds = tileShow.options.map((option) => option.shape.kind.value) as readonly TileKind[]

export const tile = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  box,
  /** Replaces the usual title, which tells what is shown. */
  title: bilingual.nullable().default(null),
  scope: tileScope.default({ from: 'page' }),
  show: tileShow,
})
export type Tile = z.infer<typeof tile>

export const dashboardPage = z.object({
  title: bilingual.nullable().default(null),
  tiles: z.array(tile).max(TILES_LIMIT),
})
export type DashboardPage = z.infer<typeof dashboardPage>
