/** Modules whose answers are read again after something was done with a plan, a drill or a receiver. */
export const READ_AGAIN = ['alerts'] as const
