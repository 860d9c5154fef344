/** The ways of a publication: what may be done with it in which state, and where that leads. Whatever is not listed is refused. */
import type { PublicationAct, PublicationState } from '../../contract/publishing.ts'

/**
 * `replace`: an upheld objection puts a correction in the place of the run of what is on its way. `correct`: a later publication takes the
 * place of this one. What is published is never changed and never disappears: it is corrected or withdrawn, and stays readable.
 */
export const transitions: Readonly<
  Record<PublicationState, Readonly<Partial<Record<PublicationAct, PublicationState>>>>
> = {
  draft: { preview: 'preview', discard: 'discarded', replace: 'draft' },
  preview: { publish: 'published', discard: 'discarded', replace: 'preview' },
  published: { correct: 'corrected', withdraw: 'withdrawn' },
  corrected: {},
  withdrawn: {},
  discarded: {},
}

/** The state an act leads to; null where it is not allowed. */
export const afterAct = (state: PublicationState, act: PublicationAct): PublicationState | null =>
  transitions[state][act] ?? null

export const actsIn = (state: PublicationState): PublicationAct[] => Object.keys(transitions[state]) as PublicationAct[]

/** Those of the public sort: shown to whoever may read evaluations, and of open schemes to anyone. */
export const PUBLIC_STATES: readonly PublicationState[] = ['published', 'corrected', 'withdrawn']
export const isPublic = (state: PublicationState): boolean => PUBLIC_STATES.includes(state)
