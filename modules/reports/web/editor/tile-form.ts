/** What a person has filled in about a tile so far, and the tile it makes once it is complete. */
import type { Box, Tile, TileKind, TileShow } from '#reports/contract'
import { tileShow } from '#reports/contract'

export interface TileForm {
  readonly kind: TileKind
  readonly indicator?: string | undefined
  readonly indicators?: readonly string[]
  readonly entityKind?: string | undefined
  readonly look?: 'bars' | 'funnel'
  readonly scheme?: string | undefined
  readonly colours?: readonly string[]
  readonly textZh?: string
  readonly textEn?: string
  readonly titleZh: string
  readonly titleEn: string
  readonly scope: Tile['scope']
}

/** How large a new tile begins. */
export const usualSize: Readonly<Record<TileKind, Pick<Box, 'w' | 'h'>>> = {
  figure: { w: 3, h: 3 },
  series: { w: 7, h: 6 },
  comparison: { w: 6, h: 7 },
  table: { w: 7, h: 6 },
  ranking: { w: 6, h: 7 },
  alerts: { w: 5, h: 6 },
  plans: { w: 5, h: 6 },
  text: { w: 4, h: 3 },
  clock: { w: 3, h: 2 },
}

export const emptyForm = (kind: TileKind): TileForm => ({ kind, titleZh: '', titleEn: '', scope: { from: 'page' } })

export function formOf({ show, title, scope }: Tile): TileForm {
  const shared = { kind: show.kind, titleZh: title?.zh ?? '', titleEn: title?.en ?? '', scope }
  if (show.kind === 'text') return { ...shared, textZh: show.text.zh, textEn: show.text.en }
  const { kind: _kind, ...rest } = show
  return { ...shared, ...rest }
}

/** Both languages from whatever was written in one of them. */
export function bilingualOf(zh: string, en: string): { zh: string; en: string } | null {
  const [chinese, english] = [zh.trim(), en.trim()]
  if (chinese === '' && english === '') return null
  return { zh: chinese || english, en: english || chinese }
}

/** What the form would show; null until everything needed is there. */
export function showOf(form: TileForm): TileShow | null {
  const text = bilingualOf(form.textZh ?? '', form.textEn ?? '')
  const parsed = tileShow.safeParse({ ...form, text })
  return parsed.success ? parsed.data : null
}
