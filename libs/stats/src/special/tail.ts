/** Which side of a distribution a probability counts. */
export type Tail = 'lower' | 'upper'

/** A probability as such, or its natural logarithm (which does not underflow below 1e-308). */
export type TailForm = 'probability' | 'log'

/**
 * A tail worked out on the side where it is a product: `exp(logFactor) * factor` is the tail named by `side`.
 * The other side is its complement; whoever needs it takes it through `tailValue`, so that cancellation happens in one place only.
 */
export interface TailProduct {
  side: Tail
  logFactor: number
  factor: number
}

/** The asked tail, in the asked form, from the side that was computed. O(1). */
export function tailValue(product: TailProduct, tail: Tail, form: TailForm): number {
  const value = Math.min(1, Math.exp(product.logFactor) * product.factor)
  if (product.side === tail) return form === 'log' ? Math.min(0, product.logFactor + Math.log(product.factor)) : value
  return form === 'log' ? Math.log1p(-value) : 1 - value
}

/** A tail known exactly (0 or 1), in the asked form. O(1). */
export function certainTail(probability: 0 | 1, form: TailForm): number {
  if (form === 'log') return probability === 1 ? 0 : Number.NEGATIVE_INFINITY
  return probability
}
