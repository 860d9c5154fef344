/** How an entry of the library is written down: short lines that become a plan. */
import type { ResponsePlanDraft } from '../contract/response.ts'

type Step = ResponsePlanDraft['steps'][number]
/** What a step says, in both languages; the second pair tells how, where the first is not enough. */
type Said = readonly [zh: string, en: string, zhDetail?: string, enDetail?: string]

export const step = (id: string, role: Step['role'], withinMinutes: number, said: Said): Step => ({
  id,
  title: { zh: said[0], en: said[1] },
  detail: said[2] !== undefined && said[3] !== undefined ? { zh: said[2], en: said[3] } : null,
  role,
  withinMinutes,
})

export const plan = (
  id: string,
  hazard: ResponsePlanDraft['hazard'],
  said: Readonly<Record<'title' | 'when' | 'until', readonly [zh: string, en: string]>>,
  /** Indicators are those of the library of measurement; words stand in titles of rules and indicators. */
  match: {
    readonly words: readonly string[]
    readonly indicators?: readonly string[]
    readonly leastColour?: ResponsePlanDraft['match']['leastColour']
  },
  steps: readonly Step[],
): ResponsePlanDraft => ({
  id,
  hazard,
  title: { zh: said.title[0], en: said.title[1] },
  when: { zh: said.when[0], en: said.when[1] },
  until: { zh: said.until[0], en: said.until[1] },
  match: {
    rules: [],
    indicators: [...(match.indicators ?? [])],
    words: [...match.words],
    leastColour: match.leastColour ?? 'orange',
  },
  steps: [...steps],
  active: true,
})
