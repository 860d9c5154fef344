/** A rule while it is being written. */
import type { Consequence, ConsequenceDraftInput } from '#evaluation/contract'

export interface Line {
  readonly from: number | null
  readonly gives: number | null
}
export type Kind = ConsequenceDraftInput['kind']
export interface RuleDraft extends Omit<ConsequenceDraftInput, 'table' | 'floor'> {
  readonly lines: readonly Line[]
  readonly floorPercent: number
}

export const emptyRule: RuleDraft = {
  id: '',
  title: { zh: '', en: '' },
  scheme: '',
  grain: 'month',
  kind: 'share',
  from: 'stars',
  lines: [1, 2, 3, 4, 5].map((stars) => ({ from: stars, gives: stars })),
  notRanked: 0,
  totalHundredths: null,
  currency: null,
  within: 'all',
  floorPercent: 0,
}

export function ruleOf({
  table,
  floor,
  version: _version,
  savedAt: _at,
  savedBy: _by,
  ...rest
}: Consequence): RuleDraft {
  return { ...rest, lines: table.map(([from, gives]) => ({ from, gives })), floorPercent: floor * 100 }
}

/** What is handed in: of each kind only what goes with it; undefined while something is missing. */
export function draftOf({ lines, floorPercent, ...rest }: RuleDraft): ConsequenceDraftInput | undefined {
  const table = lines.flatMap(({ from, gives }) =>
    from === null || gives === null ? [] : [[from, gives] as [number, number]],
  )
  const named = rest.title.zh.trim() !== '' && rest.title.en.trim() !== ''
  if (table.length === 0 || table.length < lines.length || !named || rest.scheme === '' || rest.id === '')
    return undefined
  const isAmount = rest.kind === 'amount'
  return {
    ...rest,
    table,
    totalHundredths: isAmount ? (rest.totalHundredths ?? null) : null,
    currency: isAmount ? (rest.currency ?? null) : null,
    floor: rest.kind === 'share' ? floorPercent / 100 : 0,
  }
}
