/** The editor's values and the draft the server takes: percentages on screen, shares in the contract. */
import type { Scheme, SchemeDraft } from '#evaluation/contract'

export interface ItemForm {
  indicator?: string
  weight?: number | null
  required?: boolean
  points?: [value: number | null, points: number | null][]
}
export interface SchemeForm {
  id: string
  titleZh: string
  titleEn?: string
  grain: SchemeDraft['grain']
  entityKind?: string
  below?: string
  redistributedWeightMost: number
  items: ItemForm[]
}

export const emptyItem = (): ItemForm => ({
  required: false,
  points: [
    [null, 0],
    [null, 100],
  ],
})

/** Hundredths typed by people; floating point must not make 0.1 + 0.2 a wrong sum. */
const share = (percent: number) => Math.round(percent * 1e4) / 1e6
const percent = (part: number) => Math.round(part * 1e6) / 1e4

export const formOf = (scheme: Scheme): SchemeForm => ({
  id: scheme.id,
  titleZh: scheme.title.zh,
  titleEn: scheme.title.en,
  grain: scheme.grain,
  entityKind: scheme.entityKind,
  ...(scheme.below === null ? {} : { below: scheme.below }),
  redistributedWeightMost: percent(scheme.redistributedWeightMost),
  items: scheme.items.map((item) => ({
    indicator: item.indicator,
    weight: percent(item.weight),
    required: item.required,
    points: item.points.map(([value, points]): [number, number] => [value, points]),
  })),
})

/** Breakpoints that are filled in and ascend; null while they do not. */
export function soundPoints(points: ItemForm['points']): [number, number][] | null {
  const filled = (points ?? []).filter((point): point is [number, number] => point?.[0] != null && point[1] != null)
  if (filled.length < 2 || filled.length !== points?.length) return null
  return filled.every(([value], index) => index === 0 || value > (filled[index - 1]?.[0] ?? value)) ? filled : null
}

/** Sum of the weights in percent, as typed. */
export const weightSum = (items: readonly (ItemForm | undefined)[] | undefined): number =>
  Math.round((items ?? []).reduce((sum, item) => sum + (item?.weight ?? 0), 0) * 1e4) / 1e4

/** Weights that sum to exactly 100: equal shares in hundredths, the rest to the first. */
export function evenWeights(count: number): number[] {
  const each = Math.floor(10_000 / count) / 100
  const first = Math.round((100 - each * (count - 1)) * 100) / 100
  return Array.from({ length: count }, (_, index) => (index === 0 ? first : each))
}

/** The draft, or null while something it needs is missing. */
export function draftOf(values: SchemeForm): SchemeDraft | null {
  const items = values.items.map((item) => ({
    indicator: item.indicator ?? '',
    weight: share(item.weight ?? 0),
    required: item.required ?? false,
    points: soundPoints(item.points),
  }))
  const whole = items.every((item) => item.indicator !== '' && item.weight > 0 && item.points !== null)
  if (!whole || items.length === 0 || !values.entityKind || !values.titleZh) return null
  return {
    id: values.id,
    title: { zh: values.titleZh.trim(), en: values.titleEn?.trim() || values.titleZh.trim() },
    grain: values.grain,
    entityKind: values.entityKind,
    below: values.below ?? null,
    items: items.map((item) => ({ ...item, points: item.points! })),
    redistributedWeightMost: share(values.redistributedWeightMost),
  }
}
