/** How far the figures kept ahead of questions are: filled back through history, and days that changed since. */
import { z } from 'zod'
import { plainDate } from '#platform/contract'
import { tag } from './refusals.ts'

export const foldingState = z.object({
  /** Facts that indicators in use rest on, and those filled back to their first event. */
  facts: z.number().int(),
  filled: z.number().int(),
  /** Days whose events changed and that are answered from events until they are folded again. */
  changedDays: z.number().int(),
  /** Types of event whose history is being filled, from the newest day back. */
  filling: z.array(
    z.object({
      eventType: z.string(),
      facts: z.number().int(),
      /** Days from here on are filled; null: none yet. */
      filledFrom: plainDate.nullable(),
      /** First and last day with events. */
      first: plainDate.nullable(),
      last: plainDate.nullable(),
      /** Share of the days that are filled, 0 to 1. */
      share: z.number(),
    }),
  ),
})
export type FoldingState = z.infer<typeof foldingState>

export const foldingRoutes = {
  readFolding: tag(
    '/indicator-folding',
    'GET',
    'How far the history of new indicators is prepared; answers are right meanwhile, only slower',
  )
    .meta({ may: 'measurements.read' })
    .output(foldingState),
}
