/** Segments that overlap: whether two of them, or several together, differ by a handful of answers. */

/** Answers by which of the segments they lie in: place 1 of the text for the first segment, and so on; '1' inside, '0' outside. */
export type Marked = ReadonlyMap<string, number>

/**
 * Whether telling the segment beside those before it would tell of fewer answers than the limit: what lies outside it; what it has more or
 * less than another one that holds it or is held by it; what is left when it is taken from the whole together with others that have no
 * answer in common. Cost: marks x segments.
 */
export function entangled(marked: Marked, segment: number, limit: number): boolean {
  const few = (n: number) => n > 0 && n < limit
  const inside = (holds: (mark: string) => boolean) => {
    let sum = 0
    for (const [mark, n] of marked) if (holds(mark)) sum += n
    return sum
  }
  const own = (mark: string) => mark[segment] === '1'
  if (few(inside((mark) => !own(mark)))) return true
  const apart: number[] = [segment]
  for (let other = 0; other < segment; other += 1) {
    const [more, less] = [
      inside((mark) => own(mark) && mark[other] === '0'),
      inside((mark) => !own(mark) && mark[other] === '1'),
    ]
    if ((more === 0 && few(less)) || (less === 0 && few(more))) return true
    if (inside((mark) => mark[other] === '1' && apart.some((each) => mark[each] === '1')) === 0) apart.push(other)
  }
  return few(inside((mark) => apart.every((each) => mark[each] === '0')))
}
