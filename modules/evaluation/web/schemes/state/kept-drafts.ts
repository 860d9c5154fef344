/** Drafts that were not saved, kept on this device for the person who wrote them. */
import { z } from 'zod'
import type { SchemeDraft } from '#evaluation/contract'
import type { Writing } from './tree.ts'

const STEM = 'bihuan.scheme-draft'

/** Only the outline is looked at: what is inside may be half written, and the checks of the editor tell what is missing. */
const kept = z.object({
  savedAt: z.number(),
  /** The version it was begun from; null: a new scheme. */
  version: z.number().nullable(),
  writing: z.object({
    draft: z.looseObject({
      id: z.string(),
      title: z.object({ zh: z.string(), en: z.string() }),
      dimensions: z.array(z.looseObject({ id: z.string(), weight: z.number(), items: z.array(z.looseObject({})) })),
      grains: z.array(z.string()).min(1),
      gates: z.array(z.looseObject({})),
      weighting: z.looseObject({ method: z.string() }),
    }),
    shelf: z.record(z.string(), z.unknown()),
  }),
})
export interface KeptDraft {
  readonly savedAt: number
  readonly version: number | null
  readonly writing: Writing
}

/** Several people may use one device: each finds their own. */
export const keptName = (person: string, scheme: string | null): string => `${STEM}.${person}.${scheme ?? ''}`

export function readKept(name: string): KeptDraft | null {
  try {
    const text = localStorage.getItem(name)
    if (text === null) return null
    const read = kept.safeParse(JSON.parse(text))
    if (!read.success) return null
    const { savedAt, version, writing } = read.data
    return { savedAt, version, writing: { draft: writing.draft as unknown as SchemeDraft, shelf: writing.shelf } }
  } catch {
    return null
  }
}

export function keep(name: string, draft: KeptDraft): void {
  try {
    localStorage.setItem(name, JSON.stringify(draft))
  } catch {
    // A full or closed store: the guard before leaving still asks.
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(name)
  } catch {
    // Nothing was kept then.
  }
}
